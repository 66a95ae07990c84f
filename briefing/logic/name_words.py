"""Word lists that tell a proper name from an ordinary capitalised word."""

from __future__ import annotations

# Capitalised at a sentence's start without being a name. Chosen from the commonest
# first words of English news sentences; words with a telling suffix (`-ly`, `-ing`)
# are recognised by names.py and need no entry.
ORDINARY = frozenset(
    """
    a about above according across actually add after again against ago ahead all allow
    almost along already also although always am amid among an and announced another any
    anyone anything apart april are around as ask at august away back bad based be because
    become before behind being below beside besides best better between beyond big board both
    bring but buy by call can cannot car case caught cause change chief child children
    city clear come company compare consider could country couple court critics customers
    data date day days dear december defence defense demand despite details did do does
    don't done down due during each earlier early economists eight eighteen either eleven else
    employees end engineers enough even every everybody everyone everything evidence
    exactly except expect experts far fans farmers father february few fifteen fifty
    figures finally find fire firms first five following food for former forty found four
    fourteen fourth friday friends from full further future get girls give given go good
    government governments great group groups growth half hard has have having he head
    health help hence her here hers herself high him himself his home hospital how however
    hundreds i if in income indeed inflation information inside instead interest into
    investigators investors is it its itself january july june just keep key know
    landlords last late later lawmakers lawyers least leave less let life like likewise
    little local long look lots low made major make man managers many march market
    markets may maybe me meanwhile men might military million millions ministers model
    models moments monday money month months more moreover most mother much murder must
    my myself near nearly neither never nevertheless new news next night nine nineteen no
    nobody none nonetheless nor not note nothing november now nowadays number
    nurses o'clock october of off office officers official officials often oil
    on once one only open operators opinion opponents or orders other others our out outside over
    overall own owners oxygen parents part parts past patients pay people per perhaps
    photo photos picture pictures place plans please plus police politicians poor
    post power previously price prices prior prison private prosecutors protesters
    public put question quite rate rates rather read readers really reason recent
    record regulators related remember report reporters reports rescue research
    residents result results rights rivals sales saturday say schools scientists
    second secondly security see sellers senior september set seven seventeen seventy several
    shareholders shares she short should show shows side similar simply since six sixteen
    sixty so social soldiers some somebody someone something sometimes somewhere
    soon sources speaker staff starting state states still stocks stop stories story
    street strong students such suddenly sunday supporters sure survivors take talks
    teachers tell ten tens than thank thanks that the their theirs them themselves
    then there therefore these they thing things think third thirteen thirty this those
    though thought thousands three through throughout thursday thus time times to today
    together tomorrow tonight too top total tough towards trade traders traffic troops
    tuesday turn twelve twenty two under unemployment unfortunately unless unlike until
    up upon us use used users usually vehicles very victims video visitors voters wait
    war was watch water we wednesday week weeks welcome well were what whatever when
    whenever where whereas wherever whether which while white who whoever whole whom
    whose why will wind with within without witnesses woman women work workers
    world would wow year years yes yesterday yet you young your yours zero
    i'm i've i'll it's that's there's he's she's we're we've they're they've you're what's
    let's don't can't won't isn't didn't doesn't aren't wasn't couldn't
    ceo cfo cto tv dna ok pm am updated advertisement watch subscribe breaking exclusive
    correction editor's analysis opinion explainer live latest
    opens opened falls fell rises rose says said wins won loses lost takes took makes hits
    cuts tops beats plans gets gives faces sees calls warns urges backs ends sets launches
    unveils announces reports posts leads joins leaves dies killed dead amid vs
    buys sells moves grows drops jumps slips gains climbs eyes seeks plant deal bill law
    """.split()  # noqa: E501 - a list of words reads best in full lines
)
# Endings of ordinary words that begin sentences; "Sterling" counts again as a name
# when the text has it capitalised inside a sentence.
ORDINARY_ENDINGS = (
    "ing", "ly", "ed", "ers", "ists", "ions", "ments", "ness", "ists", "ities", "ants",
    "ians",
)  # fmt: skip
# A first word that stands alone is ordinary by these, too, and as a plural ("Wages");
# "us", "is", "as", "os" and "ss" are no plurals.
LONE_ENDINGS = (
    "ion", "ment", "ity", "ship", "ism", "ware", "hood", "able", "ible", "ful", "less",
    "ous", "ive", "ency", "wards", "ology",
)  # fmt: skip
SINGULAR_S = ("us", "is", "as", "os", "ss", "ys")
# Names that look like one of these.
SHAPED_LIKE_WORDS = frozenset(
    """
    reuters siemens airbus mercedes guinness inverness brussels athens leeds naples
    orion zion boeing beijing barclays philips starbucks hermes cannes versailles
    marseilles lyons chongqing nanjing reading stirling tianjin netflix lufthansa
    philippines netherlands maldives bahamas seychelles hastings harness clarins
    comcast dassault thales renault walgreens cummins schwab schaeffler glasgow
    olive vodafone activision carnegie accenture slack intel apple amazon meta
    """.split()
)
# More ordinary first words, in the singular and without a telling ending.
ORDINARY_TOO = frozenset(
    """
    abuse access activity advice age aid air album alert alone alongside amount anger
    annual anyway apart appeal area army art article asian aside asset attack audience
    author average award baby background ball band bar base basic battle beer behaviour
    bird black blood blue blame body book bottom brain brand bread broad brother budget
    builder building bus cancer candidate capital carbon care cash center centre certain
    challenge chance charge cheap choice claim class clean climate close coal coast code
    coffee cold colour comment common community competition complete concern consumer
    content contract control copyright core corporate corruption cost cotton count crew
    crime criminal crowd crude culture currency current customer cyber daily damage
    danger dark daughter day dead deep defendant delay democracy design detective
    diesel diet digital direct dirty disaster disease display distance doctor dollar
    domestic door double doubt dozen draft dream drink driver drone drug dry dust early
    earth east easy economic economy editor education election electric elsewhere email
    emergency employee employer empty energy engine enlarge entire entry environment
    equity error estate event everywhere evil exact executive exercise expert export
    external extra eye face factory failure fair faith fake fall false fan farm farmer
    fast fate fear fellow female festival field fight figure file film final finance
    fish fit fixed flat flight flood floor flower focus force foreign forensic forest
    form fortune forward frequent fresh front fruit fuel fund furthermore future game
    gas gender gold ground guard guest guidance gun guy half hand hardware harm heat
    heated heavy hello herself high hope host hotel hour household housing huge human
    hunger husband ice idea identify image impact import industrial industry infant
    informal initial injury input insurance intelligence internal internet invalid
    iron job judge juice junior jury kid kind knowledge labor labour land language
    large law lead league lean legal lesson letter level liability light limit line
    link liquidity list litigation load loan local loss lot love loyal lucky lunch
    luxury machine mail main maintenance male manager manufacturer map mass master
    material matter maximum meal measure meat media medicine membership memory mental
    method metal middle mind mine minimum minor minute miss mobile model modern moral
    morning mortgage mountain movie multiple music mutual national natural nature
    nearby neighbour net network nice night normal notice novel nuclear nurse object
    office online option orange orbit order origin otherwise output overgrown owner
    pace pain paper parent park partner party passenger path patient pattern payment
    peace pension performance period permanent person personal phone photograph physical
    pictured piece plain plastic platform play player plenty poison policy pollution
    popular population positive possible potato poverty praise prayer premium
    presence pressure pretty previous primary print private prize problem process
    producer product production professional profit progress project proof property
    proportion protest proud provider province proxy purchase pure purpose quality
    quantity quarter quick quiet race radio rail rain raw ready real reality rear
    red refund region regional register relief religion remote rent repair repeat
    reply reserve resident resource response rest restaurant retail retailer return
    revenue review reward rice rich ride right ring ripe risk river road rock role roof
    room rough round routine row rule rural safety salary sale salt sample sand scene
    school science scope score screen scroll sea search season seat secret sector secure
    seed self seller service session shadow shame shape share sharp ship shock shop
    shopper sign signal silence silver simple single site size skill skin sleep slow
    small smart smoke smooth snow society soft software soil solar solid song sorry
    sort sound source space special species speech speed spending sport spot spray
    spring stable staff stage standard star start statement steel step stock stone
    storage storm strange stress strike structure student study stuff style subject
    success sugar suicide suit summer sun supply support surface surgery surplus
    survey survival suspect swap sweet symptom system table target tax tea teacher
    team tech temperature temporary tenant tension term test text theft theme therapy
    thin threat ticket tight tobacco tone tool tour tourism town track tradition train
    transit transport travel treasure tree trend trial trip truck trust truth try type
    typical ultimate unable underneath union unit universal urban urgent usage usual
    vaccine valuable value van vehicle venture verb version victim vietnamese view
    village violence virtual virus vital voice volume vote voter wage warm waste wave
    wealth weather web weekend weight wheat whereby wholesale wide wife wild window
    wine winner winter wire wise woman wood wool word worker worldwide worse worst
    written wrong yield youth zone
    """.split()
) - {"vietnamese", "asian", "apple"}
# "Usage of X" is a word and a name, "Bank of X" is one name.
OF_HEADS = frozenset(
    "academy archbishop association bank bishop board bureau cape chamber church "
    "college commission committee congress conference council court department "
    "district duke earl federation gulf house institute isle king kingdom league "
    "library ministry "
    "museum office organisation organization port prince princess province queen "
    "republic school society state states strait union university us world".split()
)
CONNECTORS = frozenset(
    "of de del della di da dos das du la le van von der den ter bin ibn al el y & for"
    " the and".split()
)
TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof professor sir dame lady president vice prime
    minister chancellor secretary senator sen rep representative congressman
    congresswoman governor gov judge gen colonel col captain capt
    lieutenant lt sergeant sgt pc commander admiral archbishop rabbi imam sheikh
    director chairman chairwoman ceo cfo detective inspector constable superintendent
    ambassador leader deputy former ex rev reverend hon spokesman spokeswoman
    spokesperson
    """.split()
)
# Titles that are as often the first word of a name ("General Motors", "King's Cross").
RANKS = frozenset(
    "premier general major chief king queen prince princess pope bishop cardinal "
    "father sister justice lord mayor chair coach officer foreign speaker".split()
)
# Ordinary first words that are part of a name when a capital follows ("New York").
OPENERS = frozenset(
    "new big great high white black red world nine first second third five seven "
    "public street long little central home house".split()
)
# What a name may leave out at its end ("House Foreign Affairs").
ORGAN_ENDINGS = frozenset(
    "committee council commission party department agency ministry office authority "
    "association foundation university hospital airport airlines".split()
)
CALENDAR = frozenset(
    """
    january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday
    thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    am pm gmt utc est edt pst pdt bst cet cest bc ad
    """.split()
)
# A number after these belongs to the name ("Boeing 737", "iPhone 15").
NUMBERED = frozenset(
    "airbus apollo article boeing case channel covid euro falcon formula g galaxy "
    "gemini gpt iphone llama chapter pixel playstation ps route section title windows "
    "xbox area bus claude grok qwen deepseek mark group".split()
)
COMPANY_ENDINGS = frozenset(
    "inc ltd corp corporation co company llc plc ag sa gmbh group holdings limited nv "
    "labs technologies fc afc cf".split()
)
# "North Korea" is not "Korea", "New York" is not "York".
PLACE_HEADS = frozenset(
    "north south east west new northern southern eastern western upper lower central "
    "real inter".split()
)
FAMILY_NAMES_FIRST = frozenset(
    "xi kim li wang zhang liu chen yang zhao huang zhou wu xu sun zhu lin moon yoon "
    "park choi lee jung cho nguyen tran".split()
)
# The people of a place, its adjective and its short forms, all under the place's name.
PLACES = {
    form: place
    for line in """
    united states|us|usa|u s|america|american|americans
    united kingdom|uk|britain|british|great britain|britons|briton
    european union|eu
    europe|european|europeans
    united nations|un
    united arab emirates|uae|emirati
    china|chinese
    russia|russian|russians
    japan|japanese
    germany|german|germans
    france|french
    italy|italian|italians
    spain|spanish
    portugal|portuguese
    netherlands|dutch|holland
    belgium|belgian|belgians
    switzerland|swiss
    austria|austrian|austrians
    poland|polish
    ukraine|ukrainian|ukrainians
    sweden|swedish
    norway|norwegian|norwegians
    denmark|danish
    finland|finnish
    ireland|irish
    scotland|scottish
    wales|welsh
    england|english
    greece|greek|greeks
    turkey|turkish
    israel|israeli|israelis
    palestine|palestinian|palestinians
    iran|iranian|iranians
    iraq|iraqi|iraqis
    syria|syrian|syrians
    saudi arabia|saudi|saudis
    egypt|egyptian|egyptians
    india|indian|indians
    pakistan|pakistani|pakistanis
    afghanistan|afghan|afghans
    bangladesh|bangladeshi
    south korea|south korean|south koreans
    north korea|north korean|north koreans
    korea|korean|koreans
    taiwan|taiwanese
    vietnam|vietnamese
    thailand|thai
    malaysia|malaysian|malaysians
    indonesia|indonesian|indonesians
    philippines|philippine|filipino|filipinos
    singapore|singaporean
    australia|australian|australians
    new zealand|new zealander
    canada|canadian|canadians
    mexico|mexican|mexicans
    brazil|brazilian|brazilians
    argentina|argentine|argentinian
    chile|chilean
    colombia|colombian|colombians
    venezuela|venezuelan|venezuelans
    cuba|cuban|cubans
    south africa|south african|south africans
    africa|african|africans
    nigeria|nigerian|nigerians
    kenya|kenyan|kenyans
    ethiopia|ethiopian
    guinea|guinean
    somalia|somali
    libya|libyan
    asia|asian
    hungary|hungarian|hungarians
    romania|romanian
    bulgaria|bulgarian
    serbia|serbian
    croatia|croatian
    czech republic|czech|czechia
    slovakia|slovak
    oman|omani|omanis
    qatar|qatari|qataris
    kuwait|kuwaiti|kuwaitis
    bahrain|bahraini
    yemen|yemeni|yemenis
    lebanon|lebanese
    jordan|jordanian|jordanians
    algeria|algerian|algerians
    morocco|moroccan|moroccans
    tunisia|tunisian|tunisians
    sudan|sudanese
    uganda|ugandan|ugandans
    tanzania|tanzanian|tanzanians
    ghana|ghanaian|ghanaians
    rwanda|rwandan|rwandans
    zimbabwe|zimbabwean|zimbabweans
    zambia|zambian|zambians
    senegal|senegalese
    cameroon|cameroonian
    congo|congolese
    mali|malian|malians
    nepal|nepali|nepalese
    sri lanka|sri lankan|sri lankans
    myanmar|burmese|burma
    cambodia|cambodian|cambodians
    laos|laotian
    mongolia|mongolian
    kazakhstan|kazakh|kazakhs
    uzbekistan|uzbek|uzbeks
    azerbaijan|azerbaijani|azeri
    armenia|armenian|armenians
    belarus|belarusian|belarusians
    moldova|moldovan|moldovans
    lithuania|lithuanian|lithuanians
    latvia|latvian|latvians
    estonia|estonian|estonians
    iceland|icelandic
    slovenia|slovenian|slovene
    bosnia|bosnian|bosnians
    kosovo|kosovar|kosovan
    albania|albanian|albanians
    cyprus|cypriot|cypriots
    malta|maltese
    luxembourg|luxembourgish
    peru|peruvian|peruvians
    ecuador|ecuadorean|ecuadorian
    bolivia|bolivian|bolivians
    uruguay|uruguayan
    paraguay|paraguayan
    guatemala|guatemalan|guatemalans
    honduras|honduran|hondurans
    nicaragua|nicaraguan|nicaraguans
    panama|panamanian
    haiti|haitian|haitians
    jamaica|jamaican|jamaicans
    dominican republic|dominican
    costa rica|costa rican
    el salvador|salvadoran
    california|californian
    texas|texan
    """.split("\n")
    if (forms := [part.strip() for part in line.split("|")])[0]
    for place in [forms[0]]
    for form in forms
}
