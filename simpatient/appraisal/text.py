"""A message as words one can match, with the way back to what was typed.

Spelling, capitals, punctuation and missing apostrophes must never change a reading (clinical section 5.5), so
everything is matched on a normalised form: lower case, contractions written out, fillers dropped. Each normalised
word remembers the characters it came from, so that every quote is an exact substring of the message as typed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate

from simpatient.appraisal.spelling import meant

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*|[.?!;:…\n*()\"“”,—–-]")
_QUOTES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'"})

_NOT = (
    "do",
    "does",
    "did",
    "is",
    "was",
    "are",
    "were",
    "have",
    "has",
    "had",
    "could",
    "would",
    "should",
    "need",
    "must",
)
_WRITTEN_OUT = {
    "i'm": "i am", "im": "i am", "i've": "i have", "ive": "i have", "i'll": "i will", "i'd": "i would",
    "you're": "you are", "youre": "you are", "you've": "you have", "youve": "you have", "you'll": "you will",
    "youll": "you will", "you'd": "you would", "youd": "you would", "we're": "we are", "we've": "we have",
    "weve": "we have", "we'll": "we will", "we'd": "we would", "they're": "they are", "theyre": "they are",
    "they've": "they have", "theyve": "they have", "they'd": "they would", "they'll": "they will", "he's": "he is",
    "hes": "he is", "she's": "she is", "shes": "she is", "he'd": "he would", "she'd": "she would",
    "it's": "it is", "it'll": "it will", "it'd": "it would", "that's": "that is", "thats": "that is",
    "that'll": "that will", "that'd": "that would", "what's": "what is", "whats": "what is", "who's": "who is",
    "how's": "how is", "hows": "how is", "where's": "where is", "when's": "when is", "there's": "there is",
    "theres": "there is", "here's": "here is", "heres": "here is", "let's": "let us", "lets": "let us",
    "nobody's": "nobody is", "everyone's": "everyone is", "something's": "something is", "nothing's": "nothing is",
    "nobody'd": "nobody would", "who'd": "who would",
    "can't": "can not", "cant": "can not", "cannot": "can not", "won't": "will not", "wont": "will not",
    "ain't": "is not", "aint": "is not", "shan't": "will not", "must've": "must have", "should've": "should have",
        "would've": "would have", "could've": "could have",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "kinda": "kind of", "sorta": "sort of",
    "dunno": "do not know", "lemme": "let me", "gimme": "give me", "y'all": "you all", "yall": "you all",
    "u": "you", "ur": "your", "r": "are", "ya": "you", "yer": "your", "yous": "you", "pls": "please", "plz": "please",
    "cos": "because", "cuz": "because", "'cause": "because", "bc": "because", "thru": "through", "tho": "though",
    "thx": "thanks", "ok": "okay", "k": "okay", "mum": "mother", "mom": "mother", "dad": "father",
    "tbh": "to be honest", "appt": "appointment", "meds": "medicines", "alright": "all right", "favourite": "favorite",
    "apologize": "apologise", "realize": "realise", "recognize": "recognise", "normalize": "normalise",
    "coulda": "could have", "shoulda": "should have", "woulda": "would have", "ma'am": "madam",
} | {f"{verb}n't": f"{verb} not" for verb in _NOT} | {f"{verb}nt": f"{verb} not" for verb in _NOT}  # fmt: skip
"""Words written out before matching, contractions and common typing without apostrophes."""

_BY_PLACE = frozenset(("its", "ill", "your", "you", "mean"))
"""Words that stand for others beside certain neighbours."""
_ENDINGS = {"ll": "will", "ve": "have", "re": "are"}
"""What is cut short at the end of any word ("my daughter'll")."""
_FILLERS = frozenset("um uh er erm uhm umm uhh hmm mhm mm eh ah".split())
"""Sounds that carry no reading of their own inside a longer message."""

_AFTER_ITS = frozenset(
    "okay hard fine a an the not been like all just normal really so very too your up common only quite never "
    "no nothing tough "
    "difficult scary natural understandable easy important good great written easier going about over part".split()
)
"""Words that show that "its" was meant as "it's"."""
_AFTER_ILL = frozenset(
    "ask call find check tell read get look come be do let bring write talk see make send ring try give speak go have "
    "email phone put not always stay keep explain show need wait".split()
)
"""Words that show that "ill" was meant as "I'll"."""

_AFTER_YOUR = frozenset(
    "wary angry tired right worn welcome not so scared worried upset going doing feeling afraid anxious exhausted "
    "sad".split()
)
"""Words that show that "your" was meant as "you're"."""
_ASKING = frozenset("what why how where who when".split())
_AFTER_THESE = frozenset(
    "are were was is am be been being do did does will would can could should of for with about see hear by at to from "
    "before after without than like and or mind have thank notice noticed saw heard keep make makes let help "
    "got if that".split()
)
"""Words after which "you ...ing" lacks no verb."""
_NO_VERB = frozenset(
    "thing nothing anything something everything bring during morning evening string spring king".split()
)


_NOTE = re.compile(
    r"[\[(](?:un(?:intelligible|clear)|in(?:audible|distinct)|cross-?talk|over-?lapping|laugh\w*|chuckl\w*|sigh\w*|snort\w*"
    r"|giggl\w*|cough\w*|silence|pauses?|background[^\])]{0,20}|phone[^\])]{0,20})[^\])\n]{0,20}[\])]",
    re.IGNORECASE,
)
"""Notes by which a transcriber marks what was not understood or no word."""
_STUTTERED = frozenset(
    "i you he she it we they the a an and so but to of in on is are was were do does did have has if that what how when "
    "my your his her our their for with at or as be because well kind sort would could can will".split()
)
"""Words that are said twice by a tongue that hesitates, and mean nothing the second time."""


def without_notes(raw: str) -> str:
    """The text with a transcriber's notes made blank, all other characters in their place. Pure."""
    if "[" not in raw and "(" not in raw:
        return raw
    return _NOTE.sub(lambda match: " " * len(match.group()), raw)


def _wants_are(following: str) -> bool:
    """Whether "you" before this word stands for "you are", as in many Englishes. Pure."""
    return following in ("so", "too", "gon", "gonna", "finna") or (
        len(following) >= 5 and following.endswith("ing") and following not in _NO_VERB
    )


_TITLES = frozenset("mr mrs ms dr prof st".split())
"""Words after which a full stop ends nothing."""

ENDS = frozenset(".?!…\n;")
"""Marks that end an utterance."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of a message in characters of the raw text, end exclusive."""

    start: int
    end: int


@dataclass(eq=False, slots=False)
class Message:
    """One message in raw and normalised form."""

    raw: str
    words: list[str] = field(default_factory=list[str])
    """Normalised words; an end mark stands as a word of its own."""
    at: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Raw start and end of each word."""
    starts: list[int] = field(default_factory=list[int])
    """Start of each word in `norm`."""
    commas: set[int] = field(default_factory=set[int])
    """Indexes of words before which a comma, dash, colon or bracket stands."""
    norm: str = ""
    """All words joined by single spaces."""

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words of the message."""
        return frozenset(self.words)

    @cached_property
    def count(self) -> int:
        """Number of words without end marks."""
        return sum(1 for word in self.words if word not in ENDS)

    def span(self, start: int, end: int) -> Span:
        """The raw span of the normalised characters `start` to `end` (exclusive)."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_left(self.starts, end) - 1)
        return Span(start=self.at[first][0], end=self.at[last][1])

    def word_span(self, first: int, last: int) -> Span:
        """The raw span of the words `first` to `last` (exclusive)."""
        if not self.at or last <= first:
            return Span(start=0, end=0)
        return Span(start=self.at[first][0], end=self.at[last - 1][1])

    def word_at(self, position: int) -> int:
        """Index of the word that covers the normalised character `position`."""
        return max(0, bisect_right(self.starts, position) - 1)

    def quote(self, span: Span) -> str:
        """The words as typed."""
        return self.raw[span.start : span.end]


def message_of(raw: str) -> Message:
    """The message with its normalised words; never fails, whatever was typed. Pure."""
    tokens = [(match.group(), *match.span()) for match in _TOKEN.finditer(without_notes(raw))]
    message = Message(raw=raw)
    words, at, commas = message.words, message.at, message.commas
    total = len(tokens)
    for index, (token, start, end) in enumerate(tokens):
        if not token[0].isalnum():
            if token in ENDS:
                _end(words, at, token, start, end)
            else:
                commas.add(len(words))
            continue
        word, parts = _written_out(token)
        if total > 2 and (
            word in _FILLERS or (index + 2 < total and tokens[index + 1][0] == "-" and _broken_off(tokens, index))
        ):
            continue
        if word in _BY_PLACE:
            following = tokens[index + 1][0].lower() if index + 1 < total else ""
            parts = _in_place(word, following, words[-1] if words else ".") or parts
        for part in parts:
            words.append(part)
            at.append((start, end))
        if words[-1] in _STUTTERED:
            _once(words, at)
    message.starts.extend(accumulate((len(word) + 1 for word in words[:-1]), initial=0) if words else ())
    message.norm = " ".join(words)
    return message


@lru_cache(maxsize=20_000)
def _written_out(token: str) -> tuple[str, tuple[str, ...]]:
    """The word that was meant, and the words it stands for. Pure."""
    word = meant(token.translate(_QUOTES).lower())
    parts = _WRITTEN_OUT.get(word)
    if parts is None:
        noun, mark, ending = word.partition("'")
        parts = f"{noun} {_ENDINGS[ending]}" if mark and ending in _ENDINGS else word
    return word, tuple(parts.split())


def _in_place(word: str, following: str, before: str) -> tuple[str, ...]:
    """The words that one of `_BY_PLACE` stands for between its neighbours; empty where it stands for itself. Pure."""
    if word == "its" and following in _AFTER_ITS:
        return ("it", "is")
    if word == "ill" and following in _AFTER_ILL:
        return ("i", "will")
    if word == "your" and following in _AFTER_YOUR:
        return ("you", "are")
    if word == "you" and before not in _AFTER_THESE and _wants_are(following):
        return ("are", "you") if before in _ASKING else ("you", "are")
    if word == "mean" and before in ("it", "that", "this"):
        return ("means",)
    return ()


def _broken_off(tokens: list[tuple[str, int, int]], index: int) -> bool:
    """Whether the word at `index` breaks off and is begun again ("re-really"). Pure."""
    (word, _, end), (_, dash, _), (whole, start, _) = tokens[index : index + 3]
    return end == dash and start == dash + 1 and whole.lower().startswith(word.lower())


def _once(words: list[str], at: list[tuple[int, int]]) -> None:
    """Take back a word or a pair that only repeats what stands before it."""
    if len(words) > 1 and words[-1] == words[-2]:
        del words[-1], at[-1]
    elif len(words) > 3 and words[-1] == words[-3] and words[-2] == words[-4] and words[-2] in _STUTTERED:
        del words[-2:], at[-2:]


def _end(words: list[str], at: list[tuple[int, int]], typed: str, start: int, end: int) -> None:
    """Append an end mark, once for a run of them; a question mark wins over the others."""
    mark = "." if typed in "…\n;" else typed
    if not words or (typed == "." and words[-1] in _TITLES):
        return
    if words[-1] in ENDS:
        if mark == "?":
            words[-1] = "?"
            at[-1] = (at[-1][0], end)
        return
    words.append(mark)
    at.append((start, end))


@lru_cache(maxsize=4096)
def remembered(text: str) -> Message:
    """The message of a text that is looked at more than once, such as a patient turn; it must not be changed."""
    return message_of(text)


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """The normalised words of any text without end marks."""
    return tuple(word for word in remembered(text).words if word not in ENDS)
