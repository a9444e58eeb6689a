"""The one way a value is written as JSON, so that equal documents are equal bytes.

UTF-8 without a mark, LF, two spaces of indent, names sorted by code point, one final line end.
One field a line lets version control show and pack what changed. Knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from cxmapper.model.document import Document

INDENT = 2
_OPTIONS = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE | orjson.OPT_STRICT_INTEGER


def canonical(value: Any) -> bytes:
    """`value` (plain dicts, lists, texts, numbers, truth values, None) in the canonical form.

    Raises orjson.JSONEncodeError for what the file can't hold: whole numbers beyond 2^53 - 1 among it.

    >>> canonical({"b": [1, 2.5], "a": None}).decode().split()
    ['{', '"a":', 'null,', '"b":', '[', '1,', '2.5', ']', '}']
    """
    return orjson.dumps(value, option=_OPTIONS)


def map_bytes(document: Document, others: Mapping[str, Any] | None = None) -> bytes:
    """The document as `map.json`; `others` are top-level names besides the elements."""
    elements = {id_: element.raw() for id_, element in document.elements.items()}
    return canonical({**(others or {}), "elements": elements})
