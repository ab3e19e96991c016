"""Rules about words on a page that no catalog has, and about what it says of itself to machines."""

from __future__ import annotations

import json
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline.checks.expected import expected_texts
from pipeline.checks.known import WORDED, strange
from pipeline.checks.reading import ASIDE, CLOSED, Reading, joined
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.checks.squeezing import squeezed
from pipeline.model import Severity

_ORDINARY = "<p>La plupart d’entre eux"
_META = 'content="Ce que veut dire se sentir engourdi."'
_SILENT_INPUTS = frozenset({"checkbox", "color", "file", "hidden", "image", "radio", "range"})
"""Kinds of ``input`` whose ``value`` readers do not see; of no other element they do (HTML Living Standard, 4.10)."""

_ABOUT = ("description", "og:description", "twitter:description", "og:title", "twitter:title")
_SAYINGS = ("name", "headline", "description", "abstract", "text", "articleBody")
_TEXTS = ("Article", "WebPage", "Question", "Answer", "BlogPosting")
_MOST = 5


@page_rule(
    "page/text-added",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, "<p>Ces numéros ne sont plus valables.</p><p>La plupart d’entre eux"),
        Swap(_ORDINARY, '<p><img src="x.png" alt="N’appelez personne"></p><p>La plupart d’entre eux'),
        Swap("La plupart", "Plus valable :\n\nLa plupart", part="text"),
        Swap(_ORDINARY, '<input type="button" value="N’appelez personne"><p>La plupart d’entre eux'),
    ),
    passed=(
        Swap("</main>", '<input type="hidden" value="internal page"><button value="send it"></button></main>'),
        Swap("</main>", "<nav>Voir aussi</nav></main>"),
        Swap("</main>", "<p>* * * doi:10.1136/bmj.h6161, https://example.org/a, www.example.org</p></main>"),
        Swap("</main>", '<p>☎ <a href="tel:112" aria-label="Urgences: 112">112</a></p></main>'),
    ),
)
def text_added(reading: Reading) -> Iterator[Fault]:
    """The page says what is neither in the article nor among the theme's translated words nor in the registry.

    What a template says of itself is in one language, and nobody has reviewed it: "these numbers are out of date" takes
    back all that stands below it. Menus, forms and footers of the main part may say more.
    """
    advice = "Put the words into the article, or into the theme between {% trans %} and {% endtrans %}."
    shown = joined(run for run in reading.runs if run.in_main and run.hidden in ("", CLOSED) and not run.aside)
    texts = [("page", shown), ("plain text", reading.page.text)]
    for node in reading.tree.css(",".join(f"main [{name}]" for name in WORDED), names=WORDED):
        if not _is_aside(node):
            names = WORDED if _shows_value(node) else WORDED[:-1]
            texts += [(f"attribute {name}", value) for name in names if (value := node.attributes.get(name))]
    for where, text in texts:
        for added in strange(text, reading.known)[:_MOST]:
            yield Fault(f"The {where} says “{added[:60]}”, which no catalog has.", advice)


@page_rule(
    "page/metadata",
    Severity.ERROR,
    flagged=(
        Swap(_META, 'content="Une offre à saisir."'),
        Swap("</title>", '</title><meta property="og:description" content="Une offre à saisir.">'),
        Swap('"MedicalWebPage"', '"MedicalWebPage", "description": "Une offre à saisir."'),
        Swap('"MedicalWebPage"', '"MedicalWebPage", "inLanguage": "ko"'),
        Swap('"MedicalWebPage"', '"MedicalWebPage", "name": '),
        Swap(
            "</title>",
            '</title><link rel="canonical" href="/b"><link rel="alternate" hreflang="fr-FR" href="/a">',
        ),
    ),
    passed=(
        Swap("</title>", '</title><meta property="og:title" content="Se sentir engourdi">'),
        Swap('"MedicalWebPage"', '"MedicalWebPage", "inLanguage": "fr", "name": "Se sentir engourdi"'),
        Swap(
            "</title>",
            '</title><link rel="canonical" href="/a"><link rel="alternate" hreflang="fr-FR" href="/a">',
        ),
    ),
)
def metadata(reading: Reading) -> Iterator[Fault]:
    """What the page says of itself to search engines and to people who share it is not what the page says.

    Many readers see the description and nothing else. A canonical address that is another page's sends them there.
    """
    advice = "Check the head of the theme's templates."
    for _, attrs in reading.tree.tagged("meta"):
        name = (attrs.get("name") or attrs.get("property") or "").lower()
        said = attrs.get("content") or ""
        if name in _ABOUT and squeezed(said) and strange(said, reading.known):
            yield Fault(f"The page's {name} is “{said[:60]}”, which its article does not say.", advice)
    article = reading.edition.article
    wanted = "".join(expected_texts([article.description] if article.description else [], reading.edition))
    described = reading.tree.description
    if wanted and described is not None and squeezed(described) != squeezed(wanted):
        yield Fault("The page's description is not that of the article.", advice)
    for written in reading.tree.linked_data:
        try:
            data = json.loads(written)
        except (ValueError, RecursionError):
            yield Fault("The data for search engines cannot be read.", advice)
            continue
        yield from (Fault(text, advice) for text in _misstated(data, reading))
    yield from _canonical(reading)


def _misstated(data: object, reading: Reading) -> Iterator[str]:
    """What data for search engines say of the page and the page does not."""
    stack: list[object] = [data]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack += one
        elif isinstance(one, dict):
            stack += one.values()
            if not str(one.get("@type", "")).endswith(_TEXTS):
                continue
            for name in _SAYINGS:
                said = one.get(name)
                if isinstance(said, str) and strange(said, reading.known):
                    yield f"The data for search engines give as {name} “{said[:60]}”, which the article does not say."
            language = one.get("inLanguage") if one is data else None
            if isinstance(language, str) and language.partition("-")[0].lower() != reading.edition.locale.language:
                yield f"The data for search engines say that the page is in {language}."


def _canonical(reading: Reading) -> Iterator[Fault]:
    if not any((attrs.get("rel") or "").lower() == "canonical" for _, attrs in reading.tree.tagged("link")):
        return
    link = reading.tree.parsed.css_first('link[rel="canonical"]')
    own = reading.tree.parsed.css_first(f'link[rel="alternate"][hreflang="{reading.edition.locale.tag}"]')
    if link is not None and own is not None and link.attributes.get("href") != own.attributes.get("href"):
        text = f"The canonical address, {link.attributes.get('href')}, is not that of the page in this locale."
        yield Fault(text, "Name the page's own address.")


def _shows_value(node: LexborNode) -> bool:
    return node.tag == "input" and (node.attributes.get("type") or "").strip().lower() not in _SILENT_INPUTS


def _is_aside(node: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if above.tag in ASIDE:
            return True
        above = above.parent
    return False
