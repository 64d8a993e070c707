"""Plain questions that want a plain answer even when the file knows none: a habit, a liking, a skill, a favourite. Pure."""

from __future__ import annotations

import re

from simpatient.patient.clauses import WORD

PLAINLY = (
    "scale",
    "willing",
    "able",
    "heard_of",
    "has_one",
    "ever",
    "liking",
    "habit",
    "others",
    "favourite",
    "measure",
    "check",
)
"""Kinds of plain question, as in `persona.lines.Asked`."""
MATTER_OF_FACT = frozenset({"scale", "able", "heard_of", "favourite", "measure"})
"""Those that nobody minds being asked, whatever topic they brush."""
BARE = 4
"""Words up to which a question without a verb asks whether that is so."""
_OPENING = (
    r"^\W*(?:(?:so|and|but|well|ok|okay|right|now|then|oh|also|anyway|sorry|excuse me|just|please|lol|haha|hm+)[,\s]+)*"
)
_YOU = r"(?:you|u|ya|you guys)"
_YES_NO: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(_OPENING + pattern))
    for kind, pattern in (
        (
            "willing",
            rf"(?:(?:would|could|might) {_YOU} (?:ever |really |actually )?(?!say\b|rather|prefer|call|describe|like\b(?! to)|love\b|mind\b|know|remember|be (?!up for|open|willing|ready|prepared|able|interested|happy|okay|ok\b)|have|tell me|explain|show me|repeat|help me|please|feel|think (?!about)|hear|see|sit|wait|stop|imagine)\w+|will {_YOU} (?:try|come|go|do|tell|talk|ask|see|take|let|call|ring|think about|be here|be able)\b|(?:are|r) {_YOU} (?:willing|ready|prepared|open|up for|going|planning|thinking of|happy|ok|okay) to\b|do {_YOU} want to\b|how about (?:if |we |you |a |some )?\w+ing\b)",
        ),
        (
            "of_it",
            rf"(?:are|were|weren't|aren't) {_YOU} (?!an?\b|the\b|in\b|on\b|at\b|from\b|going|coming|here|there|with|sure|or\b|not\b|listening|still)(?:\w+ )?\w+(?=\W*$| (?:when|as|then|at|about|in|with|today|now)\b)",
        ),
        (
            "of_it",
            r"(?:(?:is|was|does|did|has|have|had|isn't|wasn't|doesn't|didn't|will|would|can|could) (?:it|this|that|things|everything|any of (?:it|that))|(?:are|were|aren't) (?:they|these|those)|(?:it|this|that) (?:is|was|has|does)|your \w+ (?:is|are|was|were))\b(?= ?\w)(?! (?:ok|okay|alright|all right|right|so|true|fair|you|because|why|what|how|mean)\b)",
        ),
        (
            "heard_of",
            rf"(?:(?:do |did )?{_YOU} know (?!how\b|what|why|who|if\b|whether|when|where|that\b|it\b|me\b|any|some|about|of\b|the (?:reason|feeling))\w|(?:have |did )?(?:{_YOU} )?(?:ever )?he(?:ar|ard) (?:of|about)\b)",
        ),
        (
            "able",
            rf"(?:(?:can|could) {_YOU} (?!tell|say|explain|describe|help|fill|run|show|hear|see|repeat|wait|sit|come|stop|give|think|imagine|try|talk|remember|understand|please|just|maybe|share|speak up|feel|be|have|get|manage|cope|trust|walk|take|recall|name|put|go|let|make|look|find|keep|afford|stand|bear)\w|(?:do|did) {_YOU} know how to\b|are {_YOU} (?:any )?(?:good|handy) (?:at|with)\b)",
        ),
        (
            "has_one",
            rf"(?:have {_YOU} got\b(?! to\b)|(?:do|did) {_YOU} (?:have|own|keep|possess)\b(?! to\b)|have {_YOU} (?:any|an?|no)\b|{_YOU} (?:have|got|have got) (?:any|an?|the|some)\b|(?:is|are|was|were) there\b(?= (?:a|an|any|some)(?:thing|body|one)?\b)|(?:got )?any (?!more|idea|chance|way|reason|questions?|thoughts?|better|worse|other|else)\w+)",
        ),
        (
            "liking",
            rf"(?:(?:do|did|don't|would) )?{_YOU} (?:really |also |ever |even )?(?:like|enjoy|fancy|love|prefer|care for|hate)\b(?! (?:to (?:talk|tell|say|start|go on|share|see|come|stop|change|begin)|me\b|him\b|her\b|them\b|yourself))|(?:{_OPENING})?are {_YOU} (?:into|keen on|fond of|a (?:\w+ )?(?:fan|person)\b)",
        ),
        (
            "ever",
            rf"(?:(?:have|had|haven't) {_YOU}|(?:did|didn't) {_YOU} (?:ever|see|watch|hear|catch|read|get to|go to|play|use to|vote)\b|{_YOU} (?:ever )?(?:been|tried|seen|did|went|had)|(?:{_YOU} )?ever)\b(?![^?]*\b(?:feel|felt|feeling|like (?:that|this)|hurt)\b)",
        ),
        (
            "habit",
            rf"(?:(?:do|are|don't|aren't) {_YOU}(?= \w)(?! or\b)|{_YOU} (?:also|too|ever|still|often|sometimes|usually|don't|do|never|always|really|just|didn't))\b(?! (?:feel|think|mean|want|need|wish|believe|trust|know))",
        ),
        (
            "others",
            r"(?:(?:he|she|they) (?:is|are|was|were|has|have|can|will|also|still|ever|too|knows?|likes?|works?)\b(?= \w)|(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|isn't|doesn't) (?:he|she|they|your \w+|the \w+|people|(?!you|u\b|i\b|some(?:body|one)\b|any(?:body|one)\b|we\b|it\b|that\b|this\b|there\b|these\b|those\b|not\b|any\b)[a-z]{3,})\b(?= \w)|(?:do|does|did|is|are|was|were|has|have) (?:yours|theirs|his|hers)\b)",
        ),
    )
)
_SAYS_YOU = re.compile(
    _OPENING + rf"{_YOU} (?!mean|know|think|said|say|sure|ok|okay|all right|alright|there)[a-z']+ \w"
)
"""A statement about the patient that is made a question."""
_FAVOURITE = re.compile(
    r"\bfavou?rites?\b|\bwh(?:at|o|ich)(?:'s|s| is| was| were| are)? (?:the |your )(?:best|longest|biggest|strangest|funniest|oldest|nicest|weirdest|craziest|smallest|tallest|prettiest|oddest|tastiest|most (?:beautiful|interesting|expensive|exciting|unusual|popular|famous))\b"
)
_MEASURE = re.compile(
    r"\bhow (?:tall|big|heavy|high|wide|fast|deep|large|broad|thick)\b|\bwhat (?:size|height|weight)\b|\b(?:do|did) (?:you|u) weigh\b|\byour (?:height|weight|shoe size)\b"
)
_SCALE = re.compile(
    r"\bscale\b|\bout of (?:ten|10|a hundred|100)\b|\b(?:one|zero|nought|1|0) (?:to|and|-) ?(?:ten|10)\b|\b[01]-10\b"
)
_CHECKS = frozenset(
    "one two three four five six seven eight nine ten twenty none every always all only just never still even alone nobody everyone everybody nothing everything somebody night nights morning mornings evening evenings day days "
    "week weeks weekend weekends months years today yesterday now lately again already both most mostly sometimes often usually himself herself myself themselves "
    "him her them there here at by for in on with without from before after since until till whole long much more less soon twice once".split()
)
"""Words by which a bare question asks whether that is so, and not about a new thing."""
_NO_CHECK = frozenset(
    "what how why who when where which whose whom what's how's who's where's you u yourself your i me my we do does did are is was were have has had can could "
    "will would shall should may might tea coffee water biscuit please sorry pardon hello hi hey ok okay right really seriously "
    "honestly yes no eh huh hm oh well meaning example pardon anything something questions ready any one more".split()
)


def on_a_scale(text: str) -> bool:
    """Whether lower-case text asks for a number on a scale."""
    return bool(_SCALE.search(text))


def plain_kinds(text: str, kinds: list[str], *, asks: bool, last: bool = True) -> list[str]:
    """The kinds of plain question that lower-case text is, none when it goes deeper than that.

    Args:
        text: one part of a message.
        kinds: what it was found to ask so far.
        asks: whether it asks anything.
        last: whether nothing comes after it in the message.
    """
    if not asks or not _ANSWERED_AS_SUCH.isdisjoint(kinds):
        return []
    if _MEASURE.search(text):
        return ["measure"]
    if _FAVOURITE.search(text) and "meaning" not in kinds:
        return ["favourite"]
    words = WORD.findall(text)
    if on_a_scale(text):
        return ["scale"]
    if len(words) <= BARE and kinds in ([], ["yes_no"]) and _NO_CHECK.isdisjoint(words):
        if not _CHECKS.isdisjoint(words):
            return ["check"]
        return ["has_one"] if last and words and words[-1].endswith("s") else []
    if "yes_no" not in kinds:
        return []
    if _IS_MEANT.search(text):
        return ["check"]
    found = [kind for kind, pattern in _YES_NO if pattern.match(text)][:1]
    return found or (["check"] if "?" in text and not _DEEP & {*kinds} and _SAYS_YOU.match(text) else [])


_IS_MEANT = re.compile(
    r"\bis (?:this|that|it) [\w' ]+ (?:(?:we're|we are|you're|you are) (?:on about|talking about|talking of|speaking of|telling)|you mean)\b"
)
"""Makes sure of whom or what is being spoken."""
_ANSWERED_AS_SUCH = frozenset(
    "inner confirm permission plan offer how_are_you name understand feedback questions agenda riddle opinion come_back late challenge disbelief comfortable meta".split()
)
"""Kinds that are answered as such, however they are put."""
_DEEP = frozenset({"fear", "suppose", "wish", "knows", "feeling", "meaning"})
_EITHER = re.compile(
    r"(?:^|[\s,:])(?:an? |the |your |in the |at |by |for |with |on )?([a-z]{3,}),? or (?:(?:is it|was it|more|rather|in|to|from|at|by|for|with|on|in the|at|an?|the|your) )*([a-z]{3,})\W*\?"
)
_TURNED = {"yours": "mine", "mine": "yours", "ours": "ours"}
"""Words that mean somebody else in the patient's mouth."""
ANY_OF = re.compile(r"\b(?:any|ever)\b[^.?!]*\bor\b|\bor\b[^.?!]*\b(?:before|ever)\b")
"""Asks whether there is or was any of several, not which."""
_NO_OPTION = frozenset(
    "not what who how when where why which two three four something anything someone anyone else so maybe just only more less it that this them him her you me us "
    "no yes both neither either whatever bad worse suicide pills knife rope die dead one ones is was are were do does did have has".split()
)


def options(text: str, kept: frozenset[str]) -> tuple[str, ...]:
    """The two single words that a lower-case question leaves the choice between; empty when there are none.

    Args:
        text: the question.
        kept: words that this patient must not be the one to say.
    """
    found = _EITHER.search(text)
    if found is None or ANY_OF.search(text):
        return ()
    pair = found.groups()
    fits = not (_NO_OPTION | kept) & {*pair} and not any(word.endswith(("ing", "ed", "ly")) for word in pair)
    return tuple(_TURNED.get(word, word) for word in pair) if fits else ()
