"""What a reader may rely on: docstrings, functions that fit a screen, names that mean something."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LONGEST_FUNCTION = 60
LONGEST_MODULE = 600
EMPTY_NAMES = {"utils", "util", "common", "core", "models", "helpers", "helper", "manager", "misc"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> Iterator[tuple[str, Definition]]:
    """Every function and class with its dotted name; what is inside a function is its own affair."""
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        above, node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition):
                name = f"{above}{child.name}"
                yield name, child
                if isinstance(child, ast.ClassDef):
                    waiting.append((f"{name}.", child))


def public(name: str, node: Definition) -> bool:
    """Whether a reader of the documentation meets it."""
    decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return not any(part.startswith("_") for part in name.split(".")) and not decorators & {
        "override",
        "setter",
        "overload",
    }


def asked_for_by_name(node: Definition) -> bool:
    """Whether it is a command, whose docstring is the help a learner reads."""
    return any(re.search(r"\bcommand\b|\bgroup\b", ast.unparse(decorator)) for decorator in node.decorator_list)


def raises_on_purpose(node: Definition) -> bool:
    """Whether the function itself raises an error it names."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, Definition | ast.Lambda):
            continue
        if isinstance(inner, ast.Raise) and isinstance(inner.exc, ast.Call):
            return True
        waiting.extend(ast.iter_child_nodes(inner))
    return False


def parsed(modules: list[Path], checkout: Path) -> Iterator[tuple[str, ast.Module]]:
    """Every module's tree by its path in the checkout."""
    for path in modules:
        yield str(path.relative_to(checkout)), ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_class_and_function_that_is_public_has_a_docstring(modules, checkout):
    """The first line says the result."""
    missing: list[str] = []
    for path, tree in parsed(modules, checkout):
        if tree.body and not ast.get_docstring(tree):
            missing.append(path)
        missing += [
            f"{path}:{node.lineno} {name}"
            for name, node in definitions(tree)
            if public(name, node) and not ast.get_docstring(node)
        ]
    assert not missing, "\n".join(missing)


def test_a_public_function_says_what_it_raises(modules, checkout):
    """An error is part of what a function promises."""
    silent = [
        f"{path}:{node.lineno} {name}"
        for path, tree in parsed(modules, checkout)
        for name, node in definitions(tree)
        if not isinstance(node, ast.ClassDef)
        and public(name, node)
        and not asked_for_by_name(node)
        and raises_on_purpose(node)
        and "Raises:" not in (ast.get_docstring(node) or "")
    ]
    assert not silent, "\n".join(silent)


def test_every_function_fits_a_screen(modules, checkout):
    """Sixty lines, docstring included."""
    long = [
        f"{path}:{node.lineno} {name} has {node.end_lineno - node.lineno + 1} lines"
        for path, tree in parsed(modules, checkout)
        for name, node in definitions(tree)
        if not isinstance(node, ast.ClassDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, "\n".join(long)


def test_every_module_can_be_read_in_one_sitting(modules, checkout):
    """A room starts as a file and becomes a folder long before six hundred lines."""
    lengths = {str(p.relative_to(checkout)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE}


def test_no_module_has_a_name_that_says_nothing(modules, checkout):
    """A thing that belongs nowhere else is not yet understood; the checkout's own folder may be called anything."""
    inside = [path.relative_to(checkout) for path in modules]
    assert not [path for path in inside if EMPTY_NAMES & {*path.parts[-2:-1], path.stem}]


def test_tests_replace_nothing_inside_the_code_they_test(texts):
    """Fakes come in through the door; patching is for the real clients in tests/llm."""
    patching = re.compile(r"mock\s*\.\s*patch|from\s+unittest\.mock\s+import\s+[^\n]*\bpatch\b")
    found = [
        path
        for path, text in texts.items()
        if path.startswith("tests/") and not path.startswith("tests/llm/") and patching.search(text)
    ]
    assert not found
