"""The errors that are a person's to mend, told apart from our own bugs.

`UserError` and what derives from it carry one clear sentence that names the file, the place and
the mend; the command line prints it and ends with `status`, the window shows it, and neither
prints a traceback. Any other exception is a bug of ours.

    UserError
    ├── FileProblem          a file can't be read, or is not what it should be
    │   ├── NotAMap          no map file at all
    │   ├── DamagedMap       a map file, but broken
    │   ├── MadeByNewer      needs a newer cxmapper
    │   └── TooLarge         over a limit of the format
    ├── SaveProblem          a file can't be written; what was there is untouched
    │   └── ChangedOnDisk    somebody else wrote the file since it was opened
    └── MachineLacks         a Qt library or a display is missing (status 3)
"""

from __future__ import annotations

from cxmapper.locale import Words


class UserError(Exception):
    """Something a person can mend, in one sentence of theirs."""

    status = 2

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words

    def __str__(self) -> str:
        return str(self.words)


class FileProblem(UserError):
    """A file can't be read, or is not what it should be."""


class NotAMap(FileProblem):
    """The file is no map file at all."""


class DamagedMap(FileProblem):
    """A map file, but a broken one."""


class MadeByNewer(FileProblem):
    """The file needs a newer cxmapper."""


class TooLarge(FileProblem):
    """The file is over a limit of the format."""


class SaveProblem(UserError):
    """A file can't be written; what was there before is untouched."""


class ChangedOnDisk(SaveProblem):
    """The file on disk is no longer the one that was opened."""


class MachineLacks(UserError):
    """This machine lacks something that the command needs."""

    status = 3
