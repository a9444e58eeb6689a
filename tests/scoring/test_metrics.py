"""The metrics that are scored are those that are imported."""

from __future__ import annotations

import pytest

from cxmapper.scoring.metrics import METRICS, metric_of, preferred, signs_of
from cxmapper.survey.metrics import METRICS as IMPORTED


def test_scoring_and_import_agree_on_every_answer() -> None:
    assert set(METRICS) == set(IMPORTED)
    for name, metric in METRICS.items():
        there = IMPORTED[name]
        assert metric.family == there.family
        assert signs_of(metric, there.scale) == tuple(there.side(answer) for answer in there.scale)


@pytest.mark.parametrize(
    ("name", "scale", "found"),
    [
        ("nps", map(str, range(11)), "nps"),
        ("csat", ("1", "2", "3", "4", "5"), "csat5"),
        ("csat", ("0", "1", "2"), "csat3"),
        ("csat", ("Good", "Bad"), "binary"),
        ("ces", map(str, range(1, 8)), "ces7"),
        ("nps", map(str, range(1, 12)), None),
        ("mood", ("1", "2"), None),
    ],
)
def test_a_metric_is_known_by_its_name_and_scale(name: str, scale: object, found: str | None) -> None:
    metric = metric_of(name, tuple(scale))
    assert (metric.name if metric else None) == found


def test_the_order_in_which_metrics_are_looked_for() -> None:
    assert preferred("best") == ("nps", "csat5", "csat3", "binary", "ces7")
    assert preferred("csat") == ("csat5", "csat3", "binary")
