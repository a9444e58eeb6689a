"""The words that surveys use, in the languages we know them in: no answer, months, degrees of content.

A table with one row a meaning; `words.plain` is how texts are compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cxmapper.survey.words import plain


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(plain(phrase) for phrase in text.split("|"))


NO_ANSWER = frozenset(
    _phrases(
        "NA|N/A|#N/A|n.a.|#NV|#NULL!|null|none|nan|nil|not applicable|not answered|no answer|unanswered|skipped"
        "|don't know|do not know|dont know|I don't know|not sure|unsure|prefer not to say|prefer not to answer"
        "|rather not say|no opinion|no response|refused|missing|blank|empty"
        "|keine Angabe|keine Antwort|k. A.|kA|weiß nicht|weiss nicht|weiß ich nicht|ich weiß nicht"
        "|nicht beantwortet|keine Meinung|nicht zutreffend|trifft nicht zu|möchte ich nicht sagen"
        "|ne sait pas|je ne sais pas|sans réponse|pas de réponse|sans opinion|non applicable|s.o.|nsp|ne se prononce pas"
        "|non renseigné|no sé|no sabe|no lo sé|no sabe no contesta|ns nc|sin respuesta|no contesta|no aplica"
        "|prefiero no decirlo|prefiero no responder|non so|non lo so|nessuna risposta|non applicabile|non risponde"
        "|preferisco non rispondere|não sei|nao sei|sem resposta|não se aplica|prefiro não responder|não sabe"
        "|weet niet|weet ik niet|geen antwoord|niet van toepassing|n.v.t.|geen mening|vet ej|vet inte|inget svar"
        "|ved ikke|vet ikke|intet svar|ikke besvart|en osaa sanoa|ei vastausta|nie wiem|brak odpowiedzi|nie dotyczy"
        "|bez odpowiedzi|nevím|не знаю|нет ответа|затрудняюсь ответить|わからない|分からない|わかりません|無回答|未回答"
        "|該当なし|回答なし|不知道|无回答|不适用|未回答|모름|무응답|해당 없음|bilmiyorum|لا أعرف"
        "|not offered|unoffered|offered"
    )
)


def _months() -> dict[str, int]:
    names = (
        "jan january januar janvier enero gennaio janeiro januari ene janv gen jänner tammikuu styczeń stycznia января sty",
        "feb february februar février febrero febbraio fevereiro februari févr fév fev helmikuu luty lutego февраля lut",
        "mar march märz mars marzo março maart mrz mär mrt maaliskuu marzec marca марта",
        "apr april avril abril aprile avr abr kwiecień kwietnia апреля kwi",
        "may mai mayo maggio maio mei maj mag toukokuu maja мая",
        "jun june juni juin junio giugno junho giu czerwiec czerwca июня cze",
        "jul july juli juillet julio luglio julho juil lug lipiec lipca июля lip",
        "aug august août agosto augustus augusti ago aoû sierpień sierpnia августа sie",
        "sep sept september septembre septiembre settembre setembro set wrzesień września сентября wrz",
        "oct october oktober octobre octubre ottobre outubro okt ott out październik października октября paź",
        "nov november novembre noviembre novembro listopad listopada ноября lis",
        "dec december dezember décembre diciembre dicembre dezembro dez déc dic des desember grudzień grudnia декабря gru",
    )
    return {plain(name): n for n, row in enumerate(names, 1) for name in row.split()}


MONTHS: Mapping[str, int] = MappingProxyType(_months())

# Each row is one answer of the scale, worst first, in all the ways it is worded.
_CONTENT = (
    "very dissatisfied|extremely dissatisfied|very unsatisfied|highly dissatisfied|completely dissatisfied|very poor"
    "|terrible|sehr unzufrieden|äußerst unzufrieden|très insatisfait|très insatisfaite|pas du tout satisfait"
    "|muy insatisfecho|muy insatisfecha|molto insoddisfatto|muito insatisfeito|zeer ontevreden|mycket missnöjd"
    "|meget utilfreds|bardzo niezadowolony|очень недоволен|とても不満|非常に不満|大変不満|非常不满意|매우 불만족",
    "dissatisfied|somewhat dissatisfied|unsatisfied|poor|unzufrieden|eher unzufrieden|insatisfait|insatisfaite"
    "|plutôt insatisfait|peu satisfait|insatisfecho|insatisfecha|algo insatisfecho|insoddisfatto|insatisfeito"
    "|ontevreden|missnöjd|utilfreds|niezadowolony|недоволен|不満|やや不満|不满意|불만족",
    "neither satisfied nor dissatisfied|neutral|neither|average|okay|ok|fair|weder zufrieden noch unzufrieden|weder noch"
    "|teils teils|ni satisfait ni insatisfait|neutre|ni satisfecho ni insatisfecho|neutro|né soddisfatto né insoddisfatto"
    "|nem satisfeito nem insatisfeito|neutraal|varken eller|hverken eller|neutralny|нейтрально|どちらでもない"
    "|どちらともいえない|普通|一般|보통",
    "satisfied|somewhat satisfied|good|zufrieden|eher zufrieden|satisfait|satisfaite|plutôt satisfait|assez satisfait"
    "|satisfecho|satisfecha|algo satisfecho|soddisfatto|satisfeito|tevreden|nöjd|tilfreds|zadowolony|доволен"
    "|満足|やや満足|满意|만족",
    "very satisfied|extremely satisfied|highly satisfied|completely satisfied|excellent|very good|sehr zufrieden"
    "|äußerst zufrieden|très satisfait|très satisfaite|tout à fait satisfait|muy satisfecho|muy satisfecha"
    "|molto soddisfatto|muito satisfeito|zeer tevreden|mycket nöjd|meget tilfreds|bardzo zadowolony|очень доволен"
    "|とても満足|非常に満足|大変満足|非常满意|매우 만족",
)
_AGREEMENT = (
    "strongly disagree|completely disagree|stimme überhaupt nicht zu|stimme gar nicht zu|pas du tout d'accord"
    "|totalmente en desacuerdo|muy en desacuerdo|fortemente in disaccordo|discordo totalmente|helemaal mee oneens"
    "|まったくそう思わない|全くそう思わない|非常不同意",
    "disagree|stimme nicht zu|pas d'accord|en desacuerdo|in disaccordo|discordo|mee oneens|oneens|そう思わない|不同意",
    "somewhat disagree|slightly disagree|stimme eher nicht zu|plutôt pas d'accord|algo en desacuerdo"
    "|parcialmente in disaccordo|discordo parcialmente|enigszins mee oneens|あまりそう思わない|比较不同意",
    "neither agree nor disagree|neutral|weder noch|teils teils|ni d'accord ni pas d'accord"
    "|ni de acuerdo ni en desacuerdo|né d'accordo né in disaccordo|nem concordo nem discordo|neutraal"
    "|noch mee eens noch mee oneens|どちらともいえない|どちらでもない|一般",
    "somewhat agree|slightly agree|stimme eher zu|plutôt d'accord|algo de acuerdo|parzialmente d'accordo"
    "|concordo parcialmente|enigszins mee eens|ややそう思う|比较同意",
    "agree|stimme zu|d'accord|de acuerdo|d'accordo|concordo|mee eens|eens|そう思う|同意",
    "strongly agree|completely agree|stimme voll und ganz zu|stimme völlig zu|tout à fait d'accord"
    "|totalmente de acuerdo|muy de acuerdo|fortemente d'accordo|concordo totalmente|helemaal mee eens"
    "|とてもそう思う|強くそう思う|非常同意",
)
_GOOD_OR_BAD = (
    "bad|bad with comment|bad i'm unsatisfied|schlecht|mauvais|mauvaise|malo|mala|cattivo|ruim|slecht|dålig|dårlig|zły"
    "|плохо|悪い|差|나쁨|👎|thumbs down|negative|negativ",
    "good|good with comment|good i'm satisfied|gut|bon|bonne|bueno|buena|buono|bom|goed|bra|god|dobry|хорошо|良い|好|좋음"
    "|👍|thumbs up|positive|positiv",
)


def _by_phrase(rows: tuple[str, ...]) -> Mapping[str, int]:
    return MappingProxyType(
        {p: at for at, row in enumerate(rows) for p in (*_phrases(row), *row.split("|")) if p}
    )


CONTENT = _by_phrase(_CONTENT)
AGREEMENT = _by_phrase(_AGREEMENT)
GOOD_OR_BAD = _by_phrase(_GOOD_OR_BAD)

# What SurveyMonkey writes under a question that has no options of its own.
ANSWER_ROW = frozenset(
    _phrases(
        "Response|Open-Ended Response|Other (please specify)|Antwort|Freitextantwort|Offene Antwort|Beantwortung"
        "|Réponse|Réponse ouverte|Respuesta|Respuesta abierta|Risposta|Risposta aperta|Resposta|Resposta aberta"
        "|Antwoord|Open antwoord|Svar|回答|自由回答"
    )
)
TIMESTAMPS = frozenset(
    _phrases(
        "timestamp|zeitstempel|horodateur|marca temporal|informazioni cronologiche|carimbo de data hora|tijdstempel"
        "|tidsstämpel|tidsstempel|sygnatura czasowa|タイムスタンプ|时间戳记|타임스탬프|отметка времени"
    )
)

# The three groups of NPS, which vendors write beside the score.
GROUP_NAMES = frozenset(
    _phrases(
        "promoter|promoters|passive|passives|passively satisfied|detractor|detractors|neutral|Kritiker|Promotor|indifferent"
        "|Passiver|promoteur|passif|détracteur|promotores|pasivo|pasivos|detractores|promotore|passivo|detrattore|neutro"
        "|detrator|推奨者|中立者|批判者"
    )
)
# How lines begin that sum up others.
TOTALS = frozenset(
    _phrases(
        "total|totals|grand total|sum|average|mean|count|gesamt|gesamtergebnis|summe|durchschnitt|mittelwert|total général"
        "|somme|moyenne|total general|suma|promedio|media|totale|totale generale|somma|soma|média|totaal|gemiddelde"
        "|totalt|summa|i alt|gennemsnitt|razem|średnia|итого|всего|合計|総計|平均|合计|总计|합계"
    )
)
