"""The steps that can be undone and redone, in a list of bounded length, with a clean mark.

Knows changes, and nothing of documents or listeners: the editor applies what this remembers.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from cxmapper.edit.change import Change
from cxmapper.locale import Words

LIMIT = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One thing to undo: what it is called, what it did, and what was selected before and after."""

    label: Words
    change: Change
    selected_before: frozenset[str] = frozenset()
    selected_after: frozenset[str] = frozenset()
    merge_key: Hashable = None


class History:
    """Steps done and undone. A state of the document is known by the last step that led to it.

    That makes the clean mark right without counting: after undoing past the mark and editing
    anew, the marked step is gone and nothing is clean, until it is marked again.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._floor: object = object()  # stands for the state before the oldest step kept
        self._clean: object = self._floor
        self._sealed = True  # whether the next step stands alone; undo and redo always seal

    @property
    def last(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Step | None:
        """The step that redo would do again."""
        return self._undone[-1] if self._undone else None

    @property
    def clean(self) -> bool:
        """Whether the state is the marked one."""
        return self._state() is self._clean

    def __len__(self) -> int:
        return len(self._done)

    def _state(self) -> object:
        return self._done[-1] if self._done else self._floor

    def mark_clean(self) -> None:
        """Mark the present state as the clean one; what comes next is a step of its own."""
        self._clean = self._state()
        self._sealed = True

    def seal(self) -> None:
        """Let the next step be a step of its own, whatever its merge key."""
        self._sealed = True

    def record(self, step: Step) -> None:
        """Add a step that was done, or merge it into the last one where the merge keys are equal.

        What was undone is forgotten. A merged step that ends where it began is no step.
        """
        last = self.last
        merges = (
            last is not None
            and not self._sealed
            and step.merge_key is not None
            and last.merge_key == step.merge_key
        )
        self._undone.clear()
        self._sealed = step.merge_key is None
        if last is None or not merges:
            self._push(step)
            return
        self._done.pop()
        change = last.change.then(step.change)
        if change:
            self._done.append(replace(last, change=change, selected_after=step.selected_after))

    def _push(self, step: Step) -> None:
        self._done.append(step)
        if len(self._done) > self._limit:
            self._floor = self._done.pop(0)

    def step_back(self) -> None:
        """Move the last step to those undone."""
        self._undone.append(self._done.pop())
        self._sealed = True

    def step_forward(self) -> None:
        """Move the last undone step to those done."""
        self._done.append(self._undone.pop())
        self._sealed = True
