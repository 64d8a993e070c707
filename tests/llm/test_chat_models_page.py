"""docs/chat-models.md is true: its settings name models, its programs run."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from simpatient.llm import connect
from simpatient.llm.failures import SAID
from simpatient.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "chat-models.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```ini\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PROGRAMS = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
PLACES = {
    "openai:gpt-5-mini": "api.openai.com",
    "openai:llama3.1:8b": "127.0.0.1:11434",
    "openai:Qwen/Qwen3-8B": "127.0.0.1:8000",
    "openai:local": "127.0.0.1:8080",
    "azure_openai:my-deployment": "clinic.openai.azure.com",
    "anthropic:claude-sonnet-4-5": "api.anthropic.com",
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition("=")[2].partition("\n")[0])
def test_settings_as_written_name_a_model_and_its_place(block, monkeypatch, tmp_path):
    """As a file `.env`; variables that are not ours as variables."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(block, encoding="utf-8")
    for line in block.splitlines():
        name, _, value = line.partition("=")
        if name.startswith("SIMPATIENT_"):
            assert name.removeprefix("SIMPATIENT_").lower() in Settings.model_fields
        else:
            monkeypatch.setenv(name, value)
    settings = Settings()
    if settings.chat_model.startswith("anthropic"):
        pytest.importorskip("langchain_anthropic", reason="langchain-anthropic is not here")
    model = connect(settings.chat_model, base_url=settings.base_url, api_key=settings.api_key.get_secret_value())
    assert (model.name, model.place) == (settings.chat_model, PLACES[settings.chat_model])
    connect(settings.evaluator_model, base_url=settings.base_url, api_key=settings.api_key.get_secret_value())


def test_every_provider_of_the_page_is_tried():
    """A new block gets its line above."""
    named = set(re.findall(r"^SIMPATIENT_CHAT_MODEL=(.+)$", PAGE, re.MULTILINE))
    assert named == set(PLACES)


@pytest.mark.parametrize(
    "program", PROGRAMS, ids=lambda program: re.findall(r"\w+Model|Recorder|ChatOpenAI", program)[0]
)
def test_every_program_of_the_page_runs_as_written(program, tmp_path, capsys):
    """In a process that reaches nothing but loopback."""
    exec(compile(program, "docs/chat-models.md", "exec"), {"__name__": "__main__"})
    if "privacy" in program:
        assert "api.openai.com" in capsys.readouterr().out
    assert "pytest" in sys.modules


def test_what_a_learner_may_read_stands_on_the_page_as_it_is_said():
    """Word for word."""
    rows = re.findall(r"^\| (.+?) \|", PAGE.partition("| what you read |")[2], re.MULTILINE)
    said = [clause.strip() for row in rows if "---" not in row for clause in row.split(", it ")]
    plain = {text.removeprefix("it ") for text in SAID.values()} | set(SAID.values())
    assert said
    assert not [clause for clause in said if clause not in plain]
