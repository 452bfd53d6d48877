"""The lock beside a ledger: one writer at a time, and everybody can read who it is.

The lock itself is the operating system's, on the file ``LEDGER.lock``, so it ends with its process however that ends.
The file's words name the holder (process, host, since when). A file left behind by a dead process of this host is
taken over; one left by another host is respected, as its system's lock may not reach here. SQLite's own locks cannot
do this: they name nobody, and SQLite 3.7.0 to 3.51.2 can corrupt a write-ahead log that has two writers.
"""

from __future__ import annotations

import errno
import json
import os
import platform
import stat
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sayso.errors import LedgerBusy, LedgerError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

POLL_SECONDS = 0.05
LONGEST = 1024
"""No lock has more bytes (a process id, a host name of at most 255, a time): a longer file is somebody else's."""
_FAR = 1 << 30
"""Windows locks the bytes themselves, so the one locked lies far behind the words that others must read."""
_HELD_HERE: dict[str, int] = {}
"""Locks of this process: path to process id. The system's locks do not keep one process from itself."""
_ONE_THREAD = threading.Lock()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: process id, host name, since when (UTC)."""

    pid: int
    host: str
    since: str


def _try_system_lock(descriptor: int) -> bool:
    """Lock without waiting; false where another process has it. OSError where the file system has no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            return False
        raise
    return True


def read_holder(descriptor: int) -> Holder | None:
    """Who the lock file names; None where it is empty or not (yet) readable."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        found = json.loads(os.read(descriptor, LONGEST))
        return Holder(int(found["pid"]), str(found["host"]), str(found["since"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


class WriterLock:
    """The right to write to one ledger. Nothing happens before :meth:`acquire`."""

    def __init__(self, ledger: Path, wait: float) -> None:
        self.ledger = ledger
        self.path = ledger.with_name(ledger.name + ".lock")
        self.wait = wait
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock, waiting up to ``wait`` seconds.

        Raises LedgerBusy, which names the holder, and LedgerError where no lock file can be made.
        """
        give_up = time.monotonic() + self.wait
        while True:
            with _ONE_THREAD:
                holder, host_is_other = self._attempt()
            if self._descriptor is not None:
                return
            if time.monotonic() >= give_up:
                raise LedgerBusy(self._busy(holder, host_is_other))
            time.sleep(POLL_SECONDS)

    def _attempt(self) -> tuple[Holder | None, bool]:
        """One try: either ``_descriptor`` is set, or the holder and whether another host left its name."""
        here = os.path.realpath(self.path)
        if _HELD_HERE.get(here) == os.getpid():
            return Holder(os.getpid(), platform.node(), "earlier"), False
        descriptor = self._open()
        if descriptor is None:
            return None, False
        taken = False
        try:
            held = not _try_system_lock(descriptor)
            holder = read_holder(descriptor)
            other_host = not held and holder is not None and holder.host != platform.node()
            taken = not held and not other_host and self._is_at_path(descriptor)
            if taken:
                self._sign(descriptor)
                self._descriptor = descriptor
                _HELD_HERE[here] = os.getpid()
            return holder, other_host
        except OSError as error:
            taken = False
            raise LedgerError(
                f"{self.ledger} lies where files cannot be locked ({error.strerror}): move it to a local disk."
            ) from error
        finally:
            if not taken:
                os.close(descriptor)

    def _open(self) -> int | None:
        """The lock file, made where it is missing; None where it is just being removed. Raises LedgerError."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            descriptor = os.open(self.path, flags, 0o600)
        except OSError as error:
            if sys.platform == "win32" and isinstance(error, PermissionError):  # a file that is just being removed
                return None
            raise LedgerError(self._no_lock(error)) from error
        there = os.fstat(descriptor)
        if not stat.S_ISREG(there.st_mode) or there.st_size > LONGEST:
            os.close(descriptor)
            raise LedgerError(f"{self.path} is no lock of Sayso, but must be: move it away, or name another ledger.")
        return descriptor

    def _no_lock(self, error: OSError) -> str:
        folder = os.path.dirname(os.path.abspath(self.path))
        if not os.path.isdir(folder):
            return f"{self.path}: the folder {folder} does not exist; make it first, or name another ledger."
        if error.errno in (errno.ELOOP, errno.EMLINK, errno.EISDIR):
            return f"{self.path} is no lock of Sayso, but must be: move it away, or name another ledger."
        return (
            f"No lock can be made at {self.path} ({error.strerror}), and without one nothing is written: make the "
            f"folder writable, see that its disk has room, or name another ledger."
        )

    def _is_at_path(self, descriptor: int) -> bool:
        """Whether the locked file is still the one at the path: its last holder may just have removed it."""
        try:
            there, here = os.stat(self.path), os.fstat(descriptor)
        except FileNotFoundError:
            return False
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)

    @staticmethod
    def _sign(descriptor: int) -> None:
        """Write who holds it. Where the disk does not take that, it is held without a name."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = json.dumps(asdict(Holder(os.getpid(), platform.node(), now))).encode() + b"\n"
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, line)

    def _busy(self, holder: Holder | None, other_host: bool) -> str:
        if holder is None:
            return f"{self.ledger} is being written by another process; try again when it is done."
        who = f"process {holder.pid} on {holder.host}, since {holder.since}"
        if other_host:
            return f"{self.ledger} is being written by {who}. If nothing runs there any more, delete {self.path}."
        return f"{self.ledger} is being written by {who}; try again when it is done."

    def release(self) -> None:
        """Give the lock back and take its file away; nothing happens where it is not held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        _HELD_HERE.pop(os.path.realpath(self.path), None)
        if sys.platform != "win32":  # while it is still held, so that nobody else's file can be taken away
            with suppress(OSError):
                os.unlink(self.path)
        with suppress(OSError):
            os.close(descriptor)
        if sys.platform == "win32":  # an open file cannot be removed there: where it fails, somebody else has it
            with suppress(OSError):
                os.unlink(self.path)
