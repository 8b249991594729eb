"""Canonical addresses: the same article, the same url, whoever shared the link. Quoth opens none of them."""

import re
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

from schema.errors import AddressError

MAX_URL_BYTES = 2000
"""A url is a key in an index; PostgreSQL takes 2,704 bytes there."""

_HOST = re.compile(r"[a-z0-9_][a-z0-9._-]*|[0-9a-f:.]*:[0-9a-f:.]*")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "ttclid", "yclid",
        "igshid", "igsh", "mc_cid", "mc_eid", "_ga", "_gl", "ocid", "cmpid", "ns_campaign", "ns_mchannel",
    }
)  # fmt: skip


def canonical_url(value: str) -> str:
    """The address in its one spelling: host in lower case; no default port, credentials, fragment, tracking parameters.

    Query parameters are sorted. The scheme and "www." stay: they may lead to another page.
    Raises AddressError("bad-url") for anything that is not http or https with a host.
    """
    try:
        parts = urlsplit(value.strip())
        port = parts.port
        host = _host(parts.hostname or "")
        if parts.scheme not in _DEFAULT_PORTS:
            raise ValueError("it is not http or https")
        netloc = f"[{host}]" if ":" in host else host
        if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
            netloc = f"{netloc}:{port}"
        query = "&".join(pair for pair in parts.query.split("&") if not _is_tracking(pair))
        canonical = str(canonicalize_url(urlunsplit((parts.scheme, netloc, parts.path, query, ""))))
    except ValueError as error:
        raise AddressError("bad-url", f"url {value[:200]!r} cannot be read: {error}; give https://HOST/PATH") from error
    if len(canonical.encode()) > MAX_URL_BYTES:
        raise AddressError("bad-url", f"url {value[:80]!r}… is longer than {MAX_URL_BYTES} bytes; shorten it")
    return canonical


def domain_of(url: str) -> str:
    """The host of a canonical url as a domain: folded, without "www." and port."""
    return folded_domain(urlsplit(url).hostname or "")


def folded_domain(value: str) -> str:
    """A domain in its one spelling: lower case, no "www.", no final dot.

    Raises AddressError("bad-domain") for what is no bare host name, such as a whole address.
    """
    try:
        return _host(value.strip().lower().removeprefix("www."))
    except ValueError as error:
        raise AddressError("bad-domain", f"domain {value[:200]!r} is no host name; give one like a.example") from error


def _host(name: str) -> str:
    """A host as it is looked up: "münchen.example" becomes "xn--mnchen-3ya.example". Raises ValueError for none."""
    host = name.rstrip(".").encode("idna").decode().lower() if not name.isascii() else name.rstrip(".").lower()
    if not _HOST.fullmatch(host) or ".." in host:
        raise ValueError("it has no host")
    return host


def _is_tracking(pair: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name.startswith("utm_") or name in _TRACKING
