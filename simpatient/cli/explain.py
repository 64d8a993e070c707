"""`simpatient explain`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from simpatient.encounter import Exchange
    from simpatient.patient import Change, Effect, Gate, Reckoning


@click.command("explain")
@click.argument("persona")
@click.argument("messages", nargs=-1)
@click.option("--exchange", "number", type=click.IntRange(1), default=None, help="Which exchange.  [default: the last]")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--difficulty", type=click.Choice(["gentle", "standard", "hard"]))
def command(persona: str, messages: tuple[str, ...], number: int | None, seed: int, difficulty: str | None) -> None:
    """Show the arithmetic of one exchange with PERSONA, for educators.

    MESSAGES are the learner's, in order; without any, each line of standard input is one. Shown are, per
    code, dose, sensitivity, repetition and caps, and what opened or kept the gate of each fact (by its id,
    never its text).
    """
    said = messages or tuple(raw.decode("utf-8", "replace").rstrip("\r\n") for raw in sys.stdin.buffer)
    if not said:
        raise click.UsageError('Give at least one message: simpatient explain andrew "Hello Andrew, I\'m Dana."')
    asyncio.run(_explain(persona, said, number, seed, difficulty))


async def _explain(persona: str, said: tuple[str, ...], number: int | None, seed: int, difficulty: str | None) -> None:
    from simpatient.encounter import Encounter

    encounter = await Encounter.begin(persona, seed=seed, difficulty=difficulty)
    for text in said:
        await encounter.exchange(text, practice=True)
        if encounter.ended is not None:
            break
    done = len(encounter.exchanges)
    if number is not None and number > done:
        raise click.UsageError(f"The meeting has {done} exchanges; --exchange {number} is beyond its end.")
    chosen = encounter.exchanges[(number or done) - 1]
    reckoning, gates = encounter.account(chosen.number)
    for line in (*_head(chosen), *(_reckoned(reckoning) if reckoning else ()), *_gates(gates, chosen)):
        click.echo(line)


def _head(exchange: Exchange) -> Iterator[str]:
    yield f"Exchange {exchange.number}"
    yield f"  patient: {exchange.answers.text}"
    yield f"  learner: {exchange.learner}"
    yield f"  reply:   {exchange.turn.text}"
    yield "Read:"
    for span in exchange.appraisal.codes:
        yield f'  {span.code} {span.level}  "{span.quote}"'
    if not exchange.appraisal.codes:
        yield "  nothing that moves the patient"


def _reckoned(reckoning: Reckoning) -> Iterator[str]:
    yield "Effects (dose x sensitivity x repetition x damping = strength; then trust, anxiety, defensiveness, hope):"
    for effect in reckoning.effects:
        yield f"  {_effect(effect)}"
    if reckoning.contaminated:
        yield "  a harm of severity 2 or more halves every help of this message"
    yield "Changes (strongest whole, next half, next a quarter; then what is left to gain or lose; then caps):"
    for change in reckoning.changes:
        yield f"  {_change(change)}"
    before, after = reckoning.before, reckoning.after
    yield f"  openness        {before.openness:.3f} -> {after.openness:.3f}  towards {reckoning.openness_target:.3f}"
    yield f"  exit pressure   {before.exit_pressure:.2f} -> {after.exit_pressure:.2f}"
    yield f"  trust ceiling   {before.trust_ceiling:.2f} -> {after.trust_ceiling:.2f}"
    rupture = f"{after.rupture.style.value}, cause {after.rupture.cause.value}" if after.rupture else "none"
    yield f"Stance: {before.stance.word} -> {after.stance.word} (ladder {reckoning.ladder:.3f}); rupture: {rupture}"


def _effect(effect: Effect) -> str:
    name = effect.code if effect.code == effect.read_as else f"{effect.read_as} as {effect.code}"
    moves = " ".join(f"{value:+.4f}" for value in effect.moves.values())
    times = f" (used {effect.times_before}x lately)" if effect.times_before else ""
    return (
        f"{name} {effect.level}: {effect.dose:.2f} x {effect.sensitivity:.2f} x {effect.repetition:.2f}"
        f" x {effect.damping:.2f} = {effect.strength:.3f}{times}  [{moves}]"
    )


def _change(change: Change) -> str:
    capped: list[str] = []
    if change.up_capped:
        capped.append(f"rise capped at {change.up_cap:.2f}")
    if change.down_capped:
        capped.append(f"fall capped at {change.down_cap:.2f}")
    notes = f"  ({', '.join(capped)})" if capped else ""
    drift = f" drift {change.drift:+.3f}" if change.drift else ""
    return (
        f"{change.variable:<15} {change.before:.3f} -> {change.after:.3f}"
        f"  up {change.up:.3f} down {change.down:.3f}{drift}{notes}"
    )


def _gates(gates: tuple[Gate, ...], exchange: Exchange) -> Iterator[str]:
    yield "Gates:"
    told = {telling.fact: telling.rendering.word for telling in exchange.tellings}
    for gate in gates:
        unmet = [f"{c.name} {c.has} (needs {c.needs})" for c in gate.conditions if not c.met]
        why = "all conditions met" if not unmet else "kept by " + "; ".join(unmet)
        now = f" -> told now: {told[gate.fact.id]}" if gate.fact.id in told else ""
        yield f"  {gate.fact.id}: {gate.rendering.word}; {why}{now}"
