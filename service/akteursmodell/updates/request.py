"""A SPARQL Update request cut into its operations, each with the declarations in force.

Grammar: https://www.w3.org/TR/sparql11-query/#rUpdate. The engine judges the text; what is read
here is only where the parts of an operation stand. The engine of today knows declarations before
the first operation only, so each later part of a request is put before it as a text of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from akteursmodell.errors import InputError, SourceSyntaxError, Text
from akteursmodell.graph.faults import fault_at
from akteursmodell.graph.judging import judge
from akteursmodell.graph.terms import NamedNode
from akteursmodell.graph.tokens import Token, is_too_deep, tokens

__all__ = ["Data", "GraphOperation", "Load", "Modify", "Operation", "Target", "read_request"]

DECLARATIONS = {"PREFIX": ("name", "iri"), "BASE": ("iri",), "VERSION": ("string",)}
GRAPH_VERBS = ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
SKIPPED = {"space", "comment"}


@dataclass(frozen=True)
class Place:
    """The declarations in force at an operation, and where it stands."""

    prologue: str
    start: int
    end: int


@dataclass(frozen=True)
class Data:
    """INSERT DATA or DELETE DATA, with its block of quads."""

    place: Place
    inserts: bool
    block: str


@dataclass(frozen=True)
class Modify:
    """DELETE and INSERT with a WHERE; DELETE WHERE has the same block twice."""

    place: Place
    where: str
    delete: str = "{}"
    insert: str = "{}"
    within: str | None = None
    using: tuple[tuple[bool, str], ...] = ()


Target: TypeAlias = str
"""A reference to a graph as it is written, or one of DEFAULT, NAMED, ALL."""


@dataclass(frozen=True)
class GraphOperation:
    """CLEAR, DROP and CREATE with one graph; ADD, MOVE and COPY with a source and a target."""

    place: Place
    verb: str
    silent: bool
    target: Target
    source: Target = ""


@dataclass(frozen=True)
class Load:
    """LOAD of an address into a graph, or into the default graph."""

    place: Place
    silent: bool
    address: str
    into: str | None


Operation: TypeAlias = Data | Modify | GraphOperation | Load


def read_request(text: str, base: NamedNode | None = None) -> list[Operation]:
    """Read a request; raises SourceSyntaxError with line and column before anything is done.

    `base` is what relative IRIs are resolved against, as long as the text declares none.
    """
    parts = list(cut(text))
    refuse_depth(parts)
    late = any(part.declared for part in parts[1:])
    prologue = f"BASE {base} " if base else ""
    if not late:
        judge(text, parts[0].start(text), base=base)
    found: list[Operation] = []
    for part in parts:
        prologue += part.declared
        if late:
            judge_alone(text, part, prologue)
        if part.body:
            end = part.body[-1].start + len(part.body[-1].text)
            found.append(Reader(text, Place(prologue, part.start(text), end), part.body).read())
    return found


def refuse_depth(parts: "list[Part]") -> None:
    """Refuse what could overflow the engine's stack and end the process."""
    blocks = (
        is_too_deep(token.text, data=[word.text.upper() for word in part.body[1:2]] == ["DATA"])
        for part in parts
        for token in part.body
        if token.kind in {"block", "other"}
    )
    if any(blocks):
        raise InputError(
            Text(
                "Die Änderung ist zu tief geschachtelt oder zu lang.",
                "The update is nested too deeply, or too long.",
            ),
            Text(
                "Teilen Sie sie in mehrere; Werte gehören in VALUES, Daten in INSERT DATA.",
                "Split it into several; values belong in VALUES, data in INSERT DATA.",
            ),
        )


def judge_alone(text: str, part: "Part", prologue: str) -> None:
    """Let the engine read one operation at its place, with the declarations before it."""
    start = part.start(text)
    if not part.body:
        if part.followed:
            raise fault_at(text, start, "an operation is missing before ';'")
        return
    blank = "".join(char if char in "\r\n" else " " for char in text[:start])
    judge(blank + "".join(token.text for token in part.raw), start, prologue)


class Part(NamedTuple):
    """One operation and the declarations right before it; `raw` has spaces and comments too."""

    declared: str
    body: list[Token]
    raw: list[Token]
    followed: bool

    def start(self, text: str) -> int:
        """Return where the operation begins."""
        return self.body[0].start if self.body else len(text)


def cut(text: str) -> Iterator[Part]:
    """Cut a request at each `;` outside of blocks."""
    declared: list[str] = []
    raw: list[Token] = []
    for token in collapsed(text):
        if token.text == ";":
            yield finished(declared, raw, followed=True)
            declared, raw = [], []
        else:
            raw.append(token)
            significant = [t for t in raw if t.kind not in SKIPPED]
            wanted = DECLARATIONS.get(significant[0].text.upper()) if significant else None
            if wanted and len(significant) == len(wanted) + 1:
                declared += [t.text for t in significant]
                raw = []
    yield finished(declared, raw, followed=False)


def finished(declared: list[str], raw: list[Token], *, followed: bool) -> Part:
    """Return the part that these tokens make."""
    body = [token for token in raw if token.kind not in SKIPPED]
    first = raw.index(body[0]) if body else 0
    return Part("".join(f"{word} " for word in declared), body, raw[first:], followed)


def collapsed(text: str) -> Iterator[Token]:
    """Cut a text into terminals, each block with its braces being one."""
    depth, start = 0, 0
    for token in tokens(text):
        if token.text == "{":
            start = token.start if depth == 0 else start
            depth += 1
        elif token.text == "}" and depth:
            depth -= 1
            if depth == 0:
                yield Token("block", text[start : token.start + 1], start)
        elif depth == 0:
            yield token
    if depth:
        yield Token("other", text[start:], start)


class Reader:
    """Reads the parts of one operation from left to right."""

    def __init__(self, text: str, place: Place, body: list[Token]) -> None:
        """Take the request, the operation's place in it, and its terminals."""
        self._text = text
        self._place = place
        self._rest = body

    def read(self) -> Operation:
        """Read the operation; a word that the standard does not know there is a fault."""
        verb = self.word("INSERT", "DELETE", "WITH", "LOAD", *GRAPH_VERBS)
        if verb == "LOAD":
            operation: Operation = self.load()
        elif verb in GRAPH_VERBS:
            operation = self.graph_operation(verb)
        elif verb != "WITH" and self.accept("DATA"):
            operation = Data(self._place, verb == "INSERT", self.block())
        elif verb == "DELETE" and self.accept("WHERE"):
            block = self.block()
            operation = Modify(self._place, where=block, delete=block)
        else:
            operation = self.modify(verb)
        if self._rest:
            raise self.fault()
        return operation

    def modify(self, verb: str) -> Modify:
        """Read the templates, the dataset and the pattern of a change."""
        within = self.reference() if verb == "WITH" else None
        if verb == "WITH":
            verb = self.word("INSERT", "DELETE")
        delete = self.block() if verb == "DELETE" else "{}"
        insert = self.block() if verb == "INSERT" or self.accept("INSERT") else "{}"
        using = []
        while self.accept("USING"):
            named = self.accept("NAMED")
            using.append((named, self.reference()))
        self.word("WHERE")
        return Modify(self._place, self.block(), delete, insert, within, tuple(using))

    def load(self) -> Load:
        """Read what comes after LOAD."""
        silent = self.accept("SILENT")
        address = self.reference()
        into = None
        if self.accept("INTO"):
            self.word("GRAPH")
            into = self.reference()
        return Load(self._place, silent, address, into)

    def graph_operation(self, verb: str) -> GraphOperation:
        """Read what comes after CLEAR, DROP, CREATE, ADD, MOVE or COPY."""
        silent = self.accept("SILENT")
        target = self.graph()
        if verb not in {"ADD", "MOVE", "COPY"}:
            return GraphOperation(self._place, verb, silent, target)
        self.word("TO")
        return GraphOperation(self._place, verb, silent, self.graph(), source=target)

    def graph(self) -> Target:
        """Read a graph, named by an IRI or by a keyword."""
        for keyword in ("DEFAULT", "NAMED", "ALL"):
            if self.accept(keyword):
                return keyword
        self.accept("GRAPH")
        return self.reference()

    def accept(self, word: str) -> bool:
        """Go past a keyword if it stands here."""
        here = bool(self._rest) and self._rest[0].kind == "word"
        found = here and self._rest[0].text.upper() == word
        if found:
            del self._rest[0]
        return found

    def word(self, *words: str) -> str:
        """Go past one of some keywords, one of which must stand here."""
        for word in words:
            if self.accept(word):
                return word
        raise self.fault()

    def reference(self) -> str:
        """Go past an IRI or a prefixed name."""
        return self.terminal("iri", "name")

    def block(self) -> str:
        """Go past a block in braces."""
        return self.terminal("block")

    def terminal(self, *kinds: str) -> str:
        """Go past a terminal of one of some kinds."""
        if not self._rest or self._rest[0].kind not in kinds:
            raise self.fault()
        return self._rest.pop(0).text

    def fault(self) -> SourceSyntaxError:
        """Return the fault that what stands here does not belong here."""
        start = self._rest[0].start if self._rest else self._place.end - 1
        shown = self._rest[0].text[:30] if self._rest else "the end"
        return fault_at(self._text, start, f"unexpected {shown}")
