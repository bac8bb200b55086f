"""The commands `validate` and `check-ontology`."""

import json
import sys
from pathlib import Path

import click

from akteursmodell.cli.group import interface_lang
from akteursmodell.cli.output import waiting

__all__ = ["check_ontology", "validate"]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "turtle", "json", "jsonld"]),
    default="text", show_default=True, help="How to write the report.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Stay, and tell what each change of a file changes.")
@click.option("--reference", is_flag=True, help="Let pySHACL check: slower, the same results.")
def validate(files: tuple[Path, ...], form: str, *, watch: bool, reference: bool) -> None:
    r"""Check FILES, or the shipped data, against the shapes.

    FILES are checked together with the ontology and the shipped data; a file that is one of the
    shipped ones takes its place. The report tells of the entries in FILES only.

    \b
    Exit code: 0 conforms (notes may remain), 1 violations, 2 a file cannot be used.
    """
    from akteursmodell.validation.inputs import validate_files  # noqa: PLC0415 -- slow import

    if watch:
        from akteursmodell.cli.watching import watch as stay  # noqa: PLC0415

        sys.exit(stay(files, interface_lang()))
    with waiting("Validating"):
        report = validate_files(files, reference=reference)
    if form == "turtle":
        click.echo(report.as_turtle())
    elif form == "json":
        click.echo(report.as_json())
    elif form == "jsonld":
        click.echo(report.as_jsonld())
    else:
        click.echo(report.as_text(interface_lang()))
    sys.exit(0 if report.conforms else 1)


@click.command("check-ontology")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              show_default=True, help="How to write the verdict.")  # fmt: skip
def check_ontology(files: tuple[Path, ...], form: str) -> None:
    r"""Let HermiT check the ontology, together with FILES if there are any.

    \b
    Exit code: 0 consistent and every class can have members, 1 not so, 2 no Java or bad file.
    """
    from akteursmodell.reasoning.consistency import check  # noqa: PLC0415 -- slow import

    with waiting("HermiT"):
        verdict = check(files)
    if form == "json":
        click.echo(json.dumps(vars(verdict), ensure_ascii=False, indent=2))
    else:
        click.echo(verdict.as_text())
    sys.exit(0 if verdict.sound else 1)
