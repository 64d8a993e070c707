"""Whether a message says honestly that two people do not suit each other, and helps on well."""

from __future__ import annotations

import re

from simpatient.appraisal.text import remembered

_MISFIT = re.compile(
    r"\b(?:we|you and i) (?:\w+ )?(?:do not|are not|might not|may not|are no)\b[^.?!]*\b(?:suit|suited|fit|match|right for)\b"
    r"|\bdo not (?:think|believe|feel) (?:that )?(?:we|you and i|i)\b[^.?!]*\b(?:suit|fit|match|right (?:for|person|one))\b"
    r"|\bi (?:am|may|might|do) not\b[^.?!]*\b(?:right (?:person|one|sort|counsellor|therapist)|suit you|fit for you|be right"
    r"|best person|the one (?:for|who))\b"
    r"|\b(?:someone|somebody|another \w+|a different \w+|a colleague)\b[^.?!]*\b(?:suit you|be (?:a )?better|fit you|right for you"
    r"|do (?:this|that|it) better|more use)\b"
    r"|\b(?:not the right|not a good|a bad) (?:fit|match)\b|\b(?:better|more help|more use) (?:off )?with (?:someone|somebody)\b"
    r"|\b(?:not|never) getting (?:anywhere|on)\b"
)
_WHO = re.compile(
    r"\b(?:colleague|called \w+|(?:dr|doctor|mr|mrs|ms) \w+|(?:her|his|their) name|service|the \w+ team|i know (?:someone|somebody)"
    r"|someone (?:here|i|at)|somebody (?:here|i|at)|a (?:woman|man|person|counsellor|therapist) (?:here|who|in|at|called))\b"
)
_HANDS_ON = re.compile(
    r"\bi (?:will|can|could|would|am happy to|am going to) (?:\w+ )?(?:ring|call|write|email|introduce|speak|talk|ask|pass|arrange|book"
    r"|put you|send|give you|find|help|stay|keep|see you|be here|go with)\b|\b(?:you can (?:still )?(?:come|keep|see)|until (?:then"
    r"|you|that|it)|in the meantime|no gap)\b"
)
_CHOICE = re.compile(
    r"\b(?:only if|up to you|your choice|you (?:choose|decide|say)|if you (?:would )?(?:like|want|prefer|rather)|would you (?:like|want|rather"
    r"|prefer)|what do you (?:think|say|want)|how (?:does|would) that|does that|is that (?:something|okay|all right))\b"
)
WELL = 2
"""Parts of a good handover that have to be there: somebody named, a hand on the way, a choice."""


def refers_well(text: str) -> bool:
    """Whether the learner names honestly that they do not suit each other and helps to find who does. Pure.

    At least two of: somebody named, a hand on the way there, a real choice. Blame is judged elsewhere, as a harm.

    Source: two-sided fit (WAI; design, clinical card P38).
    """
    plain = remembered(text).norm
    return bool(_MISFIT.search(plain)) and sum(bool(p.search(plain)) for p in (_WHO, _HANDS_ON, _CHOICE)) >= WELL
