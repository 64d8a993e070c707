"""Reading what people write: YAML with line numbers, errors all at once.

Authored files are data: no tags, no code, no templates. Plain words such as `no`,
`off` or `on` stay words (YAML 1.1 would turn them into true and false).
"""

from simpatient.authoring.library import Library, shipped_root
from simpatient.authoring.pages import Example, Page, Wording, finding, pages
from simpatient.authoring.partly import Partly, read_partly
from simpatient.authoring.read import Document, Plain, read_text, read_yaml
from simpatient.authoring.rows import Row, read_rows, row_error
from simpatient.authoring.schema import read_model

__all__ = [
    "Document", "Example", "Library", "Page", "Partly", "Plain", "Row", "Wording", "finding", "pages", "read_model", "read_partly", "read_rows",
    "read_text", "read_yaml", "row_error", "shipped_root",
]  # fmt: skip
