"""Rules about a page as a whole: its frame, its language, and what must not be left in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from pipeline import inline
from pipeline.checks.expected import Standing, expected_texts, plain_texts
from pipeline.checks.known import link_marks
from pipeline.checks.reading import Reading, Run, joined
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.checks.squeezing import squeezed
from pipeline.checks.tree import Attrs, Tree
from pipeline.model import Article, Element, Locale, Severity

_TITLE = "<title>Se sentir engourdi</title>"
_H1 = "<h1>Se sentir engourdi</h1>"
_ORDINARY = "<p>La plupart d’entre eux"
_LEFTOVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{[a-z_]+(?:\.[a-z_]+)?\}|%\([a-z_]+\)[sd]|&(?:amp|lt|gt|quot|nbsp|#x?[0-9a-f]{1,6});"
    r"|</?[a-z]{1,10}[0-9]?(?:\s[^<>]*)?/?>|\*(?<!\*\*)\*(?!\*)|\]\([^)\s]+\)",
    re.IGNORECASE,
)
_OWN_HEADINGS = (
    "The title of the article is the page's heading of the first level: write the article's own headings from the"
    " second on (“## ...”)."
)
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "sms"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x20]")
_LINKS = ("href", "src", "action", "formaction", "data", "poster", "srcdoc", "background", "xlink:href")
_SUSPECTS = ("iframe", "object", "embed", "form", "frame", "frameset", "applet", "base", "portal")
_FOREIGN = f"main script, meta[http-equiv=refresh], {', '.join(_SUSPECTS)}"
_OTHER_LANG = 'Check lang in the theme; give what stays in that language translate="no" in the article.'


@page_rule(
    "page/frame",
    Severity.ERROR,
    flagged=(
        Swap("<main id=", "<div id="),
        Swap(_H1, "<p>Se sentir engourdi</p>"),
        Swap(_H1, _H1 * 2),
        Swap(_H1, "<h1>Autre chose</h1>"),
        Swap(_TITLE, "<title></title>"),
        Swap('content="Ce que veut dire se sentir engourdi."', 'content=""'),
    ),
    passed=(Swap(_TITLE, "<title>Se sentir engourdi | Santé</title>"),),
)
def frame(reading: Reading) -> Iterator[Fault]:
    """The page lacks its frame: one main part, one heading of the first level, a title and a description.

    People who use screen readers find their way by these, and search engines show the title and the description.
    """
    tree = reading.tree
    advice = "Check the theme's templates."
    for tag in ("main", "h1"):
        if (count := len(tree.tagged(tag))) != 1:
            own = tag == "h1" and _has_main_heading(reading.edition.article)
            yield Fault(f"The page has {count} elements <{tag}>, not one.", _OWN_HEADINGS if own else advice)
    title = squeezed(reading.expected[0].text)
    shown = squeezed("".join(run.text for run in reading.runs if run.heading and not run.hidden))
    if shown != title:
        yield Fault("The heading of the first level is not the title of the article.", advice)
    head = tree.title
    if head is None or title not in squeezed(head):
        yield Fault("The element <title> does not name the article.", advice)
    if reading.edition.article.description and not (tree.description or "").strip():
        yield Fault("The page has no description.", advice)


def _has_main_heading(article: Article) -> bool:
    """Whether an article itself has a heading of the first level below its title."""
    return any(isinstance(node, Element) and node.tag == "h1" for node in inline.walk(article.body))


@page_rule(
    "page/language",
    Severity.ERROR,
    flagged=(
        Swap('<html lang="fr-FR"', '<html lang="en-US"'),
        Swap('<html lang="fr-FR" dir="ltr"', "<html"),
        Swap('dir="rtl"', "", locale="ar-EG"),
        Swap('<html lang="fr-FR" dir="ltr"', '<html lang="fr-FR" dir="rtl"'),
        Swap('<p data-safety="crisis">', '<p dir="rtl" data-safety="crisis">'),
        Swap('<p data-safety="crisis">', '<p dir="ltr" data-safety="crisis">', locale="ar-EG"),
    ),
    passed=(
        Swap('<html lang="fr-FR" dir="ltr"', '<html lang="fr-FR"'),
        Swap('<p data-safety="crisis">', '<p dir="auto" data-safety="crisis">'),
    ),
)
def language(reading: Reading) -> Iterator[Fault]:
    """The page does not declare its language, or not the direction of its script.

    A screen reader would read it in a wrong voice, and a browser would set it from the wrong side (WCAG 2.2, 3.1.1).
    """
    locale = reading.edition.locale
    attrs: Attrs = next((attrs for _, attrs in reading.tree.tagged("html")), {})
    if attrs.get("lang") != locale.tag:
        said = attrs.get("lang") or "nothing"
        yield Fault(f"The page declares {said} as its language, not {locale.tag}.", _OTHER_LANG)
    if (attrs.get("dir") or "ltr") != locale.direction:
        yield Fault(f"The direction of the page is not {locale.direction}.", "Check dir in the theme.")
    turned = {
        run.safety
        for run in reading.runs
        if run.safety
        and not run.isolated
        and run.text.strip()
        and (run.direction or "ltr") not in (locale.direction, "auto")
    }
    for safety in sorted(turned):
        text = f"The safety text “{safety}” is not set {locale.direction}, as its language is."
        yield Fault(text, "Check dir in the theme.")


@page_rule(
    "page/text-missing",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, "<p hidden>La plupart d’entre eux"),
        Swap(_ORDINARY, "<details><summary>+</summary><p>La plupart d’entre eux"),
        Swap("89,4 %", "98,4 %"),
        Swap(_ORDINARY, "<!--"),
    ),
    passed=(Swap("89,4 %, allaient", "<b>89,4 %</b>,\n allaient"),),
)
def text_missing(reading: Reading) -> Iterator[Fault]:
    """A text of the article is not on the page, or not as the catalog has it.

    A template that drops, cuts or rewrites text does it in every language, where nobody of the team can read it. What
    the author put into a closed `<details>`, or where nobody reads it, may stay there, unless it is safety text.
    """
    texts = {Standing.SHOWN: squeezed(reading.main), Standing.FOLDED: squeezed(reading.opened)}
    if any(item.standing is Standing.UNSEEN for item in reading.expected):
        texts[Standing.UNSEEN] = squeezed(joined(run for run in reading.runs if run.in_main))
    for item in reading.expected:
        if not item.segment.safety and squeezed(item.text) not in texts[item.standing]:
            short = item.text if len(item.text) <= 60 else f"{item.text[:57]}…"
            text = f"“{short}” is not on the page as it stands in the catalog."
            yield Fault(text, "Check the theme.", item.segment.place)


@page_rule(
    "page/fallback",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, '<p lang="en-US">La plupart d’entre eux'),
        Swap(_ORDINARY, '<p lang="ko">La plupart d’entre eux'),
        Swap('<main id="main">', '<main id="main" lang="ko">'),
    ),
    passed=(Swap(_ORDINARY, '<p lang="fr">La plupart d’entre eux'),),
)
def fallback(reading: Reading) -> Iterator[Fault]:
    """A published page has text in the source's language, or text marked as of a language that it is not in.

    A preview may show the source where a translation is missing, marked with its language (WCAG 2.2, 3.1.2). A page
    for readers may not, unless the policy lets it go out incomplete.
    """
    edition = reading.edition
    by_text: dict[str, set[str]] = {}
    for text, lang in _languages(reading.runs):
        by_text.setdefault(text, set()).add(lang)
    for item in reading.expected:
        said = by_text.get(squeezed(item.text), set())
        if item.lang == edition.locale.tag:
            other = sorted(lang for lang in said if lang == edition.article.locale or not _is(lang, edition.locale))
            if other and edition.locale.tag not in said:
                yield Fault(f"“{item.text[:60]}” is marked as {other[0]}.", _OTHER_LANG)
        elif reading.page.published and (edition.policy.complete >= 1 or item.segment.safety):
            text = f"“{item.text[:60]}” is shown in {item.lang}."
            yield Fault(text, "Translate it, or withhold the page.", item.segment.place)
        elif said and item.lang not in said:
            text = f"“{item.text[:60]}” is in {item.lang} and not marked so."
            yield Fault(text, "Give its element the attribute lang.", item.segment.place)


@page_rule(
    "page/leftover",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, "<p>{crisis.phone} La plupart d’entre eux"),
        Swap(_ORDINARY, "<p>{{ page.title }} La plupart d’entre eux"),
        Swap(_ORDINARY, "<p>&amp;lt;b&amp;gt; La plupart d’entre eux"),
        Swap(_ORDINARY, "<p>&lt;a1&gt;La plupart d’entre eux"),
        Swap("La plupart", "{referral.name} La plupart", part="text"),
        Swap("La plupart", "&lt;b&gt; La plupart", part="text"),
        Swap("La plupart", "La [abc](https://example.org) plupart", part="text"),
    ),
)
def leftover(reading: Reading) -> Iterator[Fault]:
    """A variable, template syntax, or escaped or unread markup is left on the page.

    What stands in braces should have been a name or a number. Doubly escaped text shows codes instead of letters.
    """
    shown = (
        ("main part", reading.opened),
        ("title", reading.tree.title or ""),
        ("plain text", reading.page.text),
    )
    found = [(name, _leftovers(text)) for name, text in shown]
    if not any(left for _, left in found):
        return
    found[-1] = ("plain text", _leftovers(_without_marks(reading.page.text)))
    article = reading.edition.article
    told = expected_texts([article.description] if article.description else [], reading.edition)
    texts = [*(item.text for item in reading.expected), *plain_texts(article), *told]
    allowed = _leftovers("\n".join(texts))
    for name, leftovers in found:
        for left in sorted(leftovers - allowed)[:5]:
            yield Fault(f"The {name} of the page shows “{left}”.", "Check the theme and the message.")


@page_rule(
    "page/unsafe",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, '<p onclick="x()">La plupart d’entre eux'),
        Swap('<a class="phone"', '<a ping="https://example.org" class="phone"'),
        Swap(_ORDINARY, '<p><a href="java&#10;script:x()">.</a>La plupart d’entre eux'),
        Swap(_ORDINARY, "<script>document.body.remove()</script><p>La plupart d’entre eux"),
        Swap(_ORDINARY, '<iframe src="https://example.org"></iframe><p>La plupart d’entre eux'),
        Swap("</title>", '</title><meta http-equiv="refresh" content="0;url=https://example.org">'),
    ),
    passed=(Swap(_ORDINARY, '<p><a href="mailto:a@example.org">.</a> <a href="a.html#x">.</a>La plupart d’entre eux'),),
)
def unsafe(reading: Reading) -> Iterator[Fault]:
    """The page holds code or foreign frames where the article's text stands, or a link that runs code.

    A script can take away or change everything that the gate has checked. Links may lead to web pages, mail, phones
    and places of the site, and nowhere else.
    """
    tree = reading.tree
    for node in tree.parsed.css(_FOREIGN) if _may_be_foreign(tree) else ():
        yield Fault(f"The page has an element <{node.tag}>.", "Take it out of the article or the theme.")
    telling = [name for name in tree.names if name.startswith("on") or name == "ping" or name in _LINKS]
    for node, attrs in tree.having(*telling):
        for name, value in attrs.items():
            if name.startswith("on"):
                yield Fault(f"<{node.tag}> has the attribute {name}, which runs code.", "Take it out.")
            elif name == "ping":
                yield Fault(f"<{node.tag}> tells somebody that it was touched.", "Take the attribute ping out.")
            elif name in _LINKS and value and not _is_harmless(value):
                address = " ".join(value.split())[:60]
                yield Fault(f"<{node.tag}> has the address “{address}”.", "Use http, https, mailto, tel or sms.")


@page_rule(
    "page/demonstration",
    Severity.ERROR,
    flagged=(
        Swap('data-notice="demonstration"', ""),
        Swap('data-notice="demonstration"', 'data-notice="demonstration" hidden'),
        Swap('data-notice="demonstration">Cette page est une démonstration.', 'data-notice="demonstration">'),
        Swap("Cette page est une démonstration.", "", part="text"),
    ),
)
def demonstration(reading: Reading) -> Iterator[Fault]:
    """A page of a demonstration project does not say that it is one.

    No qualified person read its safety text and nobody dialled its numbers. Its reader has to know, in their language.
    """
    if not reading.edition.policy.demonstration:
        return
    notice = squeezed("".join(run.text for run in reading.runs if run.notice == "demonstration" and not run.hidden))
    if not notice:
        text = "The main part of the page has no visible notice that it is a demonstration."
        yield Fault(text, 'Show the notice in an element with data-notice="demonstration".')
    elif notice not in squeezed(reading.page.text):
        yield Fault("The plain text lacks the notice that it is a demonstration.", "Show the notice there, too.")


def _may_be_foreign(tree: Tree) -> bool:
    """Whether the page has any element that runs code, but data in its head."""
    return (
        any(map(tree.tagged, _SUSPECTS))
        or any((attrs["http-equiv"] or "").lower() == "refresh" for _, attrs in tree.having("http-equiv"))
        or len(tree.tagged("script")) > sum(1 for _ in tree.in_head("script"))
    )


def _without_marks(text: str) -> str:
    """A plain text without the marks that it lists the addresses of links under."""
    for mark in link_marks(text):
        text = text.replace(f" {mark}", "")
    return text


def _leftovers(text: str) -> set[str]:
    return {" ".join(match[0].split())[:60] for match in _LEFTOVER.finditer(text)}


def _languages(runs: tuple[Run, ...]) -> list[tuple[str, str]]:
    """The squeezed text of each block, with the language that most of it is marked as."""
    blocks: dict[int, list[tuple[str, str]]] = {}
    for run in runs:
        if run.in_main and not run.text.isspace():
            blocks.setdefault(run.block, []).append((run.text, run.lang))
    texts = ((squeezed("".join([text for text, _ in block])), block) for block in blocks.values())
    return [(text, _most(block)) for text, block in texts if text]


def _most(block: list[tuple[str, str]]) -> str:
    first = block[0][1]
    if all(lang == first for _, lang in block):
        return first
    letters: Counter[str] = Counter()
    for text, lang in block:
        if size := len(squeezed(text)):
            letters[lang] += size
    return letters.most_common(1)[0][0]


def _is(lang: str, locale: Locale) -> bool:
    """Whether a mark names the locale's language, with or without its script and region."""
    return lang.partition("-")[0].lower() == locale.language


@lru_cache(maxsize=4096)
def _is_harmless(address: str) -> bool:
    """Whether an address is relative or of a known scheme; control characters in it count as hostile."""
    folded = _CONTROLS.sub("", address)
    scheme = _SCHEME.match(folded)
    if scheme is None:
        return True
    return scheme[1].lower() in _SCHEMES and folded == address.strip()
