"""What is acknowledged was synced before: told by the kernel's own list of calls."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from tests.history.service import started

STRACE = shutil.which("strace")
CALLS = "trace=fsync,fdatasync,sendto,pwrite64,write"


def may_trace() -> bool:
    if STRACE is None:
        return False
    done = subprocess.run([STRACE, "-f", "true"], capture_output=True, check=False)
    return done.returncode == 0


pytestmark = pytest.mark.skipif(
    not may_trace(), reason="strace is not installed, or this machine does not allow it"
)


def test_the_journal_is_on_the_disk_before_the_change_is_acknowledged(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    with started(tmp_path / "store", "--empty") as service:
        gate = min(psutil.Process(service.process.pid).children(), key=lambda c: c.create_time())
        assert STRACE is not None
        tracer = subprocess.Popen(
            [STRACE, "-f", "-y", "-s", "200", "-e", CALLS, "-o", str(log), "-p", str(gate.pid)],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert tracer.stderr is not None
        assert "attached" in tracer.stderr.readline()
        for number in range(3):
            text = f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> {number} }} }}"
            assert service.update(text)[0] == 200
        time.sleep(0.2)
        tracer.terminate()
        tracer.wait(20)
        tracer.stderr.close()
    told = [short(line) for line in log.read_text(encoding="utf-8").splitlines()]
    order = [each for each in told if each]
    assert re.fullmatch("(enter (journal )+sync (store )+acknowledge ){3}", " ".join(order) + " ")


def short(line: str) -> str:
    """Name the calls that count: writes to journal and store, the sync, the answers."""
    synced = re.search(r"f(?:data)?sync\(\d+<[^>]*store\.journal-wal>(\) += 0| <unf)", line)
    if synced:
        return "sync"
    written = re.search(r"p?write(?:64)?\(\d+<([^>]*)>", line)
    if written:
        if written.group(1).endswith("store.journal-wal"):
            return "journal"
        return "store" if re.search(r"/store/\d+\.log$", written.group(1)) else ""
    if "sendto(" in line and '"revision\\"' in line.replace("\\\\", "\\"):
        return "acknowledge" if "inserted" in line else "enter"
    return ""
