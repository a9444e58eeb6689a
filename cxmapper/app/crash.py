"""What happens when a bug of ours surfaces: it is written down, the map is copied, and we apologise.

The copy goes to the user's data folder, never beside the file. Nothing here may raise: where even
that fails, the traceback goes to standard error as it always would.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtWidgets import QMessageBox, QWidget

from cxmapper.app.dialogs.questions import tell
from cxmapper.app.session import Session
from cxmapper.locale import tr
from cxmapper.storage.files import write_whole
from cxmapper.storage.mapfile import pack

_APP = "cxmapper"
_MOST_LOG = 1_000_000  # bytes; then the log begins anew


def log_path() -> Path:
    """Where tracebacks are written."""
    return platformdirs.user_state_path(_APP, appauthor=False) / "crashes.log"


def recovery_folder() -> Path:
    """Where copies of maps go when something went wrong."""
    return platformdirs.user_data_path(_APP, appauthor=False) / "recovery"


def write_log(error: BaseException) -> Path:
    """Add a traceback to the log and return where that is."""
    path = log_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = "w" if path.exists() and path.stat().st_size > _MOST_LOG else "a"
    with path.open(mode, encoding="utf-8") as log:
        log.write(f"\n{datetime.now().isoformat(timespec='seconds')}\n")
        log.writelines(traceback.format_exception(error))
    return path


def save_copy(session: Session) -> Path | None:
    """Save what is not saved of this session into the recovery folder; None where all is saved."""
    if not session.open or session.clean:
        return None
    folder = recovery_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stem = session.path.stem if session.path is not None else "untitled"
    path = folder / f"{stem}-{datetime.now():%Y-%m-%d-%H%M%S}.cxmap"
    write_whole(path, pack(session.file, session.document))
    return path


class CrashGuard:
    """Takes the place of `sys.excepthook` while the window runs."""

    def __init__(self, windows: Callable[[], Iterable[tuple[QWidget, Session]]]) -> None:
        self._windows = windows
        self._before = sys.excepthook
        self._box: QMessageBox | None = None

    def install(self) -> None:
        """Begin to catch what nobody else did."""
        self._before = sys.excepthook
        sys.excepthook = self.caught

    def remove(self) -> None:
        """Give the hook back."""
        sys.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the error down, copy what is not saved, and say so once."""
        self._before(kind, error, trace)
        if not isinstance(error, Exception):
            return
        try:
            log = write_log(error)
            windows = list(self._windows())
            copies = [path for _, session in windows if (path := save_copy(session)) is not None]
            if windows and self._box is None:
                self._apologise(windows[0][0], log, copies)
        except Exception:
            traceback.print_exc()

    def _apologise(self, window: QWidget, log: Path, copies: list[Path]) -> None:
        lines = [tr("Sorry, something went wrong in cxmapper. Your map is as it was before.")]
        lines += [tr("What you had not saved is also in {path}", path=path) for path in copies]
        lines.append(tr("What happened is written in {path}", path=log))
        self._box = tell(window, lines[0], "\n\n".join(lines[1:]))
        self._box.finished.connect(self._closed)

    def _closed(self) -> None:
        self._box = None
