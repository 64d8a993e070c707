"""Settings: a flag, else the environment, else an `.env` file in the current folder, else the default."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from simpatient.errors import ConfigurationError


class Settings(BaseSettings):
    """What an operator can set. Nothing is ever written to the current folder."""

    model_config = SettingsConfigDict(
        env_prefix="SIMPATIENT_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    home: Path = Field(default_factory=lambda: user_data_path("simpatient", appauthor=False))
    """Data folder: the database and recorded calls."""
    library: Path | None = None
    """An educator's own personas and evaluators; searched before the shipped ones."""
    database_url: str = ""
    """SQLAlchemy URL of the store; by default an SQLite file in `home`."""
    retention_days: int = Field(default=90, ge=0)
    """Meetings in which nothing happened for longer are deleted when a store is opened; 0 keeps them for ever."""
    helpline: str = ""
    """Local help shown on the stop card, such as a number and its name."""
    chat_model: str = "embedded"
    """Who finds the patient's words: `embedded`, `openai:NAME`, or `PROVIDER:NAME` as LangChain knows it."""
    evaluator_model: str = ""
    """Who rates, named in the same way; empty means the chat model."""
    base_url: str = ""
    """Address of an endpoint; empty means the provider's own."""
    api_key: SecretStr = SecretStr("")
    """Its key; empty means the provider's own variable."""
    chat_timeout: float = Field(default=60.0, gt=0, le=3600)
    """Seconds one answer may take in all, above 0 and up to an hour."""
    reading: Literal["", "rules", "rules-then-model", "model"] = ""
    """Who reads the learner's message; empty means rules when embedded, else rules-then-model."""
    educator_view: bool = False
    """Whether the panel also shows what the patient feels and keeps back. The learner is told."""

    def __init__(self, **given: Any) -> None:
        """Read flags, environment and `.env`.

        Raises:
            ConfigurationError: a value cannot be used; it is named by its variable, and its content is not repeated.
        """
        try:
            super().__init__(**given)
        except UnicodeDecodeError:
            raise ConfigurationError("The file .env is not UTF-8 text. Save it as UTF-8.") from None
        except ValidationError as exc:
            faults = "; ".join(f"SIMPATIENT_{str(e['loc'][0]).upper()}: {e['msg']}" for e in exc.errors())
            raise ConfigurationError(f"A setting cannot be used. {faults}.") from None

    @property
    def store_url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite+aiosqlite:///{self.home / 'simpatient.sqlite3'}"
