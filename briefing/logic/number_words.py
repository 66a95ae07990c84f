"""What stands beside the digits of a printed figure, in the languages of leaderboards.

Spellings of the Unicode CLDR's short and long compact forms and of newspapers. A word
that means different sizes in two languages (German "Billion") is not here.
"""

from __future__ import annotations

from unicodedata import normalize


def _sizes(table: str) -> dict[str, int]:
    """{spelling: power of ten} of lines "power: spelling spelling"."""
    found: dict[str, int] = {}
    for line in table.strip().splitlines():
        power, _, spellings = line.partition(":")
        found.update(dict.fromkeys(spellings.split(), int(power)))
    return {normalize("NFC", word): power for word, power in found.items()}


# Compared in lower case, dots at the end aside.
SCALE_WORDS = _sizes(
    """
    3: k thousand thousands tsd tausend mille mila duizend tis tisíc tys tysięcy тыс
    3: हज़ार हजार tkr
    3: тысяч тисяч bin nghìn ngàn rb ribu พัน ألف tusen tuhatta ezer
    5: lakh lakhs lac lacs लाख
    6: mm mn mln mio mill million millions millionen miljoen millones millón milhões
    6: mnkr milhão milioni milione miljoner millioner milj milionů milionów млн
    6: миллионов миллиона мільйонів milyon triệu jt juta ล้าน مليون
    7: crore crores cr करोड़
    9: mia mrd mld milliarde milliarden miljard milliard milliards mds md miliardi
    9: miliardo miljarder milliarder miliardů miliardów млрд миллиардов мільярдів
    9: bilhão bilhões mdr mdkr अरब milyar tỷ tỉ miliar مليار
    12: bio billionen biljoen billones biljoner bilionów трлн триллионов trilyon triliun
    11: खरब
    12: trilhão trilhões ترليون تريليون
    13: नील
    """
)
# These have another size, or none, in languages whose decimals have a comma: a French
# "billion" is a million millions.
POINT_SCALE_WORDS = _sizes(
    """
    9: b bn bln billion billions
    12: tn trn trillion trillions
    """
)
# "mil" is slang for a million in English.
COMMA_SCALE_WORDS = _sizes(
    """
    3: mil
    6: mi
    9: bi
    12: tri
    """
)
COMMA_SCALE_PHRASES = {"mil millones": 9, "mil milhões": 9}
SCALE_PHRASES = {"lakh crore": 12, "lakh crores": 12}
# Letters glued to the digits ("3.43T", "12m"), or capitals after a blank.
SCALE_LETTERS = {"k": 3, "m": 6, "b": 9, "t": 12}
# Glued units that begin like one of these letters.
UNITS = frozenset(
    "km kg kb kbps mb mbps tb kwh mwh mw tw kw ml mg mi mph bps bp".split()
)
# Number and sign may follow each other: "1億2,345万".
CJK_SCALES = {
    "十": 1, "百": 2, "千": 3, "천": 3, "万": 4, "萬": 4, "만": 4, "百万": 6, "百萬": 6,
    "千万": 7, "千萬": 7, "亿": 8, "億": 8, "억": 8, "十亿": 9, "百亿": 10, "万亿": 12,
    "兆": 12, "조": 12, "京": 16, "경": 16,
}  # fmt: skip

# The whole cell: no figure is stated.
NOTHING = frozenset(
    "- – — − ― -- … ... ? . · • n/a n.a. na #n/a nan none null nil tbd tba unknown nd "
    "n.d. n.c. k.a. s/d s.d. n/d н/д нет brak nvt n.v.t. b/d 無 无 なし 不明 未知 "
    "暂无 없음 n.b. i.a.".split()
)
# The whole cell, of several words.
NOTHING_PHRASES = frozenset(
  {
    "not available", "no data", "not rated", "not listed", "k. a.", "n. v.",
    "keine angabe", "keine angaben", "non disponible", "no disponible",
    "não disponível", "non disponibile", "sin datos", "sem dados", "нет данных",
    "brak danych", "データなし", "暂无数据", "n. d.", "s. d.",
  }
)  # fmt: skip

CURRENCY_SIGNS = "$€£¥￥₹₩₽₺₪₫฿₴₦₱₿¢₡₲₵₸₼₾﷼"
# Letters glued to a sign: "US$", "CN¥".
SIGN_LETTERS = "US U.S. C CA A AU NZ HK NT S SG R MX CN JP".split()
# Words that may stand before the digits; in front of any other word a number is part of
# a name ("Model 4"). Compared in lower case, dots at the end aside.
BEFORE = frozenset(
    "usd eur gbp jpy cny rmb inr krw chf aud cad nzd hkd twd sgd brl mxn rub try ils "
    "vnd thb uah ngn php sek nok dkk pln czk huf zar sar aed idr myr ars clp cop pkr "
    "btc eth kr fr rs re rm rp s/ about approx approximately around circa ca roughly "
    "nearly almost some env environ etwa rund ungefähr cerca aprox около ок est "
    "estimated 约 約 约为".split()
)
# Behind the digits these say that it is no amount: a day, a moment, a length of time.
NOT_BEHIND = frozenset(
    "am pm ago o'clock uhr jan feb mar apr may jun jul aug sep sept oct nov dec "
    "january february march april june july august september october november "
    "december januar februar märz mai juni juli oktober dezember janvier février "
    "mars avril juin juillet août septembre octobre novembre décembre enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre "
    "dicembre janeiro fevereiro março maio junho julho setembro outubro novembro "
    "dezembro января февраля марта апреля мая июня июля августа сентября октября "
    "ноября декабря s sec secs second seconds min mins minute minutes h hr hrs "
    "hour hours d day days week weeks month months year years yrs std stunde "
    "stunden tag tage tagen monate jahre heure heures jour jours mois ans an días "
    "horas minutos años giorni ore anni dias 時間 小时 分钟 分 "
    "秒 日 月 年 시간 분 일 月前 天前 小时前".split()
)
