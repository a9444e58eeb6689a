"""Which columns say where on the journey, who and when: touchpoint, stage, persona, date, respondent.

Names speak in many languages; where the map is known, its own words speak loudest. Columns that point
at single people are never proposed. This module knows columns, no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from cxmapper.survey.headers import Column
from cxmapper.survey.privacy import refusal
from cxmapper.survey.profiles import Profile
from cxmapper.survey.words import plain

Place = Literal["touchpoint", "stage", "persona"]
PLACES: tuple[Place, ...] = ("touchpoint", "stage", "persona")
Known = Mapping[Place, frozenset[str]]
"""The plain names that a map has for touchpoints, stages and personas."""

_ENOUGH = 1.0
_WORDS: Mapping[Place, tuple[tuple[float, re.Pattern[str]], ...]] = {
    "touchpoint": (
        (
            3,
            re.compile(
                r"touch ?point|kontaktp?unkt|beruhrungspunkt|points? de contact|puntos? de contacto|punt[oi] di contatto"
                r"|pontos? de conta[ct]|contact ?punt|contactmoment|kontaktpunkt|beroringspunkt|kosketuspist"
                r"|punkt kontaktu|styczn|точка контакта|точки контакта|接点|タッチポイント|接触点|触点|접점|temas noktas"
            ),
        ),
        (
            2,
            re.compile(
                r"journey step|step of (?:the|your) journey|interaction|interaktion|interaccion|interazione|kundenkontakt"
                r"|which (?:of these|step|part|service|touch)|moment of|welche(?:n|r|s)? (?:kontakt|schritt)|reiseschritt"
                r"|quelle etape|que paso|in welchem schritt|やり取り"
            ),
        ),
        (
            1,
            re.compile(
                r"\bchannels?\b|kana(?:l|le)\b|\bcana(?:l|ux|les|le|li|is)\b|kanaal|kanaler|kanava|チャネル|渠道|채널"
                r"|\bbereich\b|\btopic\b|\bcontext\b|\bservices? used\b|\bactivity\b"
            ),
        ),
    ),
    "stage": (
        (
            3,
            re.compile(
                r"\bstages?\b|\bphasen?\b|\betapp?[ae]s?n?\b|\betapes?\b|\bfas[ei]s?\b|\bfases\b|\bstadi(?:um|o|e)\b|\bsteg\b"
                r"|\betap\b|vaihe|этап|стадия|ステージ|段階|フェーズ|阶段|階段|단계|asama|lifecycle|life cycle"
            ),
        ),
    ),
    "persona": (
        (
            3,
            re.compile(r"\bpersonas?\b|ペルソナ|페르소나|用户画像|персона"),
        ),
        (
            2,
            re.compile(
                r"\bsegment[oi]?s?\b|customer (?:type|group|profile)|user type|type of customer|kund(?:en)?(?:typ|gruppe|profil)"
                r"|kundensegment|zielgruppe|type de client|profil client|clientele|tipo (?:de|di) client|perfil"
                r"|type klant|klanttype|klantsegment|doelgroep|kundtyp|kundetype|кли?ентск|тип клиента|セグメント"
                r"|顧客(?:タイプ|層|属性|区分)|客户类型|고객 유형|which best describes you|\bi am an?\b|ich bin|je suis|\bsoy\b|sono un"
                r"|\bik ben\b|\bjag ar\b|あなたは"
            ),
        ),
        (
            1,
            re.compile(
                r"\b(?:role|rolle|rol|profile?|audience|cohort|group|gruppe|groupe|grupo|gruppo|属性|角色)\b"
            ),
        ),
    ),
}
_DATES: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        -9,
        re.compile(
            r"\b(?:birth|born|geburt\w*|naissance|nacimiento|due|employee|assigned|contract|expir\w*)\b|生年"
        ),
    ),
    (
        5,
        re.compile(
            r"record|erfass|received|submit|complet|respon[ds]|answer|beantwort|antwort|reponse|respuesta|回答"
        ),
    ),
    (
        4,
        re.compile(
            r"timestamp|zeitstempel|horodat|marca temporal|タイムスタンプ|\bend|solved|gelost|submission|ended"
        ),
    ),
    (
        3,
        re.compile(
            r"creat|erstell|cree|created|^date$|^datum$|^fecha$|^data$|^dato$|^pvm$|^дата$|^日付$|^日期$|^날짜$|month"
        ),
    ),
    (
        2,
        re.compile(
            r"dat(?:e|um|a)\b|fecha|zeit|time|fecha|日|月|날|\bmonat|\bmois\b|\bmes\b|\bmese\b|start|begin|begonnen"
        ),
    ),
    (1, re.compile(r"sent|updat|geander|modif|stage|initially|requested")),
)
_RESPONSE_ID = re.compile(
    r"respon(?:se|dent|d) ?(?:id|no|number|nr)|\bresp\b ?(?:no|nr|id)|antwort ?(?:id|nr)|teilnehmer|record ?id|submission ?id"
    r"|survey ?id|request ?id|ticket ?id|^id$|^\W*#?\W*$|id de (?:la )?(?:reponse|respuesta)|identifiant|回答(?:id|者|番号)"
)
_PERSON_ID = re.compile(
    r"person ?id|customer ?(?:id|no|nr|number)|kunden ?(?:nr|nummer|id)|user ?id|client ?id|external"
)
_ALMOST_ALL = 0.8
_ID_VALUES = 0.4  # the share of different values from which an id may tell responses apart


def place_points(place: Place, column: Column, profile: Profile, known: frozenset[str]) -> float:
    """What speaks for a column naming touchpoints, stages or personas; 0 where it can't."""
    if not column.name or not profile.n or profile.is_group or refusal(profile) is not None:
        return 0.0
    if profile.length > 80 or profile.worded_dates > 0.5 or profile.within(-999, 999_999) > 0.5:
        return 0.0
    points = max((p for p, pattern in _WORDS[place] if pattern.search(column.words)), default=0.0)
    if known:
        named = sum(n for value, n in profile.counts.items() if _parts(value) & known)
        points += 4 * (named / profile.n >= 0.3)
    if points <= 1 and profile.distinct < 2:
        return 0.0
    return points


def best_place(
    place: Place, columns: Sequence[Column], profiles: Mapping[int, Profile], known: Known, taken: set[int]
) -> list[Column]:
    """The column for a place, or several that are as likely, or none; never one that is taken."""
    points = {
        column: place_points(place, column, profiles[column.at], known.get(place, frozenset()))
        for column in columns
        if column.at not in taken
    }
    most = max(points.values(), default=0.0)
    if most < _ENOUGH:
        return []
    return [column for column, n in points.items() if n == most]


def best_date(
    columns: Sequence[Column], profiles: Mapping[int, Profile], vendor_time: str = ""
) -> Column | None:
    """The column that says when the answer was given, or None."""
    found = []
    for column in columns:
        profile = profiles[column.at]
        named = max((points for points, pattern in _DATES if pattern.search(column.words)), default=0.0)
        if _DATES[0][1].search(column.words):
            continue
        share = profile.dates if named else profile.worded_dates
        if profile.n and share >= _ALMOST_ALL:
            found.append((named, -column.at, column))
    return max(found)[2] if found else None


def best_id(columns: Sequence[Column], profiles: Mapping[int, Profile]) -> Column | None:
    """The column that tells one response, or one respondent, from another, or None."""
    for pattern in (_RESPONSE_ID, _PERSON_ID):
        for column in columns:
            profile = profiles[column.at]
            label = column.label or column.name.strip()
            if (
                profile.n
                and profile.distinct >= _ALMOST_ALL * profile.n
                and pattern.search(label)
                and column.name
            ):
                return column
    return None


def _parts(value: str) -> set[str]:
    return {plain(part) for part in re.split(r"[;|\n]|,\s", value)} | {plain(value)}
