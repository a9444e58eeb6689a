"""One piece of long work beside the window, in a thread of its own, which can be stopped.

The work gets nothing that anybody changes, and touches no widget.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from cxmapper.app.memory import nothing_collected
from cxmapper.survey.progress import Cancelled, Progress

Work = Callable[[Progress], object]

_STEP = 0.005  # of the whole: smaller steps are not seen, and telling them would cost time


class Task(QThread):
    """Runs `work(progress)`. Exactly one of `done`, `stopped` and `failed` ends it, then `finished`."""

    progressed = Signal(float)
    done = Signal(object)
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._told = 0.0

    def run(self) -> None:
        """What the thread does."""
        try:
            with nothing_collected():
                result = self._work(self._go_on)
        except Cancelled:
            self.stopped.emit()
        except Exception as problem:
            self.failed.emit(problem)
        else:
            self._end(result)

    def _end(self, result: object) -> None:
        """What was asked to stop in its last step is not done either."""
        if self.isInterruptionRequested():
            self.stopped.emit()
        else:
            self.done.emit(result)

    def _go_on(self, share: float) -> bool:
        if share - self._told >= _STEP:
            self._told = share
            self.progressed.emit(share)
        return not self.isInterruptionRequested()
