"""Erasing on legal demand: no byte is left, the history stays whole, a tombstone tells of it."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.updates.writing import WritingGate

from akteursmodell.cli import main
from akteursmodell.errors import ForbiddenError
from akteursmodell.graph.embedded import EmbeddedStore
from akteursmodell.graph.terms import NamedNode
from akteursmodell.history.journal import journal_beside
from akteursmodell.history.ledger import Ledger
from akteursmodell.history.redaction import Target
from akteursmodell.updates.gate import Signature
from akteursmodell.updates.redaction import Erased, erase
from akteursmodell.validation.report import nothing_to_check

SECRET = "Erika-Mustermann-0171"
DEMAND = Signature("dpo", "Art. 17 GDPR")


def insert(subject: str, predicate: str, value: str) -> str:
    return f'INSERT DATA {{ GRAPH <urn:g> {{ <urn:{subject}> <urn:{predicate}> "{value}" }} }}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven data states; the secret is in three, once in a reason, and in the data still."""
    folder = tmp_path / "store"
    ledger = Ledger.open(folder, create=True)
    gate = WritingGate(ledger, validator=lambda *_: nothing_to_check())
    many = " . ".join(f'<urn:many> <urn:p{n}> "{n} of many"' for n in range(200))
    for text, reason in [
        (insert("a", "phone", f"call {SECRET}"), "new"),
        (insert("a", "name", "Treff"), f"so says {SECRET}"),
        (insert("b", "phone", f"{SECRET.lower()}"), "new"),
        (f'DELETE DATA {{ GRAPH <urn:g> {{ <urn:b> <urn:phone> "{SECRET.lower()}" }} }}', "wrong"),
        (f"INSERT DATA {{ GRAPH <urn:g> {{ {many} . <urn:c> <urn:x> <urn:{SECRET}> }} }}", "many"),
        (insert("a", "name", "Treffpunkt"), "name"),
        (f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:{SECRET}> <urn:x> 1 }} }}", "thing"),
    ]:
        gate.update(text, signature=Signature("anna", reason))
    ledger.close()
    return folder


def bytes_of(folder: Path) -> bytes:
    """Every byte of the store and of the journal, its write-ahead log included."""
    files = [Path(where, name) for where, _, names in os.walk(folder.parent) for name in names]
    assert len(files) > 3
    return b"".join(file.read_bytes() for file in files)


def erased(folder: Path, target: Target) -> Erased:
    return erase(folder, Ledger.open(folder), target, DEMAND)


def content(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_no_byte_of_a_text_is_left_in_any_file(folder: Path) -> None:
    assert SECRET.lower().encode() in bytes_of(folder).lower()
    assert erased(folder, Target(text=SECRET)) == Erased(8, 7, 0)
    assert SECRET.lower().encode() not in bytes_of(folder).lower()
    ledger = Ledger.open(folder)
    for number in range(1, 9):
        assert SECRET.lower().encode() not in ledger.journal.change(number).to_bytes().lower()
    assert ledger.revision == 8
    assert len(list(ledger.quads(subject=NamedNode("urn:many")))) == 200
    ledger.close()


def test_the_history_stays_whole_and_tells_of_it(folder: Path) -> None:
    erased(folder, Target(text=SECRET))
    ledger = Ledger.open(folder)
    wanted = content(ledger.engine)
    told = [ledger.journal.revision(number) for number in range(1, 9)]
    assert [sum(each.statements for each in one.redactions) for one in told] == [
        *(1, 0, 1, 1, 1, 0, 1, 3)
    ]
    assert [bool(one.redactions) for one in told] == [True] * 5 + [False] + [True] * 2
    (tombstone,) = told[0].redactions
    assert (tombstone.author, tombstone.reason) == DEMAND[:2]
    assert told[1].reason == "[entfernt]"
    assert told[0].added == 0
    assert content(ledger.as_of(2)) == {'<urn:a> <urn:name> "Treff" <urn:g>'}
    gate = WritingGate(ledger, validator=lambda *_: nothing_to_check())
    with pytest.raises(ForbiddenError):
        gate.undo(1, DEMAND)
    ledger.close()
    shutil.rmtree(folder)
    again = Ledger.open(folder, create=True)
    assert content(again.engine) == wanted
    again.close()


def test_one_property_of_one_thing_can_go(folder: Path) -> None:
    done = erased(folder, Target(NamedNode("urn:a"), NamedNode("urn:name")))
    assert done == Erased(4, 3, 0)
    ledger = Ledger.open(folder)
    assert [str(q.predicate) for q in ledger.quads(subject=NamedNode("urn:a"))] == ["<urn:phone>"]
    ledger.close()


def test_erasing_may_be_repeated_and_cleans_up_what_a_crash_left(folder: Path) -> None:
    erased(folder, Target(text=SECRET))
    for name in ("store.new", "store.old", ".akteursmodell-store-abcdefgh"):
        left = folder.with_name(name)
        left.mkdir()
        (left / "x").write_text(SECRET, encoding="utf-8")
    assert erased(folder, Target(text=SECRET)) == Erased(0, 0, 0)
    assert SECRET.encode() not in bytes_of(folder)


def test_a_target_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="thing or a text"):
        Target(predicate=NamedNode("urn:p"))


def test_the_command_erases_and_says_how_much(folder: Path) -> None:
    command = ["redact", "--text", SECRET, "-m", "Art. 17", "--store", str(folder)]
    done = CliRunner().invoke(main, command, env={"AKTEURSMODELL_LANG": "en"})
    assert done.exit_code == 0, done.output
    assert "8 statements are erased from 7 data states" in done.output
    assert journal_beside(folder).is_file()
    none = CliRunner().invoke(main, ["redact", "-m", "x", "--store", str(folder)])
    assert none.exit_code == 2
