"""Which place does a description come back to? Rows: the text, the places named in it with their precision, what stands for which."""

from __future__ import annotations

import pytest

from dateline.kinds import Precision
from dateline.record import Place
from dateline.resolving.where_again import named_again


def _place(text: str, name: str, precision: Precision) -> Place:
    at = text.index(name)
    return Place(id=name, name=name, lat=1.0, lon=1.0, precision=precision, mentions=[(at, at + len(name))])


@pytest.mark.parametrize(
    ("text", "named", "again"),
    [
        ("Rebels took Zarqan. Shells hit the besieged city.", {"Zarqan": "settlement"}, [("Zarqan", "the besieged city")]),
        ("Zarqan is in Melus. Troops entered the province.", {"Zarqan": "settlement", "Melus": "province"},
         [("Melus", "the province")]),
        ("Rebels took Zarqan. Nine died there.", {"Zarqan": "settlement"}, [("Zarqan", "there")]),
        ("Rebels took Zarqan. It said there were clashes.", {"Zarqan": "settlement"}, []),
        ("Rebels took Zarqan. The city council met.", {"Zarqan": "settlement"}, []),
        ("Shells hit the city. Rebels took Zarqan.", {"Zarqan": "settlement"}, []),
        ("Rebels took Zarqan. The province was quiet.", {"Zarqan": "settlement"}, []),
        ("Rebels took Zarqan. In Melus, the minister denied it. Shells hit the city.", {"Zarqan": "settlement", "Melus": "settlement"},
         [("Zarqan", "the city")]),
        ("Rebels took Zarqan. Nine were flown to Melus. Shells hit the city.", {"Zarqan": "settlement", "Melus": "settlement"},
         [("Zarqan", "the city")]),
        ("In Melus, the minister spoke. Shells hit the city.", {"Melus": "settlement"}, [("Melus", "the city")]),
        ("Shells hit the city.", {}, []),
    ],
)  # fmt: skip
def test_what_stands_for_a_place(text: str, named: dict[str, Precision], again: list[tuple[str, str]]) -> None:
    places = [_place(text, n, p) for n, p in named.items()]
    assert [(p, text[slice(*s)]) for p, s in named_again(text, places)] == again
