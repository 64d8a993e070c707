"""What came of a conversation, in words for a terminal: the place in the file, what was expected, what was said."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from simpatient.suite.comparing import Compared
from simpatient.suite.held import Held, HeldMeeting, Record
from simpatient.suite.run import Estimate, Summary
from simpatient.suite.verdict import Check, Verdict

WIDTH = 100


def line_of(held: Held) -> str:
    """One line on a conversation that is over."""
    took = [_count(held.exchanges, "exchange")]
    took += [_count(len(held.checks), "check") if held.checks else "nothing is expected"]
    took += [_count(held.calls, "call")] if held.calls else []
    took += [f"{held.authored} of the replies authored"] if held.authored else []
    why = f"  ({held.error.splitlines()[0]})" if held.error else f"  {', '.join(took)}, {held.seconds:.1f} s"
    return f"{held.verdict.value:<10} {held.key}{why}"


def failure(held: Held) -> str:
    """All about a conversation that was not met: where, what was expected, and what was said up to there."""
    return "\n".join(_failure(held))


def reason(held: Held) -> str:
    """Why a conversation was not met, in one line of any length: where lists have room for no more."""
    if held.error:
        return " ".join(held.error.split())
    wrong = sorted(_wrong(held), key=lambda check: check.finding.verdict is Verdict.UNDECIDED)
    if not wrong:
        return ""
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return f"{_where(held, wrong[0])}{_mark(wrong[0])}{wrong[0].finding}{more}"


def _wrong(held: Held) -> list[Check]:
    return [c for c in held.checks if c.finding.verdict is not Verdict.MET and not c.optional]


def _failure(held: Held) -> Iterator[str]:
    place = f"{held.path}:{held.line}" if held.path else held.suite
    yield f"{held.verdict.value.upper()} {held.key}"
    yield f"  {place}  ({held.persona}, rated by {held.evaluator}, seed {held.seed})"
    if held.about:
        yield f"  {held.about}"
    if held.error:
        yield from textwrap.indent(held.error, "  ").splitlines()
    wrong = _wrong(held)
    for check in wrong:
        yield from _wrapped(f"{_where(held, check)}{_mark(check)}{check.finding}", "  ")
    at = max(((c.meeting, c.exchange or 10**6) for c in wrong), default=(10**6, 10**6))
    for number, meeting in enumerate(held.meetings, 1):
        if number <= at[0]:
            yield ""
            yield from _transcript(
                meeting, number if len(held.meetings) > 1 else 0, at[1] if number == at[0] else 10**6
            )


def _where(held: Held, check: Check) -> str:
    place = f"line {check.line}, " if check.line else ""
    meeting = f"meeting {check.meeting}, " if len(held.meetings) > 1 else ""
    at = f"exchange {check.exchange}" if check.exchange else "the whole"
    return f"{place}{meeting}{at}: "


def _mark(check: Check) -> str:
    return "undecided: " if check.finding.verdict is Verdict.UNDECIDED else ""


def _transcript(meeting: HeldMeeting, number: int, last: int) -> Iterator[str]:
    if number:
        yield f"    Meeting {number}"
    yield from _wrapped(f"Patient: {meeting.opening}", "      ")
    for exchange in meeting.exchanges[:last]:
        yield from _wrapped(f"{exchange['exchange']:>3} Learner: {exchange['learner'] or '(silence)'}", "  ")
        seen = f"({exchange['nonverbal']}) " if exchange["nonverbal"] else ""
        who = "Patient (an authored line)" if exchange["exchange"] in meeting.authored else "Patient"
        yield from _wrapped(f"{who}: {seen}{exchange['reply']}", "      ")
        yield from _wrapped(reading_of(exchange), "        ")
    if meeting.ended and last >= len(meeting.exchanges):
        yield f"      ({meeting.ended.replace('_', ' ')})"


def reading_of(exchange: Record) -> str:
    """What was read, rated and felt in an exchange, in one line; by whom, where a chat model reads or rates too."""
    rater = exchange["evaluator"]["by"]
    alone = rater == "rules"
    reader = {"rules": "the rules", "model": rater, "script": "the author"}[exchange["appraisal"]["by"]]
    second = exchange["evaluator"]["reading"] if exchange["appraisal"]["by"] == "rules" else None
    rated = [f"{r['behaviour']} {r['value']}" for r in exchange["ratings"] if r["value"] is not None]
    rated += [f"harm {harm['code']} {harm['severity']}" for harm in exchange["harms"]]
    state = exchange["state_corrected"] or exchange["state"]
    felt = " ".join(f"{name} {value:.2f}" for name, value in state.items())
    told = ", ".join(f"{t['fact']} ({t['rendering']})" for t in exchange["disclosed"])
    parts = [
        f"read{'' if alone else f' by {reader}'}: {_codes(exchange['appraisal']['codes'])}",
        f"read by {rater}: {_codes(second)}" if second is not None else "",
        f"rated{'' if alone else f' by {rater}'}: {', '.join(rated)}" if rated else "",
        f"told: {told}" if told else "",
        f"{exchange['stance']}; {felt}",
    ]
    return "[" + " | ".join(part for part in parts if part) + "]"


def _codes(spans: Sequence[Record]) -> str:
    return ", ".join(f"{span['code']} {span['level']}" for span in spans) or "nothing"


def compared(found: Compared) -> str:
    """One comparison in words."""
    at = f" [{found.point}]" if found.point else ""
    about = f"{found.about}: " if found.about else ""
    return f"{found.finding.verdict.value:<10} {found.suite}, line {found.line}{at}: {about}{found.finding}"


def estimated(estimate: Estimate) -> str:
    """What a run would take, in words."""
    calls = ", ".join(f"{role} {count}" for role, count in estimate.calls.items() if count)
    told = f"{_count(estimate.conversations, 'conversation')}, at most {_count(estimate.exchanges, 'exchange')}"
    told += f" and {_count(estimate.all_calls, 'call')}{f' ({calls})' if calls else ''}"
    if calls:
        told += (
            f", or {estimate.all_answers:,} if no answer could be used the first time. Calls that a service turns away "
            "are made again on top of these; --budget-calls sets an end to them all"
        )
    return f"{told}. Nothing was held."


def summed_up(summary: Summary) -> str:
    """What a reader of a run should know, in a line each, and what came of it in the last."""
    told: list[str] = []
    if summary.authored:
        told.append(
            f"{summary.authored:,} of {summary.exchanges:,} replies were authored lines: the chat model failed, or what "
            "it said was not fit to be said. What was met or unmet there says little about the model."
        )
    if summary.idle:
        first, more = next(iter(summary.idle)), len(summary.idle) - 1
        also = f" and {_count(more, 'other case')}" if more else ""
        told.append(f"Nothing is expected of {first}{also}: met whatever happens (SP341).")
    return "\n".join([*told, _summed_up(summary)])


def _summed_up(summary: Summary) -> str:
    counts = [f"{summary.count(v)} {v.value}" for v in Verdict if v is Verdict.MET or summary.count(v)]
    took = [_count(summary.exchanges, "exchange"), _count(summary.checks, "check")]
    took += [_count(summary.calls, "call")] if summary.calls else []
    took += [f"{summary.tokens:,} tokens"] if summary.tokens is not None else []
    took += [f"cost {summary.cost:.4f}"] if summary.cost is not None else []
    held = f"{len(summary.keys) - len(summary.not_begun)} held"
    again = f", {summary.taken_up} of them before" if summary.taken_up else ""
    cases = _count(len(summary.groups), "case")
    return f"{cases}: {', '.join(counts)}. ({held}{again}; {', '.join(took)} in {summary.seconds:.1f} s.)"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _wrapped(text: str, indent: str) -> Sequence[str]:
    lines = textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ", break_long_words=False)
    return lines or [indent]
