"""The command line as a person types it: what it prints, and how it ends."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from akteursmodell.cli import main
from akteursmodell.cli.asking import FORMATS
from akteursmodell.graph.embedded import EmbeddedStore

GRAPH = "https://w3id.org/akteursmodell/data/test"


def run(*args: str, lang: str = "en", **environ: str) -> Result:
    return CliRunner().invoke(main, args, env={"AKTEURSMODELL_LANG": lang, **environ})


def test_every_command_has_help_worth_reading() -> None:
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        result = run(name, "--help")
        assert result.exit_code == 0
        assert len(result.output) > 300, name
        assert all(
            getattr(p, "help", "given") for p in command.params if p.param_type_name == "option"
        ), name


def test_the_names_of_the_commands_are_these_for_good() -> None:
    assert set(main.list_commands(click.Context(main))) == {
        *("serve", "validate", "load", "query", "ask", "check-ontology", "undo", "redact"),
    }


def test_a_query_is_answered_from_the_shipped_data_in_every_format() -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s a akm:Sector }"
    outputs = {form: run("query", query, "--format", form) for form in FORMATS[:5]}
    assert outputs["csv"].stdout_bytes == b"n\r\n6\r\n"
    assert json.loads(outputs["json"].output)["results"]["bindings"][0]["n"]["value"] == "6"
    assert "6" in outputs["table"].output
    graph = run("query", "CONSTRUCT { ?s a akm:Sector } { ?s a akm:Sector }", "--format", "turtle")
    assert "akm:sector-county a akm:Sector" in graph.output


def test_a_query_comes_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { akm:Actor a owl:Class }")
    assert run("query", f"@{tmp_path / 'q.rq'}").output == "true\n"
    result = CliRunner().invoke(main, ["query", "-"], input="ASK { akm:None a owl:Class }")
    assert result.output == "false\n"
    assert run("query", "@missing.rq").exit_code == 2


def test_a_syntax_error_ends_with_2_and_shows_the_place() -> None:
    result = run("query", "SELECT *\nWHERE { ?s ?p }")
    assert result.exit_code == 2
    assert "line 2, column" in result.stderr
    assert "WHERE { ?s ?p }" in result.stderr
    assert "Traceback" not in result.output


def test_service_and_updates_are_refused() -> None:
    for text in ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "DROP ALL"):
        result = run("query", text)
        assert result.exit_code == 2
        assert "SERVICE is refused" in result.stderr or "this is an update" in result.stderr


def test_a_question_is_answered_with_evidence_in_both_languages() -> None:
    german = run("ask", "cq03", lang="de")
    assert "Welche Verbände vertreten" in german.output
    assert "Landkreistag" in german.output
    assert "aus der Folie" in german.output
    english = json.loads(run("ask", "CQ03", "--format", "json").output)
    assert len(english) == 3
    assert all("from the deck" in row["evidence"] for row in english)


def test_questions_are_listed_with_their_parameters() -> None:
    lines = run("ask", "list").output.splitlines()
    assert len(lines) >= 12
    assert any(line.startswith("CQ16") and "--param district=…" in line for line in lines)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["ask", "CQ99"], "Available: CQ01, CQ"),
        (["ask", "CQ16", "--param", "color=red"], "Available: district"),
        (["ask", "CQ16", "--param", "district=Dulken"], "Did you mean: district-duelken"),
        (["ask", "CQ16", "--param", "district=nowhere"], "Did you mean: district-"),
        (["ask", "CQ16", "--revision", "99"], "There is no data state 99"),
        (["ask", "CQ16", "--param", "district"], "NAME=VALUE"),
        (["ask", "CQ16", "--param", "district=no such place"], "For example"),
        (["validate", "missing.ttl"], "cannot be read"),
        (["validate", "README.md"], "does not end like an RDF file"),
        (["query", "ASK {}", "--store", "missing-folder"], "no store in"),
        (["load", "x.ttl", "--graph", GRAPH, "-m", "why"], "No store folder is named"),
        (["query", "ASK {}", "--endpoint", "http://127.0.0.1:9/"], "does not answer like"),
    ],
)
def test_bad_input_ends_with_2_and_one_sentence_on_what_to_do(args: list[str], told: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_an_unknown_setting_is_told_before_anything_starts() -> None:
    result = run("query", "ASK {}", AKTEURSMODELL_PROT="1")
    assert result.exit_code == 2
    assert "AKTEURSMODELL_PORT" in result.stderr


def test_load_stores_what_is_right_and_refuses_what_is_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    EmbeddedStore.open(folder, create=True).close()
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    prefixes = "@prefix akm: <https://w3id.org/akteursmodell/ontology/> . "
    bad.write_text(prefixes + "<http://example.org/t> a akm:Task .")
    good.write_text(prefixes + "<http://example.org/s> akm:publisher 'x' .")
    common = ["--graph", GRAPH, "-m", "test", "--store", str(folder)]
    refused = run("load", str(bad), *common)
    assert refused.exit_code == 1
    assert "not stored" in refused.stderr
    assert "What to do" in refused.stdout
    stored = run("load", str(good), *common)
    assert stored.exit_code == 0, stored.output
    assert "1 added, 0 removed" in stored.stdout
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    asked = run("query", count, "--store", str(folder), "--format", "csv")
    assert asked.stdout_bytes == b"n\r\n1\r\n"


def test_a_dry_run_tells_the_changed_answers_and_stores_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    site = Path(__file__).parent.parent / "updates/changes/new-site.ttl"
    assert run("ask", "CQ17", "--store", str(folder)).exit_code == 2
    EmbeddedStore.open(folder, create=True).close()
    count = ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", str(folder)]
    before = run(*count).output
    told = run("load", str(site), "--graph", GRAPH, "--store", str(folder), "--dry-run", lang="de")
    assert told.exit_code == 0, told.output
    assert "CQ17" in told.stdout
    assert "  − Boisheim · " in told.stdout
    assert run(*count).output == before
    bad = tmp_path / "bad.ttl"
    bad.write_text("<urn:t> a <https://w3id.org/akteursmodell/ontology/Task> .")
    refused = run("load", str(bad), "--graph", GRAPH, "--dry-run")
    assert refused.exit_code == 1
    assert "would not be stored" in refused.stdout


def test_validate_tells_conforming_from_violating_files(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix akm: <https://w3id.org/akteursmodell/ontology/> .\n\n"
        "<http://example.org/t> a akm:Task .\n"
    )
    text = run("validate", str(bad), lang="de")
    assert text.exit_code == 1
    assert "bad.ttl:3" in text.output
    assert "So geht es weiter" in text.output
    report = json.loads(run("validate", str(bad), "--format", "json").output)
    assert report["conforms"] is False
    assert {r["focus"] for r in report["results"]} == {"http://example.org/t"}
    turtle = run("validate", str(bad), "--format", "turtle")
    assert "sh:ValidationReport" in turtle.output
    assert "shacl#ValidationReport" in run("validate", str(bad), "--format", "jsonld").output
    assert run("validate", str(bad), "--reference", lang="de").output == text.output
    good = tmp_path / "good.ttl"
    good.write_text("<http://example.org/s> <http://example.org/p> 'x' .")
    assert run("validate", str(good)).exit_code == 0


def test_check_ontology_ends_with_1_for_a_broken_fixture(root: Path) -> None:
    fixture = root / "tests/ontology/inconsistent/template-and-documented.ttl"
    result = run("check-ontology", str(fixture), "--format", "json")
    assert result.exit_code == 1
    assert json.loads(result.output)["consistent"] is False
