"""CPU time and memory of a process with all that it started."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

__all__ = ["Peak", "cpu", "end", "free_port", "memory", "watch"]

PATIENCE = 5  # seconds until a process that was asked to end is killed


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def family(pid: int) -> Iterator[psutil.Process]:
    """Yield a process and all below it."""
    root = psutil.Process(pid)
    yield root
    yield from root.children(recursive=True)


def cpu(pid: int) -> float:
    """Return user and system time of the tree in seconds, ended children included."""
    total = 0.0
    for process in family(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # its time is now among its parent's children
        total += times.user + times.system + times.children_user + times.children_system
    return total


def memory(pid: int) -> float:
    """Return the memory of the tree in MB; pages that processes share count once (PSS)."""
    total = 0
    for process in family(pid):
        try:
            total += process.memory_full_info().pss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6


@dataclass
class Peak:
    """Memory in MB before and at the highest."""

    before: float
    highest: float


@contextmanager
def watch(pid: int, every: float = 0.1) -> Iterator[Peak]:
    """Note the highest memory of a process tree while the block runs."""
    peak = Peak(*[memory(pid)] * 2)
    over = threading.Event()

    def look() -> None:
        while not over.wait(every):
            peak.highest = max(peak.highest, memory(pid))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def end(pid: int) -> None:
    """End a process and all below it: ask first, then kill."""
    try:
        processes = list(family(pid))
    except psutil.NoSuchProcess:
        return
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    for process in psutil.wait_procs(processes, timeout=PATIENCE)[1]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
