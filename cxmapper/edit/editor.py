"""The editor: the only writer of a document.

It applies changes, keeps the history, and tells listeners each change. Listeners look; they
never edit. Selection is kept with the steps, so that undo shows what it did, and is no part of
the document. Knows the model and changes: no layout, no files, no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from types import TracebackType

from cxmapper.edit.change import NO_CHANGE, Change, apply, refuse_stale
from cxmapper.edit.history import LIMIT, History, Step
from cxmapper.locale import Words
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.ids import IdSource, new_id

Listener = Callable[[Change], None]


class EditRefused(RuntimeError):
    """An edit came where none may: from a listener, or a gesture within a gesture. A bug of ours."""


class Gesture:
    """One undo step in the making: many changes, committed or rolled back as one.

    Made by `Editor.begin` and `Editor.gesture`. As a context manager it commits at the end, and
    rolls back on an exception.
    """

    def __init__(self, editor: Editor, label: Words) -> None:
        self._editor = editor
        self.label = label
        self.start: Document = editor.document
        self.selected_before: frozenset[str] = editor.selection
        self.change: Change = NO_CHANGE

    @property
    def open(self) -> bool:
        """Whether it is neither committed nor cancelled yet."""
        return self._editor.current_gesture is self

    def show(self, change: Change, *, selects: frozenset[str] | None = None) -> None:
        """Put `change`, made against `start`, in the place of all that the gesture did so far.

        For drags: each move of the pointer shows what letting go now would do, and back at the
        start nothing is left, not even a new order key. Raises StaleChange where `change` was
        made against another document.
        """
        refuse_stale(self.start, change)
        self._editor.do(self.label, self.change.inverse().then(change), selects=selects)

    def commit(self) -> None:
        """End the gesture and keep what it did as one step; none where it ends as it began."""
        self._editor.end_gesture(self, keep=True)

    def cancel(self) -> None:
        """End the gesture and take back all that it did."""
        self._editor.end_gesture(self, keep=False)

    def __enter__(self) -> Gesture:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.open:
            self._editor.end_gesture(self, keep=kind is None)


class Editor:
    """Holds the document of a session and changes it, step by step."""

    def __init__(self, document: Document = EMPTY, *, new_id: IdSource = new_id, limit: int = LIMIT) -> None:
        self.new_id = new_id
        self.selection: frozenset[str] = frozenset()
        self.current_gesture: Gesture | None = None
        self._document = document
        self._history = History(limit)
        self._listeners: dict[object, Listener] = {}
        self._telling = False

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._document

    def do(
        self,
        label: Words,
        change: Change,
        *,
        selects: frozenset[str] | None = None,
        merge_key: Hashable = None,
    ) -> None:
        """Apply `change` as a step called `label`, or as a part of the gesture under way.

        `selects` is the selection afterwards; None keeps what is left of the present one. A step
        with the `merge_key` of the last one is merged into it (typing). An empty change is no
        step. Raises StaleChange where it was made against another state, EditRefused in a
        listener.
        """
        self._refuse_in_listener()
        before = self.selection
        after = apply(self._document, change)
        selection = before if selects is None else selects
        self._document = after
        self.selection = frozenset(id_ for id_ in selection if id_ in after)
        if not change:
            return
        if self.current_gesture is not None:
            self.current_gesture.change = self.current_gesture.change.then(change)
        else:
            self._history.record(Step(label, change, before, self.selection, merge_key))
        self._tell(change)

    def begin(self, label: Words) -> Gesture:
        """Begin a gesture: all that is done until its `commit` is one step called `label`.

        Raises EditRefused where one is under way, or in a listener.
        """
        self._refuse_in_listener()
        if self.current_gesture is not None:
            raise EditRefused("a gesture is under way")
        self._history.seal()
        self.current_gesture = Gesture(self, label)
        return self.current_gesture

    def gesture(self, label: Words) -> Gesture:
        """`begin` for a `with` block, which commits at its end and rolls back on an exception."""
        return self.begin(label)

    def end_gesture(self, gesture: Gesture, *, keep: bool) -> None:
        """End the gesture under way; `Gesture.commit` and `Gesture.cancel` call this."""
        self._refuse_in_listener()
        if self.current_gesture is not gesture:
            raise EditRefused("the gesture is over")
        self.current_gesture = None
        change = gesture.change
        if not keep:
            self.selection = gesture.selected_before
            self._document = gesture.start
            if change:
                self._tell(change.inverse())
        elif change:
            self._history.record(Step(gesture.label, change, gesture.selected_before, self.selection))

    def undo(self) -> Step | None:
        """Take the last step back and return it; None where there is none.

        Raises EditRefused during a gesture and in a listener.
        """
        step = self._history.last
        self._refuse_in_gesture()
        if step is None:
            return None
        change = step.change.inverse()
        self._document = apply(self._document, change)
        self._history.step_back()
        self.selection = step.selected_before
        self._tell(change)
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again and return it; None where there is none.

        Raises EditRefused during a gesture and in a listener.
        """
        step = self._history.next
        self._refuse_in_gesture()
        if step is None:
            return None
        self._document = apply(self._document, step.change)
        self._history.step_forward()
        self.selection = step.selected_after
        self._tell(step.change)
        return step

    @property
    def can_undo(self) -> bool:
        """Whether `undo` would take something back now."""
        return self.current_gesture is None and self._history.last is not None

    @property
    def can_redo(self) -> bool:
        """Whether `redo` would do something now."""
        return self.current_gesture is None and self._history.next is not None

    @property
    def undo_label(self) -> Words | None:
        """What the step is called that `undo` would take back."""
        step = self._history.last
        return step.label if step is not None else None

    @property
    def redo_label(self) -> Words | None:
        """What the step is called that `redo` would do again."""
        step = self._history.next
        return step.label if step is not None else None

    @property
    def clean(self) -> bool:
        """Whether the document is as it was when it was last marked clean (at first: when opened)."""
        return self._history.clean and not (self.current_gesture and self.current_gesture.change)

    def mark_clean(self) -> None:
        """Mark the present state as saved. Raises EditRefused during a gesture."""
        self._refuse_in_gesture()
        self._history.mark_clean()

    def seal(self) -> None:
        """Let the next step be one of its own: call it when typing pauses or the field loses focus."""
        self._history.seal()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` every change from now on; call what is returned to stop that."""
        ticket = object()
        self._listeners[ticket] = listener

        def unsubscribe() -> None:
            self._listeners.pop(ticket, None)

        return unsubscribe

    def _tell(self, change: Change) -> None:
        """Tell every listener, even where one raises; its error is raised once all were told."""
        errors: list[Exception] = []
        with self._no_edits():
            for listener in tuple(self._listeners.values()):
                try:
                    listener(change)
                except Exception as error:
                    errors.append(error)
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise ExceptionGroup("several listeners failed", errors)

    @contextmanager
    def _no_edits(self) -> Iterator[None]:
        self._telling = True
        try:
            yield
        finally:
            self._telling = False

    def _refuse_in_listener(self) -> None:
        if self._telling:
            raise EditRefused("a listener must not edit")

    def _refuse_in_gesture(self) -> None:
        self._refuse_in_listener()
        if self.current_gesture is not None:
            raise EditRefused("a gesture is under way")
