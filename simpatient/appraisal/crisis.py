"""Whether play has to stop because the learner writes as themselves in crisis (clinical section 5.1)."""

from __future__ import annotations

import re

from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import Utterance, utterances_of

_ACT = (
    r"kill(?:ing)? (?:myself|my self|me)|suicid\w*|(?:end|ending|finish|finishing|take|taking) (?:my (?:own "
    r")?life|it all|things|my life)|(?:hurt|harm|cut|burn|hurting|harming|cutting|burning) (?:myself|my (?:self"
    r"|legs?|arms?|wrists?|own))"
    r"|(?:made|make|do|doing|did) harm to myself|(?:danger|not safe|unsafe|do not feel safe|safe) (?:from|with"
    r"|to) myself|self harm\w*|been sh ing|sh ing again|harmed myself|unalive|kms|ctb|top(?:ping)? myself"
    r"|off(?:ing)? myself|do myself in|sh-?ing|sui thoughts|overdos\w+"
)
"""Acts against oneself in plain, formal and slang words."""
_WISH = (
    r"(?:want|wants|wanted|wish|wishing|wan|prefer|rather|ready|prepare|prepared|going|plan\w*|deserve|like"
    r"|easier|better|love|need)(?: i (?:was|were)| to| it was| if i (?:was|were)| for me| just| really| be)* "
    r"(?:to )?(?:die|dying|dead|be dead|not exist|disappear for ?ever|not be alive|end it|jump)"
    r"|(?:do not|did not|never|not|no longer|can not)(?: (?!(?:where|who|how|when|whether|what|you|he|she|they|we|people"
    r"|your|his|her|their|far|near)\b)\w+){0,2} (?:want to |want )?(?:be alive|be here any "
    r"?more|be here no more|wake up|woken up|live(?: more| any ?more| after)?|living|go on "
    r"living|keep living|stay alive|be saved|exist)"
    r"|(?<!would )(?:do not|did not|never|not) (?:\w+ ){0,2}(?:want to )?be here either"
    r"|(?:wish|wished) i (?:had )?(?:was|were|never) (?:dead|born|woken|wake)|(?:tired|sick|done) (?:of|with) "
    r"(?:living|being alive|life)|had enough of (?:life|living)|(?:no|any|not) (?:see any )?(?:reason|point"
    r"|sense)(?: \w+){0,3} (?:live|living|stay alive|be here|being here|me being here|alive|go on)|life has "
    r"(?:no|not) sense"
    r"|not worth living|better off (?:dead|without me)|(?:if|when|wish) i (?:was|were|am) (?:gone|dead)|if i "
    r"disappeared for ?ever|never woken up|(?:did not|do not|not) wake up|way out (?:for me )?is to die|want "
    r"out permanently|not deserve to live|(?:can not|do not) (?:keep|go on|stay) (?:living|alive)"
)
"""Wishes to be dead or not to live."""
_SIGNS = (
    r"(?:wrote|written|writing) (?:my )?(?:goodbye|suicide) (?:letters?|notes?)|saying goodbye to (?:people"
    r"|everyone|everybody|my)|(?:given|giving) (?:my (?:dog|cat|things)|away)\b[^.?!]*|(?:tablets|pills) in "
    r"front of me|saving (?:up )?(?:my )?(?:pills|tablets)|took too many (?:tablets|pills)|(?:took|taken"
    r"|swallowed) (?:all|too many)\b[^.?!]*(?:tablets|pills)|worked out (?:the date|how|when) i|crash(?:ing)? "
    r"my car\b[^.?!]*on purpose|(?:looking|look) at the bridge\b[^.?!]*"
    r"|(?:not|do not think i will) be around (?:next|this|to|much)|not (?:want to )?make it to (?:christmas"
    r"|tomorrow|the weekend|next)|can not promise (?:that )?i will (?:come|get|make it) home|last thing i will "
    r"ever write|nothing left for me|(?:going to )?join (?:him|her|them) soon|i have (?:got )?a plan and i "
    r"have (?:got )?what i need|have it all ready"
)
"""Preparations and last words."""
_RISK = re.compile(rf"\b(?:{_ACT}|{_WISH}|{_SIGNS})(?!\w)")
_SIGN = re.compile(rf"\b(?:{_SIGNS})(?!\w)")
_FIRST = re.compile(r"\b(?:i|me|my|myself|mine)\b")
_OWN_VOICE = re.compile(
    r"\b(?:this is me|that is me|me talking|it is me|i mean it|for real|in real life|not (?:a |the |for the "
    r")?(?:patient|character|exercise|role ?play|acting|playing|pretending|joke|joking)|is not (?:a )?(?:role "
    r"?play|part of|a joke)|is not role|out of (?:role|character)|ooc|the learner speaking|me not you|myself "
    r"not|not the (?:role|act|patient|character)|i am the (?:one|student|learner|trainee)|mine i mean|i mean "
    r"mine|only a program|same for me|mine too|forget maggie|i know that one|for me too|help me please|please "
    r"help me|on purpose)\b"
)
"""Words by which the writer steps out of the play."""
_ABOUT_PATIENT = re.compile(
    r"\b(?:do you|are you|have you|did you|were you|would you|will you|can you|asking (?:you|whether|if|about)"
    r"|part of you|ask (?:you|whether|if|about|everyone|everybody)|when you (?:say|said|told|wrote|wake)|you "
    r"(?:said|say|told|mentioned|feel|felt|want|wanted|wish|were|might|may|would|wrote|must|thought|think"
    r"|talk\w*|spoke|used|sound|do not|did not|put)|your (?:own )?(?:life|words?|son|daughter|wife|husband"
    r"|mother|father|partner|friend|brother|sister|form)|yourself"
    r"|(?:people|someone|anyone|anybody|patients|some|others|many|men|women|everyone|he|she|they|client|policy"
    r"|leaflet) (?:\w+ )?(?:who|feel|feels|have|has|think|thinks|with|say|says|want|wants|wanted|said|told|get"
    r"|gets|can|sometimes|tried|attempted)|thoughts of (?:suicide|ending|killing|harming) (?:in|are|can|come)"
    r"|if i (?:thought|believed|was worried|were worried|think) (?:that )?(?:you|someone|anyone)|worried "
    r"(?:that )?(?:about )?you|someone else|it is (?:okay|all right|fine) to say|you can (?:say|tell)|to say i "
    r"want to)\b"
)
"""Words by which it is the patient's, or people's in general."""
_SAYS_YOU = re.compile(r"\b(?:you|he|she|they) (?:said|told|wrote|say|mean|meant)\b")
"""Whose words they were, said after them."""
_JOKE = re.compile(
    r"\b(?:(?:would|will|is going to|are going to|nearly|almost|could|is|are|might|going to) (?:\w+ )?kill(?:s"
    r"|ing)? me|kills me|killing me|dying (?:to|for)|die of|died of|(?:nearly|almost|could have) died|kill for"
    r"|to die for|(?:kill|shoot) me (?:if|when|later|for|now)|end it (?:there|here)\b[^.?!]*(?:for today|for "
    r"now|today|now|tuesday|pick)|(?:hurt|cut) myself (?:playing|shaving|cooking|chopping|running|on (?:a|the"
    r"|my)|opening|falling|lifting|at (?:football|the gym|work)|gardening|doing)|jump (?:in|to|on|at|back|right"
    r"|ahead)|dead (?:tired|on|right|end|line|sure|good|heat)|dying (?:here|of|to)|wanted to die (?:of|when)"
    r"|suicid\w* (?:risk|prevention|assessment|awareness|policy|training|hotline|line|watch|rates?|screen\w*"
    r"|questions?))\b"
)
"""Figures of speech, accidents and shop talk."""
_DENIES = re.compile(
    r"\b(?:am not|was not|never been|never felt|do not feel|not feeling|would never|not going to|never)(?: "
    r"\w+){0,2} $"
)
_STILL = re.compile(r"\b(?:not (?:going to make|sure i can|safe)|never (?:told|said)|not (?:a joke|joking|even))\b")


def stops_play(text: str) -> bool:
    """Whether the learner writes of their own wish to die or to hurt themselves. Pure.

    Each utterance is looked at by itself: questions to the patient, reflections of what the patient said, talk about
    people in general, figures of speech and accidents never stop play. An utterance in the first person that speaks of
    the writer alone does, also in the middle of a message that is otherwise good play. In doubt it stops: a card too
    many does less harm than one too few.

    Source: clinical section 5.1 (design).
    """
    message = message_of(text)
    utterances = utterances_of(message)
    own_voice = bool(_OWN_VOICE.search(message.norm))
    quoted = '"' in text or "“" in text or re.search(r"(?:^|\s)['‘][^'’]{6,}['’]", text) is not None
    return any(_in_crisis(utterance, own_voice, quoted) for utterance in utterances) or (
        own_voice and message.count <= 14 and bool(re.search(r"\b(?:suicidal|in danger from myself)\b", message.norm))
    )


def _in_crisis(utterance: Utterance, own_voice: bool, quoted: bool) -> bool:
    """Whether one utterance speaks of the writer's own danger."""
    words = utterance.text
    found = _RISK.search(words)
    if not found or _JOKE.search(words):
        return False
    if _DENIES.search(words[: found.start()]) and not _STILL.search(words):
        return False
    if utterance.mark == "?" and not own_voice:
        return False
    if _SIGN.search(words) and re.search(r"\b(?:i|me|my)\b", words):
        return True
    about_patient = _ABOUT_PATIENT.search(words, 0, found.end()) or _SAYS_YOU.search(words, found.end())
    if about_patient and not (own_voice or _turns_to_self(words, about_patient.end(), found.start())):
        return False
    if quoted and not own_voice and not _turns_to_self(words, 0, found.start()):
        return False
    if _FIRST.search(words):
        return True
    brief = utterance.last - utterance.first <= 6 and "you" not in utterance.words
    return brief and utterance.words[0] in ("kms", "suicidal", "thinking", "want", "been")


def _turns_to_self(words: str, after: int, until: int) -> bool:
    """Whether the writer speaks of themselves between the mention of the patient and the risk."""
    if after > until:
        return False
    return bool(
        re.search(
            r"\b(?:but|honestly|and|too|mine|me) (?:\w+ ){0,3}i\b|\bi am (?:the one|that|a burden)|\bi know "
            r"that\b",
            words[after:until],
        )
    )
