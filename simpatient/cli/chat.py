"""`simpatient chat`."""

from __future__ import annotations

import sys

import click


@click.command("chat")
@click.argument("persona", required=False)
@click.option("--terminal", is_flag=True, help="Talk here instead of in the browser.")
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same words, same meeting.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --terminal: one exchange record per line, then the debrief."
)
@click.option("--evaluator", default="rapport", show_default=True, help="Rubric to rate by.")
@click.option(
    "--difficulty", type=click.Choice(["gentle", "standard", "hard"]), help="How hard the patient is to move."
)
@click.option("--channel", type=click.Choice(["in_person", "phone", "text", "video"]), help="How you meet.")
@click.option("--again", is_flag=True, help="With --terminal: the next meeting, from where you two stand.")
@click.option("--continue", "continued", metavar="ID", help="With --terminal: go on with a kept meeting.")
@click.option("--keep", is_flag=True, help="With --terminal: keep the meeting even when it is piped.")
@click.option("--chat-model", help="Who finds the words: embedded, openai:NAME or PROVIDER:NAME.")
@click.option("--evaluator-model", help="Who rates, named likewise.  [default: the chat model]")
@click.option("--base-url", help="Address of the endpoint.")
@click.option(
    "--api-key", help="Its key. Whoever lists this machine's processes can read it here, not in SIMPATIENT_API_KEY."
)
@click.option("--reading", type=click.Choice(["rules", "rules-then-model", "model"]), help="Who reads your messages.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of the page.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port of the page.  [default: 8000]")
@click.option("--educator-view", is_flag=True, help="Show on the page what the patient feels and keeps back.")
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
def command(
    persona: str | None,
    terminal: bool,
    seed: int,
    as_json: bool,
    evaluator: str,
    difficulty: str | None,
    channel: str | None,
    again: bool,
    continued: str | None,
    keep: bool,
    chat_model: str | None,
    evaluator_model: str | None,
    base_url: str | None,
    api_key: str | None,
    reading: str | None,
    host: str,
    port: int | None,
    educator_view: bool,
    open_browser: bool,
) -> None:
    """Meet a patient: PERSONA is an id from `simpatient personas`.

    Without --terminal the page opens at http://127.0.0.1:8000. With it, type freely; an empty line is a
    silence, /rewind N goes back to exchange N, /end ends the meeting, /again ends it and goes on to the next one
    with the same person. Where standard input is not a terminal, each line is one message and nothing is stored,
    unless --keep, --continue or --again asks for it.
    """
    from simpatient.settings import Settings

    flags = {
        "chat_model": chat_model, "evaluator_model": evaluator_model, "base_url": base_url, "api_key": api_key,
        "reading": reading,
    }  # fmt: skip
    given: dict[str, object] = {name: value for name, value in flags.items() if value is not None}
    if educator_view:
        given["educator_view"] = True
    settings = Settings(**given)
    if not terminal:
        if as_json or again or continued or keep:
            raise click.UsageError("--json, --again, --continue and --keep go with --terminal.")
        from simpatient.web.launch import serve

        serve(host=host, port=port, seed=seed, open_browser=open_browser, persona=persona, settings=settings)
        return
    if again and continued is not None:
        raise click.UsageError("--continue goes on with a kept meeting, --again begins the next one. Name one of them.")
    if persona is None and continued is None:
        raise click.UsageError("Say whom to meet: `simpatient chat andrew --terminal`. See `simpatient personas`.")
    from simpatient.cli.shown import Json, Text
    from simpatient.cli.sitting import Seats, sit

    talking = sys.stdin is not None and sys.stdin.isatty() and not as_json  # pyright: ignore[reportUnnecessaryComparison]
    seats = Seats(
        settings=settings, persona=persona or "", seed=seed, evaluator=evaluator, difficulty=difficulty, channel=channel
    )
    show = Json() if as_json else Text(talking=talking)
    kept = talking or keep or again or continued is not None
    sit(seats, show, talking=talking, kept=kept, again=again, continued=continued)
