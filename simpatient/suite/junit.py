"""A run as JUnit XML: a suite a file, a case each, its ratings as properties."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from simpatient.suite.held import Held
from simpatient.suite.journal import Journal
from simpatient.suite.published import conversations
from simpatient.suite.run import Group, Summary
from simpatient.suite.telling import compared, failure
from simpatient.suite.verdict import Verdict

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(path: Path, summary: Summary, journal: Journal) -> None:
    """Write the run for a CI server: unmet is a failure, undecided an error."""
    with path.open("w", encoding="utf-8", errors="replace") as file:
        unmet = summary.count(Verdict.UNMET) + sum(c.finding.verdict is Verdict.UNMET for c in summary.compared)
        doubt = summary.count(Verdict.UNDECIDED) + sum(c.finding.verdict is Verdict.UNDECIDED for c in summary.compared)
        cases = len(summary.groups) + len(summary.compared)
        told = f'tests="{cases}" failures="{unmet}" errors="{doubt}" time="{summary.seconds:.3f}"'
        file.write(f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites {told}>\n')
        file.write(f'<testsuite name="simpatient" {told}>\n')
        written: set[str] = set()
        for name, repeats in itertools.groupby(conversations(summary, journal), key=lambda held: held.group):
            written.add(name)
            for line in _case(summary.groups[name], list(repeats)):
                file.write(line)
        for key, why in summary.not_begun.items():
            name = _group_of(key, summary)
            suite, _, case = name.partition("/")
            if name not in written:
                told = _told(Verdict.UNDECIDED, why)
                file.write(f"<testcase classname={_a(suite)} name={_a(case)}>{told}</testcase>\n")
            written.add(name)
        for each in summary.compared:
            body = "" if each.finding.verdict is Verdict.MET else _told(each.finding.verdict, compared(each))
            name = f"compare {each.about or each.finding.expected} {each.point}".strip()
            file.write(f"<testcase classname={_a(each.suite)} name={_a(name)}>{body}</testcase>\n")
        file.write("</testsuite>\n</testsuites>\n")


def ratings_of(held: Held) -> Iterator[tuple[str, str]]:
    """The ratings of a conversation as names and values."""
    many = len(held.meetings) > 1
    for number, meeting in enumerate(held.meetings, 1):
        prefix = f"meeting-{number}." if many else ""
        if meeting.index is not None:
            yield f"{prefix}index", f"{meeting.index:.1f}"
        for behaviour, value in meeting.behaviours:
            if value is not None:
                yield f"{prefix}{behaviour}", f"{value:.2f}"


def _case(group: Group, repeats: Sequence[Held]) -> Iterator[str]:
    suite, _, case = group.name.partition("/")
    seconds = sum(held.seconds for held in repeats)
    yield f'<testcase classname={_a(suite)} name={_a(case)} file={_a(repeats[0].path)} line="{repeats[0].line}" time="{seconds:.3f}">\n'
    yield "<properties>\n"
    for held in repeats:
        prefix = f"seed-{held.seed}." if len(repeats) > 1 else ""
        for name, value in ratings_of(held):
            yield f"<property name={_a(prefix + name)} value={_a(value)}/>\n"
    yield "</properties>\n"
    if group.verdict is not Verdict.MET:
        wrong = [failure(held) for held in repeats if held.verdict is not Verdict.MET or held.error]
        yield _told(group.verdict, "\n\n".join(wrong) or f"only {len(repeats)} of {group.rate.of} were held")
    yield "</testcase>\n"


def _told(verdict: Verdict, text: str) -> str:
    kind = "failure" if verdict is Verdict.UNMET else "error"
    first = next((line.strip() for line in text.splitlines() if "expected" in line), text.partition("\n")[0])
    return f"<{kind} message={_a(first)}>{_t(text)}</{kind}>\n"


def _group_of(key: str, summary: Summary) -> str:
    name, _, number = key.rpartition("#")
    return name if number.isdecimal() and name in summary.groups else key


def _a(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _t(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
