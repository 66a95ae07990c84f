"""English verb forms as news uses them: enough grammar to make a question.

Only verbs of these lists are recognised. A verb that is missing costs a question or a
label, never a wrong one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a verb is printed."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    PARTICIPLE = "participle"


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb with its four forms.

    Attributes:
        base: "cut".
        third: "cuts".
        past: "cut".
        participle: "cut".
    """

    base: str
    third: str
    past: str
    participle: str


_REGULAR = (
    "accept accuse acquire add adopt agree aim allow analyse announce appeal "
    "appear apply appoint approve argue arrest ask attack attract award back ban "
    "block boost bomb call cancel capture carry cause charge claim clear close "
    "collapse compare complete confirm consider contain continue convict cost-cut "
    "cover crash create cross damage decide declare decline decrease deliver "
    "demand deny deploy describe design destroy detain determine develop die "
    "direct discover discuss dismiss divert double drop earn edge elect eliminate "
    "employ enable encourage end endorse enter establish estimate evacuate "
    "examine exceed exclude expand expect explain explode export extend face fail "
    "file finance fine finish fire force fund gain generate grant halt halve "
    "handle happen hire host identify impose improve include increase inject "
    "injure inspect install introduce investigate invite involve issue join jump "
    "kick kill land last launch list lower maintain mark measure merge miss move "
    "name note observe offer open operate oppose order own pass permit plan "
    "pledge plunge postpone predict present process produce project promise "
    "propose protect publish pull purchase push question raise rank reach receive "
    "recommend record recover reduce refuse register reject release remain remove "
    "rename replace report request require rescue resign resume retire return "
    "reveal review risk sack sail save schedule score seek-out serve settle share "
    "shift sign slip slow soar stage start state stop suggest support surge "
    "surpass suspend target test top total trade train transfer triple try unveil "
    "update urge use vote vow wait want warn weigh welcome work walk arrive link "
    "plead sentence visit target account total acknowledge advise assess attend "
    "authorise authorize await bar blame borrow campaign celebrate challenge cite "
    "collect combine comment commit compete complain condemn conduct connect "
    "consume contribute convert cooperate criticise criticize cruise debut "
    "dedicate defeat defend delay depart depend derail devote differ discontinue "
    "display dispute distribute divide dominate donate draft dump ease embark "
    "emerge emphasise ensure escape evolve exclude exist fuel guide harm help "
    "hope honour ignore import indicate inform insist intend invest kidnap lack "
    "lay-off like limit load locate love manage manufacture market match mention "
    "monitor need negotiate notify obtain occur omit overhaul overtake-on "
    "overturn partner patrol pause peak perform pick place plant play please "
    "point prefer prepare prevent price proceed promote prompt provide punish "
    "qualify quote rate rally react realise recall recognise refer reflect reform "
    "relate rely repair repeat represent research reserve resolve respond restore "
    "restrict result retain reverse route rule sample seize select separate ship "
    "slash slide-on sponsor stay store strengthen struggle study submit succeed "
    "suffer supply surrender survive switch talk tax tighten touch track travel "
    "treat trigger turn uncover undermine upgrade value view violate void voice "
    "wage warrant weaken widen witness wound "
).split()

# base past participle; the third person is regular but for the exceptions below.
_IRREGULAR = """
be was been;beat beat beaten;bid bid bid;become became become
begin began begun;break broke broken
bring brought brought;build built built;buy bought bought;catch caught caught
choose chose chosen;come came come;cost cost cost;cut cut cut;deal dealt dealt
do did done;draw drew drawn;drive drove driven;eat ate eaten;fall fell fallen
feed fed fed;fight fought fought;find found found;fly flew flown
forecast forecast forecast
get got got;give gave given;go went gone;grow grew grown;have had had;hear heard heard
hit hit hit;hold held held;hurt hurt hurt;keep kept kept;know knew known;lay laid laid
lead led led;leave left left;lend lent lent;let let let;lie lay lain;lose lost lost
make made made;mean meant meant;meet met met;overtake overtook overtaken
pay paid paid;put put put;quit quit quit;read read read;ride rode ridden
rise rose risen;run ran run;say said said;see saw seen;seek sought sought
sell sold sold;send sent sent;set set set;shoot shot shot;show showed shown
shrink shrank shrunk;shut shut shut;sink sank sunk;sit sat sat;speak spoke spoken
spend spent spent;spread spread spread;stand stood stood;steal stole stolen
strike struck struck;take took taken;teach taught taught;tell told told
think thought thought;throw threw thrown;undergo underwent undergone
understand understood understood;win won won;withdraw withdrew withdrawn
write wrote written;drown drowned drowned
"""
_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes", "undergo": "undergoes"}
_DOUBLED = frozenset(
    "ban bar drop plan top stop slip ship rob tag trap permit admit submit commit "
    "refer prefer occur transfer cancel-out".split()
)
_VOWELS = frozenset("aeiou")


def _third(base: str) -> str:
    if base in _THIRD:
        return _THIRD[base]
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return base + "es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def _past(base: str) -> str:
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + "ed"


def _table() -> dict[str, tuple[Verb, Form]]:
    verbs = [
        Verb(base, _third(base), _past(base), _past(base))
        for base in dict.fromkeys(_REGULAR)
        if "-" not in base
    ]
    for entry in _IRREGULAR.replace("\n", ";").split(";"):
        if entry:
            base, past, participle = entry.split()
            verbs.append(Verb(base, _third(base), past, participle))
    table: dict[str, tuple[Verb, Form]] = {}
    for verb in verbs:
        table.setdefault(verb.past, (verb, Form.PAST))
        table.setdefault(verb.third, (verb, Form.THIRD))
        table.setdefault(verb.participle, (verb, Form.PARTICIPLE))
        table.setdefault(verb.base, (verb, Form.BASE))
    return table


_TABLE = _table()


def verb_of(word: str) -> tuple[Verb, Form] | None:
    """The verb that `word` is a form of, and which; None if it is not a known verb.

    Where forms coincide ("cut", "opened") the past is named.
    """
    return _TABLE.get(word.lower())


MODALS = frozenset("will would can could may might must shall should".split())
AUXILIARIES = MODALS | frozenset(
    "is are was were has have had does do did be been".split()
)
