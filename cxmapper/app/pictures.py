"""Pictures that a person puts into a map: checked, turned upright, freed of metadata, hashed.

The bytes are written anew from the pixels alone, so that no place, camera or name travels with a
map. Knows no widget; Pillow is loaded when the first picture is chosen.
"""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import NamedTuple

from cxmapper.errors import FileProblem, TooLarge
from cxmapper.locale import msg
from cxmapper.model.ids import image_id
from cxmapper.storage.images import media_type
from cxmapper.storage.limits import MAX_IMAGE

PICTURE_FILES = "PNG, JPEG, WebP (*.png *.jpg *.jpeg *.webp)"
MAX_PIXELS = 40_000_000
MAX_SIDE = 4_000
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}


class ReadPicture(NamedTuple):
    """A picture ready for a map: its id, which is its hash, media type, size in pixels and bytes."""

    id: str
    type: str
    width: int
    height: int
    data: bytes


def read_picture(path: Path) -> ReadPicture:
    """The picture in the file `path`, at most 4,000 pixels wide and high.

    Raises FileProblem where it can't be read or is no PNG, JPEG or WebP, TooLarge over 32 MB or
    40 million pixels.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_IMAGE + 1)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise FileProblem(msg("can't read {file}: {why}", file=path.name, why=why)) from problem
    if len(data) > MAX_IMAGE:
        raise TooLarge(msg("{file} is larger than 32 MB; make the picture smaller", file=path.name))
    kind = media_type(data)
    if kind is None:
        raise FileProblem(msg("{file} is no PNG, JPEG or WebP picture; convert it first", file=path.name))
    return _redrawn(data, kind, path.name)


def _redrawn(data: bytes, kind: str, name: str) -> ReadPicture:
    from PIL import Image, ImageOps

    broken = FileProblem(msg("the picture {file} is damaged; choose another", file=name))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            source = Image.open(io.BytesIO(data), formats=[_FORMATS[kind]])
            if source.width * source.height > MAX_PIXELS:
                raise TooLarge(msg("{file} has more than 40 million pixels; make it smaller", file=name))
            picture = ImageOps.exif_transpose(source)
            picture.thumbnail((MAX_SIDE, MAX_SIDE))
            alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
            plain = picture.convert("RGBA" if alpha and kind != "image/jpeg" else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise broken from problem
    clean = Image.frombytes(plain.mode, plain.size, plain.tobytes())
    out = io.BytesIO()
    clean.save(out, _FORMATS[kind], quality=90) if kind != "image/png" else clean.save(
        out, "PNG", optimize=True
    )
    written = out.getvalue()
    return ReadPicture(image_id(written), kind, clean.width, clean.height, written)
