"""A run as JUnit XML: each suite one, a case each, with the ratings as properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from simpatient.suite.comparing import Compared
from simpatient.suite.held import Held
from simpatient.suite.journal import Journal
from simpatient.suite.run import Group, Summary
from simpatient.suite.telling import compared, failure, reason
from simpatient.suite.verdict import Verdict

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(path: Path, summary: Summary, journal: Journal) -> None:
    """Write the run for a CI server: unmet is a failure, undecided an error."""
    keys: dict[str, list[str]] = {name: [] for name in summary.groups}
    for key in summary.keys:
        keys[_group_of(key, summary)].append(key)
    with path.open("w", encoding="utf-8", errors="replace") as file:
        total = _counted(summary.groups.values(), summary.compared)
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        file.write(f'<testsuites name="simpatient" {total} time="{summary.seconds:.3f}">\n')
        suites = [*(_suite_of(name) for name in summary.groups), *(each.suite for each in summary.compared)]
        for suite in dict.fromkeys(suites):
            for line in _suite(suite, summary, journal, keys):
                file.write(line)
        file.write("</testsuites>\n")


def ratings_of(held: Held) -> Iterator[tuple[str, str]]:
    """The ratings of a conversation as names and values: of each meeting, then of each message that was rated."""
    many = len(held.meetings) > 1
    if held.authored:
        yield "authored-replies", str(held.authored)
    for number, meeting in enumerate(held.meetings, 1):
        prefix = f"meeting-{number}." if many else ""
        if meeting.index is not None:
            yield f"{prefix}index", f"{meeting.index:.1f}"
        for behaviour, value in meeting.behaviours:
            if value is not None:
                yield f"{prefix}{behaviour}", f"{value:.2f}"
        for exchange in meeting.exchanges:
            for rating in exchange["ratings"]:
                if rating["value"] is not None:
                    yield f"{prefix}exchange-{exchange['exchange']}.{rating['behaviour']}", str(rating["value"])


def _suite(suite: str, summary: Summary, journal: Journal, keys: Mapping[str, Sequence[str]]) -> Iterator[str]:
    groups = [group for name, group in summary.groups.items() if _suite_of(name) == suite]
    comparisons = [each for each in summary.compared if each.suite == suite]
    yield f"<testsuite name={_a(suite)} {_counted(groups, comparisons)}>\n"
    for group in groups:
        begun = [key for key in keys[group.name] if key not in summary.not_begun]
        held = [each for key in begun if (each := journal.held(key)) is not None]
        why = next((summary.not_begun[key] for key in keys[group.name] if key in summary.not_begun), "")
        yield from _case(group, held, why)
    for each in comparisons:
        name = f"compare {each.about or each.finding.expected} {each.point}".strip()
        yield f"<testcase classname={_a(suite)} name={_a(name)}>"
        if each.finding.verdict is not Verdict.MET:
            yield _told(each.finding.verdict, str(each.finding), compared(each))
        yield "</testcase>\n"
    yield "</testsuite>\n"


def _case(group: Group, repeats: Sequence[Held], not_begun: str) -> Iterator[str]:
    suite, _, case = group.name.partition("/")
    seconds = sum(held.seconds for held in repeats)
    place = f' file={_a(repeats[0].path)} line="{repeats[0].line}" time="{seconds:.3f}"' if repeats else ""
    yield f"<testcase classname={_a(suite)} name={_a(case)}{place}>\n"
    if repeats:
        yield "<properties>\n"
        for held in repeats:
            prefix = f"seed-{held.seed}." if len(repeats) > 1 else ""
            for name, value in ratings_of(held):
                yield f"<property name={_a(prefix + name)} value={_a(value)}/>\n"
        yield "</properties>\n"
    if group.verdict is not Verdict.MET:
        wrong = [held for held in repeats if held.verdict is not Verdict.MET]
        first = next((reason(held) for held in wrong if held.verdict is group.verdict), "") or not_begun
        text = [*(failure(held) for held in wrong), *([not_begun] if not_begun else [])]
        of = group.rate.of
        share = f"{group.verdicts.count(Verdict.MET)} of {of} met, {group.rate.least} needed: " if of > 1 else ""
        yield _told(group.verdict, f"{share}{first}", "\n\n".join(text))
    yield "</testcase>\n"


def _told(verdict: Verdict, message: str, text: str) -> str:
    kind = "failure" if verdict is Verdict.UNMET else "error"
    return f"<{kind} message={_a(message)}>{_t(text)}</{kind}>\n"


def _counted(groups: Iterable[Group], comparisons: Iterable[Compared]) -> str:
    """The attributes that count what came of these."""
    found = [*(group.verdict for group in groups), *(each.finding.verdict for each in comparisons)]
    unmet, doubt = found.count(Verdict.UNMET), found.count(Verdict.UNDECIDED)
    return f'tests="{len(found)}" failures="{unmet}" errors="{doubt}"'


def _suite_of(group: str) -> str:
    return group.partition("/")[0]


def _group_of(key: str, summary: Summary) -> str:
    name, _, number = key.rpartition("#")
    return name if number.isdecimal() and name in summary.groups else key


def _a(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _t(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
