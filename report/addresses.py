"""What an address of the web or of mail is: one definition for content, pages and PDFs."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, urlsplit

WEB = r"^https?://\S+$"
"""Pattern of what begins as a web address; ``fault`` says the rest."""

MAIL = r"^[^@\s]+@([\w-]+\.)+[a-zA-Z][\w-]+$"
"""Pattern of an e-mail address."""

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]')
"""What RFC 3986 leaves out of addresses; letters beyond ASCII are encoded on the way to a PDF."""
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d][\w-]+")
_LOCAL = (".local", ".localhost", ".localdomain", ".lan", ".internal", ".test", ".invalid")
_PORTS = (None, 80, 443)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|yclid|ttclid|twclid"
    r"|_hs\w+|mkt_tok",
    re.IGNORECASE,
)


def fault(address: str) -> str:
    """Why ``address`` cannot be printed or followed, with the remedy, as what is said of it.

    Empty for a public address of the web, and for one of mail that begins with ``mailto:``.
    """
    if _FORBIDDEN.search(address):
        return "holds a space or a character that addresses cannot hold; copy it again"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address; copy it again"
    if parts.scheme == "mailto":
        valid = re.match(MAIL, parts.path)
        return "" if valid else "holds no e-mail address; write it like mailto:name@example.org"
    if parts.scheme not in ("http", "https"):
        return "is not a web or mail address; start it with https://"
    if parts.username is not None or parts.password is not None:
        return "carries a user name or password; delete them"
    if port not in _PORTS:
        return "names a port, which no public address does; delete it"
    return _host_fault(host)


def _host_fault(host: str) -> str:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if host == "localhost" or host.endswith(_LOCAL):
            return "names a host that is not public; write the public address"
        return "" if _HOST.fullmatch(host) else "names no web site; copy it again"
    return "names its host by a number; write the public address"


def text_fragment(address: str) -> str:
    """The text fragment that a browser added to ``address``, from its #, or nothing."""
    fragment = address[address.index("#") :] if "#" in address else ""
    return fragment if ":~:" in fragment else ""


def tracking(address: str) -> list[str]:
    """The names of those parameters of ``address`` that follow readers about."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return []
    names = [
        name
        for part in (parts.query, parts.fragment)
        for name, _ in parse_qsl(part, keep_blank_values=True)
    ]
    return [name for name in names if _TRACKING.fullmatch(name)]
