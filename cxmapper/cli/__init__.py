"""The command line: everything the window can compute, as commands (DESIGN, section 6).

Results go to standard output, messages to standard error, one line each. Only opening a window
imports `cxmapper.app`; every other command runs where no Qt library can load.
"""

from __future__ import annotations

from cxmapper.cli.entry import main

__all__ = ["main"]
