"""What is written reads alike everywhere, and belongs to no one machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|tmp|home|Users|opt)/[\w.]")
REGISTRY = re.compile(
    r"(?:test\.)?pypi\.org|python[h]osted\.org|registry\.npm[j]s|index-url\s*[= ]|find-links\s*[= ]|//[^\s/]+@[\w.]+/simple",
    re.IGNORECASE,
)
AMERICAN = re.compile(
    r"(?<![-.\w])(?:behavior|color|favor|honor|neighbor|rumor|harbor|flavor|humor|labor|center|theater|fiber|gray|"
    r"jewelry|license[ds]? to|skeptic|traveler|traveling|canceled|canceling|labeled|labeling|modeling|modeled|"
    r"counselor|counseling|fulfill|enroll(?:s|ment)?|pediatric|anesthe|orthopedic|diarrhea|"
    r"(?:recogn|real|apolog|summar|organ|emphas|minim|normal|personal|priorit|critic|memor|character)iz(?:e|ed|es|ing))"
    r"(?:s|ed|ing|al|ful|able|ite)?\b(?!\s*[:=(])",
    re.IGNORECASE,
)
NOT_OURS = re.compile(r"\b(?:chatbot|the user|users|the bot)\b", re.IGNORECASE)
"""Words the vocabulary has another word for: the learner, the patient."""

CODE_IN_MARKDOWN = re.compile(r"```.*?```|`[^`\n]*`|\]\([^)]*\)|<[^>]+>", re.DOTALL)
CODE_IN_TEXT = re.compile(r"`[^`\n]*`|<[^>]+>|\{[^}]*\}")


def spoken(texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What a learner, an author or a reader of the documentation meets."""
    for path, text in texts.items():
        if path.endswith(".md"):
            yield path, CODE_IN_MARKDOWN.sub(" ", text)
        elif path.startswith(("personas/", "evaluators/", "suites/")) and path.endswith(".yaml"):
            yield path, text
        elif path.startswith("simpatient/") and path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and sentence(node.value):
                    yield f"{path}:{node.lineno}", CODE_IN_TEXT.sub(" ", node.value)


def sentence(text: str) -> bool:
    """Whether a string is meant to be read; word lists and patterns know how learners of every country write."""
    return text.count(" ") > 2 and not re.search(r"[|\\]", text) and bool(re.search(r"[.:!?]\s*(?:\s|$)", text))


def test_no_file_names_a_folder_of_somebody_s_machine(texts):
    """Whoever clones this has other folders."""
    assert not [f"{path}: {hit[0]}" for path, text in texts.items() for hit in MACHINE_PATH.finditer(text)]


def test_no_file_says_where_packages_come_from(texts):
    """That is decided by whoever installs."""
    assert not [f"{path}: {hit[0]}" for path, text in texts.items() for hit in REGISTRY.finditer(text)]


HEARD = re.compile(r"\b(?:asks|words): *\[[^\]]*\]")
"""What a patient listens for in a persona file: learners spell as they like."""


def test_words_are_spelt_the_british_way(texts):
    """One spelling in code, files, documentation and on screen."""
    ours = ((path, HEARD.sub("", text)) for path, text in spoken(texts))
    found = [f"{path}: {hit[0]}" for path, text in ours for hit in AMERICAN.finditer(text)]
    assert not found, "\n".join(found)


def test_whoever_practises_is_called_the_learner(texts):
    """One word per thing; patients and codebook examples may talk as they like."""
    pages = ((path, text) for path, text in spoken(texts) if not path.startswith(("personas/", "evaluators/")))
    found = [f"{path}: {hit[0]}" for path, text in pages for hit in NOT_OURS.finditer(text)]
    assert not found, "\n".join(found)


def test_every_file_ends_with_one_line_break_and_no_line_with_a_space(texts):
    """Differences show what changed and nothing else."""
    untidy = [
        path
        for path, text in texts.items()
        if text and (not text.endswith("\n") or re.search(r"[ \t]$", text, re.MULTILINE)) and not path.endswith(".svg")
    ]
    assert not untidy
