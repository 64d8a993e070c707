"""What the learner chose for their meetings: how much help, how hard, who rates."""

# Chainlit's widgets are not typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# Its dataclasses hide their fields.
# pyright: reportCallIssue=false

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, TypedDict

from chainlit.input_widget import InputWidget, Select, Switch

from simpatient.encounter import Mode
from simpatient.store.rows import Chosen
from simpatient.web.text import catalogue

AS_WRITTEN = "as_written"
"""As hard as the persona says."""
DIFFICULTIES = (AS_WRITTEN, "gentle", "standard", "hard")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What holds for the next meeting that this learner begins."""

    mode: Mode = Mode.GUIDED
    difficulty: str = AS_WRITTEN
    evaluator: str = ""
    """Id of the rubric; empty for the usual one."""
    live: bool | None = None
    """Whether ratings are shown while they talk; None: as the mode has it."""

    @classmethod
    def of(cls, kept: Chosen, evaluators: tuple[str, ...]) -> Choices:
        """The choices that were kept; whatever is no choice any more is as it usually is. Pure."""
        return replace(cls().changed(asdict(kept), evaluators), live=kept.live)

    @property
    def to_keep(self) -> Chosen:
        """The choices as the store has them."""
        return Chosen(mode=self.mode.value, difficulty=self.difficulty, evaluator=self.evaluator, live=self.live)

    def changed(self, word: Mapping[str, Any], evaluators: tuple[str, ...]) -> Choices:
        """The choices with what `word` changes; whatever is no choice is left as it was."""
        mode, difficulty, evaluator = word.get("mode"), word.get("difficulty"), word.get("evaluator")
        chosen = Mode(mode) if mode in set(Mode) else self.mode
        return replace(
            self,
            mode=chosen,
            live=self.live if chosen is self.mode else None,
            difficulty=difficulty if difficulty in DIFFICULTIES else self.difficulty,
            evaluator=evaluator if evaluator in evaluators else self.evaluator,
        )


class Option(TypedDict):
    """One entry of a list."""

    value: str
    label: str
    about: str


class Offered(TypedDict):
    """All that can be chosen before a meeting, and what is chosen."""

    mode: str
    modes: list[Option]
    difficulty: str
    difficulties: list[Option]
    evaluator: str
    evaluators: list[Option]


def offered(choices: Choices, evaluators: Mapping[str, str]) -> Offered:
    """What the picker offers; `evaluators` are names by id, the usual one first."""
    words = catalogue()
    return Offered(
        mode=choices.mode.value,
        modes=[
            Option(value=m.value, label=words.say(f"mode.{m.value}"), about=words.say(f"mode.{m.value}_about"))
            for m in Mode
        ],
        difficulty=choices.difficulty,
        difficulties=[Option(value=d, label=_difficulty(d), about="") for d in DIFFICULTIES],
        evaluator=choices.evaluator or next(iter(evaluators), ""),
        evaluators=[Option(value=id_, label=name, about="") for id_, name in evaluators.items()],
    )  # fmt: skip


def widgets(choices: Choices, evaluators: Mapping[str, str], *, live: bool, may_see: bool) -> list[InputWidget]:
    """The settings of a meeting: what changes now, and what holds for the next one.

    Args:
        choices: what is chosen.
        evaluators: names by id, the usual one first.
        live: whether ratings are shown now.
        may_see: whether they may be; in an assessment they may not.
    """
    words = catalogue()
    modes = {words.say(f"mode.{mode.value}"): mode.value for mode in Mode}
    found: list[InputWidget] = [
        Select(
            id="mode", label=words.say("mode.title"), items=modes, initial_value=choices.mode.value,
            description=words.say("mode.about"),
        ),
        Select(
            id="difficulty", label=words.say("mode.difficulty"), initial_value=choices.difficulty,
            items={_difficulty(d): d for d in DIFFICULTIES}, description=words.say("mode.next"),
        ),
    ]  # fmt: skip
    if len(evaluators) > 1:
        first = choices.evaluator or next(iter(evaluators))
        found.append(Select(
            id="evaluator", label=words.say("mode.evaluator"), initial_value=first,
            items={name: id_ for id_, name in evaluators.items()}, description=words.say("mode.next"),
        ))  # fmt: skip
    if may_see:
        about = words.say("page.live_about")
        found.append(Switch(id="live", label=words.say("page.live"), initial=live, description=about))
    return found


def _difficulty(value: str) -> str:
    return catalogue().say(f"difficulty.{value}")
