"""Map files: read with suspicion, written with care. Import from `storage.files` and `mapfile`.

The format
----------
A `.cxmap` is a ZIP file that any unzip opens. Every entry is stored, not packed, and dated
1980-01-01, so that equal maps are equal bytes, version control can pack them, and one damaged
byte costs one element and not the map. The entries, in this order:

`mimetype`
    `application/vnd.cxmapper+zip`, without a line end, for programs that look at first bytes.
`map.json`
    The elements, as `{"elements": {id: {"kind": …, field: value}}}`. UTF-8, LF, two spaces of
    indent, names sorted by code point, a final line end. No id inside an element; what is empty
    or the default is not written. The fields are in `model.elements`.
`meta.json`
    `format` ("cxmapper"), `version` (of the format, as written), `min_reader` (the oldest version
    that still makes sense of it), `document` (an id that stays when the file is copied, renamed
    or saved as another). No author, host or path.
`history.json`
    Revisions, in later versions. Kept as it is by this one.
`images/<sha256>.png`, `.jpg`, `.webp`
    Pictures under the hash of their bytes; the element `image` of that id has size and words.
`ext/<name>/<file>`
    What others put there. Kept as it is, like any further entry with a plain name.

Numbers are finite, whole ones below 2^53; texts hold no control characters; nothing is nested
more than 64 deep. The limits of size are in `limits`. A reader keeps and writes back whatever it
does not know: entries, names beside the elements, kinds, types and fields.

Versions
--------
1: first.
"""
