"""The questions as RDF, in the forms that other tools read.

- `examples`: SIB's SPARQL examples (https://github.com/sib-swiss/sparql-examples), which their
  editor shows; to be served under `/.well-known/sparql-examples`.
- `owlunit`: OWLUnit test cases (https://w3id.org/OWLunit/ontology/) with the annotations of
  TESTaLOD on the same nodes. OWLUnit then checks that the ontology has each term of the query;
  expected results are kept with the tests and not published.
"""

from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Term, Triple
from akteursmodell.questions.catalogue import Question, catalogue
from akteursmodell.questions.parameters import bind
from akteursmodell.vocabulary import AKM, PREFIXES, RDFS

__all__ = ["SUITE", "examples", "owlunit"]

SH = PREFIXES["sh"]
SCHEMA = PREFIXES["schema"]
OWLUNIT = PREFIXES["owlunit"]
OWL = PREFIXES["owl"]
ANY_URI = NamedNode(PREFIXES["xsd"] + "anyURI")
TESTALOD = "http://www.ontologydesignpatterns.org/schemas/testannotationschema.owl#"
SUITE = AKM + "questions"
ONTOLOGY = AKM + "akteursmodell"
LANG = "lang"


def examples(endpoint: str, base: str) -> list[Triple]:
    """Return each question as an example for an endpoint, with names that begin with `base`.

    A question asked in the reader's language is given in German; any other parameter stays a
    variable, so that each example runs as it stands.
    """
    base = base if base.endswith(("/", "#")) else base + "/"
    prefixes = base + "prefixes"
    made = declarations(prefixes)
    for question in catalogue().values():
        about = base + question.slug
        made += [
            link(about, TYPE.value, SH + "SPARQLExecutable"),
            link(about, TYPE.value, SH + "SPARQLSelectExecutable"),
            *wording(about, RDFS + "comment", question),
            link(about, SH + "prefixes", prefixes),
            triple(about, SH + "select", Literal(query_of(question))),
            *(triple(about, SCHEMA + "keywords", Literal(tag)) for tag in question.tags),
            link(about, SCHEMA + "target", endpoint),
        ]
    return made


def owlunit() -> list[Triple]:
    """Return the questions as a suite of tests that the ontology can express each of them.

    The category is spelt as the OWLUnit ontology declares it. Its tool knows another spelling, and
    so asks of the query's terms only; with that other one it would want an expected result.
    """
    cases = {f"{SUITE}/{question.slug}": question for question in catalogue().values()}
    made = [link(SUITE, TYPE.value, OWLUNIT + "TestSuite")]
    made += [link(SUITE, OWLUNIT + "hasTestCase", case) for case in cases]
    for case, question in cases.items():
        query = Literal(query_of(question))
        made += [
            link(case, TYPE.value, OWLUNIT + "CompetencyQuestionVerification"),
            link(case, OWLUNIT + "testsOntology", ONTOLOGY),
            link(case, OWLUNIT + "hasInputTestDataCategory", OWLUNIT + "SPARQLendpoint"),
            *wording(case, OWLUNIT + "hasCompetencyQuestion", question),
            triple(case, OWLUNIT + "hasSPARQLUnitTest", query),
            *wording(case, TESTALOD + "hasCQ", question),
            triple(case, TESTALOD + "hasSPARQLQueryUnitTest", query),
        ]
    return made


def query_of(question: Question) -> str:
    """Return the query of a question without its header, ready to run."""
    text = bind(question, {LANG: "de"} if question.parameter(LANG) else {})
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def wording(about: str, predicate: str, question: Question) -> list[Triple]:
    """Say a question in both languages."""
    return [
        triple(about, predicate, Literal(question.title.de, language="de")),
        triple(about, predicate, Literal(question.title.en, language="en")),
    ]


def declarations(node: str) -> list[Triple]:
    """Declare the known prefixes as SHACL does, without blank nodes."""
    made = [link(node, TYPE.value, OWL + "Ontology")]
    made += [link(node, SH + "declare", f"{node}-{name}") for name in PREFIXES]
    for name, namespace in PREFIXES.items():
        about = f"{node}-{name}"
        made += [
            triple(about, SH + "prefix", Literal(name)),
            triple(about, SH + "namespace", Literal(namespace, datatype=ANY_URI)),
        ]
    return made


def triple(subject: str, predicate: str, value: Term) -> Triple:
    """Return one statement."""
    return Triple(NamedNode(subject), NamedNode(predicate), value)


def link(subject: str, predicate: str, target: str) -> Triple:
    """Return one statement that leads to another address."""
    return triple(subject, predicate, NamedNode(target))
