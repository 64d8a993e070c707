"""Files that are not YAML: what is blamed is what the author did, at the line where they did it, in plain words."""

from __future__ import annotations

import pytest

from simpatient.authoring import read_yaml
from simpatient.errors import ContentError

PARSERS = ("found character", "expected", "but found", "alphabetic", "scanning", "parsing", "mapping values", "token")
"""Words that only people who write parsers use."""
BRIEFING = "briefing:\n  known: A letter.\n{task}\n  time: Twenty minutes.\n"
ROWS = [
    ("dedented", BRIEFING.format(task="task: Listen."), 3, "indented otherwise"),
    ("dedented in a list", "facts:\n  - id: van\n  topic: van\n    min_o: .4\n", 3, "indented otherwise"),
    ("indented too far", "card:\n  name: Jo\n    age: 44\n", 3, "indented otherwise"),
    ("colon in a sentence", BRIEFING.format(task="  task: One thing: listen."), 3, "a colon inside a sentence"),
    ("spaces that are none", BRIEFING.format(task="\u00a0\u00a0task: Listen."), 3, "looks like a space"),
    ("half a space", "card:\n  name: Jo\n \u00a0age: 44\n", 3, "looks like a space"),
    ("versions", "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> theirs\n", 2, "two versions"),
    ("versions in a list", "a:\n  - x: 1\n<<<<<<< mine\n    y: 2\n=======\n    y: 3\n>>>>>>> b\n", 3, "two versions"),
    ("begins with a star", "name: *'s what she said\n", 1, "cannot begin with `*`"),
    ("begins with a starred word", "name: *sighs* oh well\n", 1, "cannot begin with `*`"),
    ("begins with an ampersand", "a: 1\nname: & so on\n", 2, "cannot begin with `&`"),
    ("begins with an at sign", "a: 1\nname: @home\n", 2, "cannot begin with `@`"),
    ("begins with a backtick", "name: `x`\n", 1, "cannot begin with ```"),
    ("begins with a per cent sign", "name: %d\n", 1, "cannot begin with `%`"),
    ("begins with more", "a: 1\nname: >so\n", 2, "cannot begin with `>`"),
    ("begins with a bar", "a: 1\nname: |so\n", 2, "cannot begin with `|`"),
    ("a dash beside a name", "a: 1\nkey: - one\n", 2, "begins in the middle of a line"),
    ("a path in quotes", 'a: 1\nfile: "C:\\data"\n', 2, "a backslash"),
    ("nothing between commas", "a: 1\nkey: [one, , two]\n", 2, "something is missing"),
    ("two in one", "a: 1\n---\nb: 2\n", 2, "a second file"),
    ("a mark that shouts", "a: 1\nname: !really\n", 2, "the tag !really is not allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "told"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_what_went_wrong_is_told_where_it_went_wrong(text, line, told, tmp_path):
    """Not what a parser stumbled over a line later."""
    path = tmp_path / "persona.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_yaml(path)
    (found,) = caught.value.diagnostics
    assert (found.code, found.line) == ("SP004", line), found
    assert told in found.message
    assert found.fix
    assert not [word for word in PARSERS if word in str(found)]
