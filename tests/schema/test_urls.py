"""One article, one address: every spelling of it becomes the same url."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.errors import AddressError
from schema.urls import canonical_url, domain_of, folded_domain


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.easthaven.example/quay?a=1&b=2",
        "HTTPS://WWW.Easthaven.Example:443/quay?b=2&a=1#comments",
        " https://jo:secret@www.easthaven.example./quay?utm_source=x&a=1&UTM_Medium=y&b=2&fbclid=z&gclid=w ",
        "https://www.easthaven.example/dock/../quay?a=1&b=2&utm%5Fid=3",
    ],
)
def test_every_spelling_of_an_address_is_one_url(spelling: str) -> None:
    assert canonical_url(spelling) == "https://www.easthaven.example/quay?a=1&b=2"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "http://a.example/x"),
        ("https://a.example/x", "https://www.a.example/x"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example:8443/x", "https://a.example/x"),
    ],
)
def test_addresses_that_may_lead_elsewhere_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize(
    "value", ["", "quay", "a.example/x", "ftp://a.example/", "javascript:alert(1)", "https://", "http:///x"]
)
def test_what_is_no_address_of_the_web_is_refused(value: str) -> None:
    with pytest.raises(AddressError, match="give https://HOST/PATH") as caught:
        canonical_url(value)

    assert caught.value.reason == "bad-url"


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map(lambda rest: f"https://{rest}")))
def test_any_text_is_a_url_of_one_spelling_or_refused(value: str) -> None:
    try:
        url = canonical_url(value)
    except AddressError:
        return

    assert canonical_url(url) == url
    assert url.isascii()
    assert "\x00" not in url
    assert domain_of(url)


def test_a_domain_is_a_host_without_www() -> None:
    assert domain_of("https://www.easthaven.example:8443/quay") == "easthaven.example"
    assert domain_of(canonical_url("https://www.münchen.example/")) == folded_domain("München.Example")
    assert folded_domain(" WWW.Easthaven.Example. ") == "easthaven.example"


@pytest.mark.parametrize("value", ["https://a.example", "a.example/x", "jo@a.example", "a b", "www.", "a..b"])
def test_what_is_no_host_name_is_no_domain(value: str) -> None:
    with pytest.raises(AddressError, match="is no host name; give one like"):
        folded_domain(value)
