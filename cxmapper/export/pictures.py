"""Pictures of a map made ready for paper: checked before they are decoded, no larger than needed.

Knows image files as bytes and nothing of where they are drawn.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from cxmapper.layout.sheet import Path, Picture, Rect, Shape

MAX_PIXELS = 50_000_000
_DOTS_PER_POINT = 300 / 72
_FORMATS = ("PNG", "JPEG", "WEBP")

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

Images = Mapping[str, bytes]


class Pixels(NamedTuple):
    """A decoded picture: three bytes a pixel, its alpha where it has one, or a JPEG of it."""

    width: int
    height: int
    rgb: bytes
    alpha: bytes | None = None
    jpeg: bytes | None = None


def pixels(data: bytes, width: float, height: float) -> Pixels | None:
    """The picture in `data`, at most 300 dpi when drawn `width` by `height` points.

    None where it is no picture, is broken, or has more than `MAX_PIXELS` pixels.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings(), _opened(data) as image:
            if image.width * image.height > MAX_PIXELS:
                return None
            most = (max(1, round(width * _DOTS_PER_POINT)), max(1, round(height * _DOTS_PER_POINT)))
            image.draft("RGB", most)
            has_alpha = "A" in image.getbands() or "transparency" in image.info
            drawn = image.convert("RGBA" if has_alpha else "RGB")
            drawn.thumbnail(most, Image.Resampling.LANCZOS)
            is_photo = image.format == "JPEG"
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    if is_photo:
        stream = io.BytesIO()
        drawn.save(stream, "JPEG", quality=88)
        return Pixels(*drawn.size, drawn.tobytes(), jpeg=stream.getvalue())
    alpha = drawn.getchannel("A").tobytes() if has_alpha else None
    return Pixels(*drawn.size, drawn.convert("RGB").tobytes(), alpha)


def _opened(data: bytes) -> ImageFile:
    from PIL import Image

    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `pixels` has a limit of its own
    return Image.open(io.BytesIO(data), formats=_FORMATS)


def png(found: Pixels) -> bytes:
    """The pixels as the bytes of a PNG, with no time or program in it."""
    from PIL import Image

    image = Image.frombytes("RGB", (found.width, found.height), found.rgb)
    if found.alpha is not None:
        image.putalpha(Image.frombytes("L", (found.width, found.height), found.alpha))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def absent(shape: Picture) -> tuple[Shape, ...]:
    """What stands for a picture that can't be read: a crossed frame of its size."""
    x, y, right, bottom = shape.x, shape.y, shape.x + shape.w, shape.y + shape.h
    cross = (("M", x, y), ("L", right, bottom), ("M", right, y), ("L", x, bottom))
    return (
        Rect(x, y, shape.w, shape.h, fill="plot", stroke="neutral-line"),
        Path(cross, stroke="neutral-line", width=0.75),
    )
