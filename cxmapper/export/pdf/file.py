"""A PDF file being put together: pages, fonts, pictures, bookmarks and what is said about it.

The one door to reportlab's `pdfdoc`. It knows nothing of maps. What is written depends on what
goes in alone: no clock, no host, no order of hashing, and no setting of reportlab's is changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc

PRODUCER = "cxmapper"


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says of itself. `date` is as exact as it is known: 2026, 2026-03 or 2026-03-14."""

    title: str
    language: str = ""
    date: str = ""


@dataclass(slots=True)
class Bookmark:
    """An entry of the outline: where it leads (page from 0; points from the bottom left)."""

    title: str
    page: int
    x: float
    y: float
    below: list[Bookmark] = field(default_factory=list)


class _Info(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """The document information: title, producer and date. No author, no path, no clock."""

    invariant = 1

    def __init__(self, about: About) -> None:
        self.about = about

    def digest(self, signature: Any) -> None:
        signature.update(repr(self.about).encode())

    def format(self, document: Any) -> bytes:
        entries = {"Title": pdfdoc.PDFString(self.about.title), "Producer": pdfdoc.PDFString(PRODUCER)}
        if self.about.date:
            entries["CreationDate"] = pdfdoc.PDFString("D:" + self.about.date.replace("-", ""))
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


class _Outlines(pdfdoc.PDFObject):  # type: ignore[misc]  # reportlab is untyped
    """The tree of bookmarks, in the shape reportlab asks for when it saves."""

    def __init__(self) -> None:
        self.bookmarks: list[Bookmark] = []
        self.ready = -1
        self._first: Any = None
        self._last: Any = None

    def prepare(self, document: Any, _canvas: Any) -> None:
        if self.bookmarks:
            self.ready = 1
            self._first, self._last = self._register(document, self.bookmarks, document.Reference(self))

    def _register(self, document: Any, bookmarks: list[Bookmark], parent: Any) -> tuple[Any, Any]:
        entries = [pdfdoc.OutlineEntryObject() for _ in bookmarks]
        references = [document.Reference(entry) for entry in entries]
        for i, (entry, bookmark) in enumerate(zip(entries, bookmarks, strict=True)):
            entry.Title, entry.Parent = bookmark.title, parent
            page = pdfdoc.PDFObjectReference(f"Page{bookmark.page + 1}")
            entry.Dest = pdfdoc.PDFArray([page, "/XYZ", bookmark.x, bookmark.y, "null"])
            if i:
                entry.Prev = references[i - 1]
            if i + 1 < len(entries):
                entry.Next = references[i + 1]
            if bookmark.below:
                entry.Count = len(bookmark.below)
                entry.First, entry.Last = self._register(document, bookmark.below, references[i])
        return references[0], references[-1]

    def format(self, document: Any) -> bytes:
        count = len(self.bookmarks) + sum(len(bookmark.below) for bookmark in self.bookmarks)
        entries = {"Type": "/Outlines", "Count": count, "First": self._first, "Last": self._last}
        formatted: bytes = pdfdoc.PDFDictionary(entries).format(document)
        return formatted


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]  # reportlab is untyped
    """reportlab's document, with an identity that follows from its content alone."""

    defaultStreamFilters = (pdfdoc.PDFZCompress,)

    def __init__(self, about: About) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=about.language or None)
        self.content = hashlib.sha256(repr(about).encode())
        self.info = _Info(about)
        self.Outlines = self.outline = self.Catalog.Outlines = _Outlines()

    def ID(self) -> bytes:
        name = self.content.hexdigest()[:32].upper().encode()
        return b"[<" + name + b"><" + name + b">]"


class PdfFile:
    """Takes pages and what they use, and gives the bytes of the file."""

    def __init__(self, about: About) -> None:
        self._document = _Document(about)
        self._shadings: dict[Any, str] = {}
        self._shading_names = pdfdoc.PDFDictionary()
        self._picture_names = pdfdoc.PDFDictionary()
        fonts = pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)
        self._resources = self.add_object(
            {"Shading": self._shading_names, "XObject": self._picture_names, "Font": fonts}
        )
        self._pages = 0
        preferences = pdfdoc.ViewerPreferencesPDFDictionary()
        preferences["DisplayDocTitle"] = "true"
        self._document.Catalog.ViewerPreferences = preferences

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return self._pages

    def add_page(self, width: float, height: float, content: str) -> None:
        """A page of this size in points, with a content stream of ASCII."""
        data = content.encode("ascii")
        self._document.content.update(data)
        page = pdfdoc.PDFPage()
        page.MediaBox = pdfdoc.PDFArray([0, 0, width, height])
        page.Resources = self._resources
        page.Contents = pdfdoc.PDFStream(content=data)
        self._document.addPage(page)
        self._pages += 1

    def add_bookmarks(self, bookmarks: list[Bookmark]) -> None:
        """Entries at the end of the outline."""
        self._document.Outlines.bookmarks.extend(bookmarks)

    def add_stream(self, data: bytes, **entries: Any) -> Any:
        """A reference to a stream. It is deflated, unless `entries` name its Filter."""
        self._document.content.update(data)
        return self._document.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data))

    def add_object(self, entries: dict[str, Any]) -> Any:
        """A reference to a dictionary; names among its values begin with "/"."""
        return self._document.Reference(pdfdoc.PDFDictionary(entries))

    def add_font(self, name: str, entries: dict[str, Any]) -> None:
        """A font that pages use by `name`."""
        self._document.idToObject[pdfdoc.BasicFonts][name] = self.add_object(entries)

    def add_picture(self, name: str, data: bytes, **entries: Any) -> None:
        """An image that pages use by `name`."""
        entries |= {"Type": "/XObject", "Subtype": "/Image"}
        self._picture_names[name] = self.add_stream(data, **entries)

    def add_form(self, name: str, content: str, box: tuple[float, float, float, float]) -> None:
        """Operators that pages draw by `name`, within `box`: left, bottom, right and top in points."""
        entries = {"Type": "/XObject", "Subtype": "/Form", "BBox": pdfdoc.PDFArray(list(box))}
        self._picture_names[name] = self.add_stream(content.encode("ascii"), **entries)

    def shading(
        self, y0: float, top: tuple[float, float, float], y1: float, bottom: tuple[float, float, float]
    ) -> str:
        """The name of a shading that runs from colour `top` at `y0` to `bottom` at `y1`."""
        key = (y0, top, y1, bottom)
        name = self._shadings.get(key)
        if name is None:
            name = self._shadings[key] = f"S{len(self._shadings)}"
            colours = {"FunctionType": 2, "Domain": pdfdoc.PDFArray([0, 1]), "N": 1}
            colours |= {"C0": pdfdoc.PDFArray(list(top)), "C1": pdfdoc.PDFArray(list(bottom))}
            shading = {"ShadingType": 2, "ColorSpace": "/DeviceRGB", "Extend": "[true true]"}
            shading |= {"Coords": pdfdoc.PDFArray([0, y0, 0, y1]), "Function": pdfdoc.PDFDictionary(colours)}
            self._shading_names[name] = self.add_object(shading)
        return name

    def save(self) -> bytes:
        """The bytes of the file, to which nothing can be added any more."""
        data: bytes = self._document.GetPDFData(None)
        return data
