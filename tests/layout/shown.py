"""What a sheet or a page shows, for the tests: its words, and whether its boxes keep apart."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.layout.sheet import Box, Page, Sheet

SOLID = ("card", "face", "caption", "touchpoint", "stage", "channels")


def words_of_sheet(sheet: Sheet) -> set[str]:
    """The words of all lines of a sheet."""
    boxes = [box for row in sheet.rows for box in (*row.boxes(), *([row.header] if row.header else []))]
    return words_of((*boxes, *sheet.links))


def words_of_pages(pages: Iterable[Page]) -> set[str]:
    """The words of all lines of some pages."""
    return words_of(placed.box for page in pages for placed in page.boxes)


def words_of(boxes: Iterable[Box]) -> set[str]:
    """Letters of the boxes in their order, as one long word a box: breaks within words do not count."""
    return {"".join("".join(line.text.split()) for line in box.lines) for box in boxes} - {""}


def overlaps(frames: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    """The pairs of frames (name, x, y, w, h) that lie on each other by more than a hair."""
    found = []
    hair = 0.01
    ordered = sorted(frames, key=lambda f: f[1])
    for i, (a, ax, ay, aw, ah) in enumerate(ordered):
        for b, bx, by, bw, bh in ordered[i + 1 :]:
            if bx >= ax + aw - hair:
                break
            if ay < by + bh - hair and by < ay + ah - hair and bx + bw > ax + hair:
                found.append((a, b))
    return found


def frames_of_sheet(sheet: Sheet) -> list[tuple[str, float, float, float, float]]:
    """The frames of the solid boxes of a sheet."""
    return [
        (f"{box.role} {box.id}", box.x, top + box.y, box.w, box.h)
        for row, top in zip(sheet.rows, sheet.tops, strict=True)
        for box in row.boxes()
        if box.role in SOLID
    ]


def frames_of_page(page: Page) -> list[tuple[str, float, float, float, float]]:
    """The frames of the solid boxes of a page, in the map's measure."""
    return [
        (f"{p.box.role} {p.box.id}", p.x, p.y, p.box.w, p.box.h) for p in page.boxes if p.box.role in SOLID
    ]


def strays(box: Box) -> list[str]:
    """The lines of a box that leave it sideways or by their baseline."""
    return [
        line.text
        for line in box.lines
        if line.x < -0.01 or line.x + line.width > box.w + 0.01 or not 0 < line.y <= box.h
    ]
