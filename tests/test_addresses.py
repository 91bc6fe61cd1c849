"""What an address is, for content, pages and PDFs alike."""

from __future__ import annotations

import pytest

from report.addresses import fault, text_fragment, tracking


@pytest.mark.parametrize(
    "address",
    ["https://a.example", "http://www.a.example/b?c=d&e=f#g", "https://a.example/ü/%C3%A9",
     "https://a.example:443/", "mailto:jan.peeters@a.example", "mailto:a@b.example?subject=c"],
)  # fmt: skip
def test_a_public_address_has_no_fault(address: str) -> None:
    """Addresses of the web and of mail are taken, whatever letters they hold."""
    assert fault(address) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("www.a.example", "start it with https://"),
        ("ftp://a.example/b", "start it with https://"),
        ("file:///etc/passwd", "start it with https://"),
        ("javascript:alert(1)", "start it with https://"),
        ("#bridge", "start it with https://"),
        ("https://exa mple.org/", "a space"),
        ("https://a.example/{b}", "a character that addresses cannot hold"),
        ("https://[a.example", "is not an address"),
        ("https://a.example:b/", "is not an address"),
        ("https:///page", "names no web site"),
        ("https://a", "names no web site"),
        ("https://jan:geheim@a.example/", "user name"),
        ("https://a.example:8080/", "port"),
        ("https://127.0.0.1/pact", "by a number"),
        ("http://[::1]/", "by a number"),
        ("http://localhost/a", "not public"),
        ("https://wiki.intranet.local/", "not public"),
        ("mailto:nobody", "no e-mail address"),
    ],
)
def test_what_nobody_could_follow_has_a_fault(address: str, words: str) -> None:
    """What is wrong is told, with what to do."""
    assert words in fault(address)
    assert ";" in fault(address)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://a.example/?b=1", []),
        ("https://a.example/?utm_source=x&b=1&fbclid=", ["utm_source", "fbclid"]),
        ("https://a.example/#mkt_tok=1", ["mkt_tok"]),
        ("https://a.example/?UTM_Medium=mail", ["UTM_Medium"]),
        ("https://[a.example/?utm_source=x", []),
    ],
)
def test_tracking_parameters_are_named(address: str, names: list[str]) -> None:
    """They are found in the query and the fragment, in any case, also when empty."""
    assert tracking(address) == names


def test_a_text_fragment_is_told_from_other_fragments() -> None:
    """Only what a browser adds to a copied search result is one."""
    assert text_fragment("https://a.example/b#:~:text=c") == "#:~:text=c"
    assert text_fragment("https://a.example/b#c") == ""
    assert text_fragment("https://a.example/b") == ""
