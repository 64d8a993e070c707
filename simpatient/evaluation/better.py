"""One better line to try, filled with the patient's own words, in the learner's manner of speaking."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simpatient.evaluation.called import Call, cue_words
from simpatient.rubric import Behaviour, Rubric
from simpatient.words import Context, Tag

MOST_QUOTED = 4
"""Words of the patient's that are quoted back at most: a key phrase, never an echo."""

LEAST_LETTERS = 7
"""A phrase this short or shorter carries no point of its own."""

_SOUNDS: dict[str, str] = {
    "fear": "frightening", "afraid": "frightening", "scared": "frightening", "frightened": "frightening",
    "panic": "frightening", "worry": "worrying", "worried": "worrying", "anxiety": "worrying", "anxious": "worrying",
    "sadness": "sad", "sad": "sad", "grief": "very sad", "despair": "bleak", "hopelessness": "bleak",
    "hopeless": "bleak", "anger": "infuriating", "angry": "infuriating", "frustration": "frustrating",
    "frustrated": "frustrating", "loneliness": "lonely", "lonely": "lonely", "alone": "lonely", "shame": "painful",
    "ashamed": "painful", "embarrassed": "uncomfortable", "guilt": "heavy to carry", "guilty": "heavy to carry",
    "weariness": "exhausting", "tired": "exhausting", "exhausted": "exhausting", "overwhelmed": "overwhelming",
    "stress": "stressful", "confusion": "confusing", "confused": "confusing", "mistrust": "hard to trust",
    "wary": "hard to trust", "hurt": "hurtful", "pain": "painful", "pressure": "like a lot of pressure",
    "disgust": "unpleasant", "relief": "like a relief", "joy": "good", "hope": "hopeful",
}  # fmt: skip
"""How a feeling sounds in "That sounds ..."; a family of feelings and its commonest words."""

_FORMAL = {
    "I'm": "I am", "I've": "I have", "I'll": "I will", "I'd": "I would", "you're": "you are", "you've": "you have",
    "you'll": "you will", "you'd": "you would", "we're": "we are", "we've": "we have", "we'll": "we will",
    "we'd": "we would", "it's": "it is", "that's": "that is", "what's": "what is", "there's": "there is",
    "how's": "how is", "who's": "who is", "nobody's": "nobody is", "don't": "do not", "doesn't": "does not",
    "didn't": "did not", "can't": "cannot", "hadn't": "had not", "it'll": "it will", "won't": "will not", "isn't": "is not", "wasn't": "was not",
    "haven't": "have not", "hasn't": "has not", "let's": "let us",
    "there'd": "there would", "that'd": "that would", "would've": "would have",
}  # fmt: skip
_CONTRACTION = re.compile(r"\b[A-Za-z]+(?:['’][a-z]+)\b")
_STIFF = re.compile(
    r"\b(I am|I have|I will|I would|it is|that is|do not|does not|cannot|you are|Mr|Mrs|Ms|Dr|Sir|Madam|may I)\b"
)
_CLAUSE = re.compile(
    r"[.!?…,;:—–()\"“”\n]+|\s-+\s"
    r"|\b(?:and|but|so|because|cos|which|when|if|then|though|what|who|how|where|that|i|we|they|he|she|you|it"
    r"|(?:i|we|they|he|she|you|it|that|there|what|who|how)['’](?:m|d|s|ve|re|ll))\b(?!['’])",
    re.IGNORECASE,
)
"""Where a phrase may be cut out of a sentence without tearing it."""
_LEADING = frozenset(
    "this there um uh er well just like oh no yes yeah to is was am are be been have had has do does did should would could "
    "will can really very sort of kind said say".split()
)
_TRAILING = frozenset(
    "the a an to of my and or is was are were with for at in on so about from into than like should would could thought "
    "think know say said saying told read hearing really ever never even just".split()
)


def try_instead(behaviour: Behaviour, call: Call, context: Context, message: str) -> str:
    """A better line for a behaviour that was called for; empty when no line can be filled. Pure.

    Lines for the tag come before general ones; of those that can be filled, the number of the exchange picks one, so
    that the same advice is not given twice in a row. Nothing goes in but the patient's own words and the feeling that
    was heard in them.
    """
    lines = [line for line in behaviour.try_instead if not line.instead_of]
    tag = Tag.PROMISE_DUE if call.promise else call.tag
    tagged = [line.say for line in lines if line.when is not None and line.when is tag]
    general = [line.say for line in lines if line.when is None]
    fields = {"about": key_phrase(call.cue_quote), "feeling": _sounds(call.feeling)}
    return _chosen(tagged, fields, context, message) or _chosen(general, fields, context, message)


def instead_of_harm(rubric: Rubric, code: str, context: Context, message: str) -> str:
    """A better line in place of a harm, rather one with the patient's own words; empty when there is none. Pure."""
    lines = [line.say for b in rubric.behaviours for line in b.try_instead if code in line.instead_of]
    said = next((o.quote for o in context.turn.opportunities if o.tag in (Tag.CUE, Tag.CONCERN) and o.quote), "")
    fields = {"about": key_phrase(cue_words(context.turn.text, said)), "feeling": ""}
    specific = [line for line in lines if "{about}" in line]
    return _chosen(specific, fields, context, message) or _chosen(lines, fields, context, message)


def _chosen(lines: Sequence[str], fields: dict[str, str], context: Context, message: str) -> str:
    fit = [line for line in lines if all(value or f"{{{name}}}" not in line for name, value in fields.items())]
    if not fit:
        return ""
    line = fit[context.exchange % len(fit)]
    return _filled(_in_register(line, (*context.learner_said, message)), fields)


def key_phrase(quote: str) -> str:
    """Two to four of the patient's own words that carry the point; empty when none can be lifted out whole. Pure."""
    best = ""
    for clause in _CLAUSE.split(quote):
        words = clause.split()
        while words and words[0].lower().strip("'") in _LEADING:
            words = words[1:]
        while words and words[-1].lower() in _TRAILING:
            words = words[:-1]
        phrase = " ".join(words).strip("' ")
        if 2 <= len(words) <= MOST_QUOTED and len(phrase) > max(LEAST_LETTERS, len(best)):
            best = phrase
    return best


def _sounds(feeling: str) -> str:
    return _SOUNDS.get(feeling.strip().lower(), "")


def _in_register(line: str, said: Sequence[str]) -> str:
    """The line with contractions written out when the learner writes them out."""
    text = "\n".join(said)
    if _CONTRACTION.search(text) or not _STIFF.search(text):
        return line

    def written_out(match: re.Match[str]) -> str:
        word = match.group()
        plain = _FORMAL.get(word) or _FORMAL.get(word[0].lower() + word[1:])
        if plain is None:
            return word
        return plain[0].upper() + plain[1:] if word[0].isupper() else plain

    return _CONTRACTION.sub(written_out, line)


def _filled(line: str, fields: dict[str, str]) -> str:
    """The line with its fields filled; a phrase that opens a sentence gets a capital."""
    about = fields["about"]
    if line.startswith('"{about}"') and about:
        line = line.replace('"{about}"', f'"{about[0].upper()}{about[1:]}"', 1)
    return line.replace("{about}", about).replace("{feeling}", fields["feeling"])
