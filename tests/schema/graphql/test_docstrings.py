"""Examples in docstrings hold."""

import doctest

import pytest

from schema import global_ids
from schema.graphql import text


@pytest.mark.parametrize("module", [global_ids, text])
def test_examples_in_docstrings_hold(module) -> None:
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
