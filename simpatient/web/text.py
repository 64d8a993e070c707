"""All words of the page, from one authored catalogue, so that a language can be added."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from simpatient.errors import ConfigurationError

TEXTS = Path(__file__).resolve().parent / "texts"


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The words of one language, by section and key."""

    language: str
    sections: dict[str, dict[str, str]]

    def say(self, place: str, **values: object) -> str:
        """The text at `section.key`, with its `{placeholders}` filled.

        Raises:
            KeyError: the catalogue lacks the text or a value for a placeholder.
        """
        section, key = place.split(".", 1)
        return self.sections[section][key].format(**values) if values else self.sections[section][key]

    def section(self, name: str) -> dict[str, str]:
        """A copy of all texts of a section."""
        return dict(self.sections[name])


@cache
def catalogue(language: str = "en") -> Catalogue:
    """The catalogue of a language.

    Raises:
        ConfigurationError: there is no such language.
    """
    path = TEXTS / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in TEXTS.glob("*.yaml")))
        raise ConfigurationError(f"The page does not speak `{language}`; it speaks {known}.")
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Catalogue(language=language, sections=loaded)
