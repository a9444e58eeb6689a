"""The limits of the format, checked before anything is read further.

They are far above what a person draws, and low enough that no file can fill the machine's memory.
Numbers only; who checks them says so in words.
"""

from __future__ import annotations

MEGABYTE = 1 << 20

MAX_FILE = 256 * MEGABYTE
MAX_TOTAL = 512 * MEGABYTE  # all entries, unpacked
MAX_ENTRIES = 4096
MAX_MAP = 16 * MEGABYTE
MAX_META = MEGABYTE // 16
MAX_HISTORY = 64 * MEGABYTE
MAX_IMAGE = 32 * MEGABYTE
MAX_OTHER = 32 * MEGABYTE  # an entry that this version does not know

MAX_RATIO = 200  # of a packed entry, once it unpacks to more than RATIO_FREE
RATIO_FREE = MEGABYTE

MAX_ELEMENTS = 100_000
MAX_VALUES = 2_000_000  # values in one JSON entry
MAX_DEPTH = 64  # of JSON within JSON
MAX_INTEGER = 2**53 - 1  # beyond it, other programs' numbers are no longer exact
