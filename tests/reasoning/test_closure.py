"""The rules: what they derive, what they leave, and that HermiT derives the same."""

import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import OWL, RDF, RDFS
from tests.reasoning.reference import TripleOf, closure

from akteursmodell.reasoning.consistency import entailed
from akteursmodell.reasoning.rules import RuleSet, compile_rules, hierarchies
from akteursmodell.resources import data_files, ontology_files
from akteursmodell.validation.rdf import read_graph
from akteursmodell.vocabulary import AKM, ID

EX = rdflib.Namespace("http://example.org/")
HEAD = """@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
TBOX = (
    HEAD
    + """
:B rdfs:subClassOf :A . :C rdfs:subClassOf :B .
:p a owl:ObjectProperty ; rdfs:domain :C ; rdfs:range :D ; rdfs:subPropertyOf :q .
:q a owl:ObjectProperty . :s a owl:SymmetricProperty . :t a owl:TransitiveProperty .
:i owl:inverseOf :p .
:c owl:propertyChainAxiom ( [ owl:inverseOf :p ] :t ) .
:E owl:equivalentClass [ owl:intersectionOf ( :A [ owl:onProperty :q ;
    owl:someValuesFrom [ owl:oneOf ( :v :w ) ] ] ) ] .
:F owl:equivalentClass [ owl:intersectionOf ( :A [ owl:onProperty :q ; owl:hasValue :v ] ) ] .
:n rdfs:domain [ owl:unionOf ( :A :D ) ] .
:A owl:disjointWith :D .
"""
)


def derived(turtle: str) -> set[tuple[str, str, str]]:
    ontology = rdflib.Graph().parse(data=TBOX, format="turtle")
    data = rdflib.Graph().parse(data=HEAD + turtle, format="turtle")
    added = closure(data, compile_rules(ontology))
    return {
        (
            str(s).removeprefix(EX),
            str(p).removeprefix(EX).removeprefix(str(RDF)),
            str(o).removeprefix(EX),
        )
        for s, p, o in added
    }


def test_each_kind_of_axiom_derives_what_it_says_and_nothing_else() -> None:
    assert derived(":x a :C .") == {("x", "type", "B"), ("x", "type", "A")}
    assert derived(":x :s :y .") == {("y", "s", "x")}
    assert derived(":x :t :y . :y :t :z .") == {("x", "t", "z")}
    assert derived(":x :i :y .") >= {("y", "p", "x"), ("y", "q", "x"), ("y", "type", "C")}
    assert derived(":x :p :y . :x :t :z .") >= {("y", "c", "z"), ("y", "type", "D")}
    assert derived(":x a :A ; :q :w .") == {("x", "type", "E")}
    assert derived(":x a :A ; :q :v .") == {("x", "type", "E"), ("x", "type", "F")}
    assert derived(":x a :F .") == {("x", "type", "A"), ("x", "q", "v"), ("x", "type", "E")}
    assert derived(":x :n :y .") == set()


def test_what_no_rule_stands_for_is_listed_with_the_reason() -> None:
    skipped = compile_rules(rdflib.Graph().parse(data=TBOX, format="turtle")).skipped
    assert "domain of n: a union of classes is no rule" in skipped
    assert "A disjointWith D: forbids, adds no fact" in skipped
    assert "E: that a member has one of several values is no rule" in skipped


TRIPLES = st.tuples(
    st.sampled_from("uvwxyz"),
    st.sampled_from(["p", "q", "s", "t", "i", "c", "type"]),
    st.sampled_from("uvwxyz"),
    st.sampled_from("ABCDEF"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TRIPLES, max_size=12))
def test_the_closure_is_what_naive_repetition_gives(edges: list[tuple[str, ...]]) -> None:
    rules = compile_rules(rdflib.Graph().parse(data=TBOX, format="turtle"))
    data = {
        (EX[s], RDF.type, EX[c]) if p == "type" else (EX[s], EX[p], EX[o]) for s, p, o, c in edges
    }
    added = closure(data, rules)
    everything = data | added
    assert not data & added
    assert closure(everything, rules) == set()
    once: set[TripleOf] = set(data)
    while more := {(s, p, o) for s, p, o in closure_step(once, rules) if (s, p, o) not in once}:
        once |= more
    assert once == everything


def closure_step(known: set[TripleOf], rules: RuleSet) -> set[TripleOf]:
    """One naive round, by rdflib's own SPARQL."""
    graph = rdflib.Graph()
    for triple in known:
        graph.add(triple)

    def write(atom: tuple[object, object, object]) -> str:
        slots = [s.n3() if isinstance(s, rdflib.URIRef) else f"?{s}" for s in atom]
        return " ".join(slots)

    found = set()
    for rule in rules.rules:
        body = " . ".join(write(atom) for atom in rule.body)
        found |= set(graph.query(f"CONSTRUCT {{ {write(rule.head)} }} WHERE {{ {body} }}"))
    return found  # type: ignore[return-value]


def test_hermit_and_the_rules_agree_on_every_assertion_about_the_shipped_data() -> None:
    """HermiT, through owlready2, tells the most specific terms only; the hierarchy adds the rest.

    Types differ nowhere for what the data describe; owl:Thing is left out on both sides.
    """
    ontology, data = read_graph(ontology_files()), read_graph(data_files())
    asserted = {*ontology, *data}
    ours = asserted | closure(asserted, compile_rules(ontology))
    told = {*rdflib.Graph().parse(data=entailed(data_files()), format="nt")}
    only_up = RuleSet(tuple(r for r in hierarchies(ontology) if not isinstance(r, str)), ())
    theirs = told | closure(told, only_up)

    def about(triples: set[tuple[rdflib.term.Node, ...]]) -> set[tuple[rdflib.term.Node, ...]]:
        return {
            t
            for t in triples
            if str(t[0]).startswith(ID)
            and isinstance(t[2], rdflib.URIRef)
            and t[2] not in (OWL.Thing, OWL.NamedIndividual)
        }

    assert about(ours) == about(theirs)
    assert len(about(ours) - about(asserted)) > 2000
    depends = {(s, o) for s, p, o in about(ours) if p == rdflib.URIRef(AKM + "dependsOn")}
    work = rdflib.URIRef(ID + "task-neighbourhood-work")
    assert (rdflib.URIRef(ID + "task-care-planning"), work) in depends
    assert RDFS.subClassOf not in {p for _, p, _ in about(ours) - about(asserted)}
