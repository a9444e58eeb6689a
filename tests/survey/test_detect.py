"""What columns are taken for, in many languages and layouts, and what is asked instead of guessed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from cxmapper.errors import FileProblem
from cxmapper.survey.choices import Choices
from cxmapper.survey.detect import Proposal, propose
from cxmapper.survey.readers import read_table
from tests.survey.make_surveys import made, text

ANSWERS = (0, 2, 4, 5, 6, 7, 8, 8, 9, 10)
# Header in the order score, touchpoint, stage, persona, date; and words for “don't know”.
LANGUAGES = {
    "German": (
        "Würden Sie uns weiterempfehlen?",
        "Kontaktpunkt",
        "Phase",
        "Kundentyp",
        "Datum",
        "weiß nicht",
    ),
    "French": (
        "Recommanderiez-vous notre service ?",
        "Point de contact",
        "Étape",
        "Type de client",
        "Date",
        "ne sait pas",
    ),
    "Spanish": ("¿Nos recomendaría a un amigo?", "Punto de contacto", "Etapa", "Segmento", "Fecha", "no sé"),
    "Portuguese": (
        "Qual a probabilidade de nos recomendar?",
        "Ponto de contato",
        "Etapa",
        "Perfil",
        "Data",
        "não sei",
    ),
    "Italian": (
        "Quanto è probabile che ci consigli?",
        "Punto di contatto",
        "Fase",
        "Profilo",
        "Data",
        "non so",
    ),
    "Dutch": ("Zou u ons aanbevelen?", "Contactpunt", "Fase", "Klantsegment", "Datum", "weet niet"),
    "Swedish": ("Skulle du rekommendera oss?", "Kontaktpunkt", "Steg", "Kundtyp", "Datum", "vet ej"),
    "Polish": ("Czy polecisz nas znajomym?", "Punkt styku", "Etap", "Segment", "Data", "nie wiem"),
    "Japanese": ("友人に薦める可能性は？", "タッチポイント", "ステージ", "ペルソナ", "回答日", "わからない"),
    "Chinese": ("您会向朋友推荐我们吗？", "触点", "阶段", "客户类型", "提交日期", "不知道"),
}
COLUMNS = ("score", "touchpoint", "stage", "persona", "date")


def columns(proposal: Proposal) -> dict[str, str | None]:
    found = {"score": proposal.score, "date": proposal.date, **proposal.places}
    return {name: c.name if (c := found.get(name)) is not None else None for name in COLUMNS}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(3))
def test_columns_are_found_in_any_language_and_order(language: str, seed: int) -> None:
    *names, unknown = LANGUAGES[language]
    order = list(range(7))
    Random(seed).shuffle(order)

    def row(chance: Random, i: int) -> Sequence[object]:
        cells = [
            chance.choice([*ANSWERS, unknown]),
            chance.choice(["Alpha", "Beta", "Gamma"]),
            chance.choice(["Eins", "Zwei"]),
            chance.choice(["Rot", "Blau"]),
            f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.2025",
            f"R{i:05}",
            f"{chance.random()} so dies und das",
        ]
        return [cells[i] for i in order]

    header = [*names, "Nr", "Text"]
    proposal = propose(made([header[i] for i in order], row, delimiter=";", seed=seed))
    assert columns(proposal) == dict(zip(COLUMNS, names, strict=True))
    assert proposal.metric is not None
    assert proposal.metric.name == "nps"
    assert proposal.questions == ()


@pytest.mark.parametrize(
    ("header", "answers", "metric"),
    [
        ("Wie zufrieden waren Sie?", ["1", "2", "3", "4", "5"], "csat5"),
        (
            "Overall satisfaction",
            ["Very satisfied", "Satisfied", "Neutral", "Dissatisfied", "Very dissatisfied"],
            "csat5",
        ),
        ("star_rating", ["5", "4", "1", ""], "csat5"),
        ("The company made it easy to handle my issue", ["1", "3", "5", "6", "7"], "ces7"),
        ("Es war einfach, mein Anliegen zu klären", ["Stimme zu", "Stimme nicht zu", "Weder noch"], "ces7"),
        ("Satisfaction Score", ["Good", "Bad", "Offered"], "binary"),
    ],
)
def test_other_metrics(header: str, answers: list[str], metric: str) -> None:
    table = made(["id", header, "touchpoint"], lambda c, i: [i, c.choice(answers), c.choice("AB")])
    proposal = propose(table)
    assert proposal.score is not None
    assert proposal.score.name == header
    assert proposal.metric is not None
    assert proposal.metric.name == metric
    assert proposal.questions == ()


def test_nps_goes_before_satisfaction() -> None:
    header = [
        "How satisfied are you (0-10)?",
        "Why would you recommend us?",
        "NPS Group",
        "Would you recommend us?",
    ]
    table = made(
        header,
        lambda c, i: [
            c.randint(0, 10),
            c.choice(["cheap", "nice"]),
            c.choice(["Promoter", "Passive"]),
            c.choice(ANSWERS),
        ],
    )
    assert columns(propose(table))["score"] == "Would you recommend us?"


def test_a_nameless_score_is_asked_about_not_taken() -> None:
    proposal = propose(made(["a", "b", "c"], lambda c, i: [i, c.choice("AB"), c.choice(ANSWERS)]))
    (question,) = proposal.questions
    assert (question.about, question.proposed) == ("score", "c")


def test_two_likely_scores_are_asked_about() -> None:
    header = ["Would you recommend the product?", "Would you recommend the company?"]
    (question,) = propose(made(header, lambda c, i: [c.choice(ANSWERS), c.choice(ANSWERS)])).questions
    assert {option.value for option in question.options} == set(header)


def test_no_score_is_said() -> None:
    proposal = propose(made(["name", "colour"], lambda c, i: [f"n{i}", c.choice(["red", "blue"])]))
    assert proposal.score is None
    assert [(q.about, q.proposed) for q in proposal.questions] == [("score", None)]


def test_effort_from_1_to_5_is_refused() -> None:
    table = made(["id", "How much effort did it take you?"], lambda c, i: [i, c.randint(1, 5)])
    for choices in (Choices(), Choices(metric="ces")):
        proposal = propose(table, choices)
        assert proposal.score is None
        assert "CES 1.0" in str(proposal.questions[0].words)
    named = propose(table, Choices(score="How much effort did it take you?", metric="ces"))
    assert "CES 1.0" in str(named.questions[0].words)


def test_a_single_column_will_do() -> None:
    proposal = propose(read_table(text([["nps"], *([a] for a in ANSWERS * 3)]).encode()))
    assert columns(proposal)["score"] == "nps"


def test_a_map_s_own_names_speak_loudest() -> None:
    table = made(
        ["nps", "Channel", "Custom Data 1"],
        lambda c, i: [c.choice(ANSWERS), c.choice(["Mail", "Web"]), c.choice(["Checkout", "Web shop"])],
    )
    assert columns(propose(table))["touchpoint"] == "Channel"
    known = {"touchpoint": frozenset({"checkout", "web shop"})}
    assert columns(propose(table, known=known))["touchpoint"] == "Custom Data 1"  # type: ignore[arg-type]


PEOPLE = {
    "e-mail addresses": lambda c, i: f"user{i % 5}@example.com",
    "telephone numbers": lambda c, i: f"+49 30 {i % 4}55 0{i % 7}00",
    "identifiers": lambda c, i: f"CUST-{1000 + i % 6}",
    "mostly different": lambda c, i: f"Person {chr(65 + i % 26)}{chr(97 + i % 23)}",
}


@pytest.mark.parametrize("why", PEOPLE)
@pytest.mark.parametrize("place", ["touchpoint", "stage", "persona"])
def test_columns_that_tell_people_are_never_names_on_a_map(why: str, place: str) -> None:
    table = made(["nps", place], lambda c, i: [c.choice(ANSWERS), PEOPLE[why](c, i)])
    assert columns(propose(table))[place] is None
    with pytest.raises(FileProblem, match=why):
        propose(table, Choices(**{place: place}))


def test_columns_go_by_name_question_or_number() -> None:
    table = made(["N.P.S.", "Ort", "Ort"], lambda c, i: [c.choice(ANSWERS), c.choice("AB"), c.choice("CD")])
    assert propose(table, Choices(score="n-p s")).score == propose(table, Choices(score="1")).score
    assert propose(table, Choices(touchpoint="3")).places["touchpoint"].at == 2
    with pytest.raises(FileProblem, match="by its number: 2, 3"):
        propose(table, Choices(touchpoint="Ort"))
    with pytest.raises(FileProblem, match="no column “Stage”"):
        propose(table, Choices(stage="Stage"))


def test_none_of_a_column_can_be_said() -> None:
    table = made(
        ["nps", "touchpoint", "date"],
        lambda c, i: [c.choice(ANSWERS), c.choice("AB"), f"2025-01-{i % 9 + 1}"],
    )
    proposal = propose(table, Choices(touchpoint="", date=""))
    assert columns(proposal) == {
        "score": "nps",
        "touchpoint": None,
        "stage": None,
        "persona": None,
        "date": None,
    }


def test_the_preview_has_the_first_ten_rows() -> None:
    table = made(["nps", "touchpoint"], lambda c, i: [9, f"T{i % 3}"])
    assert [row[1] for row in propose(table).preview] == [f"T{i % 3}" for i in range(10)]
