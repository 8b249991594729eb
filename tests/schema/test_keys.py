"""Ids are functions of content."""

from uuid import UUID, uuid4

from schema import keys


def test_an_article_is_its_external_id_before_its_url_before_its_text() -> None:
    """One rule, in this order."""
    by_id = keys.article_id("7", "https://a.example/1", "text")

    assert by_id == keys.article_id("7", None, "other text")
    assert by_id != keys.article_id(None, "https://a.example/1", "text")
    assert keys.article_id(None, "https://a.example/1", "a") == keys.article_id(None, "https://a.example/1", "b")
    assert keys.article_id(None, None, "a") != keys.article_id(None, None, "b")


def test_an_external_id_never_meets_a_url_or_a_text() -> None:
    """The same characters in another place are another key."""
    assert len({keys.article_id("x", None, ""), keys.article_id(None, "x", ""), keys.article_id(None, None, "x")}) == 3


def test_ids_never_change() -> None:
    """A changed namespace or separator would change every id of every database."""
    assert keys.article_id("7", None, "") == UUID("042cb295-4594-5762-9e20-b1e7d98ca775")
    assert keys.source_id("a.example", None) == UUID("df0ab628-a893-576f-a7de-7c28b2a365d0")


def test_a_statement_is_the_smallest_of_its_reports() -> None:
    """In whatever order they come."""
    reports = [uuid4() for _ in range(5)]

    assert keys.statement_id(reports) == keys.statement_id(reversed(reports)) == keys.statement_id([min(reports)])


def test_folding_drops_accents_case_and_odd_spaces() -> None:
    """Mélanie and Melanie are compared as one."""
    assert keys.fold("  Mélanie\u00a0JOLY ") == "melanie joly"
    assert keys.fold("O’Neill") == "o'neill"
