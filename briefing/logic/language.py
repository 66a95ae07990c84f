"""Which language a text is in, by its script and its small words; no model, no data.

Good for telling apart what we write in from what we do not; closely related languages
are told apart only when their small words differ enough, else the answer is None.
"""

from __future__ import annotations

import re
import unicodedata

_LOOKED_AT = 4000  # characters; more adds time, not certainty
_MIN_LETTERS = 20
_MIN_HITS = 3
_MIN_SHARE = 0.12  # of the words that are function words; prose has 0.3 to 0.5
_MIN_LEAD = 1.35  # times the runner-up's hits

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# The most frequent words of each language; words that several languages share count
# for each of them and so decide nothing.
_SMALL_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(listed.split())
    for code, listed in {
        "en": "the of and to in is that for was with as on by at are be this from has "
        "have had it its his her their which will would not but an or were been they "
        "who said more than when after about into over new year how why what can",
        "de": "der die das und ist nicht ein eine einer eines einem einen den dem des "
        "mit von zu im für auf auch sich wird werden wurde sind bei nach aus am zum "
        "zur wie aber oder hat haben noch nur über vor bis durch war als dass um",
        "fr": "le la les des du de et est un une dans pour que qui sur pas avec par "
        "plus au aux ce cette ces son sa ses il elle ils sont été mais ou nous vous "
        "leur d'un d'une l'on qu'il n'est c'est être ont en fait selon après entre",
        "es": "el la los las de del y que en un una por con para es se no su sus al "
        "lo como más pero este esta estos fue ha han son sobre entre desde hasta "
        "también según muy cuando años ya sin hay",
        "it": "il lo la gli le di del della dei delle che è e un una per con non in "
        "nel nella sono ha hanno come più ma anche alla al dal dalla si questo questa "
        "degli tra dopo suo sua stato essere da ai",
        "pt": "o a os as do da dos das de que e em um uma para com não no na nos nas "
        "por mais como mas foi ao à são se sua seu pelo pela também já entre ter "
        "segundo até está pelos muito depois",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er ook als "
        "door maar bij om uit naar wordt werd nog heeft hebben deze dit over dan tot "
        "meer kan worden was zich",
        "sv": "och att det som en på är av för med den till i inte om har de ett han "
        "var från men vid så kan också efter eller nu under när mot skulle år över "
        "sig sin blev ska hos",
        "da": "og at det som en på er af for med den til i ikke om har de et han var "
        "fra men ved så kan også efter eller nu under når mod skulle år over sig sin "
        "blev skal hos jeg af være",
        "no": "og at det som en på er av for med den til i ikke om har de et han var "
        "fra men ved så kan også etter eller nå under når mot skulle år over seg sin "
        "ble skal hos jeg være",
        "fi": "ja on ei se että oli hän joka mutta kun myös ovat sen jo vain kuin tai "
        "niin ole mukaan nyt jos olla sekä vuoden",
        "pl": "i w na z do nie się że jest to o jak przez po od za ale jego był była "
        "są oraz dla tym co który która przy roku może tego już także",
        "cs": "a v na se že je to s z do o i jako pro za by byl jeho který která ale "
        "po od k podle při roku jsou také nebo už není být",
        "tr": "ve bir bu da de için ile çok olarak daha gibi olan ne kadar sonra ama "
        "en göre ise var değil olduğu türkiye yeni",
        "id": "yang dan di dari untuk dengan ini itu pada tidak dalam akan juga ke "
        "oleh sebagai adalah telah bisa ada karena atau mereka",
        "ro": "și în de la a cu pe nu este un o care din pentru că mai sunt au fost "
        "sau prin după dar ale fi al",
        "hu": "a az és hogy nem is egy ez volt de meg csak már mint el még lesz után "
        "vagy amely szerint azt van",
        "ru": "и в не на что с по как из за от к о у для это его был было но его при "
        "также до или так же они мы она он все году уже",
        "uk": "і в не на що з по як із за від до у для це його був але та й при також "
        "або так вони ми вона він все року вже є",
        "bg": "и в не на че с по как из за от до у за това той е са се да ще но при "
        "също или така те ние тя си като след беше",
    }.items()
}
_CYRILLIC = frozenset({"ru", "uk", "bg"})

# Scripts that one language (nearly) alone is written in.
_SCRIPTS = {
    "HANGUL": "ko",
    "GREEK": "el",
    "HEBREW": "he",
    "ARABIC": "ar",
    "THAI": "th",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the language most of `text` is in; None if unsure.

    A headline is often too short to tell; two sentences usually are enough.
    """
    sample = text[:_LOOKED_AT]
    scripts = _count_scripts(sample)
    total = sum(scripts.values())
    if total < _MIN_LETTERS:
        # An ideogram says as much as a word of letters does.
        is_dense = scripts.get("CJK", 0) + scripts.get("HANGUL", 0) >= 8
        if not is_dense:
            return None
    if scripts.get("HIRAGANA", 0) + scripts.get("KATAKANA", 0) > total * 0.1:
        return "ja"
    main = max(scripts, key=lambda script: (scripts[script], script))
    if scripts[main] < total * 0.5:
        return None
    if main == "CJK":
        return "zh"
    if main in _SCRIPTS:
        return _SCRIPTS[main]
    if main in {"LATIN", "CYRILLIC"}:
        is_cyrillic = main == "CYRILLIC"
        found = _by_small_words(sample, is_cyrillic=is_cyrillic)
        return found or (_by_letters(sample) if is_cyrillic else None)
    return None


def _count_scripts(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for character in text:
        if character.isalpha():
            script = _script(character)
            counts[script] = counts.get(script, 0) + 1
    return counts


def _script(character: str) -> str:
    if character.isascii():
        return "LATIN"
    return unicodedata.name(character, "UNKNOWN").split(" ", 1)[0]


def _by_letters(text: str) -> str | None:
    """Letters that only one of the Cyrillic languages we know has."""
    used = set(text.lower())
    if used & set("іїєґ"):
        return "uk"
    return "ru" if used & set("ыэё") else None


def _by_small_words(text: str, *, is_cyrillic: bool) -> str | None:
    said = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    if not said:
        return None
    hits = sorted(
        (
            (sum(1 for word in said if word in small), code)
            for code, small in _SMALL_WORDS.items()
            if (code in _CYRILLIC) == is_cyrillic
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    (most, code), (second, _) = hits[0], hits[1]
    if most < _MIN_HITS or most < len(said) * _MIN_SHARE or most < second * _MIN_LEAD:
        return None
    return code


def language_code(tag: str | None) -> str | None:
    """ISO 639-1 code of a language tag ("en-US", "pt_BR"); None if it is not one."""
    primary = re.split(r"[-_]", (tag or "").strip().lower(), maxsplit=1)[0]
    primary = _OLD_CODES.get(primary, primary)
    return primary if re.fullmatch(r"[a-z]{2}", primary) else None


_OLD_CODES = {
    "nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi",
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es",
}  # fmt: skip
