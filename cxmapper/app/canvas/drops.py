"""What is dragged onto the canvas from outside: items of the palette, map files, and surveys."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

from cxmapper.app.palette_items import MIME_TYPE, PaletteItem, from_bytes

SURVEY_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
_FILE_ENDINGS = (".cxmap", *SURVEY_ENDINGS)


def palette_item(data: QMimeData) -> PaletteItem | None:
    """The palette's item in a drag, or None."""
    if not data.hasFormat(MIME_TYPE):
        return None
    return from_bytes(bytes(data.data(MIME_TYPE).data()))


def map_files(data: QMimeData) -> tuple[str, ...]:
    """The paths of the map files and surveys in a drag."""
    paths = (url.toLocalFile() for url in data.urls())
    return tuple(path for path in paths if path.lower().endswith(_FILE_ENDINGS))
