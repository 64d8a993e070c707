"""Whether play has to stop because the learner writes as themselves in crisis (clinical section 5.1)."""

from __future__ import annotations

import re

from simpatient.appraisal.text import message_of
from simpatient.appraisal.utterances import utterances_of

_OWN = (
    r"kill (?:myself|me\b)|suicid\w*|end (?:my (?:own )?life|it all)|take my (?:own )?life|(?:hurt|harm|cut|cutting|hurting|harming|injur\w+|burn|burning) myself"
    r"|(?:want|wanted|wish|wishing|like|love|rather|ready|going|plan\w*|think\w*) (?:i |that i |to |about |of |just )*(?:die|dying|be dead|was dead|were dead|not exist|disappear for good|not be alive|not be here any ?more|never wake up|not wake up|end it|ending it|jump\w*|overdos\w+)"
    r"|better off (?:dead|without me)|(?:do not|can not|did not) (?:want to |really want to )?(?:live|be alive|go on living|keep living|go on any ?more|do this any ?more|live any ?more|be here any ?more|exist)"
    r"|(?:no|any) (?:reason|point) (?:to|in|for me to) (?:live|living|go on|going on|be here|carry on|being alive)|not worth living|(?:took|taken|swallowed|taking) (?:an? )?(?:overdose|all (?:my|the) (?:pills|tablets))|self harm\w*|(?:am|feel|feeling) suicidal"
)  # fmt: skip
_RISK = re.compile(rf"\b(?:{_OWN})\b")
_FIRST = re.compile(r"\b(?:i|me|my|myself)\b")
_SELF_STARTS = re.compile(
    r"\b(?:this is me|not (?:the |as )?(?:patient|role|role ?play|playing|acting)|out of (?:role|character)|for real|real life|in real life|actually me|i am not (?:acting|playing|pretending)|me not|myself not)\b"
)
_PLAY = re.compile(
    r"\b(?:do you|are you|have you|did you|were you|would you|can i ask|i (?:have to|need to|want to|would like to|must|should|am going to|always|will|am) (?:ask|check|asking)|asking (?:you|whether|if)|ask (?:you|everyone|whether|if|about)|when you (?:say|said|told|wrote)|you (?:said|say|told|mentioned|feel|felt|want|wanted|wish|were|are|have|had|might|may|would|wrote|must|do|talk\w*)|"
    r"your (?:own )?life|yourself|i (?:hear|heard|wonder|am wondering|was wondering|sense|gather|worry that you|am worried (?:that )?you|am worried about you)|(?:people|someone|anyone|patients|some|others|many|men|women) (?:who|feel|have|think|with|say|want|get)|thoughts of (?:suicide|ending|killing|harming)|if i (?:thought|think|believed|was worried|were worried) (?:that )?you|danger|exceptions?)\b"
)
_JOKE = re.compile(
    r"\b(?:(?:my (?:boss|mother|wife|husband|back|feet|knees?|head|supervisor|tutor|team)|this|that|traffic|heat|queue|stairs|he|she|they|it) (?:\w+ )?(?:would|will|is going to|are going to|nearly|almost|could|is|are) (?:\w+ )?kill(?:ing)? me|killing me|dying (?:to|for)|die of (?:embarrassment|boredom|laughter|shame)|(?:nearly|almost|could have|thought i would) (?:died|die)|kill for|kill me (?:if|when|later|for))\b"
)


def stops_play(text: str) -> bool:
    """Whether the learner writes of their own wish to die or to hurt themselves. Pure.

    Questions to the patient, reflections of what the patient said and talk about people in general never stop play;
    nor do figures of speech. A message that mixes both stops it when one utterance speaks of the writer alone.

    Source: clinical section 5.1 (design).
    """
    message = message_of(text)
    own_voice = bool(_SELF_STARTS.search(message.norm))
    for utterance in utterances_of(message):
        words = utterance.text
        found = _RISK.search(words)
        if not found or _JOKE.search(words):
            continue
        if (
            utterance.mark == "?"
            and not own_voice
            and not re.match(r"^(?:what|why|how|would|should|can|is|does) .*\bi\b", words)
        ):
            continue
        if _PLAY.search(words) and not own_voice:
            continue
        if _FIRST.search(words) and not _denied(words, found.start()):
            return True
    return False


def _denied(words: str, at: int) -> bool:
    """Whether the writer denies it just before ("I am not suicidal")."""
    return bool(
        re.search(r"\b(?:am not|was not|never|do not (?:want to|think|feel)|not)(?: \w+){0,2} $", words[:at])
    ) and not re.search(r"not (?:going to|sure i can|able)", words[:at])
