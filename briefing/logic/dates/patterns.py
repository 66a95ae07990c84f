"""The shapes of date expressions, compiled once; every repetition is bounded."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[0-9]|20|21)\d\d(?![\d%]|[.,]\d)"
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|through|until|and)\s+)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?"
_COUNT = (
    r"(?:\d{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|First|Second|Third|Fourth)"

# 2000 is a year, "2000 people" is not: a number of people, money or measure follows.
_COUNTED = (
    r"(?!\s?(?:%|percent|per\s+cent|hundred|thousand|million|billion|trillion|people"
    r"|persons?|jobs?|workers|employees|staff|tokens?|users|customers|dollars?|euros?"
    r"|pounds?|yen|yuan|rupees|km|(?:kilo)?met(?:re|er)s?|miles?|feet|tonnes?|tons?|kg"
    r"|MW|GW|GWh|MWh|homes|houses|households|troops|soldiers|cases|deaths|points|units"
    r"|vehicles|cars|children|students|members|hours?|days|years|times|more|others"
    r"|men|women|residents|voters|seats|shops|stores|copies|tickets|calories)\b"
    r"|\s?°)"
)
_MORE_THAN = (
    r"(?<!than\s)(?<!least\s)(?<!nearly\s)(?<!almost\s)(?<!up\sto\s)(?<!some\s)"
    r"(?<!another\s)(?<!estimated\s)(?<!roughly\s)(?<!approximately\s)"
)

ABSOLUTE = re.compile(
    rf"""
    (?<![\w$€£¥₹#.,/:])(?<![A-Z\d]-)(?:
      (?P<iso>(?P<iso_y>\d{{4}})-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)
        (?:/(?P<iso_y2>\d{{4}})-(?P<iso_m2>\d\d)-(?P<iso_d2>\d\d)(?!\d))?
        (?:T[\d:.]{{4,15}}(?:Z|[+-]\d\d:?\d\d)?)?)(?!\d|-\d)
    | (?P<week>(?:the\s+)?(?P<week_kind>(?:week|weekend)\s+(?:of|ending|ended|to
        |beginning|starting|commencing|through))\s+)?
      (?:(?:{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?|{_SHORT_WEEKDAY})
        ,?\s+(?:the\s+)?)?
      (?:
        (?P<dm>(?P<dm_d1>{_DAY}){_TH}
          (?:(?:\s+(?P<dm_m1>{_MONTH})(?:,?\s+(?P<dm_y1>{_YEAR}))?)?{_TO}
            (?:{_WEEKDAY},?\s+)?(?P<dm_d2>{_DAY}){_TH})?
          \s+(?:of\s+)?(?P<dm_m>{_MONTH})(?:,?\s+(?P<dm_y>{_YEAR})(?!-))?)(?![\w])
      | (?P<md>(?P<md_m>{_MONTH})\s+(?:the\s+)?(?P<md_d>{_DAY}){_TH}
          (?![\w]|[.,]\d|[ \u00a0]\d{{3}}\b|\s+(?:million|billion|percent|per\s+cent))
          (?:(?:,?\s+(?P<md_y1>{_YEAR}))?{_TO}(?:{_WEEKDAY},?\s+)?
            (?:(?P<md_m2>{_MONTH})\s+)?(?P<md_d2>{_DAY}){_TH}(?![\w]|[.,:]\d))?
          (?:,?\s+(?P<md_y>{_YEAR})(?!-))?)
      )
    | (?P<my>(?:(?P<my_m1>{_MONTH}){_TO})?(?P<my_m>{_MONTH}),?\s+(?:of\s+)?
        (?P<my_y>{_YEAR}))(?![\w-])
    | (?P<quarter>(?:Q(?P<q_n>[1-4])(?![\w])
        |(?P<q_fiscal>fiscal\s+)?(?P<q_word>{_NTH})[\s-](?:(?P<q_f2>fiscal)[\s-])?
         quarter(?![\w-]))
        (?:,?\s+(?:of\s+|in\s+)?(?P<q_f3>fiscal\s+(?:year\s+)?|FY\s?)?
          (?P<q_y>{_YEAR}))?)
    | (?P<yq>(?P<yq_y>{_YEAR})\s?Q(?P<yq_n>[1-4]))(?!\w)
    | (?P<half>(?:(?P<h_word>first|second)\s+half\s+of\s+|H(?P<h_n>[12])\s+)
        (?P<h_y>{_YEAR}))(?!\w)
    | (?P<fiscal>(?:[Ff]iscal\s+(?:year\s+)?(?:{_YEAR}(?:[-/–]\d\d)?)
        |FY\s?'?(?:{_YEAR}|\d\d)(?:[-/–]\d\d)?))(?!\w)
    | (?P<numeric>(?P<n_a>\d{{1,2}})(?P<n_sep>[/.])(?P<n_b>\d{{1,2}})(?P=n_sep)
        (?P<n_y>\d{{4}}|\d\d))(?![\w/]|[.,]\d)
    | (?P<years>(?P<ys_a>(?:1[5-9]|20)\d\d)\s?[-–/]\s?
        (?P<ys_b>(?:1[5-9]|20)\d\d|\d\d))(?![\w%-]|[.,]\d)
    | (?P<decade>(?:the\s+)?
        (?:(?P<dec_y>(?:1[5-9]|20)\d0)|[’‘'](?P<dec_s>[013-9]0))s)(?!\w)
    | (?P<year>{_MORE_THAN}(?:1[5-9]|20)\d\d)(?![\w%]|[.,:]\d|-(?!(?:20|19)\d\d)\d)
        {_COUNTED}
    | (?P<month>(?<![Ll]ast\s)(?<![Nn]ext\s)(?<![Tt]his\s)(?<!\d\d\d\d\s)
        (?P<m_m>January|February|April|June|July|August|September|October
        |November|December|(?:(?<=[Ii]n\ )|(?<=[Ss]ince\ )|(?<=[Bb]y\ )|(?<=of\ )
          |(?<=until\ )|(?<=[Ff]rom\ )|(?<=[Dd]uring\ )|(?<=through\ )
          |(?<=[Ee]arly\ )|(?<=[Ll]ate\ )|(?<=[Bb]efore\ )|(?<=[Aa]fter\ )
          |(?<=for\ )|(?<=and\ )|(?<=to\ ))(?:May|March)))(?![\w-]|['’]s\s+[A-Z])
        (?!\s+[A-Z][a-z])
    )
    """,
    re.VERBOSE,
)

# What a month, a day name or a year needs to be in the text at all: most sentences
# have none, and this is far cheaper than ABSOLUTE.
MAY_BE_ABSOLUTE = re.compile(
    r"\d{4}|\d/\d|\d\.\d|\d0s|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|quarter|Q\d|FY"
)

_PERIOD = r"(?:week|weekend|month|quarter|year)"
RELATIVE = re.compile(
    rf"""
    (?<![\w-])(?:
      (?P<part>(?P<part_when>(?:[Ee]arlier|[Ll]ater)\s+)
        (?P<part_what>this\s+(?:week|month|quarter|year)|today|yesterday
          |(?:on\s+)?{_WEEKDAY}))
    | (?P<word>[Tt]oday|[Tt]onight|[Yy]esterday|[Tt]omorrow)
        (?:\s+(?P<word_time>morning|afternoon|evening|night))?
    | (?P<this>[Tt]his|[Ll]ast)\s+(?P<this_time>morning|afternoon|evening|night)
    | (?P<past>(?:(?:[Tt]he|[Tt]his)\s+)?(?:[Pp]ast|(?<=[Tt]he\s)last)\s+
        (?P<past_unit>week|month|quarter|year))
    | (?P<period>(?:the\s+)?(?P<p_which>[Ll]ast|[Tt]his|[Nn]ext)\s+
        (?P<p_unit>{_PERIOD}))
    | (?P<day>(?<!every\s)(?<!each\s)(?:(?P<d_which>
        [Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:coming|past))?)\s+)?
        (?P<d_name>{_WEEKDAY})(?:\s+(?P<d_time>morning|afternoon|evening|night))?)
    | (?P<lastmonth>(?P<lm_which>[Ll]ast|[Nn]ext|[Tt]his)\s+(?P<lm_m>{_MONTH}))
    | (?P<ago>(?P<ago_n>(?<!\d[.,\s]){_COUNT}|A|An|One|Two|Three|Four|Five|Six)\s+
        (?P<ago_unit>day|week|month|year)s?\s+(?P<ago_how>ago|earlier|before)
        (?:\s+(?P<ago_this>this\s+(?:week|month)))?)
    | (?P<previous>(?:the\s+)?(?:previous|prior|preceding)\s+
        (?P<prev_unit>day|week|month|quarter|year))
    )(?![\w-])
    """,
    re.VERBOSE,
)
MAY_BE_RELATIVE = re.compile(
    r"day|night|morning|tomorrow|afternoon|evening|[Ll]ast |[Nn]ext |[Tt]his | ago|past"
    r" |previous|prior|preceding|earlier|before"
)

# Names that hold a day's name: holidays, papers, programmes.
NAMED_BEFORE = re.compile(
    r"(?:Black|Good|Super|Cyber|Ash|Easter|Palm|Bloody|Giving|Fat|Holy|Maundy|Shrove"
    r"|Boxing|Casual|Freaky|Christmas|Whit)\s$"
)
NAMED_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Mail|Post|Herald|Express|Night\s+L|Morning\s+H|Star"
    r"|Independent|World|Club|Prayer|School|Roast)\b"
)

# "Today" behind a word like this belongs to a name.
NAME_BEFORE = re.compile(r"\b[A-Z][\w&]*[ \u00a0]$")

# No day of the calendar: "on a Sunday".
INDEFINITE = re.compile(r"\b(?:an?|any|one|some)\s$", re.IGNORECASE)
# "24 May (Sunday)": the day is said already.
SAID_ALREADY = re.compile(r"\s\(|,\s")
# "More than ten years ago", "two or three years ago" name no year.
VAGUE = re.compile(
    r"(?:\b(?:than|over|under|nearly|almost|some|roughly|approximately|least|most|or|to"
    r"|up\s+to)|\d\s?[-–])\s?$",
    re.IGNORECASE,
)
# "4% more than a year ago", "the level of a year ago": measured against that day.
COMPARED = re.compile(
    r"(?:(?:%|per\s?cent|points?|illion|\d)\s+(?:more|less|fewer)\s+than"
    r"|\b(?!over|under|after)(?:\w+er|worse)\s+than|\bcompared\s+(?:with|to)"
    r"|\b(?:levels?|that|those|figure|price)\s+of|\bfrom|\bagainst|\bas)\s$",
    re.IGNORECASE,
)
