"""Makes the pictures by which the looks are judged: the window in its states, and every PDF page.

    .venv/bin/python tests/looks/make_looks.py

They go beside this script, and the one the README shows to `resources/screenshot.png`. All come from
the real window, offscreen, and from real exports; colours are cut down to keep the files small.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

import pypdfium2
from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QPointF, QSettings, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtWidgets import QApplication

from cxmapper import assets
from cxmapper.app.main import Application, make_application, typesetters
from cxmapper.app.panels.palette import Tile
from cxmapper.app.preferences import Preferences
from cxmapper.app.window import MainWindow
from cxmapper.export.formats import FORMATS, Order
from cxmapper.layout.fonts import Fonts, load_fonts
from cxmapper.layout.text import Typesetter
from cxmapper.model.elements import Card, Journey
from cxmapper.storage.files import open_map

HERE = Path(__file__).resolve().parent
SCREENSHOT = HERE.parent.parent / "resources" / "screenshot.png"
SAMPLES = ("broadband", "clinic-blueprint", "languages")
SIZE = (1456, 819)
LARGE = (1920, 1080)
COLOURS = 256
PAGE_WIDTH = 900


def settle(app: QApplication, milliseconds: int = 300) -> None:
    """Let everything that is due be done and painted."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    app.processEvents()


def save(image: Image.Image, path: Path) -> None:
    """Write a picture with few colours, and so a small file."""
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def grabbed(window: MainWindow) -> Image.Image:
    """What the window shows."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


def opened(application: Application, app: QApplication, path: Path) -> MainWindow:
    """The window with the map at `path` in it, all of the map in view."""
    application.open(path)
    window = application.windows[-1]
    window.resize(*SIZE)
    settle(app)
    window.canvas.zoom_fit()
    settle(app)
    return window


def select_a_card(window: MainWindow) -> Card:
    """Select the first pain point of the map that is shown."""
    document = window.session.document
    cards = (document.get(id_, Card) for id_ in document)
    shown = (
        c for c in cards if c is not None and c.type == "pain point" and any(window.canvas.sheet.find(c.id))
    )
    card = next(shown)
    window.session.select([card.id])
    return card


def drag_over(window: MainWindow, card: Card) -> None:
    """Hold a pain point of the palette over a cell beside a card, as a drag in progress does."""
    tile = next(t for t in window.findChildren(Tile) if t.objectName() == "palette.card/pain point")
    box, top = next(iter(window.canvas.sheet.find(card.id)))
    at = window.canvas.view_point(QPointF(box.x + 2.5 * box.w, top + box.y + 12))
    data = tile.mime_data()
    which = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    viewport = window.canvas.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, *which))
    QApplication.sendEvent(viewport, QDragMoveEvent(at.toPoint(), Qt.DropAction.CopyAction, *which))


def windows(folder: Path) -> None:
    """Pictures of the window: start, each sample, a selection, a drag, the dark look."""
    app = make_application(["cxmapper"])
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "settings"))
    application = Application(app, Preferences(QSettings()), *typesetters())
    start = application.new_window()
    start.resize(*SIZE)
    settle(app)
    save(grabbed(start), HERE / "window-start.png")
    for name in SAMPLES:
        path = folder / f"{name}.cxmap"
        path.write_bytes(assets.samples().joinpath(path.name).read_bytes())
        window = opened(application, app, path)
        save(grabbed(window), HERE / f"window-{name}.png")
        if name == SAMPLES[0]:
            card = select_a_card(window)
            settle(app)
            save(grabbed(window), HERE / "window-selection.png")
            window.session.select([])
            drag_over(window, card)
            settle(app)
            save(grabbed(window), HERE / "window-drag.png")
            QApplication.sendEvent(window.canvas.viewport(), QDragLeaveEvent())
            window.views.choose_theme("dark")
            settle(app)
            save(grabbed(window), HERE / "window-dark.png")
            window.views.choose_theme("light")
        window.close()
        settle(app)


def gaps(folder: Path) -> None:
    """Pictures of the gaps, in light and dark, with the sample survey imported; the README's is one."""
    made = folder / "demo"
    subprocess.run([sys.executable, "-m", "cxmapper", "demo", "--no-window", str(made)], check=True)
    app = make_application(["cxmapper"])
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / "gap settings"))
    application = Application(app, Preferences(QSettings()), *typesetters())
    application.new_window()
    window = opened(application, app, made / "broadband.cxmap")
    window.resize(*LARGE)
    window.tabs.setCurrentWidget(window.gaps)
    settle(app, 1500)
    save(grabbed(window), SCREENSHOT)
    window.resize(*SIZE)
    settle(app, 500)
    save(grabbed(window), HERE / "window-gaps.png")
    window.views.choose_theme("dark")
    settle(app, 500)
    save(grabbed(window), HERE / "window-gaps-dark.png")
    window.views.choose_theme("light")
    window.close()


def pages() -> None:
    """Pictures of every page of every sample's PDF."""
    fonts = load_fonts()
    with as_file(assets.samples()) as folder:
        for name in SAMPLES:
            for number, picture in enumerate(_pages_of(folder / f"{name}.cxmap", fonts), 1):
                save(picture, HERE / f"pdf-{name}-{number}.png")


def _pages_of(path: Path, fonts: Fonts) -> Iterator[Image.Image]:
    opened_map = open_map(path)
    document = opened_map.document
    order = Order(
        document=document,
        journeys=tuple(journey.id for journey in document.children(None, Journey)),
        typesetter=Typesetter(fonts, document.settings.language),
        images=opened_map.images,
    )
    with pypdfium2.PdfDocument(FORMATS["pdf"].write(order).data) as pdf:
        for page in pdf:
            yield page.render(scale=PAGE_WIDTH / page.get_width()).to_pil()
            page.close()


def main() -> None:
    """Make all pictures anew; those of the gaps in a process whose fonts no other map has changed."""
    if len(sys.argv) > 1:
        gaps(Path(sys.argv[1]))
        return
    for old in HERE.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        windows(Path(folder))
        subprocess.run([sys.executable, __file__, folder], check=True)
    pages()


if __name__ == "__main__":
    main()
