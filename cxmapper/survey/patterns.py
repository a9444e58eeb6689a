"""What columns are called, in many languages: patterns over the plain words of their headers.

Tables with one row a meaning, and nothing else. Points say how much a name speaks for what it stands by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

Place = Literal["touchpoint", "stage", "persona"]

RECOMMEND = re.compile(
    r"recommend|\bnps\b|\benps\b|\bltr\b|net promoter|empfehl|empfohl|recommand|recomend|recomiend|consigli|raccomand"
    r"|aanbev|aanrad|anbefal|rekommend|polec|suosit|doporuc|odporuc|preporuc|priporoc|ajanl|tavsiye|recomand|порад"
    r"|рекоменд|συστ|推薦|推奨|すすめ|勧め|薦め|推荐|추천|اوص|توص|נמליץ|המליץ|แนะนำ|giới thiệu|gioi thieu"
)
RATING = re.compile(
    r"score|rating|rate\b|likelihood|likely|wahrscheinlich|bewert|\bnote\b|probab|puntua|punteggio|pontua|calific|valor"
    r"|waarschijn|sannolik|sandsynlig|sannsynlig|評価|スコア|点数|可能性|评分|打分|점수|평가|skala|stars?\b"
)
CONTENT = re.compile(
    r"satisf|zufried|tevred|soddisf|nojd|tilfred|zadowol|tyytyv|spokoj|csat|удовлетв|довол|満足|满意|滿意|만족|memnun"
    r"|\bstars?\b|sterne|etoile|estrella|\bstelle\b|estrela|sterren"
)
EFFORT = re.compile(
    r"\bces\b|effort|\beasy\b|\bease\b|easier|aufwand|muhe\b|muhelos|einfach|leicht|\bfacil|esfuerzo|sforzo|esforco"
    r"|moeite|gemakkelijk|\blatt\b|\blet\b|anstrang|wysil|latwo|усили|легко|簡単|容易|手間|努力|轻松|쉬"
)
OTHER = re.compile(
    r"\b(?:group|gruppe|groupe|grupo|gruppo|segment|segmento|category|kategorie|id|ids|nr|nummer|number|numero|date|datum"
    r"|fecha|data|time|zeit|comments?|kommentare?|commentaires?|comentarios?|commenti|reason|grund|raison|motivo"
    r"|weight|gewicht\w*|poids|peso|duration|dauer|duree|progress|latitude|longitude|age|alter|edad|zip|plz|tags?"
    r"|url|phone|telefon|year|jahr|reopens|replies|stations)\b|コメント|理由|日付|重み|番号|セグメント|グループ|评论|日期|权重"
)
WHY = re.compile(
    r"\b(?:why|reason|warum|weshalb|pourquoi|porque|por que|perche|comments?|group|segment)\b|なぜ|理由"
)

PLACE_WORDS: Mapping[Place, tuple[tuple[float, re.Pattern[str]], ...]] = {
    "touchpoint": (
        (
            3,
            re.compile(
                r"touch ?point|kontaktp?unkt|beruhrungspunkt|points? de contact|puntos? de contacto|punt[oi] di contatto"
                r"|pontos? de conta[ct]|contact ?punt|contactmoment|kontaktpunkt|beroringspunkt|kosketuspist"
                r"|punkt kontaktu|punkt\w* sty|styczn|точка контакта|точки контакта|接点|タッチポイント|接触点|触点|접점|نقط\w* (?:الاتصال|التواصل)|temas noktas"
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
                r"\b(?:role|rolle|rol|profil\w*|audience|cohort|group|gruppe|groupe|grupo|gruppo|属性|角色)\b"
            ),
        ),
    ),
}
DATE_WORDS: tuple[tuple[float, re.Pattern[str]], ...] = (
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
ID_WORDS = (_RESPONSE_ID, _PERSON_ID)
