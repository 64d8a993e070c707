"""`simpatient doctor`: what it says of services that work, half work and do not, and that it never says the key."""

from __future__ import annotations

import asyncio
import json
import re
import threading

import pytest
from click.testing import CliRunner

from simpatient.cli.doctor import command
from simpatient.llm import Patience
from simpatient.llm.probe import probe
from tests.llm.conftest import HUSHED, KEY
from tests.llm.faulty import FaultyService, events, good, refusal

RATED = '{"why": "an open question", "value": 3}'
WELL = (good("Badly."), good("I lay awake. Twice. Then the alarm went."), good(RATED), good("Badly."))


def found(done):
    """What each check came to."""
    return {check.name: check.ok for check in done.checks}


@pytest.fixture
def doctor(monkeypatch, tmp_path):
    """The command against a service that runs beside it, with these acts."""
    monkeypatch.chdir(tmp_path)

    def run(acts, *flags, spec="openai:loopback"):
        ready, service, loop = threading.Event(), FaultyService(), asyncio.new_event_loop()

        async def serve():
            async with service.will(*acts):
                ready.set()
                await asyncio.Event().wait()

        def living():
            asyncio.set_event_loop(loop)
            task = loop.create_task(serve())
            loop.call_later(60, task.cancel)
            loop.run_forever()
            task.cancel()
            loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
            loop.close()

        thread = threading.Thread(target=living, daemon=True)
        thread.start()
        assert ready.wait(10)
        monkeypatch.setenv("SIMPATIENT_BASE_URL", service.url)
        monkeypatch.setenv("SIMPATIENT_CHAT_MODEL", spec)
        monkeypatch.setenv("SIMPATIENT_API_KEY", KEY)
        done = CliRunner().invoke(command, list(flags))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        service.finished()
        run.asked = service.asked
        assert not [secret for secret in HUSHED if secret in done.output]
        return done

    return run


def test_with_nothing_configured_all_is_well(monkeypatch, tmp_path):
    """And it says who speaks and rates then."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(command)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "The patient's voice is embedded: no chat model, nothing leaves this machine.",
        "The evaluator is embedded: no chat model, nothing leaves this machine.",
        "All is well.",
    ]
    as_json = json.loads(CliRunner().invoke(command, ["--json"]).output)
    assert as_json == {"schema_version": 1, "ok": True, "chat": "embedded", "evaluator": "embedded"}


def test_a_service_that_works_is_said_to_work_in_every_way(doctor):
    """Answer, stream, tokens, ratings, room; a model of both roles is tried once."""
    done = doctor(WELL)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert re.fullmatch(r"The patient's voice is openai:loopback at 127\.0\.0\.1:\d+\.", lines[0])
    assert [line[2:14].split() for line in lines[1:6]] == [
        ["ok", "answer"], ["ok", "stream"], ["ok", "tokens"], ["ok", "ratings"], ["ok", "room"],
    ]  # fmt: skip
    assert "first sentence after" in lines[2]
    assert "held by the service's own grammar" in lines[4]
    assert lines[-2:] == ["The evaluator is the same chat model, openai:loopback.", "All is well."]


def test_flags_stand_above_the_environment(doctor):
    """Address, key and both models; the key of the environment is not even sent."""
    done = doctor(WELL, "--api-key", "sk-of-the-flag", "--evaluator-model", "embedded")
    assert done.exit_code == 0
    assert "The evaluator is embedded" in done.output
    assert "sk-of-the-flag" not in done.output
    assert {asked.headers["authorization"] for asked in doctor.asked} == {"Bearer sk-of-the-flag"}


def test_a_refused_key_ends_it_with_what_to_do(doctor):
    """One call; exit code 3."""
    done = doctor([refusal(401, message=f"Incorrect API key {KEY} SERVERTEXT")])
    assert done.exit_code == 3
    assert "!!  answer   it does not accept the key" in done.output
    assert "Set SIMPATIENT_API_KEY" in done.output
    assert "the embedded voice carries on" in done.output


def test_what_half_works_is_told_piece_by_piece(doctor):
    """No tokens is no fault, a context too small is one."""
    full = refusal(400, message="maximum context length is 4096 tokens SERVERTEXT")
    no_grammar = refusal(400, message="response_format json_schema SERVERTEXT")
    acts = [WELL[0], good("Badly. Yes.", usage=False), no_grammar, good(RATED), full]
    done = doctor(acts, "--json")
    assert done.exit_code == 3
    said = json.loads(done.output)
    checks = {check["name"]: check for check in said["chat"]["checks"]}
    assert {name: check["ok"] for name, check in checks.items()} == {
        "answer": True, "stream": True, "tokens": False, "ratings": True, "room": False,
    }  # fmt: skip
    assert "their form is asked for in words" in checks["ratings"]["said"]
    assert "16,000" in checks["room"]["mend"]
    assert said["ok"] is said["chat"]["ok"] is False


def test_an_evaluator_of_its_own_is_tried_on_its_own(doctor):
    """By flag; the voice may stay embedded."""
    done = doctor(WELL, "--evaluator-model", "openai:other", spec="embedded")
    assert done.exit_code == 0
    assert "The patient's voice is embedded" in done.output
    assert "The evaluator is openai:other at" in done.output


async def test_a_stream_that_breaks_off_is_told_and_the_rest_is_tried(service, bare):
    """Each check stands alone."""
    service.will(WELL[0], *[events("I", "lay")] * 3, *WELL[2:])
    done = await probe(Patience(bare, deadline=5, first_wait=0.01))
    assert found(done) == {"answer": True, "stream": False, "ratings": True, "room": True}
    assert not done.ok


async def test_a_model_that_never_gives_an_object_is_told(service, bare):
    """Meetings go on with ratings by rules."""
    chats = good("It was quite open, I would say.")
    service.will(WELL[0], WELL[1], chats, chats, WELL[3])
    done = await probe(Patience(bare))
    assert found(done)["ratings"] is False
    assert "SIMPATIENT_EVALUATOR_MODEL=embedded" in next(check.mend for check in done.checks if check.name == "ratings")


async def test_the_long_prompt_is_long_and_the_others_are_short(service, bare):
    """About eight thousand tokens at four characters each."""
    service.will(*WELL)
    await probe(Patience(bare))
    lengths = [sum(len(m["content"]) for m in asked.body["messages"]) for asked in service.asked]
    assert max(lengths[:3]) < 1_500
    assert 28_000 < lengths[3] < 40_000
    assert "SERVERTEXT" not in str(lengths)


@pytest.mark.parametrize("flags", [["--chat-model", "gpt"], ["--chat-model", "openai:m", "--base-url", "localhost"]])
def test_settings_that_cannot_be_used_leave_with_two(flags, monkeypatch, tmp_path, capsys):
    """In words, without a traceback."""
    from simpatient.cli import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["simpatient", "doctor", *flags])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("Configuration: ")
