"""Word tables of the evidence check: irregular forms, near synonyms, opposites.

All chosen from general English news usage; a word belongs here only when it is common
and when the table's answer is right in nearly every context.
"""

from __future__ import annotations

_IRREGULAR = """
say said says saying|be is are was were been being am|have has had having
do does did done doing|go goes went gone|make made|take took taken|give gave given
get got gotten|come came|see saw seen|know knew known|think thought|find found
tell told|leave left|keep kept|begin began begun|show shown|hold held
write wrote written|stand stood|lose lost loss losses loser|pay paid|meet met|run ran
sit sat|speak spoke spoken|lead led|grow grew grown growth|fall fell fallen
rise rose risen|send sent|build built|spend spent|win won winner winners|buy bought
sell sold sale sales|break broke broken|drive drove driven|sue sued|seek sought
fight fought|teach taught|catch caught|die died dead|death deaths dying
choose chose chosen choice|hit hits|cut cuts cutting|put puts|beat beaten
become became|bring brought|feel felt|hear heard|shoot shot|strike struck
steal stole stolen|throw threw thrown|wear wore worn|draw drew drawn|fly flew flown
forget forgot forgotten|shrink shrank shrunk|sink sank sunk|swim swam swum
wake woke woken|child children|man men|woman women|person people|foot feet|life lives
wife wives|half halves|man's men's|expand expansion|decide decision|approve approval
arrive arrival|announce announcement|agree agreement|argue argument
attack attacker attackers|produce production producer|reduce reduction
explode explosion|expect expectation|elect election|invest investment investor
develop development developer|investigate investigation investigator|grow growth
marry marriage|refuse refusal|survive survival survivor|arrest arrests
accuse accusation|apply application|uphold upheld|withdraw withdrew withdrawn withdrawal
withhold withheld|overcome overcame|undergo underwent undergone|undertake undertook
undertaken|overtake overtook overtaken|foresee foresaw foreseen|forbid forbade forbidden
freeze froze frozen|feed fed|deal dealt|lend lent|ride rode ridden|sing sang sung
sleep slept asleep|swear swore sworn|sweep swept|tear tore torn|mean meant
learn learnt|burn burnt|understand understood|hide hid hidden|drink drank drunk
eat ate eaten|blow blew blown|flee fled|shake shook shaken|bite bit bitten|bend bent
breed bred|bleed bled|cling clung|creep crept|dig dug|dream dreamt|forgive forgave
forgiven|hang hung|kneel knelt|leap leapt|light lit|mislead misled|mistake mistook
mistaken|oversee oversaw overseen|override overrode overridden|rebuild rebuilt
repay repaid|resell resold|retake retook retaken|rewrite rewrote rewritten|slide slid
spill spilt|spin spun|spring sprang sprung|stick stuck|sting stung|swing swung
undo undid undone|weave wove woven|weep wept
"""
# "die" and "death" share a stem above; opposites below are looked up by stem.

# Both words of a pair in one place of claim and evidence mean the reverse.
OPPOSITES = """
rise fall|rise decline|rise drop|increase decrease|increase decline|increase reduce
increase fall|increase drop|grow shrink|grow decline|grow fall|up down|upward downward
gain lose|gain loss|gain fall|climb fall|climb drop|jump drop|jump fall|surge plunge
surge drop|surge slump|soar plunge|soar plummet|surge fall|surge decline|boost cut
boost reduce|raise lower|raise cut|raise reduce|high low|higher lower|highest lowest
more less|more few|more fewer|most least|most fewest|above below|over under
maximum minimum|win lose|victory defeat|succeed fail|success failure|pass fail
accept reject|accept refuse|approve reject|agree disagree|agree refuse|allow ban
allow prohibit|allow block|permit ban|support oppose|support criticise
support criticize|confirm deny|admit deny|open close|start stop|start end|start finish
begin end|before after|early late|earlier later|first last|first second|second third
next last|buy sell|import export|enter leave|join leave|arrive leave|arrive depart
hire fire|hire dismiss|man woman|boy girl|male female|men women|husband wife
father mother|son daughter|brother sister|he she|his her|king queen|uncle aunt
better worse|best worst|good bad|strong weak|strengthen weaken|expand contract
widen narrow|accelerate slow|fast slow|faster slower|long short|longer shorter
old young|older younger|large small|larger smaller|big small|bigger smaller|rich poor
hot cold|warm cold|safe dangerous|safe unsafe|legal illegal|lawful unlawful
guilty innocent|convict acquit|convict clear|guilty acquitted|positive negative
optimistic pessimistic|alive dead|survive die|arrest release|detain release
capture release|profit loss|surplus deficit|supply demand|lend borrow|creditor debtor
employ unemploy|north south|east west|northern southern|eastern western|left right
inside outside|include exclude|add remove|attack defend|love hate|public private
optional mandatory|voluntary compulsory|likely unlikely|possible impossible
able unable|certain uncertain|always never|all none|everyone nobody|many few
major minor|majority minority|ease tighten|loosen tighten|ahead behind|front back
top bottom|full empty|hard easy|difficult easy|appear disappear|connect disconnect
lock unlock|cheap expensive|tall short|simple complex|temporary permanent
domestic foreign|present absent|remember forget|encourage discourage|improve worsen
upgrade downgrade|outperform underperform|expensive cheap|encouraging discouraging
popular unpopular|friend enemy|ally enemy|ban approve|beat lose|oldest youngest
largest smallest|biggest smallest|longest shortest|fastest slowest|richest poorest
highest smallest|biggest lowest|largest lowest|oldest newest|top lowest|rare common
heavy light|praise criticise|praise criticize|promote demote|appoint dismiss
appoint sack|protect endanger|save lose|push pull|deny admit|deny confirm|reveal hide
reveal conceal|increasing decreasing|hour minute|hour day|hours minutes|weekly monthly
daily weekly|monthly yearly|quarter year|annual monthly|small medium|large medium
civilian military|commercial military|urban rural|junior senior|online offline
manual automatic|local national|national international|domestic international
former current|incoming outgoing|upper lower|forward backward|ahead back|stop continue
halt continue|end continue|pause resume|suspend resume|close reopen|shut open
shut reopen|prevent cause|prevent allow|delay accelerate|delay hasten|shorten extend
shorten lengthen|risk benefit|opponent supporter|opponent ally|ally rival
buyer seller|employer employee|teacher student|tenant landlord|witness suspect
victim suspect|victim attacker|human animal|plaintiff defendant|winner loser
thick thin|calm tense|peaceful violent|clean dirty|dry wet|day night|morning evening
raise keep|lower keep|cut keep|raise unchanged|cut unchanged|lower unchanged|cut create
shed create|cut add|shed add|open shut|reopen shut|reopen close|launch scrap
introduce scrap|introduce abolish|keep scrap|keep abandon|approve block|approve veto
back oppose|welcome condemn|praise condemn|acquit jail|acquit sentence|clear jail
lend repay|enter withdraw|join quit|gather disperse|direct indirect
direct roundabout|hardware software|import domestic|tariff subsidy|plus minus
tailwind headwind|despite following|despite amid|despite because|install remove
install uninstall|install delete|endorse ban|endorse condemn|endorse reject
dismiss rehire|dismiss reinstate|sack reinstate|expel readmit|ease heighten
heighten lessen|defend surrender|attend skip|attend boycott|join boycott
comply violate|obey violate|uphold overturn|uphold quash|affirm overturn
convict exonerate|impose lift|impose ease|tighten relax|hawkish dovish
bullish bearish|shortage surplus|shortage glut|inflow outflow|inbound outbound
arrival departure|ascend descend|appreciate depreciate|underestimate overestimate
overvalue undervalue|often rarely|often seldom|usually rarely|frequent rare
retain relinquish|maintain abandon|advance retreat|attack retreat|advance withdraw
invade withdraw|escalate defuse|advantage disadvantage|asset liability
wholesale retail|offshore onshore|overseas domestic|permit refuse|grant deny
grant refuse|grant revoke|issue revoke|ratify reject|honour breach|reward punish
reward penalise|healthy ill|healthy sick|recover deteriorate|recover worsen
single married|adult child|adult teenager|bride groom|nephew niece
grandfather grandmother|grandson granddaughter|prince princess|duke duchess
widow widower|boyfriend girlfriend|spring autumn|summer winter|dawn dusk
sunrise sunset|noon midnight|federal provincial|federal municipal
provincial municipal|federal regional|friendly hostile|lenient harsh|scarce plentiful
scarce abundant|sooner later|upstream downstream|borrower lender|host guest
wedding funeral|goal assist|defender striker|goalkeeper striker|tourist local
prosecution defence|prosecutor defendant|voluntary mandatory|voluntary forced
"""

NEGATORS = frozenset(
    "not no never neither nor none nobody nothing nowhere cannot without hardly barely "
    "scarcely ain't".split()
)
# Verbs that turn the sense of what follows ("denied taking", "failed to win").
REVERSERS = frozenset(
    "deny refuse fail reject refute stop prevent avoid lack unable unlikely decline "
    "halt cease abandon cancel bar spurn rebuff miss block dispute dismiss".split()
)
# Words by which a text tells of something that is not, without saying "not".
DENYING = frozenset(
    "scrap ban forbid prohibit free acquit without absence absent missing "
    "omit exclude withhold except instead rather yet withdraw exempt innocent empty "
    "false wrong contradict doubt reluctant hesitate postpone impossible incapable "
    "invisible inaccurate incorrect inconclusive silent silence neglect".split()
)
CAUSAL = frozenset(
    "because cause caused causes causing drove driven drives due led leads leading "
    "thanks owing prompted prompting triggered triggering sparked fuelled fueled "
    "blamed result resulted resulting spurred amid after as since boosted lifted "
    "attributed credited reason following over "
    "concern concerns fears citing protect".split()
)
CAUSES = ("because", "drove", "driven by", "led to", "thanks to", "due to", "caused",
          "owing to", "as a result", "resulted in", "prompted by", "triggered by",
          "spurred by", "fuelled by", "fueled by")  # fmt: skip


def _groups(table: str, gap: str) -> tuple[tuple[str, ...], ...]:
    joined = table.replace("\n ", " ").replace("\n", gap)
    return tuple(
        tuple(group.split()) for group in joined.split(gap) if len(group.split()) > 1
    )


BASE_FORMS = {
    form: group[0] for group in _groups(_IRREGULAR.strip(), "|") for form in group
}
_UP = (
    "rise increase grow climb jump surge soar gain expand advance rally rebound "
    "hike add raise lift boost lengthen"
)
_DOWN = (
    "fall decline drop decrease slump slide dip tumble plunge plummet sink slip shrink "
    "retreat shed lose reduce cut lower shorten"
)
OPPOSITE_PAIRS = (
    *_groups(OPPOSITES.strip(), "|"),
    *((up, down) for up in _UP.split() for down in _DOWN.split()),
)
