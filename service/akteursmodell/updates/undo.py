"""Taking a data state back: the opposite of what somebody entered, as a new change."""

from akteursmodell.errors import ForbiddenError, Text
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode, Quad
from akteursmodell.history.journal import Journal
from akteursmodell.history.revisions import entered
from akteursmodell.updates.conflicts import ConflictError, overlap, told_changes, who

__all__ = ["opposite"]


def opposite(journal: Journal, number: int, data: EmbeddedStore) -> ChangeSet:
    """Return the change that takes a data state back, on the present data.

    Later data states stay as they are. Raises NotFoundError for one that does not exist,
    ForbiddenError for a release, ConflictError where what it did is no longer as it left it.
    """
    revision = journal.revision(number)
    if revision.is_release:
        raise ForbiddenError(
            Text(
                f"Der Datenstand {number} kam mit der Software und lässt sich nicht zurücknehmen.",
                f"Data state {number} came with the software and cannot be undone.",
            ),
            Text(
                "Eine andere Version der Software bringt ihre eigene Ontologie mit.",
                "Another version of the software brings its own ontology.",
            ),
        )
    if revision.redactions:
        raise ForbiddenError(
            Text(
                f"Aus dem Datenstand {number} wurden Angaben entfernt; er lässt sich nicht mehr "
                "zurücknehmen.",
                f"Statements were taken out of data state {number}; it can no longer be undone.",
            )
        )
    done = entered(journal.change(number))
    altered = {quad for quad in done.inserts if not data.holds(quad)}
    altered |= {quad for quad in done.deletes if data.holds(quad)}
    if altered:
        raise altered_since(journal, number, altered, data)
    return ChangeSet(
        deletes=done.inserts,
        inserts=done.deletes,
        author="",
        reason="",
        created=frozenset(graph for graph in done.dropped if not data.has_graph(graph)),
        dropped=frozenset(
            graph
            for graph in done.created
            if data.has_graph(graph) and holds_only(data, graph, done.inserts)
        ),
    )


def holds_only(data: EmbeddedStore, graph: NamedNode, quads: frozenset[Quad]) -> bool:
    """Whether a graph holds nothing beside some quads."""
    return all(quad in quads for quad in data.quads(graph=graph))


def altered_since(
    journal: Journal, number: int, altered: set[Quad], data: EmbeddedStore
) -> ConflictError:
    """Say which later data states changed the same statements."""
    found = []
    for later in journal.touching({str(quad.subject) for quad in altered}, number):
        common = overlap(journal.change(later), altered.__contains__)
        if not common.is_empty and (common.deletes or common.inserts):
            found.append((journal.revision(later), common))
    return ConflictError(
        Text(
            f"Inzwischen geändert: Was der Datenstand {number} eingetragen hat, haben spätere "
            f"wieder geändert: {who(found, 'de')}. Es wird nichts zurückgenommen.",
            f"Changed meanwhile: what data state {number} entered was changed again later: "
            f"{who(found, 'en')}. Nothing is undone.",
        ),
        Text(
            "Nehmen Sie zuerst die späteren zurück, oder ändern Sie die Angaben von Hand.",
            "Undo the later ones first, or change the statements by hand.",
        ),
        told_changes(found, data),
    )
