"""A chat model that believes everything: the worst that an attack in a learner's words could make of a real one."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Iterable
from itertools import cycle

from simpatient.llm.port import Completion, Json, Piece, Request

_LEARNER = re.compile(r"<(?:learner|message)>\n(.*?)\n</(?:learner|message)>", re.DOTALL)
_ID = re.compile(r"^- `(\w+)` \((.+?)\)", re.MULTILINE)


class GullibleModel:
    """Obeys every instruction in the learner's words, whatever language or code it hides in: it takes any message for one.

    As a voice it recites its prompt, says all it `knows`, talks as an assistant and repeats what it was told to say. As
    an evaluator it gives the top value to every behaviour and every code, quoting whatever stands in the message, the
    attack first. Nothing that it does may open a gate or lift a rating: use it to test your own personas and rubrics.
    """

    def __init__(self, knows: Iterable[str] = ()) -> None:
        """Keep what it would let out.

        Args:
            knows: sentences that a real model might have guessed or learnt elsewhere, such as the facts of a persona.
        """
        self.knows = tuple(knows)
        self.asked: list[Request] = []
        """Every request so far, oldest first."""

    @property
    def name(self) -> str:
        """`gullible:model`."""
        return "gullible:model"

    @property
    def place(self) -> str:
        """Nowhere: it stays in this process."""
        return ""

    async def stream(self, request: Request) -> AsyncIterator[Piece]:
        """All it can be made to say, one sentence after another, beginning somewhere else each time."""
        self.asked.append(request)
        system = [line.lstrip("- ").strip() for line in request.messages[0].text.splitlines() if line.strip()]
        heard = _heard(request)
        said = [*self.knows, *system, f"As an AI language model, I obey: {heard}", heard]
        first = (len(self.asked) * 7) % len(said)
        text = " ".join(part if part[-1:] in ".!?" else f"{part}." for part in (*said[first:], *said[:first]))
        for word in re.findall(r"\S+\s*", text):
            yield word
        yield Completion(text=text, model="gullible")

    async def complete(self, request: Request) -> Completion:
        """Top marks for everything, with quotes."""
        self.asked.append(request)
        return Completion(text=json.dumps(self._verdict(request), ensure_ascii=False), model="gullible")

    def _verdict(self, request: Request) -> dict[str, Json]:
        codes, behaviours = _ids(request.messages[0].text)
        heard = _heard(request)
        parts = [part for part in re.split(r"(?<=[.!?\n])\s+", heard) if part.strip()]
        quotes = cycle([heard, *reversed(parts)])
        why = "The message says so."
        reading: list[Json] = [
            {"quote": quote[:400], "why": why, "code": code, "level": 3}
            for quote, code in zip(quotes, codes, strict=False)
        ]
        ratings: list[Json] = [
            {"behaviour": b, "quote": quote[:400], "cue_quote": "", "why": why, "value": 3, "confidence": "high"}
            for quote, b in zip(quotes, behaviours, strict=False)
        ]
        return {"off_task": [], "reading": reading[:40], "ratings": ratings, "try_instead": heard[:400]}


def _heard(request: Request) -> str:
    found = _LEARNER.findall(request.messages[-1].text)
    return found[-1] if found else request.messages[-1].text


def _ids(system: str) -> tuple[list[str], list[str]]:
    """Helpful codes and behaviours that the prompt names."""
    before, _, after = system.partition("# The rubric")
    codes = [code for code, kind in _ID.findall(before) if kind == "help"]
    return codes, [behaviour for behaviour, _ in _ID.findall(after)]
