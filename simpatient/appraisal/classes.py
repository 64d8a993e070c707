"""Kinds of words that counsellors reach for when they do one thing or another, in plain, homely and foreign speech.

What is learnt from examples about a kind holds for all its words: who says "the lid's yours" leaves the patient free
as much as who says "you choose". A word may belong to several kinds. The lists are our own.
"""

from __future__ import annotations

KINDS: dict[str, str] = {
    "time": "today tonight tomorrow noon midnight midday monday tuesday wednesday thursday friday saturday sunday morning "
            "afternoon evening lunch tea breakfast hour minute minutes hours one two three four five six seven eight nine "
            "ten eleven twelve half quarter weekend am pm shift soon later second tick fri mon tues weds thurs weekly "
            "fortnight week weeks month day days june may march easter christmas",
    "contact": "ring phone call text email write post send message tell say let know hear letter drop line report",
    "find out": "ask check find look chase search read consult enquire ring see sort fetch get bring speak book order print",
    "knowing": "know sure certain clue idea foggiest guess answer tell say knowledge",
    "sorry": "sorry apologies apologise apology fault mistake wrong blame mine ashamed forgive regret excuse",
    "slip": "interrupted pushed rushed barged jumped talked lectured snapped assumed forgot missed cut hurried clumsy "
            "careless told ignored hurt broke",
    "option": "option options way ways choice choices either neither or route road path alternative between both instead "
              "rather third",
    "prefer": "prefer rather like suit suits fit fits lean leaning weigh weighs pull pulls matter matters important pick "
              "choose decide decision settle want fancy",
    "free": "yours call shout say choose pick decide up stop refuse no skip pass leave keep lid shut closed",
    "slow": "rush hurry time slow quiet silence wait minute breath breathe still while pace second long stay sit",
    "stay": "stay here sit beside with company near close by hold hand sleeve staying waiting around",
    "record": "write written writing note notes record records file chart form letter report typed typing lines computer "
              "paper screen",
    "secret": "private confidential secret between stays nobody who hears sees reads supervisor share tell boss police "
              "court danger life harm hurt child law sign consent signature permission",
    "many": "many most lots plenty common half everyone people folk others thousand dozens loads nearly usual hundred "
            "every majority",
    "weak": "weak weakness soft mad crazy daft stupid shame ashamed failing failure silly fault strange odd wicked bad",
    "sense": "sense wonder reasonable understandable natural blame surprised course follows adds fair reason grounds right "
             "logical expect bound",
    "brave": "brave courage guts strength strong grit took nerve effort managed kept stuck despite anyway still yourself "
             "bottle heart spoke stood",
    "small": "one bit try step only little maybe might first small five half just single start go another few",
    "greet": "hello hi hey morning afternoon evening welcome nice pleased glad good come im name",
    "host": "tea coffee water sit seat chair coat hang warm blanket cup biscuit radiator window comfy pillow drink jug "
            "cuppa",
    "liken": "like means picture imagine think same called word simply short plain pipe pump key door hose spring words",
    "chance": "ten hundred thousand percent five most few rarely sometimes usually likely some risk half odds in out",
    "team": "together us we our between side team back behind beside both two with",
    "family": "mother father mum dad son daughter wife husband brother sister parents family him her his boy girl lad lassie",
    "match": "fit suit match right someone else colleague therapist different click types honest honestly tell",
    "criticise": "missed wrong better differently different change quick much many helpful landed sit annoy grumble honest "
                 "tell off slow",
    "asking": "question questions ask wonder wondering doubt unclear fuzzy missed worry worries bothers frets puzzled",
    "plan": "goal aim plan target weeks review first start then next list by until measure under count look date agree step",
    "back": "last remember told said yesterday monday before again since still how did went was go happened",
    "noticed": "noticed notice heard saw hear voice quiet eyes smiled laughed hand went looked pause gap word said tone "
               "silence",
    "now": "now here moment right just between us notice feel sense pause",
    "me": "i me my mine myself im",
    "you": "you your yours yourself u ur ye yer",
    "truth": "honest honestly truth frank truthfully straight real admit thrown embarrassed struggling stuck blush",
    "presence": "read reading typing line screen tone face thinking listening quiet here words message writing eyes",
    "tentative": "maybe perhaps might could wonder guess seem seems sounds almost sort somehow",
    "thanks": "thank thanks glad appreciate grateful pleased good honoured",
    "negation": "not no never none nothing nobody cannot nor without",
}  # fmt: skip
"""Words by kind."""

KINDS_OF: dict[str, tuple[str, ...]] = {}
"""The kinds of each word."""
for _kind, _words in KINDS.items():
    for _word in _words.split():
        KINDS_OF[_word] = (*KINDS_OF.get(_word, ()), _kind)
