"""Files of JSON lines, as other programs write them."""

from __future__ import annotations

import gzip

import pytest

from simpatient.authoring.rows import read_rows
from simpatient.errors import ContentError

GOOD = '{"id": 1, "learner": "Hello"}\n'


@pytest.fixture
def written(tmp_path):
    """Writes a file and returns its path."""

    def write(content: str | bytes):
        path = tmp_path / "said.jsonl"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refused(path):
    with pytest.raises(ContentError) as caught:
        list(read_rows(path, ("id", "learner")))
    (found,) = caught.value.diagnostics
    return found


def test_rows_come_in_order_with_their_line_and_empty_lines_are_nothing(written):
    """So that an answer can be put beside its question."""
    rows = list(read_rows(written(GOOD + "\n  \n" + GOOD.replace("1", "2")), ("id",)))
    assert [(row.line, row.data["id"]) for row in rows] == [(1, 1), (4, 2)]


@pytest.mark.parametrize("content", [gzip.compress(GOOD.encode()), b"\xef\xbb\xbf" + GOOD.encode(), GOOD.encode()[:-1]])
def test_a_file_may_be_zipped_or_from_windows_or_lack_its_last_line_break(written, content):
    """The name does not matter, the content does."""
    (row,) = read_rows(written(content), ("id", "learner"))
    assert row.text("learner") == "Hello"


def test_a_line_separator_inside_a_text_does_not_cut_the_row(written):
    """Only line feeds end a row; U+2028 and friends are part of what was said."""
    (row,) = read_rows(written('{"id": 1, "learner": "one\u2028two\u0085three"}\r\n'), ("id",))
    assert row.text("learner") == "one\u2028two\u0085three"


def test_bytes_that_are_no_text_are_marked_and_lose_no_row(written):
    """Old transcripts carry them."""
    (row,) = read_rows(written(b'{"id": 1, "learner": "caf\xe9"}\n'), ("id",))
    assert row.text("learner") == "caf\ufffd"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (GOOD + "hello\n", 2, "not JSON"),
        (GOOD + "[1, 2]\n", 2, "not an object"),
        ('{"id": 1}\n', 1, "no `learner`"),
        ("[" * 100_000 + "\n", 1, "not JSON"),
    ],
)
def test_a_bad_row_is_told_with_its_line(written, content, line, words):
    """And what is missing."""
    found = refused(written(content))
    assert (found.code, found.line) == ("SP020", line)
    assert words in found.message


@pytest.mark.parametrize("cut", [b"\x1f\x8b", gzip.compress(GOOD.encode())[:-9], b"\x1f\x8bnonsense"])
def test_a_broken_zip_is_a_finding_and_no_traceback(written, cut):
    """Half a download, for instance."""
    assert refused(written(cut)).line == 0


def test_a_missing_file_is_a_finding(tmp_path):
    """With its name."""
    assert "nowhere.jsonl" in str(refused(tmp_path / "nowhere.jsonl"))
