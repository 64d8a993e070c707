"""Typing, dialect and slips of spelling read as what is meant, so that no reading hangs on them (clinical section 5.5)."""

from __future__ import annotations

from functools import lru_cache

from simpatient.appraisal.lexicon import FEELING_OF, STOP

_SLIPS = """
    woud would|shoud should|coud could|wud would|cud could|shud should|wich which|wat what|wot what|befor before|hav have|hve have|taht that
    wiht with|wid would|whit what|hw how|abot about|bout about|aboot about|becuase because|becaus because|becouse because|bcoz because|coz because
    sory sorry|sry sorry|soz sorry|ther there|thier their|definately definitely|tought taught|teached taught|agianst against|comming coming
    beleive believe|recieve receive|freind friend|wory worry|worryed worried|lonley lonely|alot lot|dosent doesn't|dosnt doesn't|doesnt doesn't
    quetion question|questoin question|questoins questions|qestion question|anythng anything|anythin anything|sumthing something|nothin nothing
    everythin everything|evrything everything|evryone everyone|evry every|poeple people|peple people|ppl people|desided decided|herd heard
    reely really|realy really|rly really|cours course|ofcourse course|mustve must've|shouldve should've|wouldve would've|couldve could've
    tok took|hurted hurt|wunderd wondered|laghed laughed|whent went|wil will|wel well|im i'm|ima i'll|i'ma i'll|imma i'll|id've i'd|gd good|thort thought
    waery wary|angery angry|hurtin hurting|tabelts tablets|tablits tablets|docter doctor|famly family|marrage marriage|posible possible
    confidental confidential|privat private|emplyer employer|alchohol alcohol|alcohole alcohol|diffrent different|dificult difficult|importent important
    wierd weird|hapened happened|happend happened|hapen happen|bak back|dont don't|ye you|yer your|ur your|yous you|yez you|thou you|ye're you're|yeve you've
    ye've you've|ye'll you'll|dinnae don't|dinna don't|disnae doesn't|didnae didn't|cannae can't|wisnae wasn't|hadnae hadn't|hasnae hasn't|wouldnae wouldn't
    wullnae won't|isnae isn't|arenae aren't|tae to|ae of|nae no|naebody nobody|naething nothing|jist just|hae have|telt told|efter after|afore before
    doon down|oot out|noo now|hame home|heid head|wan one|wrang wrong|maks makes|ken know|masel myself|yersel yourself|awfy awfully|aye yes|wi with|frae from
    gonnae going|whaur where|folk people|folks people|y'self yourself|innit right|da the|dat that|dis this|wit with|finna going|tryna trying|nuttin nothing
    kindly please|regarding about|enquire ask|shall will|hearted heart|cuz because|luv love|wrk work|tmrw tomorrow|tmr tomorrow|tomoro tomorrow
    toinght tonight|tonite tonight|2day today|2moro tomorrow|2nite tonight|pls please|thanx thanks|ty thanks|sed said|sayed said|askd asked|evning evening
    thinkng thinking|thinkin thinking|lyfe life|lfe life|killin killing|kil kill|cnat can't|caant can't|myslef myself|sucidal suicidal|suiside suicide|suicde suicide|liveing living|dieing dying
    dieee die|diee die|goign going|wan want|nite night|weekness weakness|wating waiting|resault result|frightning frightening|frightnd frightened|keping keeping
"""
"""Common slips, clipped typing and Scots or American spellings, each with what is meant."""

_MEANT: dict[str, str] = {}
for _pair in _SLIPS.replace("\n", "|").split("|"):
    if _pair.strip():
        _slip, _word = _pair.split()
        _MEANT[_slip] = _word

_REAL_IN = frozenset(
    "again begin cabin certain contain explain obtain pain remain within brain train plain chain cousin martin robin captain "
    "mountain curtain bargain villain aspirin insulin protein vitamin margin origin ruin basin muffin admin login penicillin "
    "statin metformin warfarin heroin sustain maintain complain entertain refrain retain strain sprain stain drain grain main "
    "rain gain join coin skin thin chin twin spin bin win sin tin pin fin kevin colin justin gavin benjamin domain regain "
    "attain detain melanin serotonin toxin urin satin latin cumin raisin resin violin dustin erin robyn".split()
)
"""Words that do end in -in."""

_TARGETS = sorted(
    {word for word in (*STOP, *FEELING_OF) if len(word) >= 5 and word.isalpha()}
    | set("tablets records privacy confidential between choose private promise pharmacist thursday tuesday monday friday suicidal suicide".split())
)
"""Words towards which an unknown one may be mended."""
_KNOWN = frozenset(_TARGETS) | frozenset(
    "quite weary prison person desert dessert scare stead though threat breath breathe loose chose story worse weeks short shirt "
    "along allow aloud alive aging angel anger bored board brave bread break broad carer cares caring daily dairy diary early "
    "eight exist faith feels fever fight final first floor focus forth fresh fried front fully giving going goings grand grant great "
    "green group grown guide happy heard heart heavy hello house human hurry image issue joint judge known large later laugh "
    "learn leave level light limit liver lives local lower lucky lunch maker marry match meals medal metal midst minor mixed "
    "money month moral mother mouth moved movie music never night noise north novel nurse ocean offer onset order organ "
    "other others ought outer owner paint panel paper party peace phase phone photo piece place plane plant plate point power press "
    "price pride prime print prior prize proof quick quiet radio raise range rapid reach react ready refer relax reply right river "
    "rough round route royal scale scene scope score sense serve seven shake share sharp sheet shift shock shoot sight skill "
    "sleep slide small smart smile smoke solid solve sorry sound south space spare speak speed spend spent split sport staff "
    "stage stair stairs stake stand start state steam steel steep stick still stock stone store storm strip stuck study style sugar table taste "
    "teach teeth thank theme thick thing think third those three throw tight tired title total touch tower track trade trail "
    "train treat trend trial trust truth twice uncle under union until upper upset urban usual value video visit voice waste "
    "watch water wheel where which while white whole whose woman women world worry worst worth would wound write wrong "
    "years young youth wasted sacred scared spared stared steady study there their these".split()
)


def _wounds(word: str) -> set[str]:
    """The word with one letter left out, every way."""
    return {word[:place] + word[place + 1 :] for place in range(1, len(word))}


_BY_WOUND: dict[str, str | None] = {}
for _target in _TARGETS:
    for _wound in _wounds(_target):
        _BY_WOUND[_wound] = None if _wound in _BY_WOUND and _BY_WOUND[_wound] != _target else _target


@lru_cache(maxsize=50_000)
def meant(word: str) -> str:
    """The word that was meant, for lower-case words with straight apostrophes; most words mean themselves. Pure."""
    known = _MEANT.get(word)
    if known is not None:
        return known
    if len(word) < 5:
        return word
    if word.endswith("in") and word not in _REAL_IN and word not in _KNOWN:
        return word + "g"
    if word in _KNOWN or not word.isalpha():
        return word
    mended = _BY_WOUND.get(word)
    if mended is not None:
        return mended
    if len(word) >= 6:
        for wound in sorted(_wounds(word)):
            if wound in _KNOWN and wound in _TARGET_SET and not word.endswith(("s", "ed", "d", "ing", "er", "r", "ly", "y", "n")):
                return wound
            twin = _BY_WOUND.get(wound)
            if twin is not None and sorted(twin) == sorted(word):
                return twin
    return word


_TARGET_SET = frozenset(_TARGETS)
