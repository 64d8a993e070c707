"""The voice that a chat model lends the patient; each sentence is vetted before it is heard."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from simpatient.errors import ChatModelError
from simpatient.llm import ChatModel, Completion, Piece, Request
from simpatient.llm.prompting import sound
from simpatient.patient.manner import STAGED, Fault
from simpatient.patient.scene import SEEN, Scene, prompter_of
from simpatient.patient.secrets import secrets_of
from simpatient.patient.vetting import FAR_OVER, Vet
from simpatient.patient.voice import GESTURE_REST, AuthoredVoice, Spoken, sentences
from simpatient.persona import Patient
from simpatient.words import PatientTurn, VoiceUse

Hear = Callable[[str], Awaitable[None]]
"""Receives each sentence of a reply as it is spoken."""
GESTURE_WORDS = 8
"""Words a nonverbal cue may have."""
TRIES = 2
"""The first, and one silent second."""
_ENDS = re.compile(r"[.!?\u2026][\"'\u201d\u2019)]*(?=\s)|\n")
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_UNENDED = re.compile(r"<think(?:ing)?>.*", re.DOTALL | re.IGNORECASE)
_MARK = re.compile(r"[\"\u201c\u201d]")
_OPENS, _SHUTS = '"\u201c', '"\u201d'
"""Quotation marks that a model may put around the whole reply."""
HELD = 3
"""Sentences that wait at most, where the reply begins with a quotation mark, until it is clear what stands in the marks."""


@dataclass(kw_only=True)
class _Try:
    """What one call has given so far."""

    request: Request
    spoken: list[str]
    written: list[str] = field(default_factory=list[str])
    """The sentences as they came, with their stage directions."""
    gesture: str = ""
    fault: Fault | None = None
    refused: str = ""
    """The sentence that may not be said."""
    completion: Completion | None = None


class ChatVoice:
    """Speaks through a chat model, and through the authored lines where that fails."""

    def __init__(self, patient: Patient, model: ChatModel, authored: AuthoredVoice) -> None:
        """Keep the model, and the voice that stands behind it."""
        self.patient, self.model, self.authored = patient, model, authored
        self.prompter, self.secrets = prompter_of(patient), secrets_of(patient)
        self._insisted: set[str] = set()

    async def speak(self, scene: Scene, say: Hear | None = None) -> Spoken:
        """The reply; `say` hears each sentence as soon as it has been vetted.

        One silent second try when nothing fit to be said came; then, or when the service fails before a word, the
        authored line. A sentence that was refused and came again is not worth a second try for the rest of the
        meeting. Never raises for a failure of the service.
        """
        begun = asyncio.get_running_loop().time()
        refused, before = "", ""
        for _ in range(TRIES):
            attempt = _Try(request=self.prompter.request(replace(scene, again=refused)), spoken=[])
            try:
                await self._attempt(attempt, scene, say)
            except ChatModelError as exc:
                if not attempt.spoken:
                    return await self._fallen_back(scene, say, str(exc))
            if attempt.spoken:
                return self._spoken(attempt, scene, asyncio.get_running_loop().time() - begun)
            if attempt.refused and attempt.refused in (before, *self._insisted):
                self._insisted.add(attempt.refused)
                break
            before, refused = attempt.refused, attempt.fault.value if attempt.fault else "it was empty."
        return await self._fallen_back(scene, say, "")

    async def _attempt(self, attempt: _Try, scene: Scene, say: Hear | None) -> None:
        """One call, its sentences vetted and spoken one by one until one of them may not be said."""
        vet = self.vet(scene, attempt.request)
        stream = _sentences(self.model.stream(attempt.request), attempt)
        async with aclosing(_unwrapped(stream, self.patient.persona.card.name)) as found:
            async for written in found:
                sentence, gesture = self._apart(written, scene)
                fault = vet.fault_in(written, " ".join(attempt.written))
                if fault is not None:
                    attempt.fault, attempt.refused = fault, written
                    return
                attempt.written.append(written)
                attempt.gesture = attempt.gesture or gesture
                if not sentence:
                    continue
                attempt.spoken.append(sentence)
                if say is not None:
                    await say(sentence)
                if len(" ".join(attempt.spoken).split()) >= scene.intent.length[1] * FAR_OVER:
                    return

    def vet(self, scene: Scene, request: Request) -> Vet:
        """What is looked for in this reply."""
        return Vet(
            persona=self.patient.persona,
            secrets=self.secrets,
            intent=scene.intent,
            memory=scene.memory,
            heard=scene.heard.text,
            said=(scene.opening.text, *(turn.text for _, turn in scene.past)),
            told_to_model=self.prompter.rules(request),
        )

    def _apart(self, raw: str, scene: Scene) -> tuple[str, str]:
        """The words of a sentence, and the nonverbal cue that stood in it where one can be seen."""
        staged = STAGED.search(raw)
        gesture = staged[0].strip("*_~[]() .") if staged else ""
        seen = self.patient.persona.card.channel in SEEN and scene.intent.nonverbal
        lately = scene.memory.gestures[-GESTURE_REST:]
        fits = seen and 0 < len(gesture.split()) <= GESTURE_WORDS and gesture not in lately
        return " ".join(STAGED.sub(" ", raw).split()), gesture if fits else ""

    def _spoken(self, attempt: _Try, scene: Scene, seconds: float) -> Spoken:
        text = " ".join(attempt.spoken)
        done = attempt.completion
        use = VoiceUse(
            by=self.model.name,
            model=done.model if done else "",
            digest=attempt.request.digest,
            latency_ms=round(1000 * seconds, 1),
            tokens=done.tokens if done else None,
        )
        told = self.vet(scene, attempt.request).conveys(text)
        turn = PatientTurn(text=text, nonverbal=attempt.gesture)
        return Spoken(turn=turn, plants=scene.intent.plants, use=use, told=told)

    async def _fallen_back(self, scene: Scene, say: Hear | None, failed: str) -> Spoken:
        """The authored reply in the same state, with one plain line when the service failed."""
        spoken = self.authored.speak(scene.intent, scene.heard, scene.memory, scene.seed, scene.exchange)
        for sentence in sentences(spoken.turn.text) if say else ():
            await say(sentence) if say else None
        name = self.patient.persona.card.name
        why = failed.partition(": ")[2]
        notice = (
            f"The chat model did not answer ({why or 'it failed'}), so {name} speaks with the written voice for now. "
            "Nothing is lost; your next message tries it again."
        )
        return replace(spoken, notice=notice if failed else "")


async def _sentences(pieces: AsyncIterator[Piece], attempt: _Try) -> AsyncGenerator[str]:
    """The sentences of a streamed answer, each as soon as it stands; thoughts in marks are dropped."""
    held = ""
    try:
        async for piece in pieces:
            if isinstance(piece, Completion):
                attempt.completion = piece
                break
            held += sound(piece)
            held = _THOUGHTS.sub("", held)
            if _UNENDED.search(held):
                continue
            while (end := _end_of_sentence(held)) is not None:
                sentence, held = held[:end].strip(), held[end:]
                if sentence:
                    yield sentence
    finally:
        close = getattr(pieces, "aclose", None)
        if close is not None:
            await close()
    rest = _UNENDED.sub("", held).strip()
    if rest:
        yield rest


class _Marks(Enum):
    """What quotation marks at the beginning of a reply turned out to be."""

    OWN = auto()
    """Somebody is quoted, or there are none: they stay."""
    ROUND_ALL = auto()
    """They stand around the whole reply."""
    ROUND_EACH = auto()
    """They stand around every sentence."""


async def _unwrapped(found: AsyncGenerator[str], name: str) -> AsyncGenerator[str]:
    """The sentences without the name in front and without marks around the whole reply; quotations keep theirs."""
    held: list[str] = []
    marks: _Marks | None = None
    async with aclosing(found):
        async for raw in found:
            text = raw.strip()
            if marks is not None:
                yield _without(text, marks)
                continue
            if not held:
                text = re.sub(rf"^[*_]*{re.escape(name)}[*_]*\s*:[*_]*\s*", "", text)
            held.append(text)
            marks = _marks_of(held, ended=False)
            if marks is not None:
                for each in held:
                    yield _without(each, marks)
    if marks is None and held:
        marks = _marks_of(held, ended=True) or _Marks.OWN
        for each in held:
            yield _without(each, marks)


def _marks_of(held: list[str], *, ended: bool) -> _Marks | None:
    """What the marks are that `held` begins with, or None while that is open. Pure."""
    if held[0][:1] not in tuple(_OPENS):
        return _Marks.OWN
    shut = next((at for at, each in enumerate(held) if _MARK.search(each[1:] if at == 0 else each)), None)
    if shut is None:
        return _Marks.ROUND_ALL if ended or len(held) >= HELD else None
    last = held[shut][1:] if shut == 0 else held[shut]
    if _MARK.search(last[:-1]):
        return _Marks.OWN  # they close within a sentence
    if shut == len(held) - 1:
        return _Marks.ROUND_ALL if ended else None
    return _Marks.ROUND_EACH if all(_is_quoted(each) for each in held) else _Marks.OWN


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] in _OPENS and text[-1] in _SHUTS and not _MARK.search(text[1:-1])


def _without(text: str, marks: _Marks) -> str:
    """A sentence without the marks that stand around the reply, or around it. Pure."""
    alone = len(_MARK.findall(text)) == 1
    if (marks is not _Marks.OWN and _is_quoted(text)) or (
        marks is _Marks.ROUND_ALL and alone and (text[:1] in tuple(_OPENS) or text[-1:] in tuple(_SHUTS))
    ):
        return text.strip(_OPENS + _SHUTS).strip()
    return text


def _end_of_sentence(text: str) -> int | None:
    """Where the first whole sentence ends; a stop inside round brackets ends none. Pure."""
    for end in _ENDS.finditer(text):
        if text.count("(", 0, end.end()) <= text.count(")", 0, end.end()):
            return end.end()
    return None
