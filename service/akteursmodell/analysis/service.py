"""The SPARQL service described for machines (https://www.w3.org/TR/sparql11-service-description/)."""

from akteursmodell.analysis.parts import size
from akteursmodell.config import Settings
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.store import Store
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Triple
from akteursmodell.vocabulary import PREFIXES, RDFS

__all__ = ["service_description"]

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
WRITTEN = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG", "N-Quads", "N3"),
)
READ = ("Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG", "N-Quads", "N3")
REGIME = "http://www.w3.org/ns/entailment/OWL-RDF-Based"
PROFILE = "http://www.w3.org/ns/owl-profile/RL"
FOLLOWS = (
    ("de", "Was aus Daten und Ontologie folgt; mit inference=off bleibt es ungefragt."),
    ("en", "What follows from data and ontology; inference=off leaves it out."),
)
TRIPLES = PREFIXES["void"] + "triples"
INTEGER = NamedNode(PREFIXES["xsd"] + "integer")


def service_description(
    store: Store, endpoint: str, dataset: str, settings: Settings
) -> list[Triple]:
    """Return what an endpoint understands and holds; `dataset` is where VoID describes the data.

    A query without FROM asks the union of all named graphs, unless the service is strict.
    """
    service, whole, union = (f"{endpoint}#{name}" for name in ("service", "dataset", "union"))
    made = [
        link(service, TYPE.value, SD + "Service"),
        link(service, SD + "endpoint", endpoint),
        link(service, SD + "supportedLanguage", SD + "SPARQL11Query"),
        *([] if settings.strict else [link(service, SD + "feature", SD + "UnionDefaultGraph")]),
        *(
            [link(service, SD + "supportedLanguage", SD + "SPARQL11Update")]
            if settings.token
            else []
        ),
        *(link(service, SD + "inputFormat", FORMATS + name) for name in READ if settings.token),
        *(link(service, SD + "resultFormat", FORMATS + name) for name in WRITTEN),
        link(service, SD + "defaultDataset", whole),
        link(service, RDFS + "seeAlso", dataset),
        link(whole, TYPE.value, SD + "Dataset"),
        link(whole, RDFS + "seeAlso", dataset),
        link(whole, SD + "defaultGraph", union),
        link(union, TYPE.value, SD + "Graph"),
    ]
    for number, graph in enumerate(store.graphs(), 1):
        named, inside = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        count = Literal(str(size(store, graph.value)), datatype=INTEGER)
        made += [
            link(whole, SD + "namedGraph", named),
            link(named, TYPE.value, SD + "NamedGraph"),
            link(named, SD + "name", graph.value),
            link(named, SD + "graph", inside),
            link(inside, TYPE.value, SD + "Graph"),
            Triple(NamedNode(inside), NamedNode(TRIPLES), count),
        ]
        if graph.value == INFERRED:
            made += [
                link(named, SD + "entailmentRegime", REGIME),
                link(named, SD + "supportedEntailmentProfile", PROFILE),
                *(
                    Triple(
                        NamedNode(named), NamedNode(RDFS + "comment"), Literal(text, language=lang)
                    )
                    for lang, text in FOLLOWS
                ),
            ]
    return made


def link(subject: str, predicate: str, target: str) -> Triple:
    """Return a statement between two addresses."""
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(target))
