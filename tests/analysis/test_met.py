"""What counts as done: the giving of a term is not the deed that it promises."""

from dateline.analysis.truce import board
from quality.annotated import as_record
from training.shorthand import compile_text

OFFERED = """== a-1 | 2020-03-01 | wire
The Front said it would return to the talks only if the army stopped its bombing raids.
--
A Front | rebel | The Front | ref: it
A army | military | the army
T Front | only-if | return to the talks | the army stopped its bombing raids
== a-2 | 2020-03-02 | wire
The army {verb} that it would stop its bombing raids if the Front left the hills.
--
A army | military | The army | ref: it
A Front | rebel | the Front
E {verb} | CONCEDE | happened | army > Front
T army | if | stop its bombing raids | the Front left the hills
"""


def test_an_announcement_of_a_term_meets_nothing():
    passages, problems = compile_text(OFFERED.replace("{verb}", "announced"))
    assert not problems
    b = board([as_record(a) for a in passages])
    states = {b.parties.name(r.step.doer): r.judgement.state for r in b.required if r.step.act == "halt-air-strikes"}
    assert states == {"army": "unknown"}
