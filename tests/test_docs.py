"""Docs cannot drift: the reference is what the types say, every error is documented."""

from pathlib import Path

import dateline.errors as errors
from docs import generate

DOCS = Path(generate.__file__).parent


def test_the_reference_is_what_the_types_say():
    assert (DOCS / "record.md").read_text(encoding="utf-8") == generate.reference(), "run `make docs`"
    assert (DOCS / "schema.json").read_text(encoding="utf-8") == generate.schema(), "run `make docs`"


def subclasses(c):
    return [c, *(x for s in c.__subclasses__() for x in subclasses(s))]


def test_every_error_is_documented_and_has_its_own_code():
    tree = subclasses(errors.DatelineError)
    codes = [e.code for e in tree]
    assert len(codes) == len(set(codes))
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    assert all(code in page for code in codes)
    assert all(e.__name__ in errors.__doc__ for e in tree)
