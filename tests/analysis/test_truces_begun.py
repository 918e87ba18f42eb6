"""What is said to begin, and what is said to have failed to."""

import pytest

from dateline.analysis.truces import _begun


@pytest.mark.parametrize(
    ("sentence", "begun"),
    [
        ("A ceasefire took effect at midnight.", True),
        ("The sides agreed on a truce after they had failed to agree a year ago.", True),
        ("US and Russian officials failed to agree how the ceasefire would be kept.", False),
        ("The rebels did not sign the truce.", False),
        ("The militia has yet to accept the ceasefire.", False),
    ],
)
def test_a_truce_that_failed_to_begin_has_not_begun(sentence, begun):
    assert _begun(sentence) is begun
