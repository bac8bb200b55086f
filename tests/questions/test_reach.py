"""A question that a change cannot move is known as such, and no other is taken for one."""

from itertools import chain
from typing import Any

import pytest
from rdflib.paths import (
    AlternativePath,
    InvPath,
    MulPath,
    NegatedPath,
    Path,
    SequencePath,
)
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import translatePath, traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef, Variable
from tests.competency.test_changes import FILES, INFERRED_TERM, everywhere, quads, read

from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Quad
from akteursmodell.questions.catalogue import catalogue
from akteursmodell.questions.reach import Reach, reach_of
from akteursmodell.updates.inference import with_inferred
from akteursmodell.vocabulary import PREFIXES, RDF

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
A = RDF + "type"
EX = "urn:"
QUERIES = {
    "SELECT * { ?s <urn:p> ?o ; <urn:q> 1.5, 'x'@en }": {*"pq"},
    "SELECT ?a ?b ?c { ?a ^(<urn:p>/<urn:q>)+ ?b }": {*"pq"},
    "SELECT * { VALUES (?a ?b) { (1 2) (3 4) } ?a <urn:p> [ <urn:q> ?b ] }": {*"pq"},
    "SELECT * { ?a <urn:p> ?b FILTER(?b > 3 && NOT EXISTS { ?b <urn:q> ?c }) }": {*"pq"},
    "SELECT * { { SELECT ?a { ?a <urn:p> ?b } GROUP BY ?a HAVING(?b>1) } ?a <urn:q> ?c }": {*"pq"},
    "SELECT * { BIND(<urn:x> AS ?a) ?a <urn:p>|<urn:q> 'a'^^<urn:t> . }": {*"pq"},
    "SELECT * { { ?a <urn:p> true } UNION { ?a <urn:q> -1 } MINUS { ?a <urn:r> [] } }": {*"pqr"},
    "SELECT (EXISTS { ?a <urn:p> ?b } AS ?c) { OPTIONAL { ?a <urn:q> ?d } } ORDER BY ?a": {*"pq"},
}  # fmt: skip
ANYTHING = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { <urn:a> <urn:p>* ?o }",
    "SELECT * { <urn:a> <urn:p>? ?o }",
    "SELECT * { <urn:a> !<urn:p> ?o }",
    "SELECT * { <urn:a> <urn:p> ?o ; ?q ?r }",
    "SELECT * { GRAPH ?g { ?s <urn:p> ?o } }",
    "SELECT * FROM <urn:g> { ?s <urn:p> ?o }",
    "SELECT * { ?s <urn:p> [ ?q 1 ] }",
    "SELECT * { ?s <urn:p> (1 2) }",
    "SELECT * { ?s <urn:p> ?o FILTER EXISTS { ?s ?q ?r } }",
    "SELECT * { ?s <urn:p>/(<urn:q>|<urn:r>*) ?o }",
    "SELECT * { ?s unknown:p ?o }",
    r"SELECT * { ?s <urn:\u0070> ?o }",
]


def oracle(query: str) -> Reach:
    """What rdflib's algebra says that a query looks at."""
    predicates: set[str] = set()
    classes: set[str] = set()
    everything = False
    for _, predicate, value in triples(prepareQuery(HEAD + query).algebra):
        if isinstance(predicate, Variable):
            everything = True
        elif predicate == URIRef(A) and isinstance(value, URIRef):
            classes.add(str(value))
        else:
            steps, open_ended = inside(predicate)
            predicates |= steps
            everything |= open_ended
    return Reach(frozenset(predicates), frozenset(classes), everything)


def triples(node: Any) -> list[tuple[Any, Any, Any]]:
    if isinstance(node, CompValue):
        found = list(node["triples"]) if "triples" in node else []
        if node.name == "TriplesBlock":
            flat = [[traverse(term, visitPost=translatePath) for term in part] for part in found]
            found = [tuple(part[at : at + 3]) for part in flat for at in range(0, len(part), 3)]
        return [*found, *chain(*(triples(v) for k, v in node.items() if k != "triples"))]
    if isinstance(node, list | tuple | set):
        return list(chain(*map(triples, node)))
    return []


def inside(path: Any) -> tuple[set[str], bool]:
    match path:
        case SequencePath() | AlternativePath():
            parts = [inside(arg) for arg in path.args]
            return set[str]().union(*(p for p, _ in parts)), any(e for _, e in parts)
        case InvPath():
            return inside(path.arg)
        case MulPath():
            steps, open_ended = inside(path.path)
            return steps, open_ended or path.zero
        case NegatedPath():
            return set(), True
        case Path():
            raise TypeError(type(path).__name__)
    return {str(path)}, False


@pytest.mark.parametrize("question_id", list(catalogue()))
def test_every_question_looks_at_what_its_algebra_says(question_id: str) -> None:
    query = catalogue()[question_id].query
    found, known = reach_of(query), oracle(query)
    assert found.everything >= known.everything
    assert found.everything or found.predicates == known.predicates
    assert found.everything or found.classes == known.classes


@pytest.mark.parametrize("part", ["insert", "delete"])
def test_every_change_that_moves_a_question_is_within_its_reach(
    shipped: EmbeddedStore, part: str
) -> None:
    assert set(FILES) == set(catalogue())
    for question_id in FILES:
        triples = quads(shipped, read(question_id)[part]["turtle"])
        gone = everywhere(shipped, triples) if part == "delete" else frozenset[Quad]()
        come = triples if part == "insert" else frozenset[Quad]()
        change = ChangeSet(gone, come, "test", part)
        query = catalogue()[question_id].query
        if INFERRED_TERM in query:
            change = with_inferred(shipped, change)
        assert reach_of(query).meets((*change.deletes, *change.inserts)), question_id


def test_what_looks_at_everything_is_not_most_of_the_catalogue() -> None:
    everything = [q.id for q in catalogue().values() if reach_of(q.query).everything]
    assert {q for q in everything if not oracle(catalogue()[q].query).everything} == set()
    assert 0 < len(everything) < len(catalogue()) / 2


@pytest.mark.parametrize("query", list(QUERIES))
def test_predicates_are_found_wherever_they_stand(query: str) -> None:
    assert reach_of(query) == oracle(query)
    assert reach_of(query).predicates == {EX + name for name in QUERIES[query]}


@pytest.mark.parametrize("query", ANYTHING)
def test_what_could_be_anything_counts_as_everything(query: str) -> None:
    assert reach_of(query).everything


def test_members_of_another_class_do_not_meet_a_query() -> None:
    reach = reach_of("SELECT * { ?s a <urn:A> ; <urn:p> ?o }")
    thing = NamedNode("urn:x")
    assert reach.meets([Quad(thing, TYPE, NamedNode("urn:A"))])
    assert reach.meets([Quad(thing, NamedNode("urn:p"), Literal(1))])
    assert not reach.meets([Quad(thing, TYPE, NamedNode("urn:B"))])
    listed = reach_of("SELECT * { ?s a <urn:A> , [] , ?c ; <urn:p> [ a <urn:C> , <urn:D> ] , 2 }")
    assert listed.predicates == {A, "urn:p"}
    assert listed.classes == {"urn:A", "urn:C", "urn:D"}
    assert not reach.meets([Quad(thing, NamedNode("urn:q"), NamedNode("urn:A"))])
    assert reach_of("SELECT * { ?s a ?c }").meets([Quad(thing, TYPE, NamedNode("urn:B"))])
