"""The patients' portraits among the page's avatars."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterable
from html import escape
from pathlib import Path

from simpatient.persona import Patient
from simpatient.web.cards import portrait_name

SUFFIXES = {".svg", ".png", ".jpg", ".jpeg", ".webp"}


def hang(patients: Iterable[Patient], avatars: Path) -> None:
    """Copy each patient's portrait to `avatars`; draw initials for those who have none."""
    avatars.mkdir(parents=True, exist_ok=True)
    for patient in patients:
        target = avatars / portrait_name(patient)
        source = patient.folder / Path(patient.persona.card.portrait).name
        if source.suffix.lower() in SUFFIXES and source.is_file():
            shutil.copyfile(source, target)
        elif target.suffix == ".svg":
            target.write_text(initials(patient.persona.card.name), encoding="utf-8")


def initials(name: str) -> str:
    """A round drawing with the first letters of the name."""
    letters = escape("".join(word[0] for word in name.split()[:2]).upper())
    hue = sum(map(ord, name)) * 37 % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
        f'<rect width="96" height="96" rx="48" fill="hsl({hue} 32% 38%)"/>'
        '<text x="48" y="50" fill="#fff" font-family="system-ui, sans-serif" font-size="36" font-weight="600" '
        f'text-anchor="middle" dominant-baseline="middle">{letters}</text></svg>'
    )


def as_data(patient: Patient) -> str:
    """The portrait as a `data:` address, for a page that stands alone."""
    source = patient.folder / Path(patient.persona.card.portrait).name
    if source.suffix.lower() in SUFFIXES and source.is_file():
        content, suffix = source.read_bytes(), source.suffix.lower()
    else:
        content, suffix = initials(patient.persona.card.name).encode("utf-8"), ".svg"
    kind = {".svg": "svg+xml", ".jpg": "jpeg"}.get(suffix, suffix.removeprefix("."))
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"
