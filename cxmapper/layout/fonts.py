"""Which fonts there are, and which of them shows a character.

The order is always: Source Sans Pro, DejaVu Sans, the Noto fonts of the extra `cxmapper[fonts]`,
the system's own. Packages are found without importing them; a fallback is opened when a character
asks for it. The same installed fonts always give the same choice.

Han characters look different in Japan, Korea, China, Taiwan and Hong Kong: the language decides,
and where it is not one of theirs, kana in the word means Japan, hangul Korea, neither China.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from collections.abc import Iterable
from functools import cached_property, lru_cache
from pathlib import Path

import uharfbuzz as hb

from cxmapper.errors import MachineLacks
from cxmapper.layout.characters import ignorable, shown_one_by_one, wants_emoji
from cxmapper.layout.faces import Face
from cxmapper.layout.sheet import Type, Weight
from cxmapper.locale import msg

__all__ = ["Face", "Fonts", "load_fonts"]

_WEIGHTS: dict[Weight, int] = {"regular": 400, "semibold": 600, "bold": 700}
_SANS: dict[tuple[Weight, bool], str] = {
    ("regular", False): "Regular",
    ("semibold", False): "Semibold",
    ("bold", False): "Bold",
    ("regular", True): "It",
    ("semibold", True): "SemiboldIt",
    ("bold", True): "BoldIt",
}
_HAN = {"jp": 0, "kr": 1, "sc": 2, "tc": 3, "hk": 4}
_KANA = re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_ODD_STYLE = re.compile(
    "bold|italic|oblique|light|thin|black|cond|mono|serif|narrow|heavy|medium|display", re.IGNORECASE
)


class Fonts:
    """The faces of one machine, in the order in which they are asked for a character."""

    def __init__(
        self, sans: Path, dejavu: Path | None = None, noto: Path | None = None, cjk: Path | None = None,
        system: bool = True,
    ) -> None:  # fmt: skip
        self._sans, self._dejavu, self._noto, self._cjk = sans, dejavu, noto, cjk
        self._system_too = system
        folders = (sans, dejavu, noto, cjk.parent if cjk is not None else None)
        self._folders = [folder for folder in folders if folder is not None]
        self._known: dict[str, Face] = {}
        self._primary = {
            style: self._face(sans / f"SourceSansPro-{name}.ttf") for style, name in _SANS.items()
        }
        self.faces = lru_cache(maxsize=64)(self._faces)
        self.choose = lru_cache(maxsize=20_000)(self._choose)

    def primary(self, type_: Type) -> Face:
        """The face that text of this type is set in unless it lacks a character."""
        return self._primary[type_.weight, type_.italic]

    def _faces(self, type_: Type, han: str = "sc") -> tuple[Face, ...]:
        """All faces for a type in fallback order; none is opened by asking. Size plays no part."""
        weight = _WEIGHTS[type_.weight]
        found = [self.primary(type_)]
        if type_.italic:
            found.append(self.primary(type_._replace(italic=False)))
        if self._dejavu is not None:
            bold = [] if weight == 400 else [self._face(self._dejavu / "DejaVuSans-Bold.ttf")]
            found += [*bold, self._face(self._dejavu / "DejaVuSans.ttf")]
        found += self._noto_faces(weight)
        if self._cjk is not None:
            found.append(self._face(self._cjk, _HAN[han], wght=weight))
        return (*found, *(self._system_faces(han) if self._system_too else ()))

    def _noto_faces(self, weight: int) -> list[Face]:
        if self._noto is None:
            return []
        paths = [p for p in sorted(self._noto.glob("*.ttf")) if "Italic" not in p.name]
        return [self._face(p, wght=weight) for p in sorted(paths, key=_rank)]

    def _face(self, path: Path, index: int = 0, **variations: float) -> Face:
        face = Face(path, index, variations)
        return self._known.setdefault(face.key, face)

    def _system_faces(self, han: str) -> list[Face]:
        """The system's fonts, plain styles first, then by name."""
        ours = {path.name for folder in self._folders for path in folder.iterdir()}
        chosen = (path for path in self._system_files if path.name not in ours)
        return [self._face(p, _HAN[han] if _is_cjk_collection(p) else 0) for p in chosen]

    @cached_property
    def _system_files(self) -> tuple[Path, ...]:
        files = {path.name: path for path in _font_files() if "lastresort" not in path.name.lower()}
        ranked = sorted(files, key=lambda name: (bool(_ODD_STYLE.search(name)), name.lower(), name))
        return tuple(files[name] for name in ranked)

    def _choose(self, cluster: str, type_: Type, han: str) -> tuple[tuple[str, Face | None], ...]:
        """The grapheme cluster in parts, each with the face that has it whole, or None.

        It is one part unless no face has all its characters. Size plays no part.
        """
        needed = [ord(c) for c in cluster if not ignorable(c)]
        faces = self.faces(type_._replace(size=0), han)
        if needed and wants_emoji(cluster):
            faces = tuple(sorted(faces, key=lambda face: "Emoji" not in face.key))
        for face in faces:
            if covers(face, needed):
                return ((cluster, face),)
        if len(needed) == 1:
            return ((cluster, None),)
        return tuple(part for piece in shown_one_by_one(cluster) for part in self.choose(piece, type_, han))


def covers(face: Face, needed: Iterable[int]) -> bool:
    """Whether the face has all these code points and may be used; an unreadable file has none."""
    try:
        return all(point in face.unicodes for point in needed) and face.has_outlines and face.may_embed
    except (OSError, hb.HarfBuzzError):
        # The file can't be read any more, or never could: the next face is asked instead.
        return False


def _rank(path: Path) -> tuple[int, str]:
    last = ("NotoSans[", "NotoSansSymbols", "NotoEmoji")
    return next((i + 1 for i, start in enumerate(last) if path.name.startswith(start)), 0), path.name


def han_shapes(language: str, text: str) -> str:
    """Whose shapes Han characters take: "jp", "kr", "sc", "tc" or "hk".

    >>> han_shapes("zh-Hant-HK", ""), han_shapes("", "東京の"), han_shapes("de", "東京")
    ('hk', 'jp', 'sc')
    """
    tag = language.lower().replace("_", "-")
    first = tag.partition("-")[0]
    if first in ("ja", "ko"):
        return "jp" if first == "ja" else "kr"
    if first in ("zh", "yue"):
        if "-hk" in tag or "-mo" in tag or first == "yue":
            return "hk"
        return "tc" if "-hant" in tag or "-tw" in tag else "sc"
    return "jp" if _KANA.search(text) else "kr" if _HANGUL.search(text) else "sc"


def _is_cjk_collection(path: Path) -> bool:
    """Whether the file is a collection of the five regions, all in the same order."""
    return "CJK" in path.name and path.suffix.lower() == ".ttc"


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    return Path(places[0]) if places else None


def _first_file(folder: Path | None, pattern: str) -> Path | None:
    return next(iter(sorted(folder.glob(pattern))), None) if folder is not None else None


def _font_folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        own = [Path(local) / "Microsoft/Windows/Fonts"] if local else []
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", *own]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    shares = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
    return [*(Path(p) / "fonts" for p in shares.split(":") if p), data / "fonts", home / ".fonts"]


def _font_files() -> Iterable[Path]:
    for folder in _font_folders():
        for place, folders, names in os.walk(folder):
            folders.sort()
            yield from (Path(place, n) for n in names if n.lower().endswith((".ttf", ".otf", ".ttc")))


def load_fonts(*, system: bool = True) -> Fonts:
    """The fonts of this machine; `system=False` leaves out those that no package of ours brings.

    Raises MachineLacks when Source Sans Pro is not installed.
    """
    sans = _package("font_source_sans_pro")
    if sans is None or not (sans / "files").is_dir():
        raise MachineLacks(
            msg("The font Source Sans Pro is missing: install it by “pip install font-source-sans-pro”.")
        )
    mpl = _package("matplotlib")
    dejavu = mpl / "mpl-data/fonts/ttf" if mpl is not None else None
    return Fonts(
        sans / "files",
        dejavu if dejavu is not None and dejavu.is_dir() else None,
        _package("manimgx_fonts"),
        _first_file(_package("manimgx_fonts_cjk"), "*CJK*.ttc"),
        system,
    )
