"""The names that a survey uses, where no map says what they mean."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cxmapper.survey.counted import Counted

MOST = 200


def unmatched(counted: Counted) -> list[dict[str, Any]]:
    """Each name with its kind and its answers, most answers first: at most 200.

    Where there are more, the last entry has no name, and says how many it stands for.
    """
    found: Counter[tuple[str, str]] = Counter()
    for group, answers in counted.rows.items():
        n = answers.total()
        if group.persona is not None:
            found["persona", group.persona] += n
        for kind, name in group.nodes:
            found[kind, name] += n
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    kept = ranked if len(ranked) <= MOST else ranked[: MOST - 1]
    shown: list[dict[str, Any]] = [{"kind": k, "value": name, "answers": n} for (k, name), n in kept]
    if len(kept) < len(ranked):
        rest = ranked[len(kept) :]
        shown.append({"kind": None, "value": None, "values": len(rest), "answers": sum(n for _, n in rest)})
    return shown
