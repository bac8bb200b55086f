"""Forking: what a child keeps, how it ends, and the handle by which others may end it."""

import contextlib
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from typing import NoReturn

__all__ = ["Child", "fork", "ignore", "wait_for"]

HIGHEST = 65_536
PATIENCE = 5.0
NEW_OBJECTS = 50_000
"""Objects between two looks for cycles: at Python's 700 these took a tenth of a lookup's time."""


class Child:
    """A forked process."""

    def __init__(self, pid: int) -> None:
        """Take its number and open a handle that never means another process."""
        self.pid = pid
        self.handle = os.pidfd_open(pid)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, unless the process is gone."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, number)

    def close(self) -> None:
        """Close the handle."""
        os.close(self.handle)


def fork(work: Callable[[], None], keep: Iterable[int]) -> Child:
    """Run `work` in a forked child that keeps only the open files named, and never returns."""
    sys.stdout.flush()
    sys.stderr.flush()
    gc.freeze()  # a child then neither looks at, nor copies, what it only inherits
    pid = os.fork()
    if pid == 0:
        child(work, keep)
    return Child(pid)


def child(work: Callable[[], None], keep: Iterable[int]) -> NoReturn:
    """Do the work of a child and end it, whatever happens."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        close_others({0, 1, 2, *keep})
        gc.set_threshold(NEW_OBJECTS)
        work()
        status = 0
    except KeyboardInterrupt:
        status = 0
    except BaseException:  # noqa: BLE001 -- a child must not run on as its parent
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def close_others(keep: set[int]) -> None:
    """Close every open file but some."""
    last = -1
    for number in (*sorted(keep), HIGHEST):
        if number > last + 1:  # an empty range from 0 on would close everything (CPython 3.11)
            os.closerange(last + 1, number)
        last = number


def ignore(*_: object) -> None:
    """Do nothing: the signal's number arrives through the wakeup socket."""


def wait_for(children: list[Child]) -> None:
    """Wait until children have ended; kill those that take too long."""
    deadline = time.monotonic() + PATIENCE
    for one in children:
        while time.monotonic() < deadline and running(one):
            time.sleep(0.01)
        one.signal(signal.SIGKILL)


def running(child: Child) -> bool:
    """Whether a child still runs; takes its exit status where it does not."""
    try:
        pid, _ = os.waitpid(child.pid, os.WNOHANG)
    except ChildProcessError:
        return False
    return pid == 0
