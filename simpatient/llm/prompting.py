"""Prompts as Markdown files with checked placeholders, and learner text as data between marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources

_PLACE = re.compile(r"\{\{(\w+)\}\}")
_ROLE = re.compile(r"(?im)^(\s*)(system|assistant|user|developer|tool|human)(\s*:)")


@lru_cache(maxsize=16)
def prompt(package: str, name: str) -> str:
    """The text of `prompts/NAME.md` in a package of ours."""
    return resources.files(package).joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")


@lru_cache(maxsize=16)
def sections(package: str, name: str) -> dict[str, str]:
    """The parts of a prompt file by their second-level headings."""
    parts = re.split(r"(?m)^## +(.+)$", prompt(package, name))
    return {heading.strip(): body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def filled(template: str, **values: str) -> str:
    """The template with each `{{place}}` filled once; what is filled in is not looked at again. Pure.

    Raises:
        KeyError: a place has no value, or a value no place.
    """
    places = set(_PLACE.findall(template))
    if places != set(values):
        raise KeyError(f"places and values differ: {', '.join(sorted(places ^ set(values)))}")
    text = _PLACE.sub(lambda found: values[found[1]], template)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def fenced(tag: str, text: str) -> str:
    """`text` as data between marks that it cannot close, and without the marks that chat formats use. Pure."""
    plain = (
        text.replace("<", "\u2039").replace(">", "\u203a").replace("[INST]", "[ INST ]").replace("[/INST]", "[ /INST ]")
    )
    said = _ROLE.sub(r"\1\2 \3", plain)
    return f"<{tag}>\n{said}\n</{tag}>"


def sound(text: str) -> str:
    """A server's text as it can be shown and kept: no lone halves of characters, no control characters. Pure."""
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(char for char in whole if char == "\n" or unicodedata.category(char) != "Cc")
