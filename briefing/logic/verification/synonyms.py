"""Near synonyms and phrasal verbs of news English.

Written from the language, not from any text. Words stand in one row only when one may
replace the other in a report without changing what is reported: a row holds no degree
("kill", "injure"), no outcome ("win", "lead") and no opposite.
"""

from __future__ import annotations

_SYNONYMS = """
decline drop fall decrease slump downturn slide dip tumble plunge sink slip fell|rise
increase grow climb jump surge soar gain expand advance upturn|say tell state
announce report declare disclose reveal inform communicate express publish claim note
add explain confirm comment mention|firm company business corporation|kill slay
murder|begin start commence launch initiate|end finish conclude stop halt cease|buy
purchase acquire takeover|big large huge massive enormous giant|error mistake fault|
injure hurt wound|show demonstrate display indicate|help aid assist support|try
attempt seek|ask request urge demand|probe investigation inquiry investigate|ban
prohibit forbid bar outlaw block|approve authorise authorize clear endorse
greenlight|allow let permit enable|predict forecast project expect anticipate
estimate guide|plan intend aim propose|police officer cop policeman policewoman|
doctor physician medic|child kid youngster|worker employee staff workforce|vehicle
car automobile|house home residence|illness sickness disease|sick ill unwell|
covertly secretly|transfer move send|reduce lower cut trim lessen|raise lift boost
hike|keep retain maintain|destroy demolish ruin|fire blaze|crash collision
accident|protest demonstration rally|agreement deal accord pact|choose select pick
opt|jail prison imprison|arrest detain apprehend custody|deny refute reject
dismiss|accident calamity disaster catastrophe|carry conduct execute perform
undertake|contain control curb restrain limit|hold organise organize stage|need
require|use employ utilise utilize|get receive obtain|give provide offer grant
supply|worry concern fear anxiety|rule regulation|test trial|money fund cash|film
movie|match game fixture|picture photo photograph image|near close nearby|old
former previous|quick fast rapid swift|about approximately roughly around nearly
almost|important significant key crucial vital|deadly fatal lethal|country nation|
global worldwide international|leave depart exit|arrive reach|get become|fix
repair rectify|recall retrieve withdraw|several numerous many multiple various|
consecutive straight successive|find discover detect identify|escape flee|answer
reply respond|build construct|charge accuse|chief head boss|resign quit|sack
dismiss|postpone delay defer|shut close closure|revenue turnover sales sale|annual
yearly annually|rival competitor|unveil introduce present launch|spectator crowd
audience fans|watch see view|finance fund bankroll|assistance aid relief|acquit
clear exonerate|lawyer attorney solicitor barrister counsel|factory plant|shed cut
axe slash eliminate|successor replacement|replace succeed|scrap abandon cancel
ditch axe|tell instruct order command|order instruct command require|resident
inhabitant local|village town community|town city municipality|street road|victim
casualty|corpse body|attack assault strike raid|bomb explosive|blast explosion|
troops soldier army military|weapon arms gun firearm|war conflict|truce ceasefire
armistice|talks negotiation negotiate discussion|treaty pact accord convention|free
release liberate|rescue save|storm hurricane cyclone typhoon|quake earthquake
tremor|drought dryness|wildfire bushfire blaze|evacuate displace|homeless
displaced|refugee migrant|vote ballot poll|lawmaker legislator deputy
parliamentarian|parliament legislature assembly|premier minister|law legislation
act statute|bill legislation|verdict ruling judgment judgement decision|ruling
decision|trial hearing|crime offence offense felony|fraud scam swindle|theft
robbery burglary steal|bribe corruption|fine penalty|tax levy duty|tariff duty
levy|budget spending|deficit shortfall gap|debt borrowing|loan credit|bank
lender|investor shareholder stockholder|share stock equity|dividend payout|cheap
inexpensive affordable|expensive costly pricey|salary wage pay|unemployment jobless
joblessness|strike walkout stoppage|union labour labor|chairman chair chairwoman
chairperson|founder co-founder|executive manager boss|customer client consumer
shopper|buyer purchaser|shop store outlet|retailer chain|goods merchandise
product|carmaker automaker|airline carrier|plane aircraft jet airliner|ship vessel
boat|lorry truck|train rail railway|passenger traveller traveler|tourist visitor|
route path|airport airfield|border frontier|phone smartphone mobile handset|app
application|device gadget|software program programme|bug flaw defect fault|flaw
defect weakness vulnerability|hacker attacker|website site page|user subscriber|
scientist researcher expert academic|study research paper|finding result conclusion|
medicine drug medication|drug pharmaceutical|vaccine jab shot|jab vaccinate
vaccination inoculate|infect infection case|virus pathogen|outbreak epidemic|
patient sufferer|hospital clinic|surgery operation|cure heal|treat therapy|die
perish succumb|death fatality toll|birth born|marry wed|wife spouse|husband
spouse|mother mum mom|father dad|baby infant newborn|teenager teen adolescent|
woman female|man male|pupil student schoolchild|teacher educator|university
college|school academy|team side squad|coach manager trainer|player footballer|
title championship trophy|tournament competition contest|season campaign|fan
supporter|stadium arena ground|debut premiere|actor actress star|singer musician|
album record|award prize honour honor|author writer|book novel|newspaper paper
daily|reporter journalist|interview conversation|statement communique|spokesman
spokeswoman spokesperson|letter note|criticise criticize condemn denounce slam
blast|praise commend applaud laud hail|warn caution|promise pledge vow commit|
insist maintain stress emphasise emphasize|admit acknowledge concede confess|suggest
recommend advise|argue contend|complain complaint object|agree consent|refuse
decline|oppose resist|meet encounter|face meet|face fight|face play|discuss
debate|return comeback|include contain comprise|contain hold|consist comprise|
happen occur|due because|aim goal target objective|attempt effort bid|chance
opportunity|risk danger threat hazard|dangerous hazardous perilous risky|safe
secure|problem issue difficulty trouble|crisis emergency|situation condition|
change alter modify|improve better enhance|worsen deteriorate|damage harm|break
violate breach infringe|obey comply|punish penalise penalize|hide conceal|search
hunt|follow pursue|continue persist proceed|gather collect|remove delete|erase
delete|save keep|spend pay|repay refund reimburse|owe debt|own possess|sell
vend|trade commerce|produce make manufacture|maker manufacturer producer|develop
design|lead head|appoint name|hire recruit|train coach|work labour labor|part
portion section|month monthly|week weekly|day daily|year annual yearly|late
belated|recent latest new|new fresh|ancient old|current present existing|future
coming upcoming|next following|previous prior earlier|first initial maiden|final
last|main chief principal primary|major big large|minor small slight|small little
tiny|tall high|wide broad|heavy weighty|strong powerful robust|weak feeble frail|
hard difficult tough tricky|easy simple|clear obvious evident plain|unclear
uncertain|certain sure|true correct accurate right|false wrong incorrect untrue|
real genuine authentic|fake counterfeit bogus|rich wealthy affluent|poor
impoverished|happy glad pleased delighted|sad unhappy|angry furious outraged|
afraid scared frightened|famous renowned celebrated|strange odd unusual|common
widespread|rare uncommon|total overall entire whole|entire whole complete|enough
sufficient|extra additional further|main mainly mostly chiefly largely|often
frequently|rarely seldom|suddenly abruptly|immediately instantly|gradually slowly|
private personal|legal lawful|illegal unlawful|foreign overseas|neighbour neighbor
neighbouring neighboring adjacent|area region zone district|border boundary|coast
shore seaside|island isle|forest wood|river stream|mountain peak|rain downpour
rainfall|snow blizzard|hot warm|cold chilly freezing|rubbish waste trash garbage|
energy power|electricity power|oil petroleum crude|petrol gasoline fuel|emission
pollution|animal beast creature|dog hound|farm ranch|farmer grower|crop harvest|
food meal|meat beef|drink beverage|alcohol liquor|smoke cigarette tobacco|fashion
clothing|clothes clothing garment|dress wear|number figure|rate pace|group
organisation organization body|agency organisation organization body|charity
nonprofit|committee panel commission|department ministry|diplomat envoy ambassador|
ally partner|partner spouse|enemy foe|opponent adversary|rebel insurgent militant|
extremist radical|church religious|priest cleric|king monarch|queen monarch|
ceremony event|anniversary birthday|funeral burial|memorial tribute|euthanise
euthanize cull slaughter|bird poultry|unidentified unknown unnamed|anonymous
unnamed|apparently seemingly|reportedly allegedly|court tribunal|beat defeat
overcome thrash trounce|win victory triumph|gunman shooter|attacker assailant|
create develop devise|earn make|profit earnings|dead deceased|job post position|
result outcome consequence|government administration authority|reason cause|cause
trigger prompt spark provoke|flood deluge|trip journey|run operate manage|join
merge combine unite|song track|sentence jail|cost expense
"""

# A verb and its particle, and the one word that says the same.
_PHRASES = """
step down=resign|stand down=resign|bow out=resign|put off=postpone|push back=postpone
call off=cancel|turn down=reject|throw out=reject|knock back=reject|rule out=exclude
bring in=introduce|roll out=launch|set up=found|carry out=conduct|take over=acquire
snap up=buy|pick up=collect|sell off=sell|pay back=repay|hand back=return
give back=return|send back=return|lay off=sack|let go=sack|take on=hire|sign up=join
shut down=close|close down=close|wind up=close|go bust=fail|break down=fail
blow up=explode|go off=explode|set off=trigger|bring about=cause|lead to=cause
result in=cause|break out=start|kick off=start|set in=start|go on=continue
carry on=continue|keep on=continue|go ahead=proceed|press ahead=proceed|go up=rise
shoot up=soar|go down=fall|come down=fall|drop off=fall|cut back=reduce
scale back=reduce|bring down=reduce|wipe out=destroy|burn down=destroy
tear down=demolish|pull down=demolish|pull out=withdraw|back out=withdraw
find out=discover|track down=find|look into=investigate|look for=seek
point out=note|spell out=explain|speak of=mention|call for=demand|ask for=request
call on=urge|hit out=criticise|lash out=criticise|stand by=support|back up=support
speak out=protest|make up=form|account for=form|team up=cooperate|work with=cooperate
hand over=give|give up=abandon|get rid=remove|do away=abolish|strip of=lose
pass away=die|lose life=die|give birth=bear|grow up=raise|lock up=jail
run away=flee|get away=escape|break into=burgle|make off=flee|let off=acquit
not guilty=acquit|found guilty=convict|put up=raise|top up=add|use up=consume
run out=exhaust|take part=participate|take place=happen|come up=happen
turn up=arrive|show up=appear|come fifth=finish|come second=finish|come third=finish
come first=win|come last=finish|miss out=lose|number one=first|weigh up=consider
think about=consider|deal with=handle|cope with=handle|build up=gather
stock up=gather|open up=open|free up=free|speed up=accelerate|slow down=slow
stand at=total|amount to=total|death toll=death|as well=also|such as=include
according to=say|due to=cause|because of=cause|in charge=lead|on sale=sell
at home=home|under way=begin|in favour=support|in favor=support|up to=maximum
make public=publish|come out=publish|bring out=publish|put out=publish
"""


def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split()) for row in table.split("|"))


SYNONYM_GROUPS = _rows(_SYNONYMS)
PHRASES = tuple(
    (first, second, word)
    for line in _PHRASES.strip().splitlines()
    for pair in line.split("|")
    for phrase, word in [pair.split("=")]
    for first, second in [phrase.split()]
)
