"""Puts bytes on a disk whole or not at all, and says in a sentence why it could not.

The file that was there stays under its name until the new one is written beside it, forced to the
disk and read back; a crash at any point leaves the one or the other. (Qt's QSaveFile was tried: on
a full disk one short write went unnoticed and a good file was lost.) Knows nothing of maps.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from enum import Enum

from cxmapper.errors import ChangedOnDisk, SaveProblem
from cxmapper.locale import msg
from cxmapper.storage.fingerprint import Fingerprint, check_ordinary
from cxmapper.storage.trouble import BACKUP, refused, shown_path, unsaved

PathLike = str | os.PathLike[str]
Step = Callable[[str], None]
"""Is told each step as it is done; tests end the process there."""


class Expect(Enum):
    """What to find under the name, where it is no fingerprint."""

    ANYTHING = "whatever is there may be replaced"


Expected = Fingerprint | Expect | None
"""The file that must be under the name still; None: none at all."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_CANT_SYNC_FOLDERS = (errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM)
_HELD = (5, 32, 33)  # ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_TRIES = 8


def no_step(_name: str) -> None:
    """For whoever need not be told."""


def write_file(
    path: PathLike, data: bytes, *, expect: Expected, backup: bool = False, step: Step = no_step
) -> Fingerprint:
    """Put `data` under `path`, whole or not at all; `backup` keeps what was there as `path`.bak.

    A link is written through, the mode of the file is kept. Raises ChangedOnDisk where the file is
    not the one expected, and SaveProblem for all that a disk may refuse.
    """
    try:
        _Writing(path, data, step).run(expect, backup)
    except OSError as problem:
        raise unsaved(path, problem) from problem
    return Fingerprint.of(data)


class _Writing:
    """One write: the new file beside the old one, and then in its place."""

    def __init__(self, path: PathLike, data: bytes, step: Step) -> None:
        self._path = path
        self._data = data
        self._step = step
        self._real = os.path.realpath(path)
        self._folder, name = os.path.split(self._real)
        # The name in front is for whoever finds it after a crash; a long one would be refused.
        self._new = os.path.join(self._folder, f".~{name[:24]}.{secrets.token_hex(4)}.tmp")
        self._spare = self._new + "b"

    def run(self, expect: Expected, backup: bool) -> None:
        self._check(expect)
        old = self._what_is_there()
        try:
            self._write_beside(old)
            self._read_back()
            if backup and old is not None:
                self._keep_previous()
            self._check(expect)
            _replace(self._new, self._real)
        except BaseException:
            self._clean_up()
            raise
        self._step("replaced")
        self._sync_folder()
        self._step("done")

    def _check(self, expect: Expected) -> None:
        if not isinstance(expect, Expect) and Fingerprint.of_file(self._real) != expect:
            raise ChangedOnDisk(
                msg("{file} was changed by somebody else since it was opened; save under another name, "
                    "or open it again.", file=shown_path(self._path))
            )  # fmt: skip

    def _what_is_there(self) -> os.stat_result | None:
        """The file that is to be replaced, or None; refuses one that must not be."""
        try:
            check_ordinary(self._real)
            old = os.stat(self._real)
        except FileNotFoundError:
            return None
        # Replacing needs only the folder's permission; a read-only file is somebody's wish even so.
        if not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(
            self._real, os.W_OK
        ):
            raise refused(self._path, msg("it is read-only; save under another name"))
        return old

    def _write_beside(self, old: os.stat_result | None) -> None:
        # Over an old file nobody else may look in before its mode is copied; a new one gets what
        # the person's umask leaves.
        file = os.open(self._new, _NEW, 0o666 if old is None else 0o600)
        try:
            self._step("created")
            rest = memoryview(self._data)
            while rest:  # a full disk takes a part and says so only at the next write
                rest = rest[os.write(file, rest) :]
            self._step("written")
            if old is not None:
                _copy_mode(file, old)
            os.fsync(file)
            self._step("synced")
        finally:
            os.close(file)

    def _read_back(self) -> None:
        with open(self._new, "rb") as file:
            if file.read() != self._data:
                raise OSError(errno.EIO, os.strerror(errno.EIO), self._new)
        self._step("read back")

    def _keep_previous(self) -> None:
        """Make what is there `NAME.bak`, without ever taking it from its own name."""
        try:
            os.link(self._real, self._spare)
        except OSError:  # file systems without links: a copy does as well, a full disk refuses both
            shutil.copy2(self._real, self._spare)
        self._step("kept")
        _replace(self._spare, self._real + BACKUP)
        self._step("backed up")

    def _sync_folder(self) -> None:
        """Force the new name to the disk as well."""
        if os.name == "nt":
            return
        try:
            folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as problem:
            if problem.errno not in _CANT_SYNC_FOLDERS:
                raise self._unconfirmed() from problem

    def _unconfirmed(self) -> SaveProblem:
        return SaveProblem(
            msg("{file} was written, but the disk did not confirm it; save it again on another disk.",
                file=shown_path(self._path))
        )  # fmt: skip

    def _clean_up(self) -> None:
        for path in (self._new, self._spare):
            # What can't be removed was never made, or the disk has failed: the first error tells.
            with suppress(OSError):
                os.unlink(path)


def _copy_mode(file: int, old: os.stat_result) -> None:
    """Give the new file the group and mode of the old one, where the system has such a thing."""
    if hasattr(os, "fchown"):
        # Only members of a group may give files to it; the mode below still holds.
        with suppress(OSError):
            os.fchown(file, -1, old.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(file, stat.S_IMODE(old.st_mode))


def _replace(source: str, target: str, sleep: Callable[[float], None] = time.sleep) -> None:
    """Put `source` in the place of `target`.

    On Windows virus scanners and cloud clients hold a file for moments; it waits up to 3 seconds.
    """
    for turn in range(_TRIES):
        try:
            os.replace(source, target)
            return
        except PermissionError as problem:
            if getattr(problem, "winerror", None) not in _HELD or turn == _TRIES - 1:
                raise
            sleep(0.05 * 2 ** min(turn, 4))
