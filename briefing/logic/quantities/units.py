"""The vocabulary of units: scales, currencies, measures, counted nouns."""

from __future__ import annotations

# Words that multiply the numeral before them.
SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "quadrillion": 10**15, "mn": 10**6, "mln": 10**6, "mio": 10**6,
    "bn": 10**9, "bln": 10**9, "tn": 10**12, "trn": 10**12, "lakh": 10**5,
    "lakhs": 10**5, "lac": 10**5, "crore": 10**7, "crores": 10**7,
    "千": 10**3, "万": 10**4, "萬": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "億": 10**8, "万亿": 10**12, "兆": 10**12,
}  # fmt: skip
# Letters glued to the digits ("3.43T"); a lower-case m is decided by what follows.
SUFFIXES = {
    "K": 10**3, "k": 10**3, "M": 10**6, "MM": 10**6, "B": 10**9, "b": 10**9,
    "T": 10**12, "bn": 10**9, "Bn": 10**9, "BN": 10**9, "bln": 10**9, "mn": 10**6,
    "mln": 10**6, "Mn": 10**6, "MN": 10**6, "tn": 10**12, "Tn": 10**12, "TN": 10**12,
    "trn": 10**12, "mm": 10**6, "m": 10**6, "tr": 10**12, "million": 10**6,
    "billion": 10**9, "trillion": 10**12,
} | {
    word: scale for word, scale in SCALES.items() if not word.isascii()
}  # fmt: skip
# These mean a scale only beside a currency ("$5mm", "£3m"), else a length.
MONEY_SUFFIXES = frozenset({"m", "mm"})

CURRENCY_SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "CNY", "₹": "INR", "₩": "KRW",
    "₽": "RUB", "₺": "TRY", "₪": "ILS", "₫": "VND", "฿": "THB", "₴": "UAH", "₦": "NGN",
    "₱": "PHP",
}  # fmt: skip
# What stands in front of "$" ("HK$") or "¥" ("CN¥").
DOLLARS = {
    "US": "USD", "U.S": "USD", "USD": "USD", "C": "CAD", "CA": "CAD", "CAD": "CAD",
    "CDN": "CAD", "A": "AUD", "AU": "AUD", "AUD": "AUD", "NZ": "NZD", "HK": "HKD",
    "NT": "TWD", "S": "SGD", "SG": "SGD", "R": "BRL", "MX": "MXN",
}  # fmt: skip
YENS = {"CN": "CNY", "RMB": "CNY", "JP": "JPY"}
CURRENCY_CODES = {
    code: code
    for code in (
        "USD EUR GBP JPY CNY INR KRW CHF AUD CAD NZD HKD TWD SGD BRL MXN RUB TRY ILS "
        "VND THB UAH NGN PHP SEK NOK DKK PLN CZK HUF ZAR SAR AED IDR MYR ARS CLP COP "
        "PKR EGP BTC ETH"
    ).split()
} | {"RMB": "CNY", "Rs": "INR", "RM": "MYR", "Fr": "CHF"}
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD", "euro": "EUR",
    "euros": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY",
    "rupee": "INR", "rupees": "INR", "ruble": "RUB", "rubles": "RUB",
    "rouble": "RUB", "roubles": "RUB", "franc": "CHF", "francs": "CHF",
    "krona": "SEK", "kronor": "SEK", "reais": "BRL", "zloty": "PLN", "shekels": "ILS",
    "sterling": "GBP", "元": "CNY", "美元": "USD", "欧元": "EUR", "円": "JPY",
    "日元": "JPY", "ringgit": "MYR", "baht": "THB", "rupiah": "IDR", "naira": "NGN",
    "hryvnia": "UAH", "dirhams": "AED", "riyals": "SAR", "rand": "ZAR",
    "bitcoin": "BTC", "bitcoins": "BTC",
}  # fmt: skip
# "Canadian dollars": the adjective decides.
CURRENCY_NATIONS = {
    ("canadian", "USD"): "CAD", ("australian", "USD"): "AUD", ("us", "USD"): "USD",
    ("american", "USD"): "USD", ("singapore", "USD"): "SGD", ("kong", "USD"): "HKD",
    ("taiwan", "USD"): "TWD", ("zealand", "USD"): "NZD", ("swiss", "CHF"): "CHF",
    ("chinese", "CNY"): "CNY", ("japanese", "JPY"): "JPY", ("indian", "INR"): "INR",
    ("pakistani", "INR"): "PKR", ("sri", "INR"): "LKR", ("swedish", "SEK"): "SEK",
    ("british", "GBP"): "GBP", ("russian", "RUB"): "RUB", ("south", "KRW"): "KRW",
}  # fmt: skip
CENTS = {"cent": "USD", "cents": "USD", "pence": "GBP", "penny": "GBP"}
PRINTED_BEFORE = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "AUD": "A$",
    "CAD": "C$", "HKD": "HK$", "NZD": "NZ$", "TWD": "NT$", "SGD": "S$", "BRL": "R$",
    "ILS": "₪", "TRY": "₺", "RUB": "₽",
}  # fmt: skip


def _spelled(table: str) -> dict[str, str]:
    """{spelling: canonical} of lines "canonical = spelling, spelling"."""
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        canonical, _, spellings = line.partition("=")
        found[canonical.strip()] = canonical.strip()
        for spelling in spellings.split(","):
            found[spelling.strip()] = canonical.strip()
    return found


# Spellings of one unit, never a conversion between units. Compared case-sensitively
# first (MW is not mW), then in lower case where the spelling has two letters or more.
MEASURES = _spelled(
    """
    km = kilometre, kilometres, kilometer, kilometers, kms
    m = metre, metres, meter, meters
    cm = centimetre, centimetres, centimeter, centimeters
    mm = millimetre, millimetres, millimeter, millimeters
    nm = nanometre, nanometres, nanometer, nanometers
    mile = miles, mi
    foot = feet, ft
    inch = inches, in., ″
    yard = yards, yd, yds
    kg = kilogram, kilograms, kilogramme, kilogrammes, kilo, kilos, kgs
    g = gram, grams, gramme, grammes
    mg = milligram, milligrams
    tonne = tonnes, t
    ton = tons
    pound = pounds, lb, lbs
    ounce = ounces, oz
    stone = stones, st
    litre = litres, liter, liters
    ml = millilitre, millilitres, milliliter, milliliters
    gallon = gallons
    hectare = hectares, ha
    acre = acres
    kW = kilowatt, kilowatts
    MW = megawatt, megawatts
    GW = gigawatt, gigawatts
    TW = terawatt, terawatts
    W = watt, watts, w
    Wh = watt-hour, watt-hours
    kWh = kilowatt-hour, kilowatt-hours
    MWh = megawatt-hour, megawatt-hours
    GWh = gigawatt-hour, gigawatt-hours
    TWh = terawatt-hour, terawatt-hours
    KB = kilobyte, kilobytes, kB
    MB = megabyte, megabytes
    GB = gigabyte, gigabytes
    TB = terabyte, terabytes
    PB = petabyte, petabytes
    Mbps = megabits
    Gbps = gigabits
    Hz = hertz
    kHz = kilohertz
    MHz = megahertz
    GHz = gigahertz
    °C = ℃, celsius, centigrade, C
    °F = ℉, fahrenheit, F
    ° = degree, degrees
    km/h = kph, kmh, kmph
    mph =
    second = seconds, sec, secs, s
    minute = minutes, min, mins
    hour = hours, hr, hrs, h
    day = days
    week = weeks
    month = months
    year = years, yr, yrs
    decade = decades
    century = centuries
    calorie = calories, kcal
    ppm =
    dB = decibel, decibels
    """
)
TIMES = frozenset("second minute hour day week month year decade century".split())
# One letter is a unit only when glued to the digits ("5t"), or a degree's letter.
GLUED_ONLY = frozenset("m g t s h W w C F in. st mi b".split())

_IRREGULAR = {
    "people": "person", "persons": "person", "men": "man", "women": "woman",
    "children": "child", "feet": "foot", "inches": "inch", "lives": "life",
    "wives": "wife", "knives": "knife", "homes": "home", "police": "police",
    "shelves": "shelf", "halves": "half", "leaves": "leaf", "wolves": "wolf",
    "thieves": "thief", "policemen": "policeman", "policewomen": "policewoman",
    "firemen": "fireman", "servicemen": "serviceman", "gunmen": "gunman",
    "fishermen": "fisherman", "businessmen": "businessman", "spokesmen": "spokesman",
    "congressmen": "congressman", "crewmen": "crewman", "workmen": "workman",
    "heroes": "hero", "tomatoes": "tomato", "potatoes": "potato", "criteria":
    "criterion", "mice": "mouse", "geese": "goose", "teeth": "tooth", "cases": "case",
    "buses": "bus", "viruses": "virus", "bonuses": "bonus", "campuses": "campus",
    "movies": "movie", "zombies": "zombie", "cookies": "cookie", "calories": "calorie",
    "ties": "tie", "pies": "pie", "rookies": "rookie", "selfies": "selfie",
    "shoes": "shoe", "canoes": "canoe", "axes": "axis", "crises": "crisis",
    "analyses": "analysis", "theses": "thesis", "houses": "house", "taxes": "tax",
    "boxes": "box", "personnel": "personnel", "staff": "staff", "troops": "troop",
    "cattle": "cattle", "sheep": "sheep", "fish": "fish", "aircraft": "aircraft",
    "series": "series", "species": "species", "spacecraft": "spacecraft",
}  # fmt: skip
_PLURALS = {
    singular: plural for plural, singular in _IRREGULAR.items() if plural != "persons"
}
# Words that end in -s and are no plural of a counted thing.
NOT_PLURAL = frozenset(
    "is was has does as us this his its hers ours yours theirs yes less unless plus "
    "minus thus across versus perhaps always besides afterwards towards upwards "
    "downwards forwards backwards nevertheless sometimes news economics politics "
    "physics mathematics athletics sports goods means says goes gets makes takes "
    "gives comes shows remains includes business process progress access success "
    "press congress loss glass class pass mass gas bus virus status campus focus "
    "bonus census basis crisis analysis thesis diabetes overseas james times paris "
    "texas kansas illinois arkansas wales mars jesus christmas various previous "
    "serious famous religious dangerous obvious enormous numerous continuous "
    "simultaneous consecutive others ones yourselves themselves ourselves hours' "
    "years' needs wants seems appears lies dies rises falls grows moves "
    "becomes follows leaves keeps lets puts sets starts begins ends turns works "
    "plays looks sees knows thinks feels hears tells asks calls tries uses finds "
    "holds stands brings costs".split()
) - {"times", "leaves", "lies"}


def singular(noun: str) -> str:
    """The singular of an English plural in lower case; other words as they are."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def plural(noun: str) -> str:
    """The plural of an English noun in lower case; the inverse of `singular`."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("ss", "sh", "ch", "x", "zz")):
        return noun + "es"
    return noun if noun.endswith("s") else noun + "s"


def is_plural(word: str) -> bool:
    """Whether a lower-case word can be the plural of something counted."""
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
        and word not in NOT_PLURAL
    )


def measure_name(letters: str, *, is_glued: bool) -> str:
    """The canonical measure for a unit as printed, "" if it is none."""
    if letters in MEASURES:
        return MEASURES[letters] if is_glued or letters not in GLUED_ONLY else ""
    low = letters.lower()
    return MEASURES.get(low, "") if len(low) > 2 else ""
