"""Shapes on paper, probed pixel by pixel in what pdfium paints, and pictures of every sort."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zlib
from pathlib import Path as File

import pytest
from PIL import Image

from cxmapper.export.pdf.numbers import rgb
from cxmapper.export.pictures import MAX_PIXELS, pixels
from cxmapper.layout.sheet import Gradient, Path, Picture, Rect, Shape
from cxmapper.layout.text import Typesetter
from cxmapper.layout.theme import PAPER
from tests.export.handmade import complaints, page_of, printed, rendered, shape_box

SCALE = 4
WHITE = (255, 255, 255)


def colour(token: str) -> tuple[int, int, int]:
    red, green, blue = rgb(PAPER[token])
    return round(red * 255), round(green * 255), round(blue * 255)


class Seen:
    """Shapes as they are painted: the colour at a point of their box."""

    def __init__(
        self, typesetter: Typesetter, *shapes: Shape, images: dict[str, bytes] | None = None
    ) -> None:
        self.result = printed(typesetter, [page_of([shape_box(*shapes)])], images)
        self.image = rendered(self.result.data, scale=SCALE)

    def at(self, x: float, y: float) -> tuple[int, int, int]:
        found = self.image.getpixel((round((10 + x) * SCALE), round((10 + y) * SCALE)))
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]


def near(a: tuple[int, int, int], b: tuple[int, int, int], by: int = 6) -> bool:
    return all(abs(x - y) <= by for x, y in zip(a, b, strict=True))


def test_a_rectangle_is_filled_and_framed(typesetter: Typesetter) -> None:
    seen = Seen(typesetter, Rect(10, 10, 50, 30, fill="accent", stroke="pain", width=3))
    assert near(seen.at(35, 25), colour("accent"))
    assert near(seen.at(10, 25), colour("pain"))
    assert near(seen.at(35, 40), colour("pain"))
    assert seen.at(5, 25) == WHITE
    assert seen.at(35, 45) == WHITE


def test_round_corners_are_cut(typesetter: Typesetter) -> None:
    seen = Seen(typesetter, Rect(0, 0, 40, 40, fill="text", radius=15))
    assert seen.at(1, 1) == seen.at(39, 1) == seen.at(1, 39) == seen.at(39, 39) == WHITE
    assert near(seen.at(5, 5), colour("text"))
    assert near(seen.at(20, 1), colour("text"))


def test_a_radius_larger_than_the_rectangle_makes_a_circle(typesetter: Typesetter) -> None:
    seen = Seen(typesetter, Rect(0, 0, 40, 40, fill="text", radius=500))
    assert near(seen.at(20, 1), colour("text"))
    assert seen.at(4, 4) == WHITE


def test_a_gradient_runs_down_from_top_to_bottom(typesetter: Typesetter) -> None:
    fill = Gradient(20, "good", 60, "sheet")
    triangle = (("M", 0.0, 0.0), ("L", 80.0, 0.0), ("L", 80.0, 80.0), ("Z",))
    seen = Seen(typesetter, Path(triangle, fill=fill))
    assert near(seen.at(70, 5), colour("good"))
    middle = tuple((a + b) // 2 for a, b in zip(colour("good"), WHITE, strict=True))
    assert near(seen.at(70, 40), (middle[0], middle[1], middle[2]), 10)
    assert near(seen.at(75, 70), WHITE)
    assert seen.at(20, 40) == WHITE


def test_a_dashed_line_has_gaps_and_what_follows_has_none(typesetter: Typesetter) -> None:
    dashed = Path((("M", 0.0, 20.0), ("L", 80.0, 20.0)), stroke="text", width=2, dash=(10, 10), round=False)
    plain = Path((("M", 0.0, 40.0), ("L", 80.0, 40.0)), stroke="text", width=2, round=False)
    seen = Seen(typesetter, dashed, plain)
    assert near(seen.at(5, 20), colour("text"))
    assert seen.at(15, 20) == WHITE
    assert near(seen.at(25, 20), colour("text"))
    assert all(near(seen.at(x, 40), colour("text")) for x in (5, 15, 25, 35))


def test_a_curve_bends_and_ends_round(typesetter: Typesetter) -> None:
    bend = Path((("M", 10.0, 50.0), ("C", 10.0, 0.0, 80.0, 0.0, 80.0, 50.0)), stroke="curve", width=4)
    seen = Seen(typesetter, bend)
    assert near(seen.at(45, 12.5), colour("curve"))
    assert near(seen.at(10, 51), colour("curve"))
    assert seen.at(45, 50) == WHITE


def picture(mode: str, size: tuple[int, int], format_: str, fill: object) -> tuple[str, bytes]:
    stream = io.BytesIO()
    Image.new(mode, size, fill).save(stream, format_)  # type: ignore[arg-type]
    return hashlib.sha256(stream.getvalue()).hexdigest(), stream.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_where_the_layout_puts_it(format_: str, typesetter: Typesetter, tmp_path: File) -> None:
    name, data = picture("RGB", (40, 20), format_, (200, 30, 60))
    seen = Seen(typesetter, Picture(20, 20, 40, 20, name), images={name: data})
    assert near(seen.at(40, 30), (200, 30, 60), 12)
    assert seen.at(15, 30) == WHITE
    assert seen.at(40, 45) == WHITE
    assert seen.result.unreadable == ()
    assert complaints(seen.result.data, tmp_path) == ""


def test_what_is_clear_in_a_picture_shows_what_lies_under(typesetter: Typesetter) -> None:
    name, data = picture("RGBA", (40, 20), "PNG", (255, 0, 0, 0))
    under = Rect(0, 0, 90, 90, fill="accent")
    seen = Seen(typesetter, under, Picture(20, 20, 40, 20, name), images={name: data})
    assert near(seen.at(40, 30), colour("accent"))


def test_a_large_picture_is_made_no_larger_than_it_can_be_seen(typesetter: Typesetter) -> None:
    noise = random.Random(7).randbytes(1200 * 900 * 3)
    stream = io.BytesIO()
    Image.frombytes("RGB", (1200, 900), noise).save(stream, "PNG")
    found = pixels(stream.getvalue(), 72, 54)
    assert found is not None
    assert (found.width, found.height) == (300, 225)


def bomb(side: int) -> bytes:
    """A PNG that says it has `side` by `side` pixels, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 10_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        bomb(13_300),
        bomb(60_000),
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        picture("RGB", (90, 90), "PNG", 3)[1][:80],
    ],
    ids=["large", "huge", "text", "head", "cut"],
)
def test_a_picture_that_cannot_be_read_is_a_crossed_frame(data: bytes, typesetter: Typesetter) -> None:
    seen = Seen(typesetter, Picture(10, 10, 60, 40, "f" * 64), images={"f" * 64: data})
    assert seen.result.unreadable == ("f" * 64,)
    assert not near(seen.at(40, 30), WHITE, 2)


def test_a_picture_the_file_does_not_have_is_said(typesetter: Typesetter) -> None:
    assert Seen(typesetter, Picture(10, 10, 60, 40, "a" * 64)).result.unreadable == ("a" * 64,)


def test_the_limit_lets_photographs_through() -> None:
    assert MAX_PIXELS >= 8_000 * 6_000
