"""`python -m cxmapper` is the command `cxmapper`."""

from __future__ import annotations

from cxmapper.cli import main

if __name__ == "__main__":
    main()
