"""The small pieces of which all authored files are made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Unit = Annotated[float, Field(ge=0.0, le=1.0)]
"""A share, 0..1 inclusive."""
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
"""An id: lower-case letters, digits and underscores."""
StanceWord = Literal["leaving", "ruptured", "guarded", "testing", "warming", "open", "collaborating"]
Renderings = Annotated[tuple[Text, ...], Field(min_length=1)]


class Authored(BaseModel):
    """A frozen piece of an authored file; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)
