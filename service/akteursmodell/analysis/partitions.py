"""VoID statistics: how many of what, and which properties lead from which class to what.

SIB's editor completes from them (https://github.com/sib-swiss/void-generator): class, property, and
the class or datatype of the value. Extension for datatypes: http://ldf.fi/void-ext.
"""

import hashlib
from collections import defaultdict

from akteursmodell.graph.store import Queryable
from akteursmodell.graph.terms import TYPE, Literal, NamedNode, Term, Triple, local_name
from akteursmodell.query.rows import Row, node, rows, text
from akteursmodell.vocabulary import GENID, PREFIXES, SYSTEM_GRAPH

__all__ = ["integer", "partitions", "totals"]

VOID = PREFIXES["void"]
VOIDEXT = PREFIXES["voidext"]
XSD_INTEGER = NamedNode(PREFIXES["xsd"] + "integer")
# The store's own statement, its revision number, is no part of the dataset.
OURS = f"FILTER(?p != <{SYSTEM_GRAPH}/revision>)"
COUNTS = {
    "triples": f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s ?p ?o {OURS} }}",
    "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a ?o FILTER(isIRI(?s) "
    f'&& !STRSTARTS(STR(?s), "{GENID}")) }}',
    "distinctSubjects": f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s ?p ?o {OURS} }}",
    "distinctObjects": f"SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE {{ ?s ?p ?o {OURS} }}",
    "properties": f"SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE {{ ?s ?p ?o {OURS} }}",
    "classes": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }",
}
PROPERTIES = f"""
SELECT ?property (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
WHERE {{ ?s ?property ?o BIND(?property AS ?p) {OURS} }} GROUP BY ?property ORDER BY ?property
"""
CLASSES = """
SELECT ?class (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class
"""
OF_CLASS = """
SELECT ?class ?property (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?property ?o }
GROUP BY ?class ?property ORDER BY ?class ?property
"""
TO_CLASS = """
SELECT ?class ?property ?target (COUNT(*) AS ?n) WHERE { ?s a ?class ; ?property ?o . ?o a ?target }
GROUP BY ?class ?property ?target ORDER BY ?class ?property ?target
"""
TO_DATATYPE = """
SELECT ?class ?property ?target (COUNT(*) AS ?n) WHERE {
  ?s a ?class ; ?property ?o . FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?target)
} GROUP BY ?class ?property ?target ORDER BY ?class ?property ?target
"""


def totals(source: Queryable, dataset: NamedNode) -> list[Triple]:
    """Return the counts over the whole dataset."""
    return [
        Triple(dataset, void(name), integer(text(rows(source, query)[0], "n")))
        for name, query in COUNTS.items()
    ]


def partitions(source: Queryable, dataset: NamedNode) -> list[Triple]:
    """Return the partitions of a dataset by property and by class, nodes named after its address.

    A class without a name (an expression of the ontology) has no partition.
    """
    made: list[Triple] = []
    for row in rows(source, PROPERTIES):
        part = below(dataset, "property", node(row, "property"))
        made += partition(dataset, "property", part, row)
        made.append(Triple(part, void("distinctSubjects"), integer(text(row, "subjects"))))
        made.append(Triple(part, void("distinctObjects"), integer(text(row, "objects"))))
    within = targets(source)
    by_class: dict[str, list[Row]] = defaultdict(list)
    for row in rows(source, OF_CLASS):
        by_class[text(row, "class")].append(row)
    for row in rows(source, CLASSES):
        part = below(dataset, "class", node(row, "class"))
        made += partition(dataset, "class", part, row)
        for inner in by_class[text(row, "class")]:
            use = below(part, "property", node(inner, "property"))
            made += partition(part, "property", use, inner)
            for kind, found in within[text(row, "class"), text(inner, "property")]:
                made += partition(use, kind, below(use, kind, node(found, "target")), found)
    return made


def targets(source: Queryable) -> dict[tuple[str, str], list[tuple[str, Row]]]:
    """Return for each class and property the classes and datatypes of the values."""
    found: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for kind, query in (("class", TO_CLASS), ("datatype", TO_DATATYPE)):
        for row in rows(source, query):
            found[text(row, "class"), text(row, "property")].append((kind, row))
    return found


def partition(whole: NamedNode, kind: str, part: NamedNode, row: Row) -> list[Triple]:
    """Return a partition: what it is of, and how many statements or members it has."""
    namespace = VOIDEXT if kind == "datatype" else VOID
    of = row["target"] if "target" in row else row[kind]
    if of is None:
        raise TypeError(kind)
    counted = "entities" if kind == "class" and "target" not in row else "triples"
    return [
        Triple(whole, NamedNode(f"{namespace}{kind}Partition"), part),
        Triple(part, TYPE, void("Dataset")),
        Triple(part, NamedNode(namespace + kind), of),
        Triple(part, void(counted), integer(text(row, "n"))),
    ]


def below(whole: NamedNode, kind: str, term: NamedNode | None) -> NamedNode:
    """Return the name of a partition; a digest tells like-named terms apart."""
    if term is None:
        raise TypeError(kind)
    digest = hashlib.sha256(term.value.encode()).hexdigest()[:6]
    return NamedNode(f"{whole.value}-{kind}-{local_name(term.value)}-{digest}")


def void(name: str) -> NamedNode:
    """Return a term of VoID."""
    return NamedNode(VOID + name)


def integer(value: str) -> Term:
    """Return a count as a literal."""
    return Literal(value, datatype=XSD_INTEGER)
