"""A release is brought up once, as a data state of its own."""

from pathlib import Path

import pytest

from akteursmodell import __version__
from akteursmodell.history.ledger import Ledger
from akteursmodell.history.revisions import RELEASE
from akteursmodell.updates import starting


def test_a_release_is_the_first_data_state_and_is_brought_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger.open(tmp_path / "store", create=True)
    starting.bring_to_release(ledger, data=False)
    told = ledger.journal.revision(1)
    assert (told.author, told.is_release) == (RELEASE, True)
    assert told.reason.startswith(f"Version {__version__} (")
    assert told.added > 1000
    monkeypatch.setattr(starting, "bring_up", lambda *_, **__: pytest.fail("once is enough"))
    starting.bring_to_release(ledger, data=False)
    assert ledger.revision == 1
    ledger.close()


def test_another_release_is_brought_up_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger.open(tmp_path / "store", create=True)
    starting.bring_to_release(ledger, data=False)
    seen: list[bool] = []
    monkeypatch.setattr(starting, "bring_up", lambda *_, data, **__: seen.append(data))
    monkeypatch.setattr(starting, "__version__", "99")
    starting.bring_to_release(ledger, data=False)
    starting.bring_to_release(ledger, data=False)
    assert seen == [False]
    ledger.close()
