"""The engine as a reader of updates: it judges a text and reads data blocks, without a store."""

import pyoxigraph as oxigraph

from akteursmodell.graph.faults import UPDATE, query_fault
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.vocabulary import PREFIXES

__all__ = ["judge", "run_alone"]

GUARD = "urn:x-akteursmodell:guard"


def judge(text: str, start: int, prologue: str = "", base: NamedNode | None = None) -> None:
    """Let the engine read an update without doing it; raises SourceSyntaxError.

    `start` is where the first operation begins. A failing one put there keeps the engine from
    the others, which it has read by then. `prologue` is read there too.
    """
    guard = f"{prologue} CREATE GRAPH <{GUARD}> ; CREATE GRAPH <{GUARD}> ; "
    try:
        oxigraph.Store().update(
            text[:start] + guard + text[start:],
            prefixes=PREFIXES,
            base_iri=base.value if base else None,
        )
    except SyntaxError as fault:
        raise query_fault(text, fault, UPDATE, inserted=(start, len(guard))) from None
    except RuntimeError:
        return
    raise AssertionError("the engine went past the guard")


def run_alone(text: str) -> list[Quad]:
    """Return what an update leaves in an empty store."""
    scratch = oxigraph.Store()
    scratch.update(text, prefixes=PREFIXES)
    return list(scratch)
