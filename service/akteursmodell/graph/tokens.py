"""A SPARQL tokeniser: enough to find keywords and variables, never to judge a query.

Grammar: https://www.w3.org/TR/sparql11-query/#sparqlGrammar (terminals, the longest match counts).
The engine is the judge of a query; where `<` begins no IRI it is an operator, as there. The engine
reads some texts otherwise than the standard: it takes `?a<?b#>` for a comparison and a comment, and
`trueSERVICE` for two words. `one_reading` and `keywords` see to it that nothing hides there.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = [
    "CLOSING",
    "OPENING",
    "Call",
    "Token",
    "is_too_deep",
    "keywords",
    "names_dataset",
    "nested_beyond",
    "one_reading",
    "service_and_load",
    "tokens",
]

TERMINALS = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
             |'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
             |\"(?:[^\"\\\n\r]|\\.)*\"
             |'(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$][\w\u00b7\u0300-\u036f\u203f\u2040]+)
  | (?P<blank>_:[\w.\-]+)
  | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w:%]|\\.|[.\-](?=[\w:%\\.\-]))*)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[^\W\d_]\w*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
DEEPEST = 1000
LONGEST = 3000
OPENING, CLOSING, CHAINING = "([{", ")]}", "|&+-*/!^"
CHAINED = frozenset({"UNION", "BIND", "OPTIONAL", "MINUS", "FILTER", "LATERAL", "VALUES"})
CALLS_OUT = re.compile("SERVICE|LOAD", re.IGNORECASE)
BARE_FROM = re.compile(r"(?<![A-Za-z])FROM(?!\w)", re.IGNORECASE)
ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*://")
TWO_READINGS = re.compile(
    r"""<(?![A-Za-z][A-Za-z0-9+.\-]*://)[^<>"{}|^`\\\x00-\x20]*[#'][^<>"{}|^`\\\x00-\x20]*>"""
)
BREAKS = {"#": r"\u0023", "'": r"\u0027"}


class Token(NamedTuple):
    """One terminal: its kind, its text, and where it begins."""

    kind: str
    text: str
    start: int


class Call(NamedTuple):
    """A place where a text makes the engine speak to another host.

    `address` is the token of the IRI, which may be a prefixed name; None where it is a variable or
    the text cannot be read.
    """

    keyword: str
    silent: bool
    address: Token | None
    start: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into its terminals; joined again they are the query."""
    for match in TERMINALS.finditer(text):
        yield Token(match.lastgroup or "other", match.group(), match.start())


def keywords(text: str) -> Iterator[Token]:
    """Return the bare words of a query: keywords, function names, `a`, `true`.

    SERVICE and LOAD are found in what they are glued to as well, for the engine finds them there.
    """
    significant = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    for number, token in enumerate(significant):
        if token.kind == "word":
            yield from unglued(token)
        elif token.kind == "name" and is_call(significant, number):
            yield from unglued(token._replace(text=token.text.partition(":")[0]))


def unglued(token: Token) -> Iterator[Token]:
    """Return a word, or instead of it the SERVICE and LOAD that it holds."""
    hidden = list(CALLS_OUT.finditer(token.text))
    for found in hidden:
        yield Token("word", found.group(), token.start + found.start())
    if not hidden:
        yield token


def is_call(significant: list[Token], number: int) -> bool:
    """Whether the engine may read a prefixed name as a keyword and a name, as `SERVICEx:y {`."""
    if not CALLS_OUT.search(significant[number].text.partition(":")[0]):
        return False
    before, after = significant[max(number - 1, 0) : number], significant[number + 1 : number + 2]
    declared = bool(before) and before[0].text.upper() == "PREFIX"
    opens = bool(after) and after[0].text == "{"
    begins = not before or before[0].kind == "iri" or before[0].text == ";"
    return not declared and (opens or (begins and "LOAD" in significant[number].text.upper()))


def service_and_load(text: str) -> Iterator[Call]:
    """Return each place at which a query or an update calls another host."""
    if not CALLS_OUT.search(text):
        return
    significant = [token for token in tokens(text) if token.kind not in {"space", "comment"}]
    following = {token.start: number + 1 for number, token in enumerate(significant)}
    for word in keywords(text):
        keyword = word.text.upper()
        if keyword not in {"SERVICE", "LOAD"}:
            continue
        rest = significant[following[word.start] :] if word.start in following else []
        silent = bool(rest) and rest[0].text.upper() == "SILENT"
        target = rest[int(silent) :][:1]
        known = bool(target) and target[0].kind in {"iri", "name"}
        yield Call(keyword, silent, target[0] if known else None, word.start)


def one_reading(text: str) -> str:
    r"""Return the text so that the engine can read each IRI as an IRI only.

    `#` and `'` inside a relative IRI are written `\u0023` and `\u0027`, which no operator and no
    comment can be: else a text could hide words from this tokeniser.
    """
    if not ("#" in text or "'" in text) or not TWO_READINGS.search(text):
        return text
    return "".join(
        re.sub("[#']", lambda match: BREAKS[match.group()], token.text)
        if token.kind == "iri" and not ABSOLUTE.match(token.text)
        else token.text
        for token in tokens(text)
    )


def names_dataset(text: str) -> bool:
    """Whether a query chooses its own dataset by FROM; the engine's union would override it."""
    if not BARE_FROM.search(text):
        return False
    return any(token.text.upper() == "FROM" for token in keywords(text))


def is_too_deep(text: str, *, data: bool = False) -> bool:
    """Whether a text is so deep or so long that the engine's stack could overflow.

    It does at 4,000 nested braces or BINDs and at 8,000 additions, on a stack of 8 MB, and ends the
    process; 2,000 of each are fine. Blocks of data can be deep, but not too long.
    """
    if nested_beyond(text, DEEPEST) is not None:
        return True
    return not data and sum(map(links, tokens(text))) > LONGEST


def links(token: Token) -> int:
    """Return 1 for a token that makes a chain of the engine's longer, else 0."""
    if token.kind == "other":
        return int(token.text in CHAINING)
    return int(token.kind == "word" and token.text.upper() in CHAINED)


def nested_beyond(text: str, depth: int) -> Token | None:
    """Return the first bracket that opens deeper than a depth, None where there is none."""
    if sum(map(text.count, OPENING)) <= depth:
        return None
    now = 0
    for token in tokens(text):
        if token.kind == "other":
            now += (token.text in OPENING) - (token.text in CLOSING)
        if now > depth:
            return token
    return None
