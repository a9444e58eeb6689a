"""Draws a made-up survey of 5,000 answers for the broadband map, as Qualtrics would export it.

    python samples/draw_survey.py            writes samples/broadband-survey.csv
    python samples/draw_survey.py --check    writes nothing; status 1 where the file isn't what this draws

Nobody was asked. Three rows of headers, previews, blanks, elevens, names in several spellings, a place
that is not on the map and a customer who has none: a survey as dirty as real ones are. Every draw is
seeded, so it always draws the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "broadband-survey.csv"
PREVIEWS = 40
NO_ANSWER = ("",) * 78 + ("-99",) * 26 + ("N/A",) * 9 + ("Don't know",) * 7
NO_SCORE = ("11",) * 13 + ("7.5",) * 6 + ("ten",) * 5 + ("7-8",) * 4
QUESTION = "How likely is it that you would recommend us to a friend or colleague?"

_PASSIVE = 0.28
_PRIYA = ("Priya — first home",) * 9 + ("Priya - first home", "priya", "PRIYA – FIRST HOME ")
_REMARKS = (
    "It just worked.",
    "Had to call twice, still not solved",
    "Nobody told us that he was running late.\nWe had both taken the morning off.",
    "Good value, quick order",
    'The page said "available" and then it was not',
    "Ten minutes on hold is too long; otherwise fine",
    "The set-up fee was not on the offer",
    "Smooth – thank you",
    "Why do new customers pay less?",
)
_COLUMNS = (
    ("StartDate", "Start Date", "startDate"),
    ("EndDate", "End Date", "endDate"),
    ("Status", "Response Type", "status"),
    ("Progress", "Progress", "progress"),
    ("Finished", "Finished", "finished"),
    ("RecordedDate", "Recorded Date", "recordedDate"),
    ("ResponseId", "Response ID", "_recordId"),
    ("DistributionChannel", "Distribution Channel", "distributionChannel"),
    ("UserLanguage", "User Language", "userLanguage"),
    ("Q1_NPS_GROUP", f"{QUESTION} - Group", "QID1_NPS_GROUP"),
    ("Q1", QUESTION, "QID1"),
    ("Q2", "What is the main reason for your score?", "QID2_TEXT"),
    ("Persona", "Persona", "Persona"),
    ("JourneyStage", "JourneyStage", "JourneyStage"),
    ("Touchpoint", "Touchpoint", "Touchpoint"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A touchpoint: how many answers name it, their net score, how it drifts over the year, its spellings."""

    stage: str
    answers: int
    score: int
    drift: float
    names: tuple[str, ...]


_PLACES = (
    Place("Discover", 580, 22, 0.0, ("Sees an ad",) * 12 + ("sees an ad", "ad_awareness")),
    Place("Discover", 540, 18, 0.0, ("Compares plans",) * 12 + ("Compares  plans", "Plan comparison")),
    Place("Buy", 520, -8, 0.15, ("Checks address",) * 12 + ("checks address ", "Address check")),
    Place("Buy", 540, 31, 0.0, ("Orders online",) * 12 + ("Orders Online", "checkout")),
    Place("Set up", 500, 27, 0.1, ("Router arrives",) * 12 + ("ROUTER ARRIVES", "Router delivery")),
    Place("Set up", 330, -41, -0.25, ("Engineer visit",) * 12 + ("Engineer-visit", "engineer_appointment")),
    Place("Set up", 400, 48, 0.0, ("First connection",) * 12 + ("first connection.", "Activation")),
    Place("Use", 500, -12, 0.3, ("First bill",) * 12 + ("First Bill", "invoice_1")),
    Place("Use", 420, -36, -0.1, ("Calls support",) * 12 + ("calls  support", "helpline")),
    Place("Renew", 400, 4, 0.0, ("Renewal offer",) * 12 + ("Renewal  offer", "contract_end")),
)
_NOT_ON_THE_MAP = Place("Buy", 82, 12, 0.0, ("Store visit",) * 9 + ("store visit",))
_LENAS = 6  # of the answers about each touchpoint, these are Lena's, who has no map

Row = dict[str, str]


def scores(draw: random.Random, place: Place) -> list[int]:
    """The scores of one touchpoint: exactly its net score, from those who say least to those who say most."""
    n = place.answers - _LENAS
    passives = round(n * _PASSIVE)
    balance = round(place.score * n / 100)
    promoters = (n - passives + balance) // 2
    detractors = n - passives - promoters
    low = draw.choices(range(7), (3, 2, 3, 5, 6, 10, 12), k=detractors)
    return sorted(
        [*low, *draw.choices((7, 8), (2, 3), k=passives), *draw.choices((9, 10), (1, 1), k=promoters)]
    )


def answers(draw: random.Random, place: Place) -> Iterator[Row]:
    """The valid answers about one touchpoint; where it drifts, the better ones come later in the year."""
    values = scores(draw, place)
    for at, value in enumerate(values):
        rank = at / len(values)
        day = draw.random() if draw.random() >= abs(place.drift) else _leaning(draw, rank, place.drift)
        yield {
            "day": f"{day:.6f}",
            "Q1": str(value),
            "Persona": draw.choice(_PRIYA),
            "JourneyStage": place.stage,
            "Touchpoint": draw.choice(place.names),
        }
    for _ in range(_LENAS):
        yield {
            "day": f"{draw.random():.6f}",
            "Q1": str(draw.randint(0, 10)),
            "Persona": "Lena — small shop",
            "JourneyStage": place.stage,
            "Touchpoint": place.names[0],
        }


def _leaning(draw: random.Random, rank: float, drift: float) -> float:
    """A moment of the year near `rank`, or near its opposite where things get worse."""
    day = abs((rank if drift > 0 else 1 - rank) + draw.uniform(-0.3, 0.3))
    return day if day < 1 else 2 - day


def rows(draw: random.Random) -> list[Row]:
    """All rows, in the order in which they were recorded."""
    valid = [row for place in (*_PLACES, _NOT_ON_THE_MAP) for row in answers(draw, place)]
    for row in draw.sample([r for r in valid if r["Touchpoint"] == "Router arrives"], 20):
        row["Touchpoint"] += ",First connection"  # both on one day: each counts, the answer counts once
    rest = [_copy(draw, valid, Q1=value) for value in (*NO_ANSWER, *NO_SCORE)]
    rest += [_copy(draw, valid, Status="1", Q2="test") for _ in range(PREVIEWS)]
    return sorted((*valid, *rest), key=lambda row: row["day"])


def _copy(draw: random.Random, valid: list[Row], **fields: str) -> Row:
    return {**draw.choice(valid), "day": f"{draw.random():.6f}", **fields}


def written(draw: random.Random, number: int, row: Row) -> Row:
    """One row with all that a respondent leaves behind, and nothing by which anybody is known."""
    start = datetime(2026, 1, 2, 7) + timedelta(days=271.5 * float(row["day"]))
    end = start + timedelta(seconds=draw.randint(35, 400))
    value = row["Q1"]
    group = "" if not value.isdigit() or int(value) > 10 else str(1 + (int(value) > 6) + (int(value) > 8))
    finished = draw.random() > 0.02
    return {
        "StartDate": f"{start:%Y-%m-%d %H:%M:%S}",
        "EndDate": f"{end:%Y-%m-%d %H:%M:%S}",
        "Status": row.get("Status", "0"),
        "Progress": "100" if finished else "67",
        "Finished": str(int(finished)),
        "RecordedDate": f"{end:%Y-%m-%d %H:%M:%S}",
        "ResponseId": f"R_{number:05}{draw.getrandbits(40):010x}",
        "DistributionChannel": draw.choice(("email", "email", "anonymous")),
        "UserLanguage": "EN",
        "Q1_NPS_GROUP": group,
        "Q1": value,
        "Q2": row.get("Q2") or (draw.choice(_REMARKS) if draw.random() < 0.06 else ""),
        "Persona": row["Persona"],
        "JourneyStage": row["JourneyStage"],
        "Touchpoint": row["Touchpoint"],
    }


def survey(seed: int = 2026) -> bytes:
    """The whole export: UTF-8 with a byte order mark, three rows of headers, then the answers."""
    draw = random.Random(seed)
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow([name for name, _, _ in _COLUMNS])
    write.writerow([title for _, title, _ in _COLUMNS])
    write.writerow([_import_id(name, id_) for name, _, id_ in _COLUMNS])
    for number, row in enumerate(rows(draw), 1):
        write.writerow(written(draw, number, row).values())
    return out.getvalue().encode("utf-8-sig")


def _import_id(name: str, id_: str) -> str:
    zone = {"timeZone": "Europe/London"} if name.endswith("Date") else {}
    return json.dumps({"ImportId": id_, **zone}, separators=(",", ":"))


def main(arguments: list[str]) -> int:
    """Write the survey, or with --check say whether it is out of date. Returns the exit status."""
    data = survey()
    if "--check" not in arguments:
        TARGET.write_bytes(data)
        print(f"{TARGET.name}: {len(data):,} bytes")
    elif not TARGET.exists() or TARGET.read_bytes() != data:
        print(f"{TARGET.name} is not what is drawn; run samples/draw_survey.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
