"""What a question means in this meeting: whom "he" stands for, and which words go on from the last ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from simpatient.patient.aspects import finer, suits
from simpatient.patient.clauses import stem, words_in
from simpatient.patient.coverage import telling, telling_words
from simpatient.patient.hearing import BARE, DEEPER, IN_PASSING, NOT_BACK, SHORT, Heard, Question
from simpatient.patient.index import TYPED, Index
from simpatient.patient.memory import Memory
from simpatient.patient.sentences import sentences

AUTHORED = 3.0
"""Weight from which a phrase is trusted although it speaks of he or she."""
EXACT = 6.0
"""Weight from which a phrase means the very he or she that it names."""
MOST = 2
"""Questions of one message that are answered."""
ONWARD, ONWARD_SHORT, ONWARD_REMARK, ONWARD_SURE, ONWARD_CERTAIN = 0.5, 0.35, 0.6, 0.8, 0.92
"""Chance from which a question is a follow-up to the last words, from which one of three words or less is, from which a remark is, from which a question is that
names something else, and from which one is that names in so many words what it asks about."""
REMARK = 120
"""Characters up to which a remark may be answered by a follow-up."""
BRIEF = 6
"""Words up to which "it" means what the last reply was about; in more words it means what they say."""
LOOSE = frozenset({"follow", "and_then", "go_on", "why", "invite", "nod"})
"""Kinds of asking back that any next words may answer."""
_PRONOUNS = {
    "he": frozenset({"he", "him", "his", "he's", "hes"}),
    "she": frozenset({"she", "her", "hers", "she's", "shes"}),
    "they": frozenset({"they", "them", "their", "they're", "theyre"}),
    "there": frozenset({"there"}),
    "it": frozenset({"it", "it's", "its", "that", "this"}),
}
_SHE_OR_HE = _PRONOUNS["he"] | _PRONOUNS["she"]
_YOU = frozenset({"you", "your", "you're", "yourself", "you've", "u", "we", "us", "i", "me"})
_SELF = frozenset({"you", "you're", "you've", "you'd", "yourself", "u", "we", "us"})
_CALLED = frozenset({"called", "name", "names"})
_ASKS_YOU = re.compile(
    r"\b(?:do|did|would|can|could) (?:you|u) (?:always |ever |usually |just |still )?(?:do|say|react|reply|answer|tell|go|want|need|get)\b|\bwhat (?:do|did|would) (?:you|u) (?:think|feel|tell)\b|^\W*(?:\w+ )?you (?:could|should|might|ought|need|must|have to)\b"
)
"""What is asked of the patient, whoever else comes up."""
_WHO_IS = re.compile(r"\bwho(?:'s| is| was| are| were)? (he|she|they)\b")
"""Asks who somebody is that was spoken of."""
_OF_WHAT = re.compile(r"\w (?:what|who|whom)\W*$")
"""Asks for one word of the last reply: "find out what?"."""
_GUESSES = re.compile(
    r"^(?!.*\bmean\b)(.*\b(?:what|who|whom|where|when|why|how|which)\b[^,?]*), (?!(?:what|who|where|when|why|how|do|does|did|is|are|was|were|can|could|would|will|if|and|but|or|you|not)\b)[^,?]{1,30}\?\W*$"
)
"""A question with a guess behind it: "for what, a curry?"."""
_LIKE_WHAT = re.compile(r"\b(?:like what|such as|for example|for instance)\b\W*$|\blike what\b")
"""Asks for more of what its other words name."""
_OF_IT_ALL = frozenset({"meaning", "suppose", "would_say", "wish"})
"""Kinds of question that seldom ask after the last words alone."""
_OF_SOMEBODY = frozenset({"name", "who", "age", "get_on"})
"""What is asked of somebody in so many words, whatever was said last."""
_CLOSE = re.compile(
    r"\b(?:(?<!getting )(?<!gets )(?<!get )(?<!too )close|get on|got on|get along|together|you two|two of you)\b"
)
"""What is asked of two people, one of whom was spoken of."""
_COUNTED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|once|twice|every|always|never|alone|all|both|daily|nightly)\b",
    re.IGNORECASE,
)
"""What may be made sure of when it is said again; anything else said again is only wondered at."""
_WORD = re.compile(r"[a-z']+")


def asked_after(heard: Heard, memory: Memory, index: Index) -> tuple[str, ...]:
    """Ids of the small facts that the questions ask for, the last ones, in the order asked."""
    if not heard.questions:
        told = tuple(one for one in heard.life if _told(one, memory, index))[-MOST:]
        remarked = not told and not heard.question and len(heard.text) <= REMARK
        onward = _onward(words_in(heard.text), ONWARD_REMARK, heard, memory, index) if remarked else ""
        return (onward,) if onward else told
    answered = {
        question: one
        for question in heard.questions
        if (one := _answer(question, heard, memory, index)) and _told(one, memory, index)
    }
    found = [one for question, one in answered.items() if not _echoes(question)] or list(answered.values())
    if not found and not any(telling_words(question.clause) for question in heard.questions):
        found = [one for one in heard.life if _told(one, memory, index)]
    return _last_two(_without_scraps(list(dict.fromkeys(found)), heard, index), index)


def _echoes(question: Question) -> bool:
    """Whether a question is no more than a word or two said again, behind which one may ask something: "a voucher? for what?"."""
    kinds = {"yes_no", "check", "disbelief", "has_one"}
    return len(question.clause.words) < SHORT and not question.life and kinds.issuperset(question.asked)


def _without_scraps(found: list[str], heard: Heard, index: Index) -> list[str]:
    """Without what a word or two seem to ask beside a follow-up to the last words."""
    if not any(index.smalls[one].follows for one in found):
        return found
    scraps = {one.life for one in heard.questions if len(one.clause.words) <= BARE}
    return [one for one in found if index.smalls[one].follows or one not in scraps]


def _answer(question: Question, heard: Heard, memory: Memory, index: Index) -> str:
    """Id of what answers one question: the follow-up to the last words that it is, else what it means by itself; may be empty."""
    meant = _meant(question, heard, memory, index)
    named_here = meant and index.smalls[meant].thing in index.things_in(words_in(heard.text))
    asked_of = meant.rpartition(".")
    if asked_of[0] and asked_of[2] in _OF_SOMEBODY and (named_here or _CLOSE.search(question.clause.text)):
        return meant
    short = len(question.clause.words) < SHORT
    sure = question.sure >= index.named or not _OF_IT_ALL.isdisjoint(question.asked)
    surely = ONWARD_CERTAIN if named_here or question.sure >= EXACT else ONWARD_SURE if sure else 0.0
    least = surely or (ONWARD_SHORT if short else ONWARD)
    guessing = _GUESSES.match(question.clause.text)
    words = words_in(guessing[1]) if guessing else question.clause.words
    words = (*question.of, *words)
    found = _onward(words, least, heard, memory, index) or meant
    beside = index.told_of(memory.about[0][0]) if memory.about and memory.about[0] and not found else ()
    return found or _onward(words, least, heard, memory, index, beside)


def _onward(
    words: tuple[str, ...], least: float, heard: Heard, memory: Memory, index: Index, beside: tuple[str, ...] = ()
) -> str:
    """Id of the follow-up to the last words that is asked for in these, if that is likely enough; may be empty."""
    if not memory.spoken or any(fact not in memory.known for fact in heard.kept):
        return ""
    one, chance = index.onward.asked_for(words, memory.spoken, memory.last_life, memory.said, beside)
    if chance < least or not index.is_about(one, words):
        return ""
    meant = [thing for thing in heard.things if index.is_somebody(thing)]
    of_them = not _SHE_OR_HE.isdisjoint(words) and len(meant) == 1 and not index.things_in(words)
    return one if not of_them or index.tells_of(one, meant[0]) else ""


def _last_two(found: list[str], index: Index) -> tuple[str, ...]:
    """The last two, without the one that only brings up whom the next asks about."""
    last = found[-MOST:]
    if len(last) == MOST:
        brings_up = last[0].partition(".")[2] in ("who", "has")
        if brings_up and index.smalls[last[0]].thing == index.smalls[last[1]].thing:
            return (last[1],)
    return tuple(last)


def _told(answer: str, memory: Memory, index: Index) -> bool:
    """Whether an answer gives nothing away that has not been told."""
    needs = index.smalls[answer].needs
    return needs is None or needs in memory.known


def _by_the_way(question: Question, heard: Heard, memory: Memory, index: Index) -> str:
    """Id of what a few words ask of somebody whom the message or a reply named: who they are, or an age, a place; may be empty."""
    if len(question.clause.words) <= SHORT and (who := _WHO_IS.search(question.clause.text)):
        spoken_of = (thing for reply in memory.about for thing in reply)
        somebody = _those((who[1],), (*heard.things, *spoken_of), index)
        if somebody and f"{somebody[0]}.who" in index.smalls:
            return f"{somebody[0]}.who"
    named = [thing for thing in heard.things if index.is_somebody(thing)]
    if len(question.clause.words) <= BARE and finer(question.asked, question.clause.text):
        return index.about(named, question.clause, question.asked)
    return ""


def _meant(question: Question, heard: Heard, memory: Memory, index: Index) -> str:
    present = question.clause.present
    if "follow" in question.asked and question.sure <= AUTHORED and _OF_WHAT.search(question.clause.text):
        return ""
    if of_somebody := _by_the_way(question, heard, memory, index):
        return of_somebody
    pronoun = next((one for one, words in _PRONOUNS.items() if not words.isdisjoint(present)), "")
    by_name = question.life and index.is_somebody(index.smalls[question.life].thing)
    by_name = by_name and index.smalls[question.life].thing in index.things_in(question.clause.words)
    if pronoun in ("he", "she", "they") and not by_name:
        spoken_of = [thing for reply in memory.about for thing in reply]
        alone = [thing for thing in heard.things if index.is_somebody(thing) or pronoun == "they"]
        here = _those((pronoun,), heard.things, index) or (alone if len(heard.things) == 1 else [])
        things = (
            list(dict.fromkeys((*here, *_those((pronoun,), spoken_of, index))))
            or _those((pronoun,), index.things, index)[:1]
        )
        own_kind = "favourite" in question.asked or "willing" in question.asked
        meant = (
            ""
            if own_kind or _ASKS_YOU.search(question.clause.text)
            else index.about(things, question.clause, question.asked)
        )
        exact = question.sure >= EXACT and _told(question.life, memory, index)
        if meant and not (exact and index.smalls[meant].thing not in here):
            return meant
        own = not present.isdisjoint(_YOU) and "." not in question.life
        of_you = pronoun == "they" or not present.isdisjoint(_SELF) or question.sure >= EXACT
        trusted = (question.sure >= AUTHORED and of_you) or index.speaks_of(question.life, pronoun) or own
        return question.life if trusted else ""
    elsewhere = not (NOT_BACK | DEEPER).isdisjoint(question.asked)
    close = len(question.clause.words) <= BRIEF and _CLOSE.search(question.clause.text)
    close = close and not finer(question.asked, question.clause.text)
    if (question.life and not (close and question.sure <= AUTHORED)) or not (memory.about or heard.things) or elsewhere:
        return question.life
    if pronoun:
        if "feeling" in question.asked or len(question.clause.words) > BRIEF:
            return ""
        spoken_of = () if heard.telling else (memory.about[:1] or ((),))[0]
        named = [thing for thing in (*heard.things, *spoken_of) if "name" in index.things[thing].tells]
        if not _CALLED.isdisjoint(present) and named:
            return index.about(named[:1], question.clause, question.asked)
        here = heard.things if len(heard.things) == 1 else _those(("it", "there", "they"), heard.things, index)
        return index.about(here or _those(("it", "there", "they"), spoken_of, index), question.clause, question.asked)
    if close:
        spoken_of = (thing for reply in memory.about[:2] for thing in reply)
        somebody = _those(("he", "she", "they"), (*heard.things, *spoken_of), index)
        get_on = f"{somebody[0]}.get_on" if somebody else ""
        found = get_on if get_on in index.smalls else index.about(somebody[:1], question.clause, question.asked)
        return found or question.life
    typed = not {*TYPED}.isdisjoint(question.asked) and "why" not in question.asked
    if (
        memory.about
        and len(question.clause.words) <= (SHORT + 1 if typed else SHORT)
        and (present.isdisjoint(_YOU) or typed)
        and (typed or LOOSE.isdisjoint(question.asked))
    ):
        thing = (*heard.things, *_asked_about(memory, index))[:1]
        return index.about(thing, question.clause, question.asked) if not _names_else(question, heard) else ""
    return ""


def _names_else(question: Question, heard: Heard) -> bool:
    """Whether a short question without he, she or it has a telling word of its own, and names nobody: "what kind of sum?"."""
    return (
        not heard.things
        and len(telling_words(question.clause)) > 0
        and not {"which", "what"}.isdisjoint(question.asked)
    )


def _asked_about(memory: Memory, index: Index) -> tuple[str, ...]:
    """Whom or what the last reply was about, not whom it only named."""
    first = memory.about[0][:1]
    small = index.smalls.get(memory.last_life)
    if small is not None:
        return first if small.thing in (*first, "") else ()
    return first if first == (*memory.about[1:2], ())[0][:1] else ()


def _those(pronouns: Sequence[str], things: Iterable[str], index: Index) -> list[str]:
    return [thing for thing in dict.fromkeys(things) if index.things[thing].pronoun in pronouns]


def unsaid(memory: Memory) -> tuple[str, ...]:
    """What is left to say about the last reply, none of it said before."""
    said = memory.said
    return tuple(text for text in memory.more if said.isdisjoint(s for s in sentences(text) if len(s.split()) > SHORT))


def in_hand(memory: Memory) -> tuple[str, ...]:
    """What is left to say about the last reply and then about the fact told last."""
    return tuple(dict.fromkeys((*unsaid(memory), *unsaid(replace(memory, more=memory.thread)))))


def named_by(question: Question | None) -> set[str]:
    """The words, without endings, of which one stands in whatever goes on from the last reply as a question asks."""
    if question is None:
        return set()
    own = () if _LIKE_WHAT.search(question.clause.text) else telling_words(question.clause)
    return {*own, *(stem(word) for word in question.of if telling(word))}


def continuation(texts: Sequence[str], heard: Heard, *, told: bool = True) -> str | None:
    """The words that go on from the last ones as the message asks; None when none of them would answer it.

    Args:
        texts: what is left to say.
        heard: the message.
        told: whether they belong to something told, so that any of them tells a bare why something.
    """
    last = heard.questions[-1] if heard.questions else None
    asks = named_by(last)
    texts = [text for text in texts if not asks or not asks.isdisjoint(map(stem, _WORD.findall(text.lower())))]
    if not texts:
        return None
    kinds = last.asked if last else heard.asked
    typed = finer(kinds, last.clause.text if last else heard.text.lower())
    if typed:
        fitting = next((text for text in texts if suits(typed, text)), None)
        loose = typed == "why" and len(last.clause.words if last else ()) <= SHORT and told
        return fitting or (texts[0] if loose else None)
    if not LOOSE.isdisjoint(kinds):
        return texts[0]
    if "yes_no" in kinds or "choice" in kinds:
        return None
    return max(texts, key=lambda text: len(heard.content.intersection(_WORD.findall(text.lower()))))


def answered_as(heard: Heard, memory: Memory) -> tuple[str, ...]:
    """Kinds that an answer may be for, most telling first; what asks back and wants no certain kind is a follow-up."""
    if not heard.asked:
        return ("what",) if heard.question else ()
    typed = {*TYPED, "yes_no", "choice", "how_often", "feeling"} & set(heard.asked)
    asks_back = heard.follows and not (LOOSE - {"and_then", "go_on", "nod"}).isdisjoint(heard.asked)
    kinds = ("follow", *heard.asked) if asks_back and not typed and "echo" not in heard.asked else heard.asked
    if memory.last_life and kinds[:1] == ("echo",) and (_COUNTED.search(heard.text) or "yes_no" in heard.asked):
        kinds = ("check", *kinds[1:])
    if typed - {"yes_no"} and kinds[:1] == ("follow",):
        kinds = (*kinds[1:], "follow")
    asked = tuple(kind for kind in kinds if kind not in IN_PASSING)
    return asked if heard.question and asked else kinds
