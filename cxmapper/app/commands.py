"""What actions run: the parts of one window that have commands, side by side. No behaviour of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxmapper.app.edits import Edits
    from cxmapper.app.exports import Exports
    from cxmapper.app.file_flow import FileFlow
    from cxmapper.app.scores import ScoreKeeper
    from cxmapper.app.session import Session
    from cxmapper.app.surveys import Surveys
    from cxmapper.app.views import Views


@dataclass(frozen=True, slots=True)
class Commands:
    """The command parts of one window."""

    session: Session
    edits: Edits
    files: FileFlow
    exports: Exports
    surveys: Surveys
    scores: ScoreKeeper
    view: Views
