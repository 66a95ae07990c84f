"""How common ordinary words are in news text, so that a small batch needs no corpus."""

from __future__ import annotations

# The words were listed by us from general English and news usage, in three bands; what
# is not listed is taken for rare. The share of texts that hold a word of the band is
# the median measured on two sets of news text (docs/grouping.md).
_VERY_COMMON = """
according added announced another around back based become began best better big
business called came case change city come company continue country current day days
early end even ever every expected far first five following found four free full
future get give given going good got government great group half help high home hour
hours however important including issue keep know known large last late later latest
lead least left less life like likely line little live local long look made major make
making man many market may means members might million minister minutes month months
morning move much must name national near need never new news next night number office
official officials old open order others part past pay people per percent place plan
point police possible power president press public put quite read really reason recent
recently record released report reported reporter right run saturday second secretary
see seen senior set several show side since small social something spokesman
spokesperson spokeswoman start started state statement states still story support sure
system take taken taking talk team tell ten thing things think third though three
thursday time times today together told took top total tried try trying tuesday turn
two use used using via video want wanted way wednesday week weeks well went whole
within without work worked working world year years yesterday yet young
""".split()
_COMMON = """
able access account across act action actually address age agency agreed agreement
ahead air allow allowed almost alone along already although always among amount anyone
anything appeared area areas army arrived article ask asked attack attacks attention
august authorities authority available average away bad ban bank bed begin beginning
behind believe believed beyond bill billion board body book born bring britain brought
build building built campaign car care career carried cases cause caused center
central centre century certain chairman chance changes charge charged charges chief
child children claim claimed claims clear clearly close closed club comes comment
comments commission committee common community companies complete concern concerned
concerns conditions conference confirmed congress consider control cost costs council
countries couple course court crime crisis customers cut daily data date daughter dead
deal death debate december decided decision defence defense department described
despite details developed development died different difficult director dollars door
dr driver drop due east economic economy education effort efforts eight either
election else email emergency employees energy enough entire especially evening event
events everyone everything evidence example executive experience explained eye eyes
face facebook fact failed fall family father fear february federal feel felt field
fight figure figures film final finally financial find fire firm follow followed food
force forced forces foreign form former forward friday friend friends front game games
gave general getting girl gives global goal goes gone ground growing growth guilty
hand hands happen happened happy hard head health hear heard heart held helped higher
himself history hit hold hope hospital hot hotel house huge human hundreds husband
idea identified image images immediately impact increase increased increasingly
independent individual industry information injured injuries inside instead interest
international internet interview investigation investigators involved issued issues
january job jobs join joined judge july june justice key kids kill killed killing kind
knew lack land largest launch launched law lawyer leader leaders leading league learn
leave leaving led legal let letter level light limited link list living longer looking
lose lost lot love low lower main management manager march mark match matter maybe
media meet meeting men message met middle military mind minute miss missing model
moment monday money mother moved movement moving murder music names nation nearby
nearly needed needs network nine nothing november october offer offered officer
officers often oil ones online opened operation operations opportunity organization
original outside owner paid parents park particularly parts party passed patients
peace performance perhaps period person personal phone photo photograph photos picture
plans played player players playing points policy political population position
potential present pressure prevent previous previously price prices prime prison
private problem problems process product production products program programme project
property protect prove provide provided published pull push question questions quickly
race raise raised range rate rather reach reached reaction ready real received reduce
region relationship release remain remained remains reports republican request
required research response responsible rest result results return returned returning
revealed rise risk road role room round rule rules running safe safety sale sales saw
saying scene school science season security seek seem seemed seems sell send sense
sent september series serious serve service services session seven share shares short
shot showed showing shown significant similar simply sister site situation six size
society sold soldiers son soon sort sought source sources south speak speaking special
specific spend spending spent spoke sports staff stage stand standing star station
statistics stay step stop stopped street strong student students study subject success
successful suddenly suffered suggested summer sunday supporters surprise suspect
systems target tax technology television term terms test text thank themself
themselves thinking thought thousands threat title tonight tough town trade training
travel treatment trial trip troops trouble true turned tv twice twitter type uk
understand union unit united university unless upon victim victims victory view
violence visit vote voters wait walk wall war warned watch water weapons wear website
weekend west western wife win wing winter wish woman women won word words worker
workers worse worst worth write writing written wrong wrote
""".split()
_FAMILIAR = """
abuse accept accepted accident accused achieve actor actress administration admitted
adult advance advertising advice affairs affect affected afternoon aid aim aircraft
airport album alleged allegedly alliance allies analysis analyst analysts anger angry
animal announcement annual answer anti anybody apart apartment app apparent apparently
appeal appear appearance application apply appointed approach appropriate approval
approve approved april argued argument arm armed arms arrest arrested art artist
assault assembly asset assistant associated association attacked attempt attempted
attend attended attorney audience author award awards aware baby balance ball band
banks base basic basis battle beach bear beat beautiful benefit benefits bid biggest
birth bit block blog blood blow blue boat bomb bond bonus border boss box boy boys
brain brand break breaking broke broken brother budget burned businesses buy buying
camera candidate candidates capacity capital capture carbon card cards carry carrying
cash cast catch caught cell chain challenge challenges champion championship channel
character charity chemical choice choose christmas church circumstances citing
citizens civil civilian civilians class classic clean client climate clinic clothes
coach coalition coast code cold collection college combat commander commercial
committed communication communities competition complained complaint complex computer
concluded condition conduct conducted confidence conflict connection conservative
considered constitution construction consumer consumers contact content continued
continues contract contribute convicted cooperation copy corporate corruption count
county cover coverage covered crash create created credit crew criminal critical
criticism criticized cross crowd culture cup currency currently damage danger
dangerous dark deadline deadly dealing debt decade decades declared decline deep
defeat defend degree delay deliver delivered demand demands democracy democratic
denied deny deputy design designed destroyed detailed detained determine device
devices dinner diplomatic direct direction disaster discovered discovery discuss
discussed discussion disease display district division document documents dog dozen
dozens drama draw dream dress drew drive driven driving drone drug drugs earlier earn
earned earth earthquake eastern easy effect effective effects elected elections
electric electronic eleven emerged employee encourage enemy engine ensure enter
entered entertainment entry environment environmental equipment escape escaped
established estate estimate estimated ethnic exchange executives exist exit expect
experts explain exploded explosion exports express expressed extended extra extreme
facilities facility facing factor factors fair faith falling families famous fan fans
fast fat fatal favor favorite feature features federation feeling fees fell female
filed files fill filled finance fine fired firms fish fit fix flag fled fleet flight
flights floor flow fly flying focus focused foot football forest formal format forms
fort foundation founder freedom fresh fuel fully fun fund funding funds gain gained
gang gap gas gear generation giant girls glass goals gold golden governor green grew
grow guard guards guess guest guide gun hair happening harm hate heavy height
helicopter hell helping hero highest highway hill holding hole holiday holy homes
hopes horse host hostage housing hundred hurt ice illegal illness immediate
immigration improve incident incidents include included income index indicated
infection influence initial injury innovation inquiry insurance intelligence intended
interested interviewed introduced invasion invest investment investor investors island
jail joint journal journalist journalists judges jump jury keeping kept kid king knife
knowledge labor labour lady lake language larger latter lawmakers laws lawsuit lawyers
lay leadership learned leg legislation letters liberal library license limit linked
liquid lives loan location locked losing loss losses loved luck lunch machine magazine
mail male manage managed manufacturing map marketing markets marriage married mass
massive master material matters mayor meal measure measures medal medical medicine
memory mental mentioned merger metal method miles militants minimum mining ministry
minority mission mistake mix mobile models modern monetary mortgage motion mountain
mouth movie murdered museum named nations native natural nature navy negotiations
neighborhood neighbors nobody none normal north northern noted notice nuclear object
obviously occurred offense offering offers offices oldest opening operate operating
operator opinion opponents opposed opposition option options ordered organisation
organizations organized ought outcome overall overseas owned owners pace page pain
panel paper papers parent parliament participate parties partner partners pass
passenger passengers passing path patient pattern paying payment payments penalty
pending perfect perform permanent permission persons phase physical pick picked pilot
pilots places planet planned planning plant plastic platform plays pleaded pleased
plus pocket poll polls poor popular port positive post posted pounds poverty practice
predicted preparing presence presented presidential pressed pretty prevented primary
princess prior prisoners privacy prize procedure produce produced producer profit
profits progress promise promised promote promoted proposal proposed prosecution
prosecutor prosecutors protection protest protesters protests proud provides province
provision pulled purchase purpose pursue quality quarter queen quick quiet racing
radio rain ranks rare rates reality reasons rebel rebels recall receive recognize
recommended recover recovery reduced referring reform refugee refugees refused
regarding regional register regular regulation regulations regulators relations
relatively relief religious rely remember remove removed replace replaced
representative representatives republic reputation rescue rescued residence resident
residents resign resigned resolution resources respect respond responded restaurant
resulted retail retired revenue review rich ride rights rivals river rock rocket roof
route royal rural rushed sad sanctions satellite save saved scale scandal schedule
scheduled scheme schools scientists score scored screen sea search seat seats secret
section sector secure seeking selling senate senator sentence sentenced separate
served serving settlement severe sex sexual shape shared sheriff ship shock shoot
shooting shop shopping shore shortly shots shut sick sign signal signed signs silence
silver single sitting skills sky slightly slow smaller smart smoke snow software
solution somebody someone song sound southern space speaker speech speed split spot
spread spring squad square stadium standards stars stated stations status stayed steal
steel steps stick stock stocks stolen stone stood store stores storm strategic
strategy stream streets strength stress strike strikes struck structure struggle
studies studio style subjects successfully suffering suicide suit supplies supply
supposed surface surgery surrounding survey survived suspected suspects suspended
suspicion swimming talent talks tank targets task taxes teacher teachers teams tech
tells temperature temporary terror terrorism terrorist terrorists tests thanks theory
threatened threats ticket tickets tie tied tight toll tour tourist tourists track
trading tradition traditional traffic train transfer transport treat treated treaty
trees trend tribute truck trust truth turning twelve ultimately unable understanding
unemployment unique units universal unlikely upcoming update updated upset users usual
usually value various vehicle vehicles version village violent virus visited visiting
visitors voice volume voted voting waiting walked walking warm warning wars waste
watched watching wave ways weak wealth weapon weather web wedding weight welcome
whatever wheel wide widely wild willing wind window winner winning wins witness
witnesses wonderful wood worried worry worship wounded yards yellow youth zone
""".split()

BACKGROUND: dict[str, float] = {
    word: share
    for band, share in ((_VERY_COMMON, 0.1), (_COMMON, 0.035), (_FAMILIAR, 0.014))
    for word in band
}
