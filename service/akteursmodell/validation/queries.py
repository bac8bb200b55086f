"""SPARQL in shapes: constraints and components (https://www.w3.org/TR/shacl/#part2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from akteursmodell.errors import Text
from akteursmodell.graph.terms import BlankNode, NamedNode, Term
from akteursmodell.graph.tokens import Token, tokens
from akteursmodell.validation.faults import ShapesError
from akteursmodell.validation.model import Constraint, Evaluation, Finding, Shape, Tracer, Values
from akteursmodell.validation.paths import Path, Repeat, Step, sparql, walk
from akteursmodell.validation.query_reads import trace_query
from akteursmodell.validation.views import View, sh
from akteursmodell.vocabulary import PREFIXES

__all__ = ["Asked", "Query", "prefixes"]

FORBIDDEN = {"MINUS", "VALUES", "SERVICE"}
IMPORTS = NamedNode(PREFIXES["owl"] + "imports")
FUNCTION = "urn:x-akteursmodell:bound:"


def prefixes(shapes: View, node: Term) -> str:
    """Return the declarations that sh:prefixes of a node names."""
    lines = []
    holders = dict.fromkeys(shapes.objects(node, sh("prefixes")))
    for holder in list(holders):
        holders.update(dict.fromkeys(imported(shapes, holder)))
    for holder in holders:
        for declared in shapes.objects(holder, sh("declare")):
            name, iri = (
                shapes.value(declared, sh("prefix")),
                shapes.value(declared, sh("namespace")),
            )
            lines.append(f"PREFIX {getattr(name, 'value', '')}: <{getattr(iri, 'value', '')}>\n")
    return "".join(lines)


def imported(shapes: View, node: Term) -> Iterator[Term]:
    """Iterate over what a node imports, directly or not."""
    return iter(walk(shapes, node, Repeat(Step(IMPORTS), 1, once=False)))


class Query:
    """A query of a shape with its pre-bound variables (https://www.w3.org/TR/shacl/#pre-binding).

    The engine binds them in patterns; in expressions they are replaced by what they are bound to.
    """

    def __init__(
        self, text: str, given: Mapping[str, Term], path: Path | None, *, each: bool = False
    ) -> None:
        """Take the text, what parameters are bound to, and the path that $PATH stands for.

        `each` binds ?value too. Raises ShapesError for what pre-binding forbids.
        """
        self.given = dict(given)
        self._pieces = [piece.text for piece in self._read(as_select(text), path)]
        self._places = self._expressions()
        self.text = self.filled({})
        refuse_unbindable(self.text, {"this", "value"} if each else {"this"})

    def _read(self, text: str, path: Path | None) -> Iterator[Token]:
        """Yield the tokens, with $PATH and the parameters put in; these are constants."""
        for token in tokens(text):
            name = variable(token.text)
            if name in ("shapesGraph", "currentShape"):
                raise unbindable(token.text)
            if name == "PATH" and path is not None:
                yield token._replace(text=sparql(path))
            elif name in self.given and not isinstance(self.given[name], BlankNode):
                yield token._replace(text=str(self.given[name]))
            else:
                yield token

    def _expressions(self) -> dict[int, str]:
        """Return the numbers of the pieces that are pre-bound variables within an expression."""
        found: dict[int, str] = {}
        opened: list[str] = []
        for number, text in enumerate(self._pieces):
            if text in ("(", "{"):
                opened.append(text)
            elif text in (")", "}") and opened:
                opened.pop()
            name = variable(text)
            if name in ("this", "value") and opened and opened[-1] == "(":
                found[number] = name
        return found

    def filled(self, bindings: Mapping[str, Term]) -> str:
        """Return the text with the variables in expressions replaced by what they are bound to."""
        pieces = list(self._pieces)
        for number, name in self._places.items():
            term = bindings.get(name)
            if term is not None:
                is_blank = isinstance(term, BlankNode)
                pieces[number] = f"<{FUNCTION}{name}>()" if is_blank else f"{term}"
                test = bound_test(pieces, number)
                if test is not None:
                    pieces[test], pieces[number] = "", "true"
        return "".join(pieces)

    def solutions(self, run: Evaluation, **bindings: Term) -> list[dict[str, Term]]:
        """Return the solutions in which the variables are bound to these terms."""
        functions = {FUNCTION + name: (lambda term=term: term) for name, term in bindings.items()}
        return run.data.store.bound(self.filled(bindings), bindings, functions)


def as_select(text: str) -> str:
    """Return an ASK as the SELECT of its pre-bound variables."""
    pieces = list(tokens(text))
    for number, token in enumerate(pieces):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "SELECT":
            return text
        if word == "ASK":
            pieces[number] = token._replace(text="SELECT $this $value")
            return "".join(piece.text for piece in pieces)
    return text


def variable(text: str) -> str:
    """Return the name of a variable, empty for other tokens."""
    return text[1:] if text[:1] in "?$" else ""


def bound_test(pieces: list[str], number: int) -> int | None:
    """Return where BOUND stands if a piece is what it is asked about."""
    before = [place for place in range(number) if pieces[place].strip()][-2:]
    return next((place for place in before[:1] if pieces[place].upper() == "BOUND"), None)


def refuse_unbindable(text: str, bound: set[str]) -> None:
    """Refuse what the standard forbids where variables are pre-bound."""
    significant = [t for t in tokens(text) if t.kind not in ("space", "comment")]
    depth = 0
    for number, token in enumerate(significant):
        word = token.text.upper() if token.kind == "word" else ""
        depth += (token.text == "{") - (token.text == "}")
        if word in FORBIDDEN:
            raise unbindable(word)
        if word == "AS" and variable(significant[number + 1].text) in bound:
            raise unbindable(f"AS {significant[number + 1].text}")
        if word == "SELECT" and depth:
            heads = [t.text for t in significant[number:]]
            if "this" not in map(variable, heads[: heads.index("{")]):
                raise unbindable("SELECT")


def unbindable(what: str) -> ShapesError:
    """Say what may not stand in the query of a shape."""
    return ShapesError(
        Text(
            f"Die Abfrage einer Regel darf {what} hier nicht enthalten.",
            f"The query of a shape may not have {what} here.",
        )
    )


@dataclass
class Asked(Constraint):
    """sh:sparql, or a constraint component whose validator is a query.

    `each` asks about one value after the other and takes no solution for a failure, as ASK does.
    """

    component: NamedNode
    query: Query
    messages: tuple[Term, ...]
    constraint: Term | None = None
    each: bool = False

    def check(
        self, run: Evaluation, shape: Shape, focus: Term, values: Values
    ) -> Iterator[Finding]:
        """Yield a result for each solution, or for each value without one."""
        if self.each:
            for value in values:
                if not self.query.solutions(run, this=focus, value=value):
                    yield self.result(shape, focus, value, {"value": value})
            return
        for row in self.query.solutions(run, this=focus):
            found = row.get("value", focus if shape.path is None else None)
            yield self.result(shape, focus, found, row)

    def result(
        self, shape: Shape, focus: Term, value: Term | None, names: Mapping[str, Term]
    ) -> Finding:
        """Return a result with what its message may name."""
        path = names.get("path")
        return replace(
            shape.finding(self, focus, value),
            path=Step(path) if isinstance(path, NamedNode) else shape.path,
            messages=self.messages or shape.messages,
            names=tuple({**self.query.given, **names}.items()),
            constraint=self.constraint,
        )

    def trace(self, tracer: Tracer, focus: int, values: int) -> None:
        """Read what the patterns of the query match."""
        trace_query(
            tracer,
            self.query.text,
            {"this": focus, "value": values} if self.each else {"this": focus},
        )
