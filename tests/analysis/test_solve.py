"""What terms imply together, in numbers: position and step."""

from dateline.analysis.solve import Facts, fewest_dropped, fixed_points


def facts(**given):
    empty = dict.fromkeys(
        ("gives", "needs", "gifts", "met", "refused", "asked", "leans", "covers", "strict"), frozenset()
    )
    return Facts(**{**empty, **{k: frozenset(v) for k, v in given.items()}})


def test_a_chain_follows_from_a_gift():
    found = fixed_points(facts(gifts={1}, gives={(0, 2), (1, 3)}, needs={(0, 1), (1, 2)}))
    assert found.alone == {1, 2, 3}
    assert not found.circles


def test_each_waits_for_the_other_in_the_least_but_not_in_the_greatest_fixed_point():
    found = fixed_points(facts(gives={(0, 1), (1, 2)}, needs={(0, 2), (1, 1)}))
    assert found.alone == found.lost == frozenset()
    assert [c.steps for c in found.circles] == [(1, 2)]
    assert found.circles[0].guarantees == ((1,), (2,))


def test_a_refusal_takes_all_that_waits_for_it():
    found = fixed_points(facts(gives={(0, 1), (1, 2)}, needs={(0, 2), (1, 3)}, refused={3}))
    assert found.lost == {1, 2, 3}


def test_one_guarantee_breaks_two_circles_that_share_a_step():
    found = fixed_points(facts(gives={(0, 1), (1, 2), (2, 3)}, needs={(0, 2), (0, 3), (1, 1), (2, 1)}))
    assert found.circles[0].guarantees == ((1,),)


def test_three_who_all_wait_for_each_other_need_two_guarantees():
    needs = {(t, s) for t in range(3) for s in range(3) if t != s}
    found = fixed_points(facts(gives={(t, t) for t in range(3)}, needs=needs))
    assert found.circles[0].guarantees == ((0, 1), (0, 2), (1, 2))


def test_who_wants_the_other_first_cannot_go_at_the_same_moment():
    found = fixed_points(facts(gives={(0, 1), (1, 2)}, needs={(0, 2), (1, 1)}, strict={0}))
    assert found.circles[0].strict == (0, 1)


def test_a_step_that_covers_another_does_it():
    found = fixed_points(facts(gifts={1}, gives={(0, 3)}, needs={(0, 2)}, covers={(1, 2)}, leans={2}))
    assert found.alone == {1, 2, 3}


def test_what_is_asked_of_those_who_are_silent_is_supposed_only_for_what_follows():
    found = fixed_points(facts(gives={(0, 1)}, needs={(0, 2)}, asked={2}))
    assert found.alone == frozenset()
    assert found.follow == {1, 2}


def test_the_fewest_that_clear_all_collisions():
    assert fewest_dropped([(0, 1), (0, 2)]) == ((0,),)
    assert fewest_dropped([]) == ()


def test_a_large_circle_still_gets_guarantees_that_break_it():
    n = 200
    needs = {(t, s) for t in range(n) for s in range(n) if t != s}
    found = fixed_points(facts(gives={(t, t) for t in range(n)}, needs=needs))
    assert not found.circles[0].fewest
    assert len(found.circles[0].guarantees[0]) == n - 1
