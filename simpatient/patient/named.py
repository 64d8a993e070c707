"""A thing that a message names, ready to be said back with its article. Pure."""

from __future__ import annotations

import re

_NAMED = re.compile(
    r"\b(the|your|my|those) ((?:[a-z]+ )?)([a-z]{3,})"
    r"(?=\W*[.,;:?!]|\W*$| (?:in|on|at|with|of|and|or|but|is|was|were|are|that|which|when|while|for|from|to|before|after|by|then|again|because|if|who|so|has|had|did|does|do) )"
)
_NO_NOUN = frozenset(
    "one ones other others same first last second next way ways thing things bit bits lot lots kind sort part parts time times moment minute question questions answer "
    "word words point reason fact case end start beginning middle best worst most more less least least own only few right wrong good bad new old little big "
    "hard long short nice lovely real true sure able honest clear fair fine okay whole entire very too much many such quite rather really just kinda sort "
    "help matter use idea sense feeling feelings feel felt look sound hear see say said know mean think want need like love let get got go going come "
    "you me him her them us it this that there here they she he we what who how why where when anyone someone anything something everything nothing "
    "session sessions story picture side sides past future present truth problem problems issue issues person people man woman men women human being self "
    "hell shit fuck crap arse bloody idiot stupid bitch today tomorrow yesterday week day days night year years while name "
    "pleasure conversation chat talk topic subject example message messages mind life lives world place kids child children family "
    "off out up down away open shut back again only too then there monday tuesday wednesday thursday friday saturday sunday yes no guess meantime shit "
    "measure seat chair hour work job home house way deal "
    "suicide death knife rope pills overdose client patient".split()
)
"""Words that say too little, or too much, to be said back."""
_NOT_BEFORE = frozenset(
    "that you i he she they we it is was are were do did does not more only very too so than as of in on at to for and or but one other same first last next own few".split()
)
"""Words that do not stand between an article and its noun."""
_ENDINGS = ("ing", "ed", "ly", "ful", "ous", "ive", "able", "ible", "est", "ish")
_TURNED = {"your": "my", "my": "your"}


def thing_in(plain: str, kept: frozenset[str]) -> str:
    """The last thing that lower-case text names with an article, as the other would say it; empty when there is none.

    Args:
        plain: the message, lower case.
        kept: words that this patient must not be the one to say.
    """
    found = ""
    for article, middle, noun in _NAMED.findall(plain):
        between = middle.strip()
        if (
            noun in _NO_NOUN
            or noun.endswith(_ENDINGS)
            or between in _NOT_BEFORE
            or not kept.isdisjoint((between, noun))
        ):
            continue
        if between in _NO_NOUN and between not in ("whole", "old", "little", "big", "new", "long", "good", "nice"):
            continue
        found = f"{_TURNED.get(article, article)} {middle}{noun}"
    return found
