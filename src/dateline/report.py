"""Report: what was published, before anything is read out of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

State = Literal["usable", "withheld", "killed"]


class Report(BaseModel):
    """One published text.

    `text` is the text as it came, character for character; every span of a `Record` points
    into it, in Unicode code points. `extra` keeps what the source said besides.

    `named` is false where the source gives no id and `id` says only where the text lay.
    `state`, `version` and `revised` are the publisher's: a correction has a higher version or
    a later time of revision, a killed report may not be shown any more.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    published: date | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str = "en"
    named: bool = True
    state: State = "usable"
    version: int | None = None
    revised: datetime | None = None
    extra: dict[str, Any] = {}
