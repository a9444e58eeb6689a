"""Cuts fonts down: one static face for a painter, or the few glyphs that a PDF embeds.

HarfBuzz's subsetter does the work for TrueType outlines. PDF readers want the rest (CFF, CFF2) as
TrueType too, so their outlines are drawn and approximated by quadratic curves.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import uharfbuzz as hb

_LAYOUT = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "MVAR", "DSIG", "kern", "meta")
_NOT_IN_PDF = (*_LAYOUT, "name", "OS/2", "cmap", "gasp", "vhea", "vmtx", "VORG")
_CURVE_ERROR = 1 / 1000


def static_font(face: hb.Face, variations: Mapping[str, float], gids: frozenset[int] | None) -> bytes:
    """`face` alone and with its axes pinned, glyph ids kept; only `gids` have outlines unless None."""
    wanted = hb.SubsetInput()
    if gids is None:
        wanted.keep_everything()
    else:
        wanted.glyph_set.update(set(gids) | {0})
        wanted.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.flags |= hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    _drop(wanted, _LAYOUT)
    _pin(wanted, face, variations)
    return bytes(hb.subset(face, wanted).blob.data)


def pdf_subset(
    face: hb.Face, font: hb.Font, variations: Mapping[str, float], gids: frozenset[int], *, glyf: bool
) -> tuple[bytes, dict[int, int]]:
    """A TrueType font of `gids` and glyph 0, and where each glyph id of `face` went."""
    if not glyf:
        return _redrawn(face, font, gids)
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(set(gids) | {0})
    wanted.flags |= hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    _drop(wanted, _NOT_IN_PDF)
    _pin(wanted, face, variations)
    plan = hb.SubsetPlan(face, wanted)
    data = bytes(plan.execute().blob.data)
    return data, {int(old): int(new) for old, new in plan.old_to_new_glyph_mapping.items()}


def _drop(wanted: hb.SubsetInput, tags: tuple[str, ...]) -> None:
    for tag in tags:
        wanted.drop_table_tag_set.add(int.from_bytes(tag.ljust(4).encode(), "big"))


def _pin(wanted: hb.SubsetInput, face: hb.Face, variations: Mapping[str, float]) -> None:
    if face.axis_infos:
        wanted.pin_all_axes_to_default(face)
        for tag, value in variations.items():
            wanted.pin_axis_location(face, tag, value)


def _redrawn(face: hb.Face, font: hb.Font, gids: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """Outlines of any sort as quadratic ones, in a TrueType font of the few tables a PDF needs."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    order = [0, *sorted(gids - {0})]
    names = {gid: f"g{gid}" if gid else ".notdef" for gid in order}
    upem = int(face.upem)
    glyphs, metrics = {}, {}
    for gid in order:
        pen = TTGlyphPen(None)
        font.draw_glyph_with_pen(gid, Cu2QuPen(pen, upem * _CURVE_ERROR, reverse_direction=True))
        glyph = glyphs[names[gid]] = pen.glyph()
        glyph.recalcBounds(None)
        left = glyph.xMin if glyph.numberOfContours else 0
        metrics[names[gid]] = (int(font.get_glyph_h_advance(gid)), left)
    extents = font.get_font_extents("ltr")
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder([names[gid] for gid in order])
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=int(extents.ascender), descent=int(extents.descender))
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue(), {gid: new for new, gid in enumerate(order)}
