"""The errors of this package, each as one sentence that names the file, the place and the mend.

What a hostile file says of itself (names of entries, ids, titles) is shown through `shown`, so
that it can neither steer a terminal nor fill a screen.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from dataclasses import dataclass

from cxmapper.errors import DamagedMap, FileProblem, MadeByNewer, NotAMap, SaveProblem, TooLarge
from cxmapper.locale import Message, Words, msg

BACKUP = ".bak"
"""What the name of a map's previous version ends with."""

_SHOWN = 80


def shown(text: object) -> str:
    """Text out of a file made fit for one line of a message: printable, at most 80 characters.

    >>> shown("a\\x1b[31mb")
    'a?[31mb'
    """
    line = "".join(c if c.isprintable() else "?" for c in str(text)[: _SHOWN + 1])
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is wrong: a file, by the name the person gave, and an entry in it."""

    file: str
    entry: str = ""

    def at(self, entry: str) -> Spot:
        """The same file at `entry`."""
        return Spot(self.file, entry)

    def damaged(self, what: Words) -> DamagedMap:
        """The file is a map, but broken; `what` is a clause, such as "its checksum is wrong"."""
        mend = self._another()
        if self.entry:
            words = msg("{file} is damaged: in {entry}, {what}. {mend}",
                        file=self.file, entry=shown(self.entry), what=what, mend=mend)  # fmt: skip
        else:
            words = msg("{file} is damaged: {what}. {mend}", file=self.file, what=what, mend=mend)
        return DamagedMap(words)

    def invalid(self, what: Words) -> DamagedMap:
        """The file is whole, but what it says does not fit; `what` is a clause."""
        return DamagedMap(
            msg("{file} can’t be opened: {what}. Mend that in {entry}. {or_else}",
                file=self.file, what=what, entry=self.entry, or_else=self._another())
        )  # fmt: skip

    def _another(self) -> Words:
        """What to open in place of a broken file."""
        if self.file.endswith(BACKUP):
            return msg("Open another copy.")
        return msg("Open the version before it, {file}{bak}, or another copy.", file=self.file, bak=BACKUP)

    def not_a_map(self, why: Words) -> NotAMap:
        """The file is no map at all; `why` is a clause."""
        return NotAMap(
            msg("{file} is no cxmapper map: {why}. Choose a .cxmap file.", file=self.file, why=why)
        )

    def too_large(self, what: Words, mend: Words | None = None) -> TooLarge:
        """The file is over a limit; `what` is a clause that names it."""
        mend = mend or msg("Split the map, or remove large pictures, where it was made.")
        return TooLarge(msg("{file} is too large: {what}. {mend}", file=self.file, what=what, mend=mend))

    def made_by_newer(self, needs: int, reads: int) -> MadeByNewer:
        """The file asks for a reader of version `needs`; this one is of version `reads`."""
        return MadeByNewer(
            msg("{file} was made by a newer cxmapper (it needs version {needs} of the format, this program "
                "reads up to {reads}). Install the newest cxmapper to open it.",
                file=self.file, needs=needs, reads=reads)
        )  # fmt: skip


_READING: Mapping[int, Message] = {
    errno.ENOENT: msg("there is no such file; check its name and folder"),
    errno.ENOTDIR: msg("there is no such folder; check the path"),
    errno.EACCES: msg("you may not read it; ask its owner for permission, or copy it from where you may"),
    errno.EPERM: msg("you may not read it; ask its owner for permission, or copy it from where you may"),
    errno.EISDIR: msg("it is a folder; choose a file in it"),
    errno.ENODEV: msg("it is a device or a pipe; choose an ordinary file"),
    errno.ENAMETOOLONG: msg("its name is too long; choose a shorter one"),
    errno.ELOOP: msg("its link leads round in a circle; choose the file itself"),
}

_WRITING: Mapping[int, Message] = {
    errno.ENOSPC: msg("the disk is full; make room, or save it elsewhere"),
    errno.EDQUOT: msg("your share of the disk is used up; make room, or save it elsewhere"),
    errno.EFBIG: msg("the disk holds no file so large; save it elsewhere"),
    errno.EACCES: msg("you may not write there; save it in a folder of your own"),
    errno.EPERM: msg("you may not write there; save it in a folder of your own"),
    errno.EROFS: msg("the disk is read-only; save it elsewhere"),
    errno.ENOENT: msg("the folder is not there; make it, or save it elsewhere"),
    errno.ENOTDIR: msg("the folder is not there; make it, or save it elsewhere"),
    errno.EISDIR: msg("there is a folder of that name; choose another name"),
    errno.ENODEV: msg("it is a device or a pipe; choose another name"),
    errno.ENAMETOOLONG: msg("the name is too long; choose a shorter one"),
    errno.ELOOP: msg("its link leads round in a circle; choose another name"),
    errno.EIO: msg("the disk failed; save it on another disk"),
}
_HELD_BY_ANOTHER = msg("another program has it open; close it there and try again")
_WINDOWS_HELD = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def _reason(problem: OSError, reasons: Mapping[int, Message]) -> Words:
    if getattr(problem, "winerror", None) in _WINDOWS_HELD:
        return _HELD_BY_ANOTHER
    known = reasons.get(problem.errno or 0)
    return known or msg("the system says “{why}”; try another folder", why=problem.strerror or str(problem))


def unreadable(path: str | os.PathLike[str], problem: OSError) -> FileProblem:
    """What the system says when `path` can't be read, as a sentence with a mend."""
    return FileProblem(
        msg("{file} can’t be read: {why}.", file=shown_path(path), why=_reason(problem, _READING))
    )


def unsaved(path: str | os.PathLike[str], problem: OSError) -> SaveProblem:
    """What the system says when `path` can't be written, as a sentence with a mend."""
    return refused(path, _reason(problem, _WRITING))


def refused(path: str | os.PathLike[str], why: Words) -> SaveProblem:
    """`path` is not written, and what was there is untouched; `why` is a clause with the mend."""
    return SaveProblem(msg("{file} was not saved: {why}.", file=shown_path(path), why=why))


def shown_path(path: str | os.PathLike[str]) -> str:
    """A path as the person gave it, with what a terminal would obey taken out."""
    return "".join(c if c.isprintable() else "?" for c in os.fspath(path))
