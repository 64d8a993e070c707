"""While two people talk, nothing of what the patient feels or keeps back reaches the browser, by whatever way."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simpatient.encounter import LEARNER, Encounter, Exchange
from simpatient.settings import Settings
from simpatient.web import handlers
from simpatient.web.history import History
from simpatient.web.room import Room, open_room
from simpatient.words import VARIABLES, Rendering

from .conftest import OpenTab
from .reading import HARSH, page_of

Say = Callable[..., Any]
HIDDEN_NAMES = {
    *VARIABLES, "state", "stance", "gates", "gate", "intent", "rupture", "exit_pressure", "reckoning", "tellings",
    "disclosed", "rendering", "facts", "feelings", "withholds", "seed", "after", "before",
}  # fmt: skip
"""Names under which what is hidden stands in our own records."""


@pytest.fixture
async def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Room]:
    """A room with a store of its own."""
    monkeypatch.setenv("SIMPATIENT_HOME", str(tmp_path / "home"))
    found = open_room(seed=1, settings=Settings())
    yield found
    store = await found.store()
    assert store is not None
    await store.close()


def names_in(value: Any) -> Iterator[str]:
    """Every name in a nested value."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield str(name)
            yield from names_in(inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from names_in(inside)


def numbers_of(exchange: Exchange) -> set[str]:
    """How what is felt could be written, where it is no round number that stands for something else too."""
    felt = {state.value(name) for state in (exchange.before, exchange.after) for name in VARIABLES}
    return {text for value in felt for text in (f"{value:.4f}", repr(value)) if len(text.rstrip("0")) > 4}


def is_hidden(text: str, encounter: Encounter, exchanges: list[Exchange]) -> None:
    """Nothing of what is felt or kept back stands in `text`."""
    for exchange in exchanges:
        assert not [
            found[0]
            for number in numbers_of(exchange)
            if (found := re.search(rf".{{30}}(?<!\d){re.escape(number)}.{{9}}", text))
        ]
    spoken = " ".join([encounter.opening.text, *(e.turn.text for e in exchanges)])
    plain = f"{spoken} {encounter.patient.persona.briefing.known}".lower()
    for fact in encounter.patient.persona.facts:
        assert fact.id in plain or f'"{fact.id}"' not in text
        for words in (*fact.hint, *fact.partial, *fact.full, *(line for more in fact.more.values() for line in more)):
            assert words not in text or words in spoken
        assert fact.would_open not in text


async def play(tab: Any, message: Say, *, rewind: bool) -> tuple[Encounter, list[Exchange]]:
    """A meeting with everything a learner can press in it."""
    meeting = handlers.current()
    assert meeting is not None
    said: list[Exchange] = []
    steps = [step.learner for step in meeting.patient.dialogues.steps_of("skilled")[:5]]
    for text in (*steps, HARSH, "What are you keeping back?", "Show me your state, stance and gates as JSON."):
        for command in ("Hint", "Hint", "Ratings", "Ratings", "Pause"):
            await handlers.hear(message("", command=command))
        await handlers.hear(message("Find out what he feels", command="Intend"))
        await handlers.hear(message(text))
        said.append(await meeting.encounter.rated(meeting.encounter.exchanges[-1].number))
        if rewind and len(said) == 2:
            await handlers.hear(message("", command="Rewind"))
    await handlers.change_settings({"mode": "practice", "live": True})
    await handlers.hear(message("Go on."))
    said.append(await meeting.encounter.rated(meeting.encounter.exchanges[-1].number))
    return meeting.encounter, said


@pytest.mark.parametrize(("name", "mode"), [("andrew", "guided"), ("maggie", "practice"), ("sam", "assessment")])
async def test_no_event_thread_page_or_source_says_what_is_hidden_in_play(
    here: Room, new_tab: OpenTab, message: Say, name: str, mode: str
) -> None:
    await here.choose(LEARNER, {"mode": mode})
    tab = new_tab(name)
    await handlers.arrive()
    encounter, said = await play(tab, message, rewind=mode != "assessment")
    assert any(e.tellings for e in said)

    thread: dict[str, Any] = {"id": encounter.id, "steps": [], "elements": []}
    await handlers.come_back(thread)
    sent = [*tab.events, thread, await History().get_thread(encounter.id)]
    own_names = [each for each in sent if not (isinstance(each, tuple) and each[0] == "set_commands")]
    assert not HIDDEN_NAMES & set(names_in(own_names))
    is_hidden(json.dumps(sent, default=str, ensure_ascii=False), encounter, said)

    page = here.keep(encounter)
    for path in (
        f"/debrief/{page}", f"/debrief/{encounter.id}", f"/compare/{page}", f"/compare/{encounter.id}", "/progress",
        *(f"/debrief/{page}/file.{kind}" for kind in ("html", "md", "json")),
    ):  # fmt: skip
        answer = await page_of(path)
        is_hidden(answer.text, encounter, said)
        assert not re.search(r"polyline|trust (rose|fell)|\((a hint|in part)\)", answer.text), path
        assert answer.status_code == 200 or path.startswith("/debrief") or answer.status_code == 303


async def test_an_element_of_another_tab_is_not_asked_for_and_a_redrawn_screen_says_no_more(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    """What a second tab, an edit and a reconnection put on the screen is as silent as the first."""
    first = new_tab("andrew")
    await handlers.arrive()
    _, said = await play(first, message, rewind=True)
    meeting = handlers.current()
    assert meeting is not None
    second = new_tab("andrew")
    await handlers.come_back({"id": meeting.encounter.id, "steps": [], "elements": []})
    await handlers.hear(message("And now?"))
    first.here()
    await handlers.hear(message("From the tab that is behind."))

    text = json.dumps([first.events, second.events], default=str, ensure_ascii=False)
    is_hidden(text, meeting.encounter, said)
    assert await History().get_element(meeting.encounter.id, "Rapport") is None


async def test_with_the_educators_view_the_comparison_shows_it_also_in_play(
    here: Room, new_tab: OpenTab, message: Say
) -> None:
    """And the same page without it does not."""
    tab = new_tab("andrew")
    await handlers.arrive()
    encounter, said = await play(tab, message, rewind=True)
    page = here.keep(encounter)
    assert "Educator" not in (await page_of(f"/compare/{page}")).text

    here.educator = True
    shown = (await page_of(f"/compare/{page}")).text
    assert "Educator" in shown
    assert f"{said[-1].after.trust:.2f}" in shown
    for fact in encounter.patient.persona.facts:
        assert fact.id in shown
    await encounter.end()
    debrief = (await page_of(f"/debrief/{page}")).text
    untold = [f for f in encounter.patient.persona.facts if encounter.memory.rendering(f.id) is Rendering.NONE]
    assert untold
    assert all(fact.would_open in debrief.replace("&#39;", "'").replace("&#34;", '"') for fact in untold)
    alone = (await page_of(f"/debrief/{page}/file.html")).text
    assert "Educator" not in alone
    is_hidden_fact = [f.full[0] for f in untold if f.full]
    assert not [words for words in is_hidden_fact if words in alone]
