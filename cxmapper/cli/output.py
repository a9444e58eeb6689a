"""How commands speak: results to standard output, messages to standard error, files whole or not at all."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from cxmapper.locale import Words

# What a terminal obeys instead of showing it: control signs, the overrides and isolates of writing
# direction, which make a text read as another than it is, and halves of characters.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """`text` with escapes for what a terminal would obey and not show.

    >>> visible("a name\\u202ewith \\x1b[31mred in it")
    'a name\\\\u202ewith \\\\x1b[31mred in it'
    """
    return _OBEYED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def one_line(words: Words | str) -> str:
    """`words` as one line that no terminal takes for a command.

    >>> one_line("a name\\nwith \\x1b[31mred\\x1b[0m in it")
    'a name with \\\\x1b[31mred\\\\x1b[0m in it'
    """
    return visible(" ".join(str(words).split()))


def say(words: Words | str) -> None:
    """A message for the person, on standard error; the exit status tells where nobody can read it."""
    with suppress(OSError):
        print(f"cxmapper: {one_line(words)}", file=sys.stderr, flush=True)


def put(text: str = "") -> None:
    """A line of the result for a person, on standard output."""
    print(visible(text))


def put_bytes(data: bytes) -> None:
    """The result as it is, on standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
    sys.stdout.buffer.flush()


def put_json(value: Any) -> None:
    """The result as JSON in UTF-8, whatever the terminal's encoding."""
    import orjson

    put_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2))


def make_streams_lenient() -> None:
    """Let a terminal that lacks a character show a stand-in, and a stream that is closed swallow all.

    On Windows, a program without a console has no streams from the start.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for good
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for good
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
