"""Addresses that stand in a text without any markup: GitHub Flavored Markdown's autolinks.

https://github.github.com/gfm/#autolinks-extension-
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

LONGEST = 2000
"""Characters of an address; no server takes longer ones."""

_START = re.compile(
    r"(?P<url>(?<![A-Za-z0-9])(?:https?|ftp)://|(?<![^\s*_~(])www\.)"
    r"|(?P<mail>(?<![A-Za-z0-9.+_\\-])(?:mailto:|xmpp:)?[A-Za-z0-9._+-]++@)",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*\w)?(?:\.[\w-]+)*")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_REST = re.compile(rf"[^\s<]{{0,{LONGEST}}}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_REFERENCE = re.compile(r"&[A-Za-z0-9]+;\Z")


def find(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses start and end in a text, in order, whatever Markdown may make of the place."""
    at = 0
    while found := _START.search(text, at):
        end = _mail_end(text, found.end()) if found["mail"] else _url_end(text, found)
        if end:
            yield found.start(), end
        at = end or found.end()


def shown(address: str) -> str:
    """The characters of an address as it is written in Markdown."""
    return _ENTITY.sub(lambda found: unescape(found[0]), address)


def target(address: str) -> str:
    """The link that an address stands for."""
    lower = address.lower()
    if lower.startswith("www."):
        return f"http://{address}"
    if "://" in address or lower.startswith(("mailto:", "xmpp:")):
        return address
    return f"mailto:{address}"


def _url_end(text: str, found: re.Match[str]) -> int:
    start = found.start() if found[0].lower() == "www." else found.end()
    domain = _DOMAIN.match(text, start, start + 255)
    if not domain or any("_" in part for part in domain[0].split(".")[-2:]):
        return 0
    if found.start() == start and "." not in domain[0][4:] and len(domain[0]) <= 4:
        return 0
    rest = _REST.match(text, domain.end())
    end = rest.end() if rest else domain.end()
    return end - len(text[start:end]) + len(_trimmed(text[start:end]))


def _trimmed(address: str) -> str:
    """The address without the punctuation after it, and without brackets that it does not open."""
    surplus = address.count(")") - address.count("(")
    while address:
        if address[-1] in "?!.,:*_~'\"":
            address = address[:-1]
        elif address[-1] == ")" and surplus > 0:
            surplus -= 1
            address = address[:-1]
        elif address[-1] == ";" and (reference := _REFERENCE.search(address, max(0, len(address) - 40))):
            address = address[: reference.start()]
        elif address[-1] == ";":
            address = address[:-1]
        else:
            break
    return address


def _mail_end(text: str, start: int) -> int:
    """The end of an e-mail address whose domain starts here; 0 where there is none."""
    domain = _MAIL_DOMAIN.match(text, start, start + 255)
    if not domain or domain[0][-1] in "-_":
        return 0
    return domain.end()
