"""`simpatient personas`."""

from __future__ import annotations

import json

import click


@click.command("personas", help="List the patients one can meet.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def command(as_json: bool) -> None:
    """Print id, name, setting and what each trains; whose files cannot be used is told after all others."""
    from simpatient.authoring import Library
    from simpatient.errors import ContentError, Diagnostic
    from simpatient.persona import load_patient, persona_ids
    from simpatient.rubric import load_codebook

    library = Library.choose()
    codebook = load_codebook(library)
    names = persona_ids(library)
    wide = max(map(len, names), default=0)
    wrong: list[Diagnostic] = []
    for name in names:
        try:
            card = load_patient(library, name, codebook.codes).persona.card
        except ContentError as exc:
            wrong += exc.diagnostics
            continue
        if as_json:
            row = {"id": name, "name": card.name, "age": card.age, "setting": card.setting, "trains": card.trains,
                   "difficulty": card.difficulty, "channel": card.channel.value}  # fmt: skip
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            click.echo(f"{name:<{wide}} {card.name}, {card.age}, {card.setting}. You are: {card.learner_role}.")
            click.echo(f"{'':<{wide}} {card.trains}")
    if wrong:
        raise ContentError(wrong)
