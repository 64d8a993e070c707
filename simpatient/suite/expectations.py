"""Each expectation as a small class: it looks at what was seen and says met, unmet or undecided, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from simpatient.encounter import Exchange
from simpatient.patient import sentences
from simpatient.patient.ledger import ended
from simpatient.suite.bounds import NOTICED, Bound, Change, Rate, of_size_or_change
from simpatient.suite.schema import Expected, Judged, PromiseExpected, ReplyExpected
from simpatient.suite.seen import Seen
from simpatient.suite.verdict import Finding, Verdict, at_least, decided, met, together, undecided, unmet
from simpatient.words import VARIABLES, NotRatedReason, Promise, Rating, Rendering, Stance


class Expectation(Protocol):
    """One thing expected."""

    async def finding(self, seen: Seen) -> Finding:
        """What came of it."""
        ...


@dataclass(frozen=True, kw_only=True)
class Reads:
    """A code is read in the message at a level; of a meeting, at its highest."""

    code: str
    level: Bound

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was read so, and what was read instead."""
        levels = [e.appraisal.level_of(self.code) for e in seen.exchanges]
        highest = max(levels, default=0)
        expected = f"`{self.code}` to be read at level {self.level.words}"
        by = " by the rules" if _rater(seen) and all(e.appraisal.by == "rules" for e in seen.exchanges) else ""
        found = f"it was read at level {highest}{by}" if highest else f"it was not read{by} ({_read_instead(seen)})"
        return decided(self.level.holds(highest), expected, found)


@dataclass(frozen=True, kw_only=True)
class Feels:
    """A state variable has a value, or changes."""

    variable: str
    as_: Bound | Change

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is or moved so, with both values."""
        before, after = seen.before.value(self.variable), seen.after.value(self.variable)
        if isinstance(self.as_, Bound):
            return decided(self.as_.holds(after), f"{self.variable} {self.as_.words}", f"it is {after:.3f}")
        change = after - before
        moved = f"{'rose' if change > 0 else 'fell'} by {abs(change):.3f}" if abs(change) >= 0.0005 else "stayed"
        found = f"it {moved} ({before:.3f} to {after:.3f})"
        if self.as_.by is None and 0.0005 <= abs(change) < NOTICED:
            found += f"; less than {NOTICED:g} counts as no change"
        return decided(self.as_.holds(change), _changing(self.variable, self.as_), found)


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """How near the patient is to leaving."""

    size: Bound

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is so, with the value."""
        value = seen.after.exit_pressure
        return decided(self.size.holds(value), f"exit pressure {self.size.words}", f"it is {value:.2f}")


@dataclass(frozen=True, kw_only=True)
class Stands:
    """The stance is one of these."""

    stances: tuple[str, ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is one of them, and which it is."""
        found = seen.after.stance
        yes = any(_is_stance(found, each) for each in self.stances)
        return decided(yes, f"stance {' or '.join(self.stances)}", f"it is {found.word}")


@dataclass(frozen=True, kw_only=True)
class Strained:
    """The alliance is ruptured, or not."""

    style: str

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is so, and how it shows."""
        style = seen.after.rupture.style.value if seen.after.rupture else "none"
        before = seen.before.rupture.style.value if seen.before.rupture else "none"
        yes = style != "none" if self.style == "any" else style == (before if self.style == "unchanged" else self.style)
        words = {"any": "a rupture", "none": "no rupture", "unchanged": "no new rupture and none mended"}
        expected = words.get(self.style, f"a rupture by {self.style}")
        return decided(yes, expected, "there is none" if style == "none" else f"there is one by {style}")


@dataclass(frozen=True, kw_only=True)
class Discloses:
    """A fact is told, at least so fully."""

    fact: str
    rendering: Rendering

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was told, and how fully."""
        told = _told(seen, self.fact)
        found = f"it was told only as a {told.word}" if told is Rendering.HINT else f"it was told in {told.word}"
        found = found if told else "it was not told"
        return decided(told >= self.rendering, f"`{self.fact}` to be told ({self.rendering.word} or more)", found)


@dataclass(frozen=True, kw_only=True)
class Withholds:
    """A fact is not told, neither by the engine nor word for word by whoever speaks."""

    fact: str

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was kept back, or the words that told it."""
        expected = f"`{self.fact}` to be withheld"
        told = _told(seen, self.fact)
        if told > Rendering.HINT:
            return unmet(expected, f"it was told ({told.word})")
        wordings = _wordings(seen, self.fact)
        for exchange in seen.exchanges:
            reply = _plain(exchange.turn.text)
            if any(wording in reply for wording in wordings):
                return unmet(expected, f'it was said in so many words: "{exchange.turn.text}"')
        return met(expected)


@dataclass(frozen=True, kw_only=True)
class Replies:
    """What the reply looks like."""

    reply: ReplyExpected

    async def finding(self, seen: Seen) -> Finding:
        """Whether all of it is so, or the first that is not."""
        text = seen.reply.text
        for yes, expected, found in self._parts(seen, _plain(text)):
            if not yes:
                return unmet(expected, f'{found}: "{text}"')
        return met(_reply_in_words(self.reply), f'it was: "{text}"')

    def _parts(self, seen: Seen, plain: str) -> Iterator[tuple[bool, str, str]]:
        want, text = self.reply, seen.reply.text
        for words in want.contains:
            yield _plain(words) in plain, f'the reply to contain "{words}"', "it was"
        for words in want.lacks:
            yield _plain(words) not in plain, f'the reply to lack "{words}"', "it was"
        if want.matches is not None:
            yield re.search(want.matches, text) is not None, f"the reply to match `{want.matches}`", "it was"
        if want.words is not None:
            bound, count = Bound.of(want.words), len(text.split())
            yield bound.holds(count), f"the reply to have {bound.words} words", f"it had {count}"
        if want.sentences is not None:
            bound, count = Bound.of(want.sentences), len(sentences(text))
            yield bound.holds(count), f"the reply to have {bound.words} sentences", f"it had {count}"
        if want.same is not None:
            same, wanted = text == seen.previous.text, "the reply to be the one before"
            found = "it was the same" if same else "it was another"
            yield same == want.same, wanted if want.same else "another reply than the one before", found
        if want.nonverbal is not None:
            is_seen = bool(seen.reply.nonverbal)
            expected = f"{'something' if want.nonverbal else 'nothing'} to be seen beside the words"
            found = f"({seen.reply.nonverbal}) was seen" if is_seen else "nothing was seen"
            yield is_seen == want.nonverbal, expected, found


@dataclass(frozen=True, kw_only=True)
class Rated:
    """A behaviour's rating on a message, or its value over the meeting."""

    behaviour: str
    size: str

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was rated so, with the quote."""
        expected = f"`{self.behaviour}` {self.size if 'rated' in self.size else f'rated {self.size}'}"
        if not seen.rated:
            return undecided(expected, "the evaluator's service gave no answer")
        value, found = self._value(seen)
        if self.size in ("rated", "not rated"):
            return decided((value is not None) == (self.size == "rated"), expected, found)
        return decided(value is not None and Bound.of(self.size).holds(value), expected, found)

    def _value(self, seen: Seen) -> tuple[float | None, str]:
        if seen.whole:
            score = next((b for b in seen.debrief.profile.behaviours if b.behaviour == self.behaviour), None)
            value = score.value if score else None
            return value, "there was too little to rate it" if value is None else f"it was {value:.2f} over the meeting"
        rating = _rating(seen.exchanges[-1], self.behaviour) if seen.exchanges else None
        if rating is None or rating.value is None:
            why = rating.not_rated.value if rating and rating.not_rated else NotRatedReason.NOT_OBSERVED.value
            return None, f"it was not rated ({why.replace('_', ' ')})"
        quote = f', quoting "{rating.quote}"' if rating.quote else ""
        return rating.value, f"it was rated {rating.value}{quote}"


@dataclass(frozen=True, kw_only=True)
class AddsUp:
    """A figure of the debrief so far: index, trend, a domain, an index by its id."""

    kind: str
    """`index`, `trend`, `domain` or `indices`."""
    name: str
    size: Bound

    async def finding(self, seen: Seen) -> Finding:
        """Whether the figure is so."""
        expected = f"{self.name} {self.size.words}"
        if not seen.rated:
            return undecided(expected, "the evaluator's service gave no answer")
        value = self._value(seen)
        if value is None:
            return unmet(expected, "there is too little to say")
        return decided(self.size.holds(value), expected, f"it is {value:.2f}")

    def _value(self, seen: Seen) -> float | None:
        profile = seen.debrief.profile
        match self.kind:
            case "index":
                return profile.index
            case "trend":
                return profile.trend
            case "domain":
                return next((d.value for d in profile.domains if d.domain == self.name), None)
            case _:
                return next((i.value for i in profile.indices if i.id == self.name), None)


@dataclass(frozen=True, kw_only=True)
class Harms:
    """A harm is rated with a severity; `any` stands for the worst of all."""

    code: str
    size: Bound

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is so, with the worst harm and its quote."""
        none = self.size.kind == "exactly" and not self.size.low
        of = "harm" if self.code == "any" else f"`{self.code}`"
        expected = f"no {of}" if none else f"{of} of severity {self.size.words}"
        if not seen.rated:
            return undecided(expected, "the evaluator's service gave no answer")
        all_of = [h for e in seen.exchanges if e.assessment for h in e.assessment.harms]
        found = [h for h in all_of if self.code in ("any", h.code)]
        worst = max(found, key=lambda h: h.severity, default=None)
        others = ", ".join(dict.fromkeys(f"`{h.code}`" for h in all_of))
        by = _rater(seen)
        none_there = f"{by}, which rates here, found none" if by else "there is none"
        words = f'there is `{worst.code}` of severity {worst.severity} in "{worst.quote}"' if worst else none_there
        words += f" by {by}, which rates here" if worst and by else ""
        words += f" (but {others})" if not worst and others else ""
        return decided(self.size.holds(worst.severity if worst else 0), expected, words)


@dataclass(frozen=True, kw_only=True)
class Promised:
    """Promises stand in the ledger; of a whole meeting, as it leaves them: what was due and not told is broken."""

    promises: tuple[PromiseExpected, ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether they stand there, and what stands there."""
        memory = seen.encounter.memory
        return promised(self.promises, ended(memory.promises, memory.meeting) if seen.whole else memory.promises)


@dataclass(frozen=True, kw_only=True)
class Ends:
    """How the meeting is over, or that it is not."""

    endings: tuple[str, ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is so, and how it is."""
        now = seen.ended.value if seen.ended else "no"
        yes = now in self.endings or ("yes" in self.endings and seen.ended is not None)
        expected = (
            "the meeting to go on" if self.endings == ("no",) else f"the meeting to end ({', '.join(self.endings)})"
        )
        return decided(yes, expected, "it goes on" if now == "no" else f"it ended ({now})")


@dataclass(frozen=True, kw_only=True)
class Books:
    """How the patient leaves the next appointment."""

    choices: tuple[str, ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is one of them, and which it is."""
        now = seen.debrief.outcome.next_appointment.value
        return decided(now in self.choices, f"next appointment: {' or '.join(self.choices)}", f"it is: {now}")


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The message could not be taken."""

    refused: bool

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was."""
        expected = "the message to be too long" if self.refused else "the message to be taken"
        return decided(seen.refused == self.refused, expected, "it was not taken" if seen.refused else "it was taken")


@dataclass(frozen=True, kw_only=True)
class Takes:
    """What it took: seconds, tokens or money."""

    what: str
    size: Bound

    async def finding(self, seen: Seen) -> Finding:
        """Whether it took so much; undecided where nobody counted."""
        expected = f"{self.what} {self.size.words}"
        value = {"seconds": seen.seconds, "tokens": seen.tokens, "cost": seen.cost}[self.what]
        if value is None:
            why = (
                "no chat model counted any" if self.what == "tokens" else "the suite gives no `prices` for these models"
            )
            return undecided(expected, why)
        return decided(self.size.holds(value), expected, f"it took {value:.4g}")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A chat model finds a statement true, so often of so many times."""

    judged: Judged

    async def finding(self, seen: Seen) -> Finding:
        """Whether it was found true often enough; asks no more often than it takes to know."""
        rate = Rate.read(self.judged.rate)
        expected = f'"{self.judged.says}" to be found true {f"{rate} times" if rate.of > 1 else ""}'.strip()
        if seen.ask is None:
            return undecided(expected, "there is no chat model to judge it; name one with --evaluator-model")
        verdicts: list[Verdict] = []
        for number in range(1, rate.of + 1):
            answer = await seen.ask(self.judged.says, seen.conversation, number)
            verdicts.append({True: Verdict.MET, False: Verdict.UNMET, None: Verdict.UNDECIDED}[answer])
            left = [Verdict.UNDECIDED] * (rate.of - number)
            if at_least(rate.least, [*verdicts, *left]) is not Verdict.UNDECIDED:
                break
        true, given = verdicts.count(Verdict.MET), len(verdicts)
        found = f"it was found true {true} of {given} times"
        missing = verdicts.count(Verdict.UNDECIDED)
        found += f", and {missing} times there was no answer" if missing else ""
        whole = [*verdicts, *[Verdict.UNDECIDED] * (rate.of - given)]
        return Finding(verdict=at_least(rate.least, whole), expected=expected, found=found)


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    """One of several blocks is met."""

    blocks: tuple[tuple[Expectation, ...], ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether one is, and what was missing in each."""
        findings = [[await each.finding(seen) for each in block] for block in self.blocks]
        verdict = at_least(1, [together(f.verdict for f in block) for block in findings])
        expected = " or ".join(" and ".join(f.expected for f in block) for block in findings)
        found = "; ".join(f.found for block in findings for f in block if f.verdict is not Verdict.MET)
        return Finding(verdict=verdict, expected=f"any of: {expected}", found=found or "one of them is so")


@dataclass(frozen=True, kw_only=True)
class Unless:
    """A block is not met."""

    block: tuple[Expectation, ...]

    async def finding(self, seen: Seen) -> Finding:
        """Whether it is not."""
        findings = [await each.finding(seen) for each in self.block]
        turned = {Verdict.MET: Verdict.UNMET, Verdict.UNMET: Verdict.MET, Verdict.UNDECIDED: Verdict.UNDECIDED}
        expected = f"not: {' and '.join(f.expected for f in findings)}"
        return Finding(
            verdict=turned[together(f.verdict for f in findings)],
            expected=expected,
            found=" and ".join(f.found or "it is so" for f in findings),
        )


Named = tuple[str, Expectation]
"""An expectation with the field of the file it comes from."""


def expectations_of(expected: Expected) -> tuple[Named, ...]:
    """The expectations of a block, each with its field; `optional` is the caller's."""
    return (*_of_patient(expected), *_of_ratings(expected), *_of_rest(expected))


def _of_patient(expected: Expected) -> Iterator[Named]:
    for code, level in expected.reads.items():
        yield "reads", Reads(code=code, level=Bound.of(level))
    for variable in VARIABLES:
        for text in getattr(expected, variable):
            yield variable, Feels(variable=variable, as_=of_size_or_change(text))
    if expected.exit_pressure is not None:
        yield "exit_pressure", Pressed(size=Bound.of(expected.exit_pressure))
    if expected.stance:
        yield "stance", Stands(stances=expected.stance)
    if expected.rupture is not None:
        yield "rupture", Strained(style=expected.rupture)
    for fact, rendering in expected.discloses.items():
        yield "discloses", Discloses(fact=fact, rendering=Rendering[rendering.upper()])
    for fact in expected.withholds:
        yield "withholds", Withholds(fact=fact)
    if expected.reply is not None:
        yield "reply", Replies(reply=expected.reply)


def _of_ratings(expected: Expected) -> Iterator[Named]:
    for behaviour, size in expected.ratings.items():
        yield "ratings", Rated(behaviour=behaviour, size=size)
    for domain, size in expected.domains.items():
        yield "domains", AddsUp(kind="domain", name=domain, size=Bound.of(size))
    if expected.index is not None:
        yield "index", AddsUp(kind="index", name="index", size=Bound.of(expected.index))
    for index, size in expected.indices.items():
        yield "indices", AddsUp(kind="indices", name=index, size=Bound.of(size))
    if expected.trend is not None:
        yield "trend", AddsUp(kind="trend", name="trend", size=Bound.of(expected.trend))
    for code, size in expected.harms.items():
        yield "harms", Harms(code=code, size=Bound.of(size))


def _of_rest(expected: Expected) -> Iterator[Named]:
    if expected.promises is not None:
        yield "promises", Promised(promises=expected.promises)
    if expected.ends:
        yield "ends", Ends(endings=tuple(str(ending) for ending in expected.ends))
    if expected.next_appointment:
        yield "next_appointment", Books(choices=tuple(str(choice) for choice in expected.next_appointment))
    if expected.refused is not None:
        yield "refused", Refused(refused=expected.refused)
    for what in ("seconds", "tokens", "cost"):
        if (size := getattr(expected, what)) is not None:
            yield what, Takes(what=what, size=Bound.of(size))
    for judged in expected.judged:
        yield "judged", Found(judged=judged)
    if expected.any_of:
        blocks = tuple(tuple(each for _, each in expectations_of(block)) for block in expected.any_of)
        yield "any_of", AnyOf(blocks=blocks)
    if expected.unless is not None:
        yield "not", Unless(block=tuple(each for _, each in expectations_of(expected.unless)))


def promised(wanted: Sequence[PromiseExpected], ledger: Sequence[Promise]) -> Finding:
    """Whether each promise that is wanted stands in the ledger; none wanted means none there. Pure."""
    there = "; ".join(f'"{p.quote}" ({p.status.value}, due {p.due})' for p in ledger) or "there is none"
    if not wanted:
        return decided(not ledger, "no promise", there)
    for each in wanted:
        if not any(_is_promise(promise, each) for promise in ledger):
            return unmet(_promise_in_words(each), f"the ledger holds {there}" if ledger else there)
    return met(" and ".join(_promise_in_words(each) for each in wanted))


def _is_promise(promise: Promise, wanted: PromiseExpected) -> bool:
    return (
        (wanted.about is None or _plain(wanted.about) in _plain(f"{promise.quote} {promise.what}"))
        and wanted.kind in (None, promise.kind)
        and wanted.status in (None, promise.status)
        and wanted.due in (None, promise.due)
    )


def _promise_in_words(wanted: PromiseExpected) -> str:
    told = [
        f'about "{wanted.about}"' if wanted.about else "",
        f"of the kind {wanted.kind.value}" if wanted.kind else "",
    ]
    told += [
        f"with the status {wanted.status.value}" if wanted.status else "",
        f"due {wanted.due}" if wanted.due else "",
    ]
    return " ".join(["a promise", *(part for part in told if part)])


def _reply_in_words(want: ReplyExpected) -> str:
    told = [f'contain "{words}"' for words in want.contains] + [f'lack "{words}"' for words in want.lacks]
    told += [f"match `{want.matches}`"] if want.matches is not None else []
    told += [f"have {want.words} words"] if want.words is not None else []
    told += [f"have {want.sentences} sentences"] if want.sentences is not None else []
    told += ["be the one before" if want.same else "be another than before"] if want.same is not None else []
    told += ["show something" if want.nonverbal else "show nothing"] if want.nonverbal is not None else []
    return f"the reply to {', '.join(told) or 'be there'}"


def _changing(variable: str, change: Change) -> str:
    first, _, rest = change.words.partition(" ")
    verb = {"rises": "to rise", "falls": "to fall", "moves": "to move", "unchanged": "to stay", "does": "not to"}[first]
    rest = rest.removeprefix("not ") if first == "does" else rest
    return f"{variable} {verb} {rest}".strip()


def _is_stance(found: Stance, wanted: str) -> bool:
    if wanted.startswith("at least "):
        return found >= Stance.of(wanted.removeprefix("at least "))
    if wanted.startswith("at most "):
        return found <= Stance.of(wanted.removeprefix("at most "))
    return found.word == wanted


def _told(seen: Seen, fact: str) -> Rendering:
    """The furthest rendering in which a fact was told in what is looked at."""
    return max((t.rendering for e in seen.exchanges for t in e.tellings if t.fact == fact), default=Rendering.NONE)


def _wordings(seen: Seen, fact: str) -> tuple[str, ...]:
    """The sentences by which a fact is told partly or in full."""
    of = next((f for f in seen.encounter.patient.persona.facts if f.id == fact), None)
    return tuple(_plain(text) for text in (*of.partial, *of.full)) if of else ()


def _rating(exchange: Exchange, behaviour: str) -> Rating | None:
    ratings = exchange.assessment.ratings if exchange.assessment else ()
    return next((rating for rating in ratings if rating.behaviour == behaviour), None)


def _rater(seen: Seen) -> str:
    """The chat model that rated what is looked at; empty where the rules did."""
    by = (e.assessment.by for e in seen.exchanges if e.assessment is not None)
    return next((name for name in by if name != "rules"), "")


def _read_instead(seen: Seen) -> str:
    levels = dict.fromkeys(code for e in seen.exchanges for code in e.appraisal.levels())
    return "what was read: " + ", ".join(levels) if levels else "nothing was"


def _plain(text: str) -> str:
    """Text as it is compared: small letters, straight quotes, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())
