"""The class hierarchy that HermiT infers, kept as a file: a change of it is never an accident."""

import difflib
from pathlib import Path

from akteursmodell.reasoning.consistency import check

KEPT = Path(__file__).parent / "hierarchy.txt"
RENEW = (
    "The inferred hierarchy has changed. If that is meant, renew the file and commit it with the "
    "ontology:\n  akteursmodell check-ontology | sed '1,/^Inferred hierarchy:/d' "
    "> tests/ontology/hierarchy.txt\n"
)


def test_the_inferred_hierarchy_is_the_kept_one() -> None:
    text = check().as_text().partition("Inferred hierarchy:\n")[2]
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    changes = "\n".join(difflib.unified_diff(kept, text.splitlines(), "kept", "inferred", n=2))
    assert not changes, RENEW + changes
