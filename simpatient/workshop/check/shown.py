"""How a report is shown: to a person, to a program, to a forge."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from simpatient.authoring import Page, finding, pages
from simpatient.authoring.read import guess_at
from simpatient.errors import ContentError, Diagnostic, Severity
from simpatient.workshop.check.colleague import SEVERITIES, Report

MANY = {"error": "errors", "warning": "warnings", "note": "notes", "todo": "to-dos"}
ONE = {**{severity: severity for severity in SEVERITIES}, "todo": "to-do"}
KINDS = {"patient": "patients", "rubric": "rubrics", "codebook": "codebooks", "suite": "suites"}
ALL = "all"
"""Asks for every diagnostic instead of one."""
_SLOT = re.compile(r"\{\w+\}")
_NUMBER = re.compile(r"(?:sp)?(\d{1,3})(?:-|$)")
ON_GITHUB: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice", "todo": "notice"}


def as_text(report: Report) -> str:
    """For a person: gravest first, then what there is to do, then a line that counts."""
    blocks: list[str] = []
    for severity in SEVERITIES:
        found = [one for one in report.findings if one.severity == severity]
        if severity == "todo" and found:
            blocks.append("To do:\n" + "\n".join(f"  {_place(one)}  {one.message}" for one in found))
        else:
            blocks += [_told(one) for one in found]
    return "\n".join([*blocks, summary(report)])


def summary(report: Report) -> str:
    """What was read and what was found, in a line or two."""
    kinds = Counter(target.kind.value for target in report.read)
    read = ", ".join(f"{count} {kind if count == 1 else KINDS[kind]}" for kind, count in kinds.items()) or "nothing"
    counts = [(severity, report.count(severity)) for severity in SEVERITIES]
    told = ", ".join(f"{n} {ONE[s] if n == 1 else MANY[s]}" for s, n in counts if n) or "nothing to say"
    stands = f" The author stands by {report.standing} more." if report.standing else ""
    code = next((one.code for one in sorted(report.findings, key=_rank) if one.severity != "todo"), None)
    more = f"\n`simpatient check --explain {code}` says more." if code else ""
    return f"Read {read}: {told}.{stands}{more}"


def as_json(report: Report) -> str:
    """For a program."""
    data = {
        "schema_version": 1,
        "read": [{"kind": target.kind.value, "path": shown_path(str(target.path))} for target in report.read],
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "standing": report.standing,
        "findings": [{**asdict(one), "path": shown_path(one.path)} for one in report.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_github(report: Report) -> str:
    """Workflow commands that put each finding beside its line."""
    return "\n".join(_command(one) for one in report.findings)


def explained(asked: str) -> str:
    """The page of a diagnostic, asked for by its number or its name; of `all` a line for each.

    Raises:
        ContentError: there is no such number or name.
    """
    word = asked.strip().lower()
    if word == ALL:
        return "\n".join(f"{page.code}  {page.name.partition('{')[0].strip('-')}" for page in pages().values())
    numbered = _NUMBER.match(word)
    number = f"SP{numbered[1]:0>3}" if numbered else ""
    names = {page.name.partition("{")[0].strip("-"): page.code for page in pages().values()}
    page = pages().get(number or names.get(word, ""))
    if page is None:
        near = guess_at(number or word, [*pages(), *names])
        more = f"{near}`simpatient check --explain {ALL}` lists them."
        raise ContentError([finding("SP010", "diagnostics", kind="diagnostic", word=asked, nearest=more)])
    rest = page.text[page.text.index("## Why") :]
    return "\n\n".join([f"# {page.code} {_plain(page.name)}", page.severity, *_worded(page), rest]).rstrip()


def _worded(page: Page) -> Iterator[str]:
    """What a page's finding can say; what is filled in later is three dots, and a wording that is nothing else is left out."""
    for variant, wording in page.wordings.items():
        if not re.search(r"\w", _SLOT.sub("", wording.message)):
            continue
        fix = _plain(wording.fix)
        quoted = f"> {_plain(wording.message)}" + (f"\n>\n> {fix}" if re.search(r"\w", fix) else "")
        yield f"**{variant}**\n\n{quoted}" if variant else quoted


def _plain(text: str) -> str:
    """The text without what is filled in."""
    return re.sub(r"\.{4,}", "...", _SLOT.sub("...", text.replace("{nearest}", "")))


def index() -> str:
    """The index of all pages, as Markdown."""
    rows = [
        f"| [{page.code}]({_file(page.code, page.name)}) | `{page.name}` | {page.severity} | {_gist(page)} |"
        for page in pages().values()
    ]
    head = "# What `simpatient check` can say\n\nEach number has its page: what is wrong, why it matters, how to mend it.\n"
    return "\n".join([head, "| number | name | severity | what it says |", "|---|---|---|---|", *rows]) + "\n"


def _gist(page: Page) -> str:
    """What a page says in a line: its message, or why it matters where the message is only filled in later."""
    message = page.wordings[""].message if "" in page.wordings else ""
    said = len(re.sub(r"`?\{\w+\}`?", "", message).split())
    text = message if said > 1 else page.why.partition(".")[0]
    return " ".join(text.replace("|", "\\|").split())


def shown_path(path: str) -> str:
    """The path from here where it is below here, else as it is."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return path


def _file(code: str, name: str) -> str:
    return f"{code}-{name.partition('{')[0].strip('-')}.md"


def _rank(one: Diagnostic) -> tuple[int, str]:
    return SEVERITIES.index(one.severity), one.code


def _place(one: Diagnostic) -> str:
    return ":".join(str(part) for part in (shown_path(one.path), one.line, one.column) if part)


def _told(one: Diagnostic) -> str:
    mend = f"\n    {one.fix}" if one.fix else ""
    return f"{_place(one)} {one.severity} {one.code} {one.name}: {one.message}{mend}"


def _command(one: Diagnostic) -> str:
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def in_property(text: str) -> str:
        return escaped(text).replace(":", "%3A").replace(",", "%2C")

    place = [f"file={in_property(shown_path(one.path))}"]
    place += [f"line={one.line}"] if one.line else []
    place += [f"col={one.column}"] if one.column else []
    title = in_property(f"{one.code} {one.name}")
    said = escaped(f"{one.message}\n{one.fix}" if one.fix else one.message)
    return f"::{ON_GITHUB[one.severity]} {','.join(place)},title={title}::{said}"
