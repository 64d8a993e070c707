"""What kinds of thing a message can ask, and the phrases that tell them apart."""

from __future__ import annotations

import re

_PHRASES: dict[str, tuple[str, ...]] = {
    "meta": (
        r"\b(ignore|forget|disregard) (all |your |the |any )*(previous|above|earlier|prior)? ?(instructions?|prompts?|rules)\b",
        r"\b(system prompt|language model|chat ?gpt|chatbot|openai|role ?play|simulat\w*)\b",
        r"\byour (prompt|programming|instructions|persona|(hidden )?state)\b|\btrust (score|level)\b|\bhidden facts?\b",
        r"\bare you (an? )?(ai|robot|bot|machine|real|human|actor)\b",
    ),
    "sexual": (r"\b(sexy|have sex|sleep with me|your (boobs|tits|body)|make love|kiss me|date me|shag)\b",),
    "insult": (
        r"\b(fuck (you|off)|piss off|(?<!me to )(?<!i'll )(?<!i should )(?<!to just )shut (the fuck )?up|idiot|bitch|bastard|twat|kill yourself)\b",
        r"\byou('?re| are) (a |an |so |such an? )?(fucking )?(stupid|pathetic|useless|moron|liar|loser|worthless)\b",
        r"\bi('?ll| will) (hit|hurt|kill) you\b",
    ),
    "confirm": (
        r"\bhave i (got|understood) (that|this|it|you)\b|\bdid i get (that|it) right\b|\bor have i got\b",
        r"\bis that (right|it|fair|how it is|about right)\b|\bam i (right|close|hearing)\b|\b(does|would) that (sound|be) right\b",
        r"\bdo you mean\b|\bis it more\b|\b(right|correct|is that so)\?$",
    ),
    "permission": (
        r"\b(is|would) it (be )?(ok|okay|all ?right|alright) (if|to)\b|\b(do|would) you mind if\b",
        r"\bmay i\b",
        r"\bi can (sit|ask|come|stay|help)\b[^.?!]*\?|\bcan we (start|try) (again|over)\b",
        r"\b(may|could|can) i (just )?(ask|share|say|tell|offer|suggest|write|take)\b",
        r"\bif (that'?s|it'?s) (ok|okay|all ?right) with you\b",
    ),
    "agenda": (
        r"\bwhere (would|shall|should|do) (you|we) (like to |want to )?(start|begin)\b",
        r"\bwhat would (be all ?right|feel all ?right|be okay|help)\b|\bwhat would you like( us\b| to (talk|discuss|start|begin|look|focus|work|use)\b|\W*$)|\bwh(ich|at) matters most\b|\b(most (useful|helpful)|best use of)\b",
        r"\bwhat (do|would) you (like|want) (to talk|to use|from|me to know|out of)\b",
        r"\byou (choose|pick|decide) (where|what|how)\b|\b(rather|prefer to|want to|like to) (talk|start|speak)\b",
    ),
    "feedback": (
        r"\banything i (got|said|did)\b|\bwas there anything\b|\blanded (badly|wrong)\b|\bdo differently\b",
        r"\bhow (was|is|has) (today|this|that|it|talking|our \w+)( been)? (for you|going|to me)\b|\bhow (was|is) (today|this|that|it) been\b|\bhow has (today|this) been\b|\bhow (did|do) you find (this|today|it|talking|our)\b|\bhow (was|has) today\b|\bwhat('?s| is) it like (talking|being)\b",
        r"\bget(ting)? (it|something|this) wrong\b|\b(have|did) i (upset|offend(ed)?)\b",
    ),
    "plan": (
        r"\bdoes that (fit|suit|work|sound (ok|okay|good|all ?right|fair|doable))\b|\bhow does that sound\b",
        r"\bwould you change\b|\bwould that (suit|work|help|be)\b|\bsound like a plan\b",
        r"\bshall we (say|try|start|do|book|meet)\b|\bare you (happy|ok|okay) with that\b|\bis that (ok|okay|all ?right|something you)\b",
    ),
    "questions": (
        r"\b(any|what) questions\b|\banything (you('?d| would) like to|you want to) ask\b",
        r"\bwhat (would you like|do you want) to (ask|know)\b|\bwhat worries you about\b",
    ),
    "understand": (
        r"\bdo you (understand|follow)( me| that)?\W*$|\bdoes that make sense\b|\bin your own words\b|\bto check i\b",
        r"\bwhat will you tell\b|\bwhat did you take\b",
    ),
    "how_are_you": (
        r"\bhow are you( doing| feeling| today| this (morning|afternoon))*\b|\bhow('?s| is) it going\b|\bhow do you do\b",
        r"\byou (all ?right|ok|okay)\?|\bhow have you been\b|\bhow are things\b|\b(what's|the) (the )?(craic|up)\W*$|\bhow's (tricks|you|yourself)\b",
    ),
    "name": (
        r"\bwhat('?s| is) your (first )?name\b|\bwhat (should|can|may|do|shall) i call you\b",
        r"\bwhat do you (like|prefer) to be called\b|\bwho are you\b|\b(like|want) me to call you\b",
    ),
    "offer": (
        r"\b(would you like|do you want|can i get you|get you|fancy|help yourself|there'?s)\b[^.?!]*\b(water|tea|coffee|drink|tissue|biscuit)",
        r"\b(water|tea|coffee|biscuit)\?",
        r"\bhang (up )?your coat\b|\bwould you like (a|some) (break|minute)\b",
    ),
    "opinion": (
        r"\bwhat do you (think|make) of (me|this|us|it here)\b|\bdo you (like|trust|hate|believe) me\b|\b(am i|i'?m|i am) (useless|any good|doing (ok|okay|well|all right|alright|badly|this))\b",
        r"\bdon'?t you (like|trust|believe) me\b",
    ),
    "come_back": (
        r"\b(will|would) you (come|be) (back|again|here)\b|\b(meet|see each other|do this|talk) again\b[^.?!]*\?|\banother (session|meeting|appointment|one)\b[^.?!]*\?|\bsame time next\b|\b(will|can|do) i see you (again|next|on)\b",
        r"\bcome (back|again)( \w+)?( \w+)?\?|\bsee you (next|on|again|monday|tuesday|wednesday|thursday|friday)[^.?!]*\?",
    ),
    "riddle": (
        r"\bwhy did the \w+ cross\b|\bknock[ ,]+knock\b|\bwhat do you (call|get) (a|an|if|when|it)\b|\b(heard|know) the one about\b|\bwalks into a bar\b",
        r"\bwant to hear a joke\b|\bhere'?s a joke\b|\bi('ve| have)? (got|know) a (good )?joke\b",
    ),
    "nervous": (
        r"\bi('m| am)( \w+){0,3} (nervous|anxious|new( at| to| here)?|a student|a trainee|training|learning|a beginner|rubbish at this)\b",
        r"\bmy (first|second) (day|week|time|client|patient|session|meeting)\b|\bi('ve| have) never done this\b|\bim (\w+ )?(new|nervous|training)\b|\b(not sure|don'?t know) what to (ask|say)\b|\bmind'?s? (has )?gone blank\b",
    ),
    "impatient": (
        r"\b(boring|bored|waste of (my )?time|hurry up|get on with it|get to the point|whatever|haven'?t got all day|five minutes|spit it out|speak up|grow up|for god'?s sake|moaning|miserable|ungrateful|cow|sod|daft woman|paranoid|pull yourself together|man up)\b",
        r"\b(that'?s|you'?re|that is|you are) (\w+ ){0,2}(rude|difficult|hard work|weird|odd|ridiculous|silly|stupid)\b",
    ),
    "wait": (
        r"\b(hang on|hold on|one (sec|second|moment|minute)|give me a (sec|second|moment|minute)|brb|bear with me|lost my (train|place)|my phone|let me (think|write|look))\b",
    ),
    "late": (
        r"\bsorry (i'?m|i am|for being|about being) (so |a bit )?late\b|\bkept you waiting\b|\bsorry (for|about) the wait\b",
    ),
    "challenge": (
        r"\bi (asked|didn'?t ask|only asked|was asking) (you|about|where|what|if|why)?\b|\byou skipped\b|\byou('?re| are) (dodging|avoiding|not answering|changing the subject)\b|\byou (did not|didn'?t|haven'?t) answer",
        r"\banswer (me|the question|my question)\b|\bthat'?s not (an answer|what i asked)\b|\byou don'?t (want to talk|give much away|say much|talk much)\b|\bhard to (read|talk to|get to know)\b",
    ),
    "disbelief": (
        r"^\W*((oh |but )?(really|seriously|honestly|is that so|is it|isn'?t it|did (you|he|she|they)|are you|do you|have you|was it)\W*)$",
        r"\bis that a (yes|no)\b|\byou sure\b|\bare you (sure|serious)\b",
    ),
    "comfortable": (
        r"\b(warm|cold|cool|hot) enough\b|\btoo (hot|cold|warm)\b|\bare you (comfortable|cold|warm|hot)\b|\bthe (window|heating|radiator)\b",
        r"\b(your coat|the chair|that chair)\b",
    ),
    "weather": (r"\b(weather|raining|rain|snow\w*|sunny|sunshine|flood\w*|storm\w*|windy|freezing|drizzl\w*)\b",),
    "joke": (r"\b(ha(ha)+|lol|just kidding|only (joking|kidding)|joke)\b",),
    "compliment": (
        r"\b(i (really |quite )?like (your|you\b)|nice (jacket|bag|coat|boots|hands|work)|you('?re| are) (very |really |so |quite |doing (really |very |so )?)?(funny|brave|clever|kind|honest|lovely|nice|brilliant|great|wonderful|amazing|impressive|strong|well|interesting|sweet|good company|a (good|nice|kind|lovely|brave) \w+))\b",
    ),
    "seat": (r"\b(sit (wherever|down|anywhere|where)|take a seat|have a seat)\b",),
    "and_then": (
        r"\band then( what)?\W*($|[?.!])|\b(then what|what next|and after that)\b|\bwhat happened( next| then| after( that)?)?\W*$|\b(go|carry) on( then)?\W*($|[.,!?])",
        r"\b(tell me more|say more|more about)\b",
    ),
    "follow": (
        r"\b(like what|such as|for example|how so|meaning|in what way|what do you mean|what does that mean|what about (it|that)|pardon|come again|say (that|it) again|repeat|simpler|more simple)\b",
        r"\b(don'?t|didn'?t|not|do not|can'?t) (really |quite )?(understand|follow|get) (you|that|it|what)\b|\bnot making (any |much )?sense\b|\b(to|no) what\W*$",
        r"^\W*(what|who|how|which|because|but why|in what way)\W*$|^\W*\w+( \w+){0,2} (what|how|who|which|where|when)\W*$",
    ),
    "how_many": (r"\bhow (many|old)\b",),
    "how_much": (r"\bhow much\b|\bwhat did it cost\b",),
    "how_long": (r"\b(how long|since when|for how long)\b",),
    "what_said": (r"\bwhat (did|does|do|would|has|was) (\w+ ){1,3}(say|said|saying|tell|told|call|reckon|answer)\b",),
    "where": (r"\bwhere\b",),
    "which": (r"\bwhich\b|\bwhat (kind|sort|type)\b",),
    "how_often": (r"\bhow (often|regularly|frequently|many times)\b",),
    "why": (r"\b(why( is that| not| so)?|how come|what makes you|what for)\b",),
    "feeling": (
        r"\bhow (did|do|does|has|is) (that|it|this|he|she|they) (make you )?(feel|felt|leave you|affect|sit|been for you|land)\b",
        r"\bhow (do|did) you feel\b|\bwhat('?s| is| was) (that|it) like\b|\bwhat was going (on|through)\b|\bhow('?s| is) that for you\b",
    ),
    "choice": (
        r"\b(?:is|are|was|were|do|does|did|can|could|would|have|has|will|by|on|just|drive|work|more|wake)\b[^.?!]*\w,? or (?!so\b|anything|something\W*$|something like|what\b|not\W*$|two\b|three\b|whatever|have you|did you|no\W*$)[^.?!]*\?",
        r"\bor (would you (rather|prefer)|do you|is it|shall we|are you|the|just|not|today)\b[^.?!]*\?",
    ),
    "when": (r"\b(when('s| is| was| did| do| does| are| will)|how often|what (time|day|year)|^\W*when)\b",),
    "who": (r"\b(who|whose|with whom)\b",),
    "apology": (
        r"(^|[.!,]\s*)sorry\b(?! (what|who|i('m| am) late|to hear|(for|about) (your|the) (loss|dad|father|mum|mother|brother)|(he|she|they|you|it|that|things)('s|'ve)?\b))|\bi said sorry\b",
        r"\bi('?m| am) (so |really |very )?sorry\b(?! (to hear|(for|about) (your|the) (loss|dad|father|mum|mother|brother)|(he|she|they|you|it|that|things)('s|'ve)?\b))|\bapologi(?:[sz]e|es)\b|\bmy (mistake|fault)\b",
        r"\bthat was (wrong|clumsy) of me\b|\bthat('?s| is) on me\b",
    ),
    "about_learner": (
        r"\b(i (had|have|used to|live|lived|grew up|love|hate|once|also|know how)|my (own |old |little |big )?(wife|husband|mum|mother|dad|father|sister|brother|son|daughter|dog|cat|neighbour|friend|mate|grandfather|grandad|grandmother|nan|gran|uncle|aunt|cousin|boss|supervisor|tutor|teacher|colleague|partner|boyfriend|girlfriend|kids?|children|family|house|job))\b",
    ),
    "bye": (
        r"\b(good ?bye|bye|gtg|got to go|i'?m off|i must (go|finish|stop)|i have to (go|finish|stop)|see ya|laters?)\b",
    ),
    "thanks": (
        r"(^|[.!,]\s*|\b(ok|okay|well|and|so|oh|great|right|yes|no|lovely|brilliant)\W+)(many |a big )?(thank you|thanks|cheers)\b|\bi (really |do )?appreciate\b",
    ),
    "greeting": (
        r"^\W*(hi+|hello+|hey|good (morning|afternoon|evening|day)|morning|afternoon|hiya|hallo|howdy|ey up|al+ ?right mate|come (on )?in|nice to meet|pleased to meet|welcome|how do you do)\b",
    ),
    "how": (r"(^|[.!?,;]\s*|\b(and|so|but|well|ok|okay)\s+)how\b",),
    "what": (r"(^|[.!?,;]\s*|\b(and|so|but|well|ok|okay)\s+)what('s|s)?\b",),
}
"""Kinds as in `persona.lines.Asked`, most telling first, each with patterns on lower-case text."""

_ONLY_WITH: dict[str, str] = {
    "confirm": "right got correct so mean more it fair that this close hearing",
    "permission": "ok okay alright right all mind may can could",
    "agenda": "where like help matters want choose pick decide feel okay rather prefer",
    "feedback": "anything landed differently today this that it getting get upset offend offended what how what's how's whats",
    "plan": "fit fits suit work sound sounds change would shall happy ok okay right that",
    "questions": "questions question ask know worries",
    "understand": "understand follow sense words check tell take",
    "how_are_you": "how hows how's ok okay right alright craic up",
    "name": "name name's called call who",
    "offer": "water tea coffee drink tissue tissues biscuit biscuits coat break minute",
    "opinion": "me this us it here useless good doing i'm im",
    "come_back": "come back again next see time another",
    "riddle": "cross knock call get heard know bar joke",
    "nervous": "i'm im am my i've never ask say blank",
    "late": "late waiting wait",
    "challenge": "hard don't dont asked ask skipped dodging avoiding changing answer answering didn't haven't answered talk that's",
    "comfortable": "enough warm cold cool hot comfortable window heating radiator coat chair",
    "compliment": "like nice you're are",
    "seat": "sit seat",
    "sexual": "sexy sex me your make love date kiss shag sleep",
    "and_then": "then next happened on that more",
    "follow": "what such example so meaning way mean what how who which because why that pardon again repeat simpler simple understand follow get sense where when",
    "feeling": "how what was what's whats how's",
    "choice": "or",
    "who": "who whose whom who's who'd who'll who've",
    "where": "where where's where'd",
    "which": "which what what's whats",
    "how": "how how'd how's", "how_many": "how", "how_much": "how cost", "how_long": "how since", "how_often": "how",
    "what": "what what's whats",
    "what_said": "what what's whats",
    "why": "why why'd why's how makes for what",
    "thanks": "thank thanks appreciate cheers",
}  # fmt: skip
"""Words of which a message has to hold one before the patterns of a kind are tried; kinds left out are always tried."""
KINDS = tuple(
    (kind, re.compile("|".join(patterns)), frozenset(_ONLY_WITH.get(kind, "").split()))
    for kind, patterns in _PHRASES.items()
)
"""One compiled pattern a kind, with the words it cannot do without."""


def kinds_in(plain: str, present: frozenset[str]) -> list[str]:
    """The kinds of thing that lower-case text asks, most telling first. Pure.

    Args:
        plain: the text, lower case.
        present: its words.
    """
    return [
        kind
        for kind, pattern, needed in KINDS
        if (not needed or not needed.isdisjoint(present)) and pattern.search(plain)
    ]
