"""Settings: a flag, else the environment, else an `.env` file in the current folder, else the default."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator can set. Nothing is ever written to the current folder."""

    model_config = SettingsConfigDict(
        env_prefix="SIMPATIENT_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
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

    @property
    def store_url(self) -> str:
        """The database to use."""
        return self.database_url or f"sqlite+aiosqlite:///{self.home / 'simpatient.sqlite3'}"
