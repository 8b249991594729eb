"""Examples in docstrings hold."""

import doctest

import pytest

from schema.graphql import ids, text


@pytest.mark.parametrize("module", [ids, text])
def test_examples_in_docstrings_hold(module) -> None:
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
