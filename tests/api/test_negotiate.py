import pytest

from api.negotiate import preferred

JSON, GRAPHQL, HTML = "application/json", "application/graphql-response+json", "text/html"
OFFERED = (JSON, GRAPHQL, HTML)

CASES = [
    ("", JSON),
    ("*/*", JSON),
    ("application/*", JSON),
    (GRAPHQL, GRAPHQL),
    (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
    (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
    (f"{JSON}, {GRAPHQL}", JSON),
    (f"{GRAPHQL};q=0.5, {JSON}", JSON),
    # Firefox and Chromium
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    ("TEXT/HTML", HTML),
    ("text/html;q=0, */*", JSON),
    ("application/json;q=0, */*;q=0.1", GRAPHQL),
    ("image/png", None),
    ("application/json;q=0", None),
    (";;,,/;q=", None),
    ("application/json;q=nan", JSON),
    ("application/json;q=tall", JSON),
]


@pytest.mark.parametrize(("accept", "expected"), CASES)
def test_the_type_wanted_most_is_given(accept, expected):
    assert preferred(accept, OFFERED) == expected
