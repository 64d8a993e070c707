"""Typing, dialect and slips of spelling read as meant, so that no reading hangs on them (clinical section 5.5)."""

from __future__ import annotations

from functools import lru_cache

_SLIPS = """
    woud would|shoud should|coud could|wud would|cud could|shud should|wich which|wat what|wot what|befor before
    hav have|hve have|taht that|wiht with|wid would|whit what|hw how|abot about|bout about|aboot about
    becuase because|becaus because|becouse because|bcoz because|coz because|sory sorry|sry sorry|soz sorry
    ther there|thier their|definately definitely|tought taught|teached taught|agianst against|comming coming
    beleive believe|recieve receive|freind friend|wory worry|worryed worried|lonley lonely|alot lot|dosent doesn't
    dosnt doesn't|doesnt doesn't|quetion question|questoin question|questoins questions|qestion question
    anythng anything|anythin anything|sumthing something|nothin nothing|everythin everything|evrything everything
    evryone everyone|evry every|poeple people|peple people|ppl people|desided decided|herd heard|reely really
    realy really|rly really|cours course|ofcourse course|mustve must've|shouldve should've|wouldve would've
    couldve could've|tok took|hurted hurt|wunderd wondered|laghed laughed|whent went|wil will|wel well|im i'm
    ima i'll|i'ma i'll|imma i'll|id've i'd|gd good|thort thought|waery wary|angery angry|hurtin hurting
    tabelts tablets|tablits tablets|docter doctor|famly family|marrage marriage|posible possible
    confidental confidential|privat private|emplyer employer|alchohol alcohol|alcohole alcohol|diffrent different
    dificult difficult|importent important|wierd weird|hapened happened|happend happened|hapen happen|bak back
    dont don't|ye you|yer your|ur your|yous you|yez you|thou you|ye're you're|yeve you've|ye've you've|ye'll you'll
    dinnae don't|dinna don't|disnae doesn't|didnae didn't|cannae can't|wisnae wasn't|hadnae hadn't|hasnae hasn't
    wouldnae wouldn't|wullnae won't|isnae isn't|arenae aren't|tae to|ae of|nae no|naebody nobody|naething nothing
    jist just|hae have|telt told|efter after|afore before|doon down|oot out|noo now|hame home|heid head|wan one
    wrang wrong|maks makes|ken know|masel myself|yersel yourself|awfy awfully|aye yes|wi with|frae from
    gonnae going|whaur where|folk people|folks people|y'self yourself|innit right|da the|dat that|dis this|wit with
    finna going|gon gonna|goin going|tryna trying|nuttin nothing|kindly please|regarding about|enquire ask
    shall will|hearted heart|cuz because|luv love|wrk work|tmrw tomorrow|tmr tomorrow|tomoro tomorrow
    toinght tonight|tonite tonight|2day today|2moro tomorrow|2nite tonight|pls please|thanx thanks|ty thanks
    sed said|sayed said|askd asked|evning evening|thinkng thinking|thinkin thinking|lyfe life|lfe life
    killin killing|lonly lonely|frightend frightened|scard scared|anxous anxious|anxios anxious|nervus nervous
    embarased embarrassed|embarassed embarrassed|ashmed ashamed|exausted exhausted|exhuasted exhausted
    overwelmed overwhelmed|frustated frustrated|upseting upsetting|tierd tired|wundering wondering|wonderd wondered
    woried worried|happning happening|tihnk think|thnk think|feelin feeling|felling feeling|undrstand understand
    understnad understand|underst understand|promis promise|aftr after|abuot about|agian again|talkin talking
    lissen listen|lisen listen|listend listened|choise choice|chosing choosing|decison decision|desision decision
    apologice apologise|mistaks mistakes|mesage message|apointment appointment|appoitment appointment
    medecine medicine|medicin medicine|sleping sleeping|slep sleep|brething breathing|breth breath|chst chest
    shatterd shattered|wantd wanted|askin asking|trie try|tryed tried|cryed cried|stoped stopped|beng being
    beeing being|hadnt hadn't|tha that|tge the|teh the|adn and|nad and|yuo you|yor your|becos because
    beacuse because|hafta have|wudnt wouldn't|shudnt shouldn't|cudnt couldn't|owt anything|nowt nothing
    summat something|mesen myself|afernoon afternoon|tomorow tomorrow|definatly definitely|probly probably
    prolly probably|acutally actually|propely properly|importnt important|speek speak|spk speak|safty safety
    recrod record|recods records|chekc check|qestions questions|quesions questions|kil kill|cnat can't|caant can't
    myslef myself|sucidal suicidal|suiside suicide|suicde suicide|liveing living|dieing dying|dieee die|diee die
    goign going|wan want|nite night|weekness weakness|wating waiting|resault result|frightning frightening
    frightnd frightened|keping keeping|dnt don't|nemore anymore|anymor anymore|n and|b be|r are|od'd overdosed
"""
"""Common slips, clipped typing and Scots or American spellings, each with what is meant."""

_MEANT: dict[str, str] = {}
for _pair in _SLIPS.replace("\n", "|").split("|"):
    if _pair.strip():
        _slip, _word = _pair.split()
        _MEANT[_slip] = _word

_REAL_IN = frozenset(
    "again begin cabin certain contain explain obtain pain remain within brain train plain chain cousin martin "
    "robin captain "
    "mountain curtain bargain villain aspirin insulin protein vitamin margin origin ruin basin muffin admin "
    "login penicillin "
    "statin metformin warfarin heroin sustain maintain complain entertain refrain retain strain sprain stain "
    "drain grain main "
    "rain gain join coin skin thin chin twin spin bin win sin tin pin fin kevin colin justin gavin benjamin "
    "domain regain "
    "attain detain melanin serotonin toxin urin satin latin cumin raisin resin violin dustin erin robyn".split()
)
"""Words that do end in -in."""


@lru_cache(maxsize=50_000)
def meant(word: str) -> str:
    """The word that was meant, for lower-case words with straight apostrophes; most words mean themselves. Pure."""
    known = _MEANT.get(word)
    if known is not None:
        return known
    if len(word) < 5:
        return word
    return word + "g" if word.endswith("in") and word not in _REAL_IN else word
