"""Report: what was published, before anything is read out of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict


class Report(BaseModel):
    """One published text.

    `text` is the text as it came, character for character; every span of a `Record` points
    into it, in Unicode code points. `extra` keeps what the source said besides.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str = "en"
    extra: dict[str, Any] = {}
