"""Where the links of an article lead once it is a page of the site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

from pipeline import extract, inline
from pipeline.errors import SourceError
from pipeline.identity import Same
from pipeline.model import Article, Element, Locale, Node, Place, Segment
from pipeline.render.site import Site

ARTICLE_SUFFIXES = (".md", ".markdown", ".mdx", ".html", ".htm")

UP = "../../"
"""From a page to the root of the site."""

_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
_ADDRESSES = ("href", "src", "poster")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of a page leads."""

    href: str
    """Empty where there is no such page: the words stay, the link goes."""

    lang: str = ""
    """Tag of the language of the page behind it, where that is not the page's own."""

    external: bool = False


def resolve(href: str, article: Article, site: Site, locale: Locale) -> Link:
    """Where a link of an article leads from its page in a locale.

    An article that the site does not have in the locale is linked in the source's language, and one that it does
    not have at all is not linked.

    Raises:
        SourceError: the address would run a script or leave the folder of the articles.
    """
    if href.startswith("#"):
        return Link(href)
    parts = _split(href, article)
    if parts.scheme or parts.netloc:
        return Link(href, external=parts.scheme in ("http", "https", ""))
    if not parts.path or parts.path.startswith("/"):
        return Link(href)
    stem, suffix = posixpath.splitext(unquote(parts.path))
    tail = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    if suffix not in ARTICLE_SUFFIXES:
        return Link(f"{UP}assets/{quote(_inside(parts.path, article))}{tail}")
    return _page(posixpath.normpath(stem), tail, article, site, locale)


def assets(article: Article) -> tuple[str, ...]:
    """The files that an article shows or links to, as paths relative to its folder, each once, in reading order.

    Raises:
        SourceError: as :func:`resolve`.
    """
    return _assets_of(Same(article))


@lru_cache(maxsize=32)
def _assets_of(article: Same[Article]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_assets(article.value.body, article.value)))


def linked_articles(article: Article) -> tuple[str, ...]:
    """The slugs that an article links to, its own left out, whether there are such articles or not; sorted."""
    return _linked_from(Same(article))


@lru_cache(maxsize=32)
def _linked_from(articles: Same[Article]) -> tuple[str, ...]:
    article = articles.value
    heading = (article.title, *([article.description] if article.description else []))
    return tuple(sorted(set(_linked((*heading, *article.body))) - {article.slug}))


def _linked(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Segment):
            yield from _linked(node.content)
        elif isinstance(node, Element):
            for name in _ADDRESSES:
                path = _CONTROLS.sub("", node.get(name) or "").partition("#")[0].partition("?")[0]
                if path.endswith(ARTICLE_SUFFIXES) and not path.startswith("/") and ":" not in path:
                    yield posixpath.normpath(posixpath.splitext(unquote(path))[0])
            yield from _linked(node.children)


def _assets(nodes: tuple[Node, ...], article: Article) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Segment):
            yield from _assets(node.content, article)
        elif isinstance(node, Element):
            for name in _ADDRESSES:
                parts = _split(node.get(name) or "", article)
                elsewhere = parts.scheme or parts.netloc or parts.path.startswith("/")
                if parts.path and not elsewhere and not parts.path.endswith(ARTICLE_SUFFIXES):
                    yield _inside(parts.path, article)
            yield from _assets(node.children, article)


def _page(slug: str, tail: str, article: Article, site: Site, locale: Locale) -> Link:
    if slug == article.slug:
        return Link(tail or f"../{slug}/index.html")
    if site.has(slug, locale):
        return Link(f"../{slug}/index.html{tail}")
    if site.has(slug, site.source):
        return Link(f"{UP}{site.source.tag}/{slug}/index.html{tail}", lang=site.source.tag)
    return Link("")


def _split(href: str, article: Article) -> SplitResult:
    try:
        parts = urlsplit(_CONTROLS.sub("", href))  # browsers ignore them too: java\nscript:
    except ValueError as error:
        raise SourceError(f"“{href}” is no address: {error}.", _place(href, article)) from error
    if parts.scheme and parts.scheme.lower() not in _SCHEMES:
        raise SourceError(
            f"“{href[:80]}” may not stand on a page; link with http, https, mailto, tel or sms.", _place(href, article)
        )
    return parts


def _inside(path: str, article: Article) -> str:
    inside = posixpath.normpath(unquote(path))
    if inside.startswith(".."):
        raise SourceError(
            f"“{path}” lies outside the folder of the articles; move the file into it.", _place(path, article)
        )
    return inside


def _place(address: str, article: Article) -> Place:
    """Where an article names an address: at the first text that does, else somewhere in the file."""
    for segment in extract.segments(article):
        for node in inline.walk(segment.content):
            if isinstance(node, Element) and any(address in (node.get(name) or "") for name in _ADDRESSES):
                return segment.place
    return Place(article.path)
