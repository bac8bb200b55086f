"""The journal: what is in it, what it refuses, and that store and journal come out alike."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from akteursmodell.errors import NotFoundError, StoreError
from akteursmodell.graph.changeset import ChangeSet
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.shipped import INFERRED
from akteursmodell.graph.terms import BlankNode, Literal, NamedNode, Quad
from akteursmodell.history.journal import Journal, journal_beside
from akteursmodell.history.ledger import BrokenLedgerError, Ledger

G1, G2 = NamedNode("urn:g1"), NamedNode("urn:g2")
A, B, P = NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:p")
BLANK = BlankNode("b1")


def quad(value: object, subject: NamedNode | BlankNode = A, graph: NamedNode = G1) -> Quad:
    return Quad(subject, P, Literal(str(value)), graph)


def change(
    deletes: set[Quad] | None = None, inserts: set[Quad] | None = None, **more: object
) -> ChangeSet:
    return ChangeSet(
        frozenset(deletes or ()), frozenset(inserts or ()), "anna", "weil", **more  # type: ignore[arg-type]
    )  # fmt: skip


HISTORY = [
    change(inserts={quad(1), quad(2), quad(3, BLANK)}),
    change({quad(1)}, {quad(4, B, G2), Quad(A, P, B, NamedNode(INFERRED))}, source="urn:s"),
    change(created=frozenset({NamedNode("urn:empty")})),
    change({quad(2), quad(3, BLANK)}, {quad(5, BLANK)}, undoes=1),
    change({quad(4, B, G2)}, dropped=frozenset({G2})),
    change(inserts={quad(n, graph=G2) for n in range(500)}),
]


def filled(folder: Path) -> Ledger:
    ledger = Ledger.open(folder, create=True)
    for each in HISTORY:
        ledger.apply(each)
    return ledger


def state(store: EmbeddedStore) -> tuple[set[str], set[str], int]:
    graphs = {graph.value for graph in store.named_graphs()}
    return {str(quad) for quad in store.quads()}, graphs, store.revision


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_an_entry_tells_who_when_why_and_how_much(folder: Path) -> None:
    ledger = filled(folder)
    told = ledger.journal.revision(2)
    assert (told.number, told.author, told.reason, told.source) == (2, "anna", "weil", "urn:s")
    assert (told.added, told.removed, told.derived, told.underived) == (1, 1, 1, 0)
    assert told.time.endswith("Z")
    assert ledger.journal.revision(4).undoes == 1
    assert [ledger.journal.change(n + 1) for n in range(len(HISTORY))] == HISTORY
    ledger.close()


def test_the_list_is_newest_first_paged_and_filtered(folder: Path) -> None:
    ledger = filled(folder)
    ledger.apply(ChangeSet(frozenset(), frozenset({quad(6)}), "ben", "x"))
    journal = ledger.journal

    def numbers(**given: object) -> list[int]:
        found = journal.revisions(**{"until": 7, **given})  # type: ignore[arg-type]
        return [revision.number for revision in found]

    assert numbers() == [7, 6, 5, 4, 3, 2, 1]
    assert numbers(until=5, most=2) == [5, 4]
    assert numbers(before=4, most=2) == [3, 2]
    assert numbers(author="ben") == [7]
    assert numbers(graph="urn:g2") == [6, 5, 2]
    assert numbers(graph="urn:empty") == [3]
    assert journal.authors() == ["anna", "ben"]
    assert journal.touching(["<urn:b>"]) == [2, 5]
    assert journal.touching(["<urn:b>"], after=2) == [5]
    ledger.close()


@pytest.mark.parametrize("kept", range(len(HISTORY) + 1))
def test_an_older_store_folder_is_brought_up_to_date(folder: Path, kept: int) -> None:
    """A loss of power leaves an older store, since its commits are not synced."""
    older = folder.with_name("older")
    ledger = Ledger.open(folder, create=True)
    for number, each in enumerate([*HISTORY, change()]):
        if number == kept:
            ledger.engine.backup(older)
        if number < len(HISTORY):
            ledger.apply(each)
    wanted = state(ledger.engine)
    ledger.close()
    shutil.rmtree(folder)
    older.rename(folder)
    again = Ledger.open(folder)
    assert state(again.engine) == wanted
    assert again.journal.latest == again.revision == len(HISTORY)
    again.close()
    once_more = Ledger.open(folder)
    assert state(once_more.engine) == wanted
    once_more.close()


def test_a_lost_store_folder_is_made_anew_from_the_journal(folder: Path) -> None:
    ledger = filled(folder)
    wanted = state(ledger.engine)
    ledger.close()
    shutil.rmtree(folder)
    again = Ledger.open(folder, create=True)
    assert state(again.engine) == wanted
    again.close()


def test_a_journal_older_than_the_store_is_refused(folder: Path) -> None:
    ledger = filled(folder)
    file, older = journal_beside(folder), folder.with_name("older")
    with sqlite3.connect(file) as source, sqlite3.connect(older) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    ledger.apply(change(inserts={quad("late")}))
    ledger.close()
    for each in folder.parent.glob("store.journal*"):
        each.unlink()
    older.rename(file)
    with pytest.raises(StoreError, match="do not fit"):
        Ledger.open(folder)


def test_a_store_without_a_journal_gets_one_that_begins_there(folder: Path) -> None:
    store = EmbeddedStore.open(folder, create=True)
    store.apply(change(inserts={quad(1)}))
    store.close()
    ledger = Ledger.open(folder)
    assert (ledger.journal.begins, ledger.journal.latest) == (1, 1)
    assert ledger.apply(change(inserts={quad(2)})) == 2
    with pytest.raises(NotFoundError, match="data state 1"):
        ledger.journal.revision(1)
    ledger.close()
    shutil.rmtree(folder)
    with pytest.raises(StoreError, match="do not fit"):
        Ledger.open(folder, create=True)


class Failing(EmbeddedStore):
    """A store that fails at a moment: before the change is in it, or after."""

    moment = ""

    def apply(self, change: ChangeSet, *, flush: bool = True) -> int:
        if self.moment == "before":
            raise OSError("disk full")
        done = super().apply(change, flush=flush)
        if self.moment == "after":
            raise OSError("disk full")
        return done

    @property
    def revision(self) -> int:
        if self.moment == "unreadable":
            raise OSError("gone")
        return super().revision


@pytest.fixture
def failing() -> Ledger:
    ledger = Ledger(Failing.in_memory(), Journal.in_memory())
    ledger.apply(HISTORY[0])
    return ledger


def fail(ledger: Ledger, moment: str) -> None:
    assert isinstance(ledger.engine, Failing)
    ledger.engine.moment = moment


def test_what_the_store_did_not_take_leaves_the_journal_again(failing: Ledger) -> None:
    fail(failing, "before")
    with pytest.raises(OSError, match="disk full"):
        failing.apply(HISTORY[1])
    assert failing.journal.latest == failing.revision == 1
    assert failing.journal.touching(["<urn:b>"]) == []
    fail(failing, "")
    assert failing.apply(HISTORY[1]) == 2


def test_what_the_store_took_is_stored_whatever_it_said(failing: Ledger) -> None:
    fail(failing, "after")
    assert failing.apply(HISTORY[1]) == 2
    assert failing.journal.latest == failing.revision == 2


def test_where_nobody_knows_the_process_must_end(failing: Ledger) -> None:
    class Deaf(Journal):
        def retract(self, number: int) -> None:  # noqa: ARG002 -- as its parent
            raise sqlite3.OperationalError("disk full")

    failing.journal.__class__ = Deaf
    fail(failing, "before")
    with pytest.raises(BrokenLedgerError):
        failing.apply(HISTORY[1])


def test_an_entry_that_the_store_lacks_is_replayed_at_the_start(folder: Path) -> None:
    """As after a crash between the journal and the store."""
    ledger = filled(folder)
    ledger.journal.append(7, change({quad(0, graph=G2)}, {quad("late")}))
    ledger.close()
    again = Ledger.open(folder)
    assert again.revision == 7
    assert again.engine.holds(quad("late"))
    assert not again.engine.holds(quad(0, graph=G2))
    again.close()


def test_what_cannot_be_journalled_is_not_stored(folder: Path) -> None:
    ledger = filled(folder)
    before = state(ledger.engine)
    ledger.journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="not stored"):
        ledger.apply(change(inserts={quad("late")}))
    assert state(ledger.engine) == before
    ledger.close()


def test_readers_read_beside_the_writer(folder: Path) -> None:
    ledger = filled(folder)
    with Journal.reading(journal_beside(folder)) as reader:
        assert reader.latest == 6
        ledger.apply(change(inserts={quad("late")}))
        assert reader.latest == 7
        with pytest.raises(StoreError):
            reader.append(8, change(inserts={quad("x")}))
    ledger.close()


@pytest.mark.parametrize("text", ["no database at all" * 100, ""])
def test_a_file_that_is_no_journal_is_refused_and_an_empty_one_becomes_one(
    folder: Path, text: str
) -> None:
    journal_beside(folder).write_text(text, encoding="utf-8")
    if text:
        with pytest.raises(StoreError, match="cannot be read"):
            Ledger.open(folder, create=True)
    else:
        Ledger.open(folder, create=True).close()


def test_a_journal_of_a_later_version_is_refused(folder: Path) -> None:
    filled(folder).close()
    with sqlite3.connect(journal_beside(folder)) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(StoreError, match="format 99"):
        Ledger.open(folder)
