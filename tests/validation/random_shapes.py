"""Random small shapes and data, as Turtle: everything that the compiler knows, mixed."""

import random

__all__ = ["random_data", "random_shapes"]

PREFIXES = """@prefix : <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = (":a", ":b", ":c", ":d", ":e")
CLASSES = (":A", ":B", ":C")
PREDICATES = (":p", ":q", ":r")
LITERALS = ("1", "2", '"x"', '"x"@de', '"y"@de', '"z"@en', "true", '"2026-01-01"^^xsd:date')
QUERY = "PREFIX : <http://example.org/> SELECT DISTINCT $this ?value WHERE { %s }"
CONTINUED = (
    "{this} {p} ?value .",
    "{this} {p} ?x . ?x {q} ?value .",
    "{this} {path} ?value .",
    "?value {p} {this} .",
    "{this} {p} ?value . FILTER NOT EXISTS {{ ?value {q} ?y }}",
    "{this} {p} ?value . FILTER NOT EXISTS {{ ?z {q} ?value ; {r} {this} }}",
    "{this} {p} ?value . FILTER EXISTS {{ ?value {path} ?y . ?y {r} ?w }}",
    "{this} {p} ?value . OPTIONAL {{ ?value {q} ?y }} FILTER (!bound(?y))",
    "{this} {p} ?value . OPTIONAL {{ ?value {q} ?y }} ?y {r} ?w .",
    "{{ {this} {p} ?value }} UNION {{ {this} {q} ?x . ?x {r} ?value }}",
    "{this} {p} ?value . ?value {q} {node} .",
    "{this} {p} ?value . BIND (EXISTS {{ ?value {q} ?y }} AS ?is) FILTER (?is)",
    "{this} {p} ?x . {{ SELECT {this} ?value WHERE {{ {this} {q} ?value }} }}",
    "{this} ?any ?value . ?value {q} ?y .",
    "{this} {p} ?x . ?value {q} ?x . ?value {r} ?y . FILTER NOT EXISTS {{ ?y {p} {this} }}",
    "?value {p} ?x . {this} {q} ?w .",
    "{this} {p} ?value . FILTER NOT EXISTS {{ ?y {q} {node} }}",
)


def random_data(rng: random.Random) -> str:
    """Return some triples."""
    lines = []
    for _ in range(rng.randint(4, 14)):
        end = rng.choice((*NODES, *NODES, rng.choice(LITERALS)))
        lines.append(f"{rng.choice(NODES)} {rng.choice(PREDICATES)} {end} .")
    for _ in range(rng.randint(1, 5)):
        lines.append(f"{rng.choice(NODES)} a {rng.choice(CLASSES)} .")
    for _ in range(rng.randint(0, 2)):
        lines.append(f"{rng.choice(CLASSES)} rdfs:subClassOf {rng.choice(CLASSES)} .")
    return PREFIXES + "\n".join(lines)


def random_shapes(rng: random.Random) -> str:
    """Return some shapes with targets."""
    return PREFIXES + "\n".join(
        f":shape{number} a {kind} ; {target(rng)} ; {body} ."
        for number, (kind, body) in enumerate(top(rng) for _ in range(rng.randint(1, 3)))
    )


def top(rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.5:
        return "sh:NodeShape", node_shape(rng, 2)
    return "sh:PropertyShape", property_shape(rng, 2)


def target(rng: random.Random) -> str:
    return rng.choice(
        (
            f"sh:targetClass {rng.choice(CLASSES)}",
            f"sh:targetNode {rng.choice(NODES)} , {rng.choice(NODES)}",
            f"sh:targetSubjectsOf {rng.choice(PREDICATES)}",
            f"sh:targetObjectsOf {rng.choice(PREDICATES)}",
        )
    )


def path(rng: random.Random, depth: int = 2) -> str:
    kind = rng.randrange(7) if depth else 0
    if kind <= 1:
        return rng.choice(PREDICATES)
    below = path(rng, depth - 1)
    if kind == 2:
        return f"[ sh:inversePath {below} ]"
    if kind == 3:
        return f"( {below} {path(rng, depth - 1)} )"
    if kind == 4:
        return f"[ sh:alternativePath ( {below} {path(rng, depth - 1)} ) ]"
    repeated = rng.choice(("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"))
    return f"[ sh:{repeated} {below} ]"


def node_shape(rng: random.Random, depth: int) -> str:
    parts = [constraint(rng, depth) for _ in range(rng.randint(1, 2))]
    return " ; ".join({part.split()[0]: part for part in parts}.values())


def property_shape(rng: random.Random, depth: int) -> str:
    counted = (
        f"sh:minCount {rng.randint(1, 2)}",
        f"sh:maxCount {rng.randint(0, 1)}",
        "sh:uniqueLang true",
        f"sh:lessThan {rng.choice(PREDICATES)}",
        f"sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ {node_shape(rng, depth - 1)} ]"
        if depth
        else "sh:minCount 1",
    )
    part = rng.choice(counted) if rng.random() < 0.6 else constraint(rng, depth)
    return f"sh:path {path(rng)} ; {part}"


def constraint(rng: random.Random, depth: int) -> str:
    simple = (
        f"sh:class {rng.choice(CLASSES)}",
        "sh:nodeKind sh:IRI",
        f"sh:hasValue {rng.choice(NODES)}",
        f"sh:in ( {rng.choice(NODES)} {rng.choice(NODES)} {rng.choice(LITERALS)} )",
        f"sh:equals {rng.choice(PREDICATES)}",
        f"sh:disjoint {rng.choice(PREDICATES)}",
        "sh:datatype xsd:integer",
        'sh:languageIn ( "de" )',
        f"sh:closed true ; sh:ignoredProperties ( rdf:type {rng.choice(PREDICATES)} )",
    )
    if not depth or rng.random() < 0.3:
        return rng.choice(simple)
    one, other = (f"[ {node_shape(rng, depth - 1)} ]" for _ in range(2))
    return rng.choice(
        (
            f"sh:property [ {property_shape(rng, depth - 1)} ]",
            f"sh:property [ {property_shape(rng, depth - 1)} ]",
            f"sh:node {one}",
            f"sh:not {one}",
            f"sh:or ( {one} {other} )",
            f"sh:and ( {one} {other} )",
            f"sh:xone ( {one} {other} )",
            f'sh:sparql [ sh:select "{query(rng)}" ]',
        )
    )


def query(rng: random.Random) -> str:
    walked = rng.choice((":p/:q", "^:p", ":p*", "(:p|^:q)/:r", ":q+", ":p?/:r"))
    return QUERY % rng.choice(CONTINUED).format(
        this="$this",
        p=rng.choice(PREDICATES),
        q=rng.choice(PREDICATES),
        r=rng.choice(PREDICATES),
        path=walked,
        node=rng.choice(NODES),
    )
