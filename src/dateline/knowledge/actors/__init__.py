"""Actors that are known beforehand: states, armed groups, organisations, media, leaders.

`load_register()` reads the CSV files of this folder into a `Register`; a broken file raises
one `KnowledgeError` that lists every bad field. Keys are stable: `state:RUS`,
`state:SYR/government`, `group:YPG`, `igo:UN`, `person:bashar-al-assad`.
"""

from __future__ import annotations

from dateline.knowledge.actors.loader import load_register
from dateline.knowledge.actors.loader import load_register as load
from dateline.knowledge.actors.packs import named_packs, pack_files
from dateline.knowledge.actors.patterns import Patterns, load_patterns
from dateline.knowledge.actors.register import Register
from dateline.knowledge.actors.schema import Alias, Entry, Role, Tie

__all__ = [
    "Alias",
    "Entry",
    "Patterns",
    "Register",
    "Role",
    "Tie",
    "load",
    "load_patterns",
    "load_register",
    "named_packs",
    "pack_files",
]
