"""Whether a message seems to hold a real person's details. A light check, asked about before text leaves the machine."""

from __future__ import annotations

import re

BIRTH = "a date of birth"
"""What any full date is taken for."""
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]{2,}\b")),
    ("a phone number", re.compile(r"(?<![\w.])(?:\+\d{1,3}[ -]?)?(?:\(0?\d{2,5}\)|0\d{2,4})[ -]?\d{3,4}[ -]?\d{3,4}(?!\w)|(?<!\w)\+\d[\d -]{8,14}\d(?!\w)|\b\d{3}-\d{3}-\d{4}\b")),
    ("a record number", re.compile(
        r"(?i)\b(?:nhs|mrn|hospital|record|case|patient|insurance|policy|id)(?: (?:no|number|nr|id))?\.?\s*[:#]?\s*[A-Z]{0,3}\d[\d -]{4,14}\d\b|\b\d{3} \d{3} \d{4}\b|\b\d{3}-\d{2}-\d{4}\b"
    )),
    (BIRTH, re.compile(
        r"(?i)\b(?:born(?: on)?|dob|d\.o\.b\.?|date of birth|birthday)\b[^.?!\n]{0,20}\d|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"
    )),
    ("an address", re.compile(
        r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b\d{1,4} [A-Z][a-z]+ (?:Street|Road|Avenue|Lane|Drive|Close|Crescent|Terrace|Way|Court)\b"
    )),
)  # fmt: skip
"""What is looked for, each with what it is called. Source: clinical section 5.3."""


def identifiers_in(text: str) -> tuple[str, ...]:
    """What in the text might identify a real person, in words; nothing of it is repeated. Pure."""
    return tuple(name for name, pattern in _KINDS if pattern.search(text))
