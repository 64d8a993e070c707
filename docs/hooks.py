"""What the built pages need beside the Markdown files: whole folders in the navigation, the changelog, the list of decisions."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ALL = "/*"
RANKS = {"meetings": 0.1, "decisions": 0.3, "diagnostics": 0.5, "changelog.md": 0.3, "persona-fields.md": 0.7}
"""What search finds after the tutorials, by folder or page."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Names that end in `/*` stand for every page of that folder, its README first."""
    config.nav = _spelt_out(config.nav, Path(config.docs_dir))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The changelog and a list of the decisions become pages."""
    docs = Path(config.docs_dir)
    changelog = (docs.parent / "CHANGELOG.md").read_text(encoding="utf-8").replace("](docs/", "](")
    files.append(File.generated(config, "changelog.md", content=changelog))
    decisions = [f"- [{_title(page)}]({page.name})" for page in sorted((docs / "decisions").glob("*.md"))]
    head = "# Decisions\n\nChoices that could have been made otherwise: what was decided, why, instead of what, and what it costs.\n"
    files.append(File.generated(config, "decisions/index.md", content="\n".join([head, *decisions, ""])))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001  as MkDocs calls it
    """A link to the folder of decisions leads to their list; what is read from top to bottom is found first."""
    folder = page.file.src_uri.partition("/")[0]
    page.meta.setdefault("search", {"boost": RANKS.get(folder, 1.0)})
    return markdown.replace("](decisions/)", "](decisions/index.md)")


def _spelt_out(entries: object, docs: Path) -> object:
    """The navigation with every folder written out."""
    if isinstance(entries, list):
        return [_spelt_out(entry, docs) for entry in entries]
    if isinstance(entries, dict):
        return {title: _spelt_out(entry, docs) for title, entry in entries.items()}
    if isinstance(entries, str) and entries.endswith(ALL):
        folder = docs / entries.removesuffix(ALL)
        pages = sorted(folder.glob("*.md"), key=lambda page: (page.name != "README.md", page.name))
        named = [_entry(page, docs) for page in pages]
        return [f"{folder.name}/index.md", *named] if folder.name == "decisions" else named
    return entries


def _entry(page: Path, docs: Path) -> object:
    place = page.relative_to(docs).as_posix()
    return place if page.name == "README.md" else {_title(page): place}


def _title(page: Path) -> str:
    """The first heading of a page, without marks."""
    found = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return re.sub(r"[`*]", "", found[1]) if found else page.stem
