"""The door to map files on a disk: open, save, notice that somebody else saved.

What a map file holds is for `mapfile`, how bytes get safely onto a disk for `writing`; here the
two meet. Whoever calls it shows the errors as they are: each is one sentence with a mend.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cxmapper.errors import FileProblem, SaveProblem, TooLarge
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.storage import limits
from cxmapper.storage.fingerprint import Fingerprint, check_ordinary
from cxmapper.storage.mapfile import OpenedMap, pack, unpack
from cxmapper.storage.trouble import Spot, refused, shown_path, unreadable
from cxmapper.storage.writing import Expect, Expected, PathLike, Step, no_step, write_file


def open_map(path: PathLike) -> OpenedMap:
    """The map in the file `path`, which is never changed by opening it.

    Raises NotAMap, DamagedMap, MadeByNewer, TooLarge, or FileProblem where it can't be read.
    """
    try:
        data = _read(path)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    return replace(unpack(data, shown_path(path)), path=Path(path))


def _read(path: PathLike) -> bytes:
    size = check_ordinary(path)
    with open(path, "rb") as file:
        data = file.read(limits.MAX_FILE + 1) if size <= limits.MAX_FILE else b""
    if max(size, len(data)) > limits.MAX_FILE:
        raise Spot(shown_path(path)).too_large(msg("it has more than {n} bytes", n=limits.MAX_FILE))
    return data


def save_map(
    opened: OpenedMap,
    document: Document,
    path: PathLike,
    *,
    expect: Expected,
    backup: bool = True,
    step: Step = no_step,
) -> OpenedMap:
    """Save `document` as `path`, with the pictures and all else that `opened` holds.

    `expect` is the fingerprint of the file to be replaced: `opened.fingerprint` for its own file,
    None for a new one, `fingerprint(path)` for another file that the person agreed to lose. The
    file before is kept as `path`.bak. Returns the map as it now is on the disk.

    Raises ChangedOnDisk, or SaveProblem; the file that was there is then untouched.
    """
    try:
        data = pack(opened, document)
    except TooLarge as problem:
        raise SaveProblem(problem.words) from problem
    _verify(data, document, path)
    step("verified")
    written = write_file(path, data, expect=expect, backup=backup, step=step)
    return replace(
        opened,
        document=document,
        path=Path(path),
        fingerprint=written,
        problems=(),
        damaged=frozenset(),
    )


def _verify(data: bytes, document: Document, path: PathLike) -> None:
    """Open what is about to be saved; a file that would not open as the same map is not written."""
    try:
        same = unpack(data, shown_path(path)).document == document
    except FileProblem as problem:
        raise refused(path, msg("it would not open again ({why})", why=problem.words)) from problem
    if not same:
        raise refused(path, msg("it would not open again as the same map; please report this"))


def fingerprint(path: PathLike) -> Fingerprint | None:
    """The fingerprint of the file that is under `path` now, or None where there is none.

    Raises FileProblem where it can't be read.
    """
    try:
        return Fingerprint.of_file(path)
    except OSError as problem:
        raise unreadable(path, problem) from problem


def write_whole(path: PathLike, data: bytes) -> None:
    """Put an export under `path`, whole or not at all, in place of whatever file is there.

    Raises SaveProblem.
    """
    write_file(path, data, expect=Expect.ANYTHING)


def refuse_same_file(output: PathLike, inputs: Iterable[PathLike]) -> None:
    """Make sure that `output` is none of the files that are read.

    Raises SaveProblem, before anything is written.
    """
    for path in inputs:
        if _same_file(output, path):
            raise refused(output, msg("it is also what is read; choose another name"))


def _same_file(one: PathLike, other: PathLike) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them is not there yet; their names still tell
        return _place(one) == _place(other)


def _place(path: PathLike) -> str:
    return os.path.normcase(os.path.realpath(path))
