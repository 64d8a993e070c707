"""constraints.txt decides what `make run` installs: everything pinned, nothing else in it."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][A-Za-z0-9.]*( ; [^#\n]+)?")


@pytest.fixture(scope="module")
def lines(checkout):
    text = (checkout / "constraints.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def pins(lines):
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(r.name): next(iter(r.specifier)).version for r in requirements}


@pytest.fixture(scope="module")
def declared(checkout):
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    return [Requirement(text) for text in (*project["dependencies"], *(text for extra in extras for text in extra))]


def test_every_line_is_one_exact_version_and_no_address(lines):
    """Options and addresses would decide where other people's packages come from."""
    assert not [line for line in lines if not PIN.fullmatch(line)]


def test_no_package_is_pinned_twice(lines, pins):
    """Two pins are one too many."""
    assert len(lines) == len(pins)


def test_every_declared_dependency_is_pinned_within_its_range(declared, pins):
    """What is tested is what is promised."""
    unpinned = [r.name for r in declared if canonicalize_name(r.name) not in pins]
    assert not unpinned
    assert not [str(r) for r in declared if pins[canonicalize_name(r.name)] not in r.specifier]


def test_the_browser_driver_is_no_part_of_a_plain_installation(checkout):
    """It would double the size of what a learner installs."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [text for text in project["dependencies"] if text.startswith(("playwright", "pytest", "ruff"))]
