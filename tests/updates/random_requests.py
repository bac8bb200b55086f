"""Random update requests over small random data, with blank nodes.

ADD, COPY and MOVE are not SILENT: with a source that is missing the engine then empties the target,
and we do not.
"""

import random

import pyoxigraph as oxigraph

from akteursmodell.graph.terms import Graph, Subject, Term

__all__ = ["random_quads", "random_request"]

NODES = [f"<http://x/n{number}>" for number in range(4)]
PREDICATES = [f"<http://x/p{number}>" for number in range(3)]
GRAPHS = [f"<http://x/g{number}>" for number in range(3)]
LITERALS = [
    '"a"',
    '"a"@EN',
    "1",
    '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
    "1.50",
    "true",
]
VARIABLES = ["?a", "?b", "?c", "?d"]


def random_quads(dice: random.Random) -> list[oxigraph.Quad]:
    """Return up to a dozen quads in the default graph and three others."""
    iris = [oxigraph.NamedNode(text[1:-1]) for text in NODES]
    predicates = [oxigraph.NamedNode(text[1:-1]) for text in PREDICATES]
    blanks = [oxigraph.BlankNode(f"b{number}") for number in range(3)]
    literals = [oxigraph.Literal("a"), oxigraph.Literal("a", language="en"), oxigraph.Literal(1)]
    subjects: list[Subject] = [*iris, *blanks]
    objects: list[Term] = [*iris, *blanks, *literals]
    graphs: list[Graph] = [
        oxigraph.DefaultGraph(),
        *(oxigraph.NamedNode(text[1:-1]) for text in GRAPHS),
    ]
    return [
        oxigraph.Quad(
            dice.choice(subjects),
            dice.choice(predicates),
            dice.choice(objects),
            dice.choice(graphs),
        )
        for _ in range(dice.randrange(12))
    ]


class Writer:
    """Writes one operation; blank node labels are used in one operation only."""

    def __init__(self, dice: random.Random, number: int) -> None:
        self.dice = dice
        self.blanks = [f"_:o{number}x{one}" for one in range(2)]

    def some(self, *choices: list[str]) -> str:
        return self.dice.choice([item for choice in choices for item in choice])

    def triple(self, *, variables: bool, blanks: bool) -> str:
        free = VARIABLES if variables else []
        fresh = self.blanks if blanks else []
        subject = self.some(NODES, free, fresh)
        predicate = self.some(PREDICATES, free[:1])
        return f"{subject} {predicate} {self.some(NODES, LITERALS, free, fresh)} . "

    def block(self, *, variables: bool, blanks: bool) -> str:
        parts = []
        for _ in range(self.dice.randint(1, 3)):
            triples = "".join(
                self.triple(variables=variables, blanks=blanks)
                for _ in range(self.dice.randint(1, 2))
            )
            free = ["?g"] if variables else []
            named = self.dice.random() < 0.5
            parts.append(f"GRAPH {self.some(GRAPHS, free)} {{ {triples} }} " if named else triples)
        return "{ " + "".join(parts) + "}"

    def where(self) -> str:
        parts = [self.block(variables=True, blanks=False)]
        one = self.triple(variables=True, blanks=False)
        extras = [
            f"OPTIONAL {{ {one} }}",
            f"FILTER NOT EXISTS {{ {one} }}",
            f"MINUS {{ {one} }}",
            f"UNION {self.block(variables=True, blanks=False)}",
            "FILTER(?a<?b&&?b>?a)",
            "BIND(BNODE() AS ?e)",
            f"VALUES ?d {{ {self.some(NODES, LITERALS)} UNDEF }}",
            f"{{ SELECT ?a (COUNT(*) AS ?d) WHERE {{ {one} }} GROUP BY ?a }}",
        ]
        parts += self.dice.sample(extras, self.dice.randrange(3))
        return "{ " + " ".join(sorted(parts, key=lambda p: not p.startswith(("{", "UNION")))) + " }"

    def modify(self) -> str:
        within = f"WITH {self.some(GRAPHS)} " if self.dice.random() < 0.3 else ""
        delete = f"DELETE {self.block(variables=True, blanks=False)} "
        insert = f"INSERT {self.block(variables=True, blanks=True)} "
        templates = self.dice.choice([delete, insert, delete + insert, "DELETE {} " + insert])
        using = "".join(
            f"USING {self.dice.choice(['', 'NAMED '])}{graph} "
            for graph in self.dice.sample(GRAPHS, self.dice.choice([0, 0, 1, 2]))
        )
        return f"{within}{templates}{using}WHERE {self.where()}"

    def manage(self) -> str:
        silent = self.dice.choice(["", "SILENT "])
        verb = self.dice.choice(["CLEAR", "DROP", "CREATE", "ADD", "COPY", "MOVE"])
        if verb == "CREATE":
            return f"CREATE {silent}GRAPH {self.some(GRAPHS)}"
        one, other = (self.some(GRAPHS, ["DEFAULT"]) for _ in range(2))
        if verb in {"CLEAR", "DROP"}:
            named = f"GRAPH {self.some(GRAPHS)}"
            return f"{verb} {silent}{self.dice.choice([named, 'DEFAULT', 'NAMED', 'ALL'])}"
        return f"{verb} {one} TO {other}"

    def operation(self) -> str:
        kind = self.dice.random()
        if kind < 0.15:
            return "INSERT DATA " + self.block(variables=False, blanks=True)
        if kind < 0.3:
            return "DELETE DATA " + self.block(variables=False, blanks=False)
        if kind < 0.4:
            return "DELETE WHERE " + self.block(variables=True, blanks=False)
        return self.modify() if kind < 0.8 else self.manage()


def random_request(dice: random.Random) -> str:
    """Return a request of one to four operations."""
    return " ;\n".join(Writer(dice, number).operation() for number in range(dice.randint(1, 4)))
