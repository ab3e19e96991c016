"""From an edition to its page: HTML and plain text of the same localized article."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urljoin

from jinja2 import Environment
from markupsafe import Markup

from pipeline import extract, helplines, inline, locales
from pipeline.errors import ThemeError
from pipeline.identity import Same
from pipeline.model import Article, Catalog, Edition, Locale, Page, Segment
from pipeline.render import head, linked, view
from pipeline.render import text as plain
from pipeline.render.anchors import anchored, headings
from pipeline.render.html import Setting, dress, dump, language
from pipeline.render.links import UP, resolve
from pipeline.render.site import Site, absolute, address, alternates, default_url, og_locale, regions
from pipeline.render.theme import WORDS, Theme, Words, fill, shared
from pipeline.render.wrap import PLAIN, Form

_INDEX = re.compile(r"/index\.html(?=[?#]|$)")
_PLURAL = re.compile(r"plural=([^;]+)")


def render(edition: Edition, site: Site, theme: Theme, form: Form = PLAIN) -> Page:
    """The page of an edition, its plain text in a form.

    Raises:
        ThemeError: a template is missing or does not render, or a word of the interface cannot be used.
        SourceError: a link of the article may not stand on a page, or its date is none.
        RegistryError: the registry does not say what the locale's region shows.
    """
    localized = extract.localize(anchored(edition.article), edition.catalog, edition.locale)
    article = helplines.fill(localized, edition.registry, edition.locale)
    values = {
        "preview": not edition.published,
        "alternates": tuple(alternates(site, article.slug, UP)),
        "home": "../index.html" if site.has(article.slug, edition.locale) else "",
        "url": absolute(site, edition.locale.tag, article.slug),
        "default_url": _default(site, article.slug),
        "up": UP if article.slug in site.published else "",
        "elsewhere": elsewhere(site, article.slug, edition.locale, UP),
        "page": _facts(edition, article, site),
    }
    return Page(
        slug=article.slug,
        locale=edition.locale.tag,
        html=_html(edition, article, site, theme, values),
        text=_text(edition, article, site, theme, values, form),
        published=edition.published,
    )


def surroundings(environment: Environment, site: Site, locale: Locale, interface: Catalog) -> dict[str, Any]:
    """What every template is given; ``words`` are the values of words.jinja, escaped where the environment escapes.

    Raises:
        ThemeError: words.jinja does not render.
    """
    return dict(_surroundings(Same(environment), Same(site.frame()), locale, Same(interface)))


@lru_cache(maxsize=256)
def _surroundings(
    environments: Same[Environment], sites: Same[Site], locale: Locale, interfaces: Same[Catalog]
) -> Mapping[str, Any]:
    """The same for every page of a locale."""
    environment, site, interface = environments.value, sites.value, interfaces.value
    values = {
        "site": site,
        "locale": locale,
        "region": locales.region_name(locale.region, locale) if locale.region else "",
        "site_lang": view.attributes(language(site.source.tag, locale)),
        WORDS: Words(locale, interface.index(), interface.path, _plural(interface, locale)),
    }
    return {**values, "words": shared(environment, "words.jinja", values)}


def elsewhere(site: Site, slug: str, locale: Locale, up: str) -> list[dict[str, str]]:
    """The same page for readers of the same language in other regions; an empty slug stands for the list."""
    return [
        {
            "tag": other.tag,
            "href": f"{up}{address(other.tag, slug)}index.html",
            "region": locales.region_name(other.region, locale) if other.region else locales.own_name(other),
        }
        for other in regions(site, slug, locale)
    ]


def _facts(edition: Edition, article: Article, site: Site) -> dict[str, Any]:
    locale = edition.locale
    dates = {
        "updated": view.updated(edition.article),
        "translated": view.translated(edition),
        "reviewed": view.reviewed(edition.article),
    }
    number = view.minutes(edition.article)
    return {
        "title_text": _flat(article.title),
        "description_text": _flat(article.description) if article.description else "",
        "og_locale": og_locale(locale),
        "dates": {name: locales.format_date(day, locale) if day else "" for name, day in dates.items()},
        "dates_iso": {name: day.isoformat() if day else "" for name, day in dates.items()},
        "feedback": _feedback(site.feedback.get(locale.tag, ""), f"{locale.tag}/{article.slug}"),
        "urgent": view.is_urgent(edition),
        "minutes": number,
        "minutes_text": locales.format_number(number, locale),
        "unreviewed": dict(article.meta).get("reviewed", "").lower() == "false",
        "fallback": view.fallback(article, locale),
        "helplines": view.lines(edition.registry, locale),
    }


def _html(edition: Edition, article: Article, site: Site, theme: Theme, values: Mapping[str, Any]) -> str:
    locale = edition.locale
    common = surroundings(theme.html, site, locale, edition.interface)
    setting = Setting(
        locale=locale,
        source=edition.source_locale.tag,
        callouts=_callouts(common["words"]),
        link=lambda href: resolve(href, edition.article, site, locale),
    )

    def shown(segment: Segment | None) -> Markup:
        return Markup(dump(dress(segment.content, setting)) if segment else "")

    page = values["page"] | {
        "title": shown(article.title),
        "title_lang": view.attributes(language(article.title.lang, locale)),
        "description": shown(article.description),
        "description_lang": view.attributes(language(article.description.lang if article.description else "", locale)),
        "contents": [
            {"id": heading.id, "title": heading.title, "lang": view.attributes(language(heading.lang, locale))}
            for heading in headings(article)
            if heading.level == 2
        ],
        "body": Markup(dump(dress(article.body, setting))),
        "head": Markup(head.dump(article.head, locale)),
        "declared": head.declared(article.head),
        "linked_data": _linked_data(edition, site, values["page"]),
    }
    return fill(theme.html, "article.html.jinja", {**common, **values, "page": page})


def _mail(href: str) -> str:
    """The address of a link to a mail as a person writes it: without a subject, and in plain letters."""
    written = href.removeprefix("mailto:").partition("?")[0]
    plainly = unquote(written)
    return plainly if plainly.isprintable() and " " not in plainly else written


def _text(edition: Edition, article: Article, site: Site, theme: Theme, values: Mapping[str, Any], form: Form) -> str:
    locale = edition.locale

    def url(href: str) -> str:
        """What the text prints for a link: nothing for numbers and for places in the text itself."""
        if not href or href.startswith(("#", "tel:", "sms:")):
            return ""
        link = resolve(href, edition.article, site, locale)
        if not link.href.startswith("../"):
            return _mail(link.href) if link.href.startswith("mailto:") else link.href
        base = absolute(site, locale.tag, article.slug)
        return _joined(base, link.href) if base else link.href

    common = surroundings(theme.text, site, locale, edition.interface)
    marks = plain.addresses(article.body, url)
    layout = plain.Layout(locale, _callouts(common["words"]), url, marks, form)
    page = values["page"] | {
        "title": _flat(article.title),
        "description": _flat(article.description) if article.description else "",
        "body": plain.body(article.body, layout),
        "links": [plain.Reference(mark, address) for address, mark in marks.items()],
    }
    written = fill(theme.text, "article.txt.jinja", {**common, **values, "page": page, "form": form})
    return form.settled(re.sub(r"\n{3,}", "\n\n", written).strip("\n") + "\n")


def _linked_data(edition: Edition, site: Site, page: Mapping[str, Any]) -> dict[str, Any]:
    texts = {"name": page["title_text"], "description": page["description_text"]}
    article = edition.article
    dates = {"dateModified": view.changed(edition), "lastReviewed": view.reviewed(article)}
    reviewer = dict(article.meta).get("reviewer", "")
    data = linked.page(site, article.slug, edition.locale, texts, dates, reviewer)
    lines = linked.helplines(page["helplines"])
    return {**data, "mentions": lines} if lines else data


def _feedback(address: str, page: str) -> dict[str, str]:
    """Where mistakes are reported: a link and what it shows; empty where there is no such place."""
    if not address:
        return {}
    mail = "@" in address and "://" not in address
    return {"href": f"mailto:{address}?subject={quote(page, safe='')}" if mail else address, "address": address}


def _callouts(words: object) -> Mapping[str, str]:
    callouts = getattr(words, "callouts", None)
    if not isinstance(callouts, Mapping):
        raise ThemeError("words.jinja sets no “callouts”; copy them from the packaged words.jinja.")
    return callouts


def _default(site: Site, slug: str) -> str:
    if not site.has(slug, site.source):
        return ""
    return default_url(site, slug) or f"{UP}{site.source.tag}/{slug}/index.html"


def _flat(segment: Segment) -> str:
    return " ".join(inline.plain(segment.content).split())


def _joined(base: str, href: str) -> str:
    """A relative link from a page, as a whole address."""
    return _INDEX.sub("/", urljoin(base, href))


def _plural(interface: Catalog, locale: Locale) -> Callable[[int], int]:
    """The rule by which the catalog was translated, as it says itself; CLDR's changes with its versions."""
    match = _PLURAL.search(dict(interface.header).get("Plural-Forms", locale.plural_forms))
    return gettext.c2py(match[1]) if match else lambda number: int(number != 1)
