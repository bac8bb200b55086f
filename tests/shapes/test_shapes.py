"""The shapes: each has cases that pass and that fail, and says what to do in two languages."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Store
from rdflib import RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.term import Literal, Node

from akteursmodell.validation.rdf import PreparedGraph

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
ASH = Namespace("https://w3id.org/akteursmodell/shapes/")
TARGETS = {SH.targetClass, SH.targetNode, SH.targetObjectsOf, SH.targetSubjectsOf}
NO_CONSTRAINT = TARGETS | {SH.message, SH.path, SH.property, SH.severity}
WHAT = (SH.sourceShape, SH.focusNode, SH.value, SH.sourceConstraintComponent)
NOT_FOR_READERS = ("ungültig", "Verstoß", "muss zwingend", "Tripel", "Knoten", "Shape", "IRI")
NOW = {
    (SH.Violation, "de"): "Die Änderung wird nicht gespeichert. So geht es weiter: ",
    (SH.Violation, "en"): "The change is not saved. What to do: ",
    (SH.Warning, "de"): "Die Angabe ist gespeichert und bleibt als offen markiert. Bitte ",
    (SH.Warning, "en"): "The entry is saved and stays marked as open. Please ",
}


def load(files: list[Path]) -> PreparedGraph:
    graph = PreparedGraph()
    for file in files:
        graph.parse(file)
    return graph


SHAPES = load(sorted((ROOT / "shapes").glob("*.ttl")))
NAMED = sorted(
    shape
    for kind in (SH.NodeShape, SH.PropertyShape)
    for shape in SHAPES.subjects(RDF.type, kind)
    if isinstance(shape, URIRef)
)
REPORTING = [
    shape
    for shape in NAMED
    if any(str(p).startswith(str(SH)) for p in set(SHAPES.predicates(shape)) - NO_CONSTRAINT)
]
WITH_QUERY = [shape for shape in REPORTING if (shape, SH.sparql, None) in SHAPES]
CASE_FILES = sorted(CASES.glob("*/*.ttl"))


def name(shape: Node | None) -> str:
    return str(shape).removeprefix(ASH)


def case_id(file: Path) -> str:
    return f"{file.parent.name}/{file.stem}"


@cache
def ontology() -> PreparedGraph:
    return load(sorted((ROOT / "ontology").glob("**/*.ttl")))


@contextmanager
def added(base: Graph, extra: Graph) -> Iterator[Graph]:
    """Lend the base graph with more triples in it, and take them out again."""
    new = [triple for triple in extra if triple not in base]
    for triple in new:
        base.add(triple)
    yield base
    for triple in new:
        base.remove(triple)


def results(data: Graph) -> set[tuple[Node | None, str]]:
    """Return severity and source shape of every result; nothing may be reported twice."""
    with added(ontology(), data) as graph:
        _, report, text = pyshacl.validate(graph, shacl_graph=SHAPES, inplace=True)
    assert isinstance(report, Graph), text
    found = list(report.objects(None, SH.result))
    assert len({tuple(report.value(r, p) for p in WHAT) for r in found}) == len(found), text
    return {
        (report.value(r, SH.resultSeverity), name(report.value(r, SH.sourceShape))) for r in found
    }


def texts(shape: URIRef, of: Node) -> dict[str | None, str]:
    """Return the texts of a shape by language; two in one language fail."""
    found = [text for text in SHAPES.objects(shape, of) if isinstance(text, Literal)]
    by_language = {text.language: str(text) for text in found}
    assert len(by_language) == len(found), f"{name(shape)}: two texts in one language"
    return by_language


def before_the_way_out(shape: URIRef, language: str) -> str:
    severity = SHAPES.value(shape, SH.severity)
    assert isinstance(severity, URIRef)
    what_and_why, now, _ = texts(shape, SH.message)[language].partition(NOW[severity, language])
    assert now, f"{name(shape)}: the {language} message does not say what happens now"
    return what_and_why


@pytest.mark.parametrize("file", CASE_FILES, ids=case_id)
def test_case_gives_the_expected_results(file: Path) -> None:
    first_line = file.read_text(encoding="utf-8").partition("\n")[0]
    found = results(load([file]))
    if file.stem.startswith("invalid-"):
        assert first_line.startswith("# expect: ")
        assert {shape for _, shape in found} == set(first_line.removeprefix("# expect: ").split())
    else:
        assert file.stem.startswith("valid-")
        assert file.parent.name not in {shape for _, shape in found}
        assert SH.Violation not in {severity for severity, _ in found}


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_shape_has_a_case_that_passes_and_one_that_fails(shape: URIRef) -> None:
    folder = CASES / name(shape)
    assert list(folder.glob("valid-*.ttl"))
    failing = [file.read_text(encoding="utf-8") for file in folder.glob("invalid-*.ttl")]
    assert failing
    assert all(name(shape) in text.partition("\n")[0].split() for text in failing)


def test_case_folders_name_shapes() -> None:
    assert {folder.name for folder in CASES.iterdir()} == {name(shape) for shape in REPORTING}


def test_shapes_are_well_formed() -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=SHAPES, meta_shacl=True)
    assert conforms, text


def test_each_ontology_module_has_a_shapes_file() -> None:
    modules = {file.stem for file in (ROOT / "ontology").glob("*.ttl")}
    named = {file.name.removesuffix(".shapes.ttl") for file in ROOT.glob("shapes/*.shapes.ttl")}
    assert named <= modules


def test_shipped_data_have_no_violation() -> None:
    found = results(load(sorted((ROOT / "data").glob("**/*.ttl"))))
    assert {shape for severity, shape in found if severity == SH.Violation} == set()


@pytest.mark.parametrize("shape", NAMED, ids=name)
def test_shape_names_its_property_shapes(shape: URIRef) -> None:
    assert all(isinstance(inner, URIRef) for inner in SHAPES.objects(shape, SH.property))
    assert texts(shape, RDFS.label).keys() == {"de", "en"}


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_message_is_short_and_ends_with_what_to_do(shape: URIRef) -> None:
    messages, fixes = texts(shape, SH.message), texts(shape, ASH.fix)
    assert messages.keys() == fixes.keys() == {"de", "en"}
    for language in ("de", "en"):
        assert messages[language].endswith(": " + fixes[language])
        assert len(before_the_way_out(shape, language).split()) <= 60
    for word in NOT_FOR_READERS:
        assert not re.search(rf"\b{word}", messages["de"])


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_message_keeps_law_and_thesis_apart(shape: URIRef) -> None:
    bases = {name(basis) for basis in SHAPES.objects(shape, ASH.basis)}
    laws, theses = set(SHAPES.objects(shape, ASH.law)), set(SHAPES.objects(shape, ASH.thesis))
    message = texts(shape, SH.message)["de"]
    assert bases
    assert bool(laws) == ("basis-law" in bases) == ("(Gesetz: " in message)
    assert bool(theses) == ("basis-thesis" in bases)
    for thesis in theses:
        assert f"These {str(thesis).rpartition('-')[2].upper()} der Folie" in message


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_a_thesis_alone_refuses_nothing(shape: URIRef) -> None:
    on_thesis_alone = set(SHAPES.objects(shape, ASH.basis)) == {ASH["basis-thesis"]}
    assert SHAPES.value(shape, SH.severity) == (SH.Warning if on_thesis_alone else SH.Violation)


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_what_may_be_unknown_has_that_way_out(shape: URIRef) -> None:
    if SHAPES.value(shape, ASH.gapProperty):
        assert "„Es ist nicht bekannt“" in texts(shape, ASH.fix)["de"]
        assert "“It is not known”" in texts(shape, ASH.fix)["en"]


@pytest.mark.parametrize("shape", REPORTING, ids=name)
def test_message_names_only_what_the_result_knows(shape: URIRef) -> None:
    query = select(shape)
    known = set(re.findall(r"[?$](\w+)", query.partition("WHERE")[0])) if query else {"this"}
    if list(SHAPES.objects(shape, SH["class"] | SH.datatype)):
        known.add("value")
    for language, message in texts(shape, SH.message).items():
        assert language
        named = set(re.findall(r"\{[?$](\w+)\}", message))
        assert named <= known
        assert all(
            word.endswith(language.capitalize()) or word in {"this", "value"} for word in named
        )


@pytest.mark.parametrize("shape", WITH_QUERY, ids=name)
def test_query_starts_at_its_focus_node_and_suits_the_store(shape: URIRef) -> None:
    query = select(shape)
    assert re.search(r"WHERE \{\s+\$this ", query)
    prefixes = "".join(
        f"PREFIX {SHAPES.value(p, SH.prefix)}: <{SHAPES.value(p, SH.namespace)}>\n"
        for p in SHAPES.objects(ASH.prefixes, SH.declare)
    )
    Store().query(prefixes + query)


def select(shape: URIRef) -> str:
    constraint = SHAPES.value(shape, SH.sparql)
    return str(SHAPES.value(constraint, SH.select)) if constraint else ""
