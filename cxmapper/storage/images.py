"""The pictures of a map: kept under the SHA-256 of their bytes, and found out when they are not it.

A damaged picture never keeps a map from opening: it is reported, and the map opens
without it. What is not plainly PNG, JPEG or WebP never reaches a decoder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cxmapper.errors import DamagedMap
from cxmapper.locale import Words, msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Image
from cxmapper.model.ids import image_id
from cxmapper.storage.container import IMAGES, Container

_SUFFIX = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


def media_type(data: bytes) -> str | None:
    """What kind of picture `data` is, by its first bytes; None for all that a map does not hold.

    >>> media_type(b"\\x89PNG\\r\\n\\x1a\\n..."), media_type(b"<svg>")
    ('image/png', None)
    """
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that are whole, by the hash of their bytes, and what is wrong with the others."""

    by_hash: Mapping[str, bytes]
    damaged: Mapping[str, Words]


def read_images(container: Container) -> Pictures:
    """The pictures of `container`."""
    found: dict[str, bytes] = {}
    damaged: dict[str, Words] = {}
    for name in container.names:
        if not name.startswith(IMAGES):
            continue
        hash_ = name.removeprefix(IMAGES).partition(".")[0]
        data = _whole(container, name, hash_)
        if data is None:
            damaged[hash_] = msg("The picture {entry} is damaged and left out; {file}.bak may have it whole.",
                                 entry=name, file=container.file)  # fmt: skip
        else:
            found[hash_] = data
    return Pictures(found, damaged)


def _whole(container: Container, name: str, hash_: str) -> bytes | None:
    """The bytes of a picture, or None where they are not what their name says."""
    try:
        data = container.read(name)
    except DamagedMap:
        return None
    return data if image_id(data) == hash_ and media_type(data) else None


def image_entries(document: Document, images: Mapping[str, bytes], *, all_: bool) -> dict[str, bytes]:
    """The pictures to write, by the names of their entries, in order.

    Those that `document` has; `all_` adds the others, which revisions of its past may have.
    """
    kinds: dict[str, str] = {image.id: image.type for image in _of(document) if image.id in images}
    if all_:
        kinds = {hash_: media_type(data) or "" for hash_, data in images.items()} | kinds
    named = {f"{IMAGES}{hash_}.{_SUFFIX[kind]}": hash_ for hash_, kind in kinds.items() if kind in _SUFFIX}
    return {name: images[named[name]] for name in sorted(named)}


def _of(document: Document) -> Iterator[Image]:
    return (element for element in document.elements.values() if isinstance(element, Image))
