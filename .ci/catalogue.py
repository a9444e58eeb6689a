"""Writes `resources/locale/cxmapper.pot`, the template of the catalogue, from the words in the code.

    .venv/bin/python .ci/catalogue.py            write it
    .venv/bin/python .ci/catalogue.py --check    say whether it is up to date, and write nothing

The words are those the code hands to `msg`, `tr`, `Message` and `Plural`, and the titles and
descriptions of the map templates. The result names files but no lines and no date, so that it
changes only when words change.
"""

from __future__ import annotations

import datetime
import sys
import tomllib
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "resources" / "locale" / "cxmapper.pot"
# What names a sentence in the code, and which of its arguments are words.
KEYWORDS = {"msg": None, "tr": None, "Message": None, "Plural": (1, 2)}
# Lines of the header that differ by the machine or say nothing.
OF_THE_TOOL = (
    b'"Generated-By:',
    b'"PO-Revision-Date:',
    b'"Last-Translator:',
    b'"Language-Team:',
    b'"Report-Msgid',
)


def template() -> bytes:
    """The template as it should stand, from the code as it stands."""
    catalog = Catalog(
        project="cxmapper",
        version="0",
        charset="utf-8",
        creation_date=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
        header_comment="# The words that a person reads in cxmapper. Made by .ci/catalogue.py; do not edit.",
    )
    catalog.fuzzy = False
    found = extract_from_dir(
        ROOT / "cxmapper", keywords=KEYWORDS, options_map={"**.py": {"encoding": "utf-8"}}
    )
    for filename, _line, words, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        place = f"cxmapper/{Path(filename).as_posix()}"
        catalog.add(words, None, [(place, 0)], auto_comments=comments, context=context)
    for path in sorted((ROOT / "resources" / "templates").glob("*.toml")):
        head = tomllib.loads(path.read_text(encoding="utf-8")).get("template", {})
        for name in ("title", "description"):
            if head.get(name):
                catalog.add(head[name], None, [(path.relative_to(ROOT).as_posix(), 0)])
    out = BytesIO()
    write_po(out, catalog, width=100, include_lineno=False)
    lines = out.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(OF_THE_TOOL))


def main(arguments: list[str]) -> int:
    """Write or check the template; 1 where a check finds it out of date."""
    words = template()
    if "--check" not in arguments:
        TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
        TEMPLATE.write_bytes(words)
        return 0
    if TEMPLATE.is_file() and TEMPLATE.read_bytes() == words:
        return 0
    print(
        f"{TEMPLATE.relative_to(ROOT)} is out of date: run .venv/bin/python .ci/catalogue.py", file=sys.stderr
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
