"""What tells whether a file is still the same: its size and the hash of its bytes.

Never its date, which copying programs and file servers set as they please.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The size of a file in bytes and the SHA-256 of them, in hex."""

    size: int
    sha256: str

    @classmethod
    def of(cls, data: bytes) -> Fingerprint:
        """The fingerprint of these bytes."""
        return cls(len(data), hashlib.sha256(data).hexdigest())

    @classmethod
    def of_file(cls, path: str | os.PathLike[str]) -> Fingerprint | None:
        """The fingerprint of the file `path`, or None where there is nothing of that name.

        Raises OSError, as `check_ordinary` does.
        """
        try:
            check_ordinary(path)
            with open(path, "rb") as file:
                digest, size = hashlib.sha256(), 0
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
        except FileNotFoundError:
            return None
        return cls(size, digest.hexdigest())


def check_ordinary(path: str | os.PathLike[str]) -> int:
    """The size of the ordinary file `path` in bytes.

    Raises OSError: with EISDIR for a folder, with ENODEV for a device or a pipe, which would hang
    whoever reads it.
    """
    found = os.stat(path)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), os.fspath(path))
    return found.st_size
