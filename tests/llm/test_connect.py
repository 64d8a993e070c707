"""From settings to a chat model, and what is said when they do not fit."""

from __future__ import annotations

import pytest

from simpatient.errors import ConfigurationError
from simpatient.llm import OpenAICompatible, Patience, connect
from simpatient.llm.thoughts import Sieve, spoken
from simpatient.settings import Settings


@pytest.mark.parametrize("spec", ["embedded", "", "  embedded "])
def test_embedded_names_no_model(spec):
    """Nor does nothing."""
    assert connect(spec) is None


def test_a_setting_becomes_a_model_with_name_and_place():
    """Names may hold colons; user names in addresses are not told."""
    model = connect("OpenAI:llama3.2:3b", base_url="http://me:pass@127.0.0.1:11434/v1", api_key=" k\n", timeout=9)
    assert isinstance(model, Patience)
    assert isinstance(model.inner, OpenAICompatible)
    assert (model.name, model.place, model.deadline) == ("openai:llama3.2:3b", "127.0.0.1:11434", 9)


@pytest.mark.parametrize("spec", ["gpt-5", "openai:", ":gpt", "sk-loopback"])
def test_a_name_that_names_nothing_is_told_with_the_forms_there_are(spec):
    """Without repeating it: it may be a key in the wrong place."""
    with pytest.raises(ConfigurationError, match="A chat model has to be named") as caught:
        connect(spec)
    assert spec not in str(caught.value).replace("openai:NAME", "").replace("openai:gpt-5-mini", "")


@pytest.mark.parametrize("url", ["127.0.0.1:8080", "ftp://a/v1", "http://", "http://[::1", "http://a:port/v1"])
def test_an_address_that_is_none_is_told(url):
    """Before anything is sent."""
    with pytest.raises(ConfigurationError, match="SIMPATIENT_BASE_URL"):
        connect("openai:m", base_url=url)


@pytest.mark.parametrize("key", ["schlüssel", "a\nb", "a\x00"])
def test_a_key_that_cannot_be_one_is_told_without_showing_it(key):
    """A header could not carry it."""
    with pytest.raises(ConfigurationError, match="SIMPATIENT_API_KEY") as caught:
        connect("openai:m", api_key=key)
    assert key not in str(caught.value)


def test_settings_come_from_the_environment_and_an_env_file(monkeypatch, tmp_path):
    """The environment first; what is empty counts as not set; the key is not shown."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "SIMPATIENT_CHAT_MODEL=openai:a\nSIMPATIENT_API_KEY=sk-loopback\nSIMPATIENT_CHAT_TIMEOUT=\n", encoding="utf-8"
    )
    monkeypatch.setenv("SIMPATIENT_CHAT_MODEL", "openai:b")
    settings = Settings()
    assert (settings.chat_model, settings.evaluator_model, settings.chat_timeout) == ("openai:b", "", 60)
    assert settings.api_key.get_secret_value() == "sk-loopback"
    assert "sk-loopback" not in f"{settings!r} {settings}"


@pytest.mark.parametrize(("name", "value"), [("CHAT_TIMEOUT", "soon"), ("CHAT_TIMEOUT", "0"), ("READING", "tealeaves")])
def test_a_setting_that_cannot_be_used_is_named_and_not_shown(name, value, monkeypatch, tmp_path):
    """As an error of configuration, not of a library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"SIMPATIENT_{name}", value)
    with pytest.raises(ConfigurationError, match=f"SIMPATIENT_{name}") as caught:
        Settings()
    assert value == "0" or value not in str(caught.value)


THOUGHTS = {
    "Fine.": "Fine.",
    "<think>Hm.</think>\n\nFine.": "Fine.",
    " <THINKING>a < b</THINKING> Fine.": "Fine.",
    "<think>Hm.": "",
    "<thimble": "<thimble",
    "<3": "<3",
    "I think <think> is odd.": "I think <think> is odd.",
    "": "",
}


@pytest.mark.parametrize("text", THOUGHTS)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_thoughts_are_sieved_the_same_whole_or_in_pieces(text, size):
    """However the pieces fall."""
    sieve = Sieve()
    said = "".join(sieve.feed(text[at : at + size]) for at in range(0, len(text), size)) + sieve.rest()
    assert said == spoken(text) == THOUGHTS[text]
