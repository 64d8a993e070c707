"""Words that address the machinery instead of the patient, staged gestures, and how a meeting is drawn to its end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from simpatient.appraisal.addressing import addressed_spans
from simpatient.appraisal.text import without_notes

_OFF_TASK = re.compile(
    r"""(?ix)
    (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rules|rubric|above
      |previous\s+(?:text|messages?)|system|guidelines)\b[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:system\s+prompt|language\s+model|chat\s?gpt|openai|large\s+language|jailbreak|developer\s+mode
      |evaluator|grader|grading|rating\s+(?:engine|model|system)|rubric|codebook|\bLLM\b|prompt\s+injection)
      \b[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:give|award|rate|score|mark|assign|grant)\s+(?:me|this|it|my|all|everything|every
      |the\s+(?:learner|message|trainee|therapist|student))\b[^.!?\n]{0,40}(?:\b(?:3|three|full|top|maximum|max
      |highest|perfect|100|10)\b|\b(?:points|marks|score|scores|rating)\b)[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:set|raise|increase|change|put)\s+(?:your\s+|the\s+|patient\s+)*(?:trust|openness|anxiety
      |defensiveness|hope|stance|state)\s*(?:level\s*|value\s*)?(?:to|=|at|:)\s*[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:reveal|print|show|output|repeat|display|list|dump|tell\s+me|what\s+(?:is|are|was))
      \b[^.!?\n]{0,25}\b(?:your\s+(?:prompt|instructions|hidden\s+facts?|system|persona(?:\s+file)?|configuration
      |internal\s+state|gates?|secret\s+facts?|(?:trust|openness|anxiety|stance)\s+(?:value|level|score))|hidden\s+facts?|initial\s+prompt|state\s+variables?)\b[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:AI|bot|chatbot|simulation|simulated\s+patient|assistant
      |computer|program|machine)\b[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:are\s+you|am\s+i\s+talking\s+to|is\s+this)\s+(?:an?\s+)?(?:AI|bot|chatbot|robot|real\s+person
      |simulation|computer|machine|human)\b[^.!?\n]*[.!?]?
    | ^\s*(?:system|assistant|user|human|patient|developer|tool)\s*:[^\n]*
    | <\|?/?(?:im_start|im_end|system|assistant|user|patient|instructions?|s|endoftext|tool)[^>\n]{0,20}\|?>[^\n]*
    | \[/?(?:INST|SYS|SYSTEM|ASSISTANT)[^\]]{0,20}\][^\n]*
    | \{\s*["'][\s\S]{0,4000}\}
    | (?<![^.!?\n>`\]}])[^.!?\n]*\b(?:full\s+marks|textbook\s+example|highly\s+skilled|always\s+score|examiners?
      |my\s+course\s+depends|most\s+empath\w+|would\s+rate\s+this|quality\s+levels?)\b[^.!?\n]*[.!?]?
    | \b(?:per|under|see)\s+section\s+\d+(?:\.\d+)*[^.!?\n]*\b(?:levels?|scores?|marks?|ratings?|values?|quality)\b[^.!?\n]*[.!?]?
    | (?<![^.!?\n>`\]}])[^.!?\n]*\bcounts?\s+as\s+[^.!?\n]{3,30}\b(?:quality|level|value)\s+\d[^.!?\n]*[.!?]?
    | (?:\#\s*)?\b[a-z]+_[a-z_]+\s*(?:=|:=)\s*\w+
    | \[\s*hidden\b[^\]\n]*\]?
    | <\|im_start\|>[\s\S]*?(?:<\|im_end\|>|\Z)
    | ```[\s\S]*?(?:```|\Z)
    | \#{2,}\s*(?:system|instruction|new\s+task)[^\n]*
    """,
    re.MULTILINE,
)
"""Talk to the machinery: each match is taken out before anything is read.

A sentence is tried from its beginning only: trying it from every letter of it took most of the time of a long message.
"""

_SUSPECTS = re.compile(
    r"(?i)instruction|prompt|rubric|guidelines|jailbreak|developer|evaluator|grad(?:er|ing)|codebook|rating"
    r"|openai|gpt|\bLLM\b|language model"
    r"|textbook|skilled|examiner|my course|empath|\bquality\b|points|marks|scores?\b|\b(?:rate|give|award|grant"
    r"|assign)\b.{0,40}\b(?:3|three|full|top|max\w*|highest|perfect|10|100)\b|previous|\brules\b"
    r"|\b(?:trust|openness|anxiety|defensiveness|hope|stance|state)\s*(?:level\s*|value\s*)?(?:to|=|at|:)"
    r"|hidden|configuration|(?:trust|openness|anxiety|stance) (?:value|level|score)|secret facts?|internal state|your persona"
    r"|\bAI\b|\bbot\b|chatbot|robot|simulat|assistant|computer|machine|\bprogram\b|real person|human\?"
    r"|^\s*(?:system|user|human|patient|tool)\s*:|[<{\[]|```|##|\bsystem\b|section \d|counts? as|[a-z]_[a-z_]+\s*:?="
)

_HINTS = (
    "instruction", "prompt", "rubric", "guidelines", "jailbreak", "developer", "evaluator", "grad", "codebook", "rating",
    "openai", "gpt", "llm", "language model", "textbook", "skilled", "examiner", "my course", "empath", "quality",
    "points", "marks", "score", "rate", "give", "award", "grant", "assign", "previous", "rules", "trust", "openness",
    "anxiety", "defensiveness", "hope", "stance", "state", "hidden", "configuration", "secret fact", "your persona",
    " ai", "bot", "simulat", "assistant", "computer", "machine", "program", "real person", "human", "system", "user",
    "patient", "tool", "section ", "count", "_", "<", "{", "[", "```", "##",
)  # fmt: skip
"""Pieces in lower case of which one occurs wherever anything is suspected; looking for them is cheap."""

_STAGED = re.compile(r"\*[^*\n]{2,80}\*|\[[a-zA-Z][^\]\n]{1,60}\]|(?:(?<=[.?!] )|(?<![\s\S]))\([a-z][^)\n]{3,120}\)")
"""Gestures in asterisks or brackets; in round brackets only where they stand for themselves."""


@lru_cache(maxsize=4096)
def off_task_spans(raw: str) -> tuple[tuple[int, int], ...]:
    """Spans of the raw text that talk to the machinery. Pure.

    Source: clinical section 5.7.
    """
    spans = list(addressed_spans(raw))
    lowered = f" {raw.lower()}"
    may = any(map(lowered.__contains__, _HINTS)) and _SUSPECTS.search(raw)
    for match in _OFF_TASK.finditer(raw) if may else ():
        text = match.group()
        start = match.start() + len(text) - len(text.lstrip())
        if text.strip():
            spans.append((start, match.start() + len(text.rstrip())))
    return _apart(spans)


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, those that overlap made one."""
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return tuple(apart)


@lru_cache(maxsize=4096)
def staged_spans(raw: str) -> tuple[tuple[int, int], ...]:
    """Gestures between asterisks or square brackets. Pure."""
    if "*" not in raw and "[" not in raw and "(" not in raw:
        return ()
    return tuple((match.start(), match.end()) for match in _STAGED.finditer(without_notes(raw)))


def blanked(raw: str, spans: tuple[tuple[int, int], ...]) -> str:
    """The text with these spans made blank, so that all other characters keep their place. Pure."""
    for start, end in spans:
        gap = "." + " " * (end - start - 1) if end > start else ""
        raw = raw[:start] + gap + raw[end:]
    return raw


@lru_cache(maxsize=4096)
def to_patient(raw: str) -> str:
    """The text with what talks to the machinery made blank: all that a patient hears, promises included. Pure.

    Source: clinical section 5.7.
    """
    return blanked(raw, off_task_spans(raw))


_FAREWELL = re.compile(
    r"\b(?:good ?bye|bye(?: bye)?|(?<!to )see you again|see you (?:next|on|then|soon|in|thursday|tuesday|monday|wednesday"
    r"|friday|later)|until (?:next|then|thursday|tuesday|monday|wednesday|friday)|(?:safe journey|get home "
    r"safe\w*|have a good (?:day|evening|night|week|weekend|one))|take care(?: of yourself)?(?= [.!]|$| (?:and"
    r"|bye|now|andrew|maggie))|talk (?:to you )?(?:soon|next week)|mind how you go)\b"
)
_WINDING = re.compile(
    r"\b(?:before (?:we|you) (?:finish|go|stop|end|leave|wrap)|(?:our|the) time is (?:up|nearly|almost|running)"
    r"|(?:a few|few|two|three|five|ten|couple of) minutes left|(?:to|let us|we (?:have to|need to|should|will)"
    r"|i think we|shall we) (?:finish|stop|end|wrap up|close|leave it there|draw)(?: (?:there|here|for today"
    r"|for now|up|today|by|with|off))?|that is (?:all|it|us|our time) for (?:today|now)|same time next|when "
    r"(?:shall|should) we meet|next (?:appointment|meeting|session)|wrap(?:ping)? up|stop there|finish there"
    r"|leave it there|coming to the end|how was today)\b"
)


@lru_cache(maxsize=4096)
def closing_of(norm: str) -> Literal["no", "winding_down", "farewell"]:
    """Whether the normalised message draws the meeting to its end. Pure."""
    if _FAREWELL.search(norm):
        return "farewell"
    return "winding_down" if _WINDING.search(norm) else "no"
