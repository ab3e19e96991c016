"""Variations of finished pages and of the theme that a reader does not notice, or may like."""

from __future__ import annotations

import re

from pipeline import helplines
from pipeline.audit.making import on_html, on_template, on_text
from pipeline.audit.operators import BENIGN, Operator
from pipeline.audit.subject import Subject
from pipeline.model import Page

_BLOCK = re.compile(r'<p data-safety="([a-z-]+)"[^>]*>.*?</p>', re.DOTALL)


@on_html("html/attribute-order", BENIGN)
def attribute_order(page: Page, _: Subject) -> str | None:
    """Attributes stand in another order."""
    return re.sub(r'<a class="phone" (href="[^"]*")>', r'<a \1 class="phone">', page.html)


@on_html("html/class-added", BENIGN)
def class_added(page: Page, _: Subject) -> str | None:
    """Safety blocks get a class."""
    return page.html.replace("<p data-safety=", '<p class="callout" data-safety=')


@on_html("html/minified", BENIGN)
def minified(page: Page, _: Subject) -> str | None:
    """There are no line breaks."""
    return re.sub(r"\n+", " ", page.html)


@on_html("html/indented", BENIGN)
def indented(page: Page, _: Subject) -> str | None:
    """Blocks stand on lines of their own, indented."""
    return page.html.replace("<p data-safety", "\n\n      <p data-safety").replace("<h2", "\n   <h2")


@on_html("html/crlf", BENIGN)
def crlf(page: Page, _: Subject) -> str | None:
    """Lines end as on Windows."""
    return page.html.replace("\n", "\r\n")


@on_html("html/section", BENIGN)
def section(page: Page, _: Subject) -> str | None:
    """Each safety block stands in a section."""
    return _BLOCK.sub(r"<section>\g<0></section>", page.html)


@on_html("html/aside", BENIGN)
def aside(page: Page, _: Subject) -> str | None:
    """Each safety block stands in an aside."""
    return _BLOCK.sub(r'<aside class="card">\g<0></aside>', page.html)


@on_html("html/note", BENIGN)
def note(page: Page, _: Subject) -> str | None:
    """Each safety block stands in a division with the role of a note."""
    return _BLOCK.sub(r'<div role="note">\g<0></div>', page.html)


@on_html("html/open-details", BENIGN)
def open_details(page: Page, _: Subject) -> str | None:
    """Each safety block stands in an open <details>."""
    return _BLOCK.sub(r"<details open><summary>☎</summary>\g<0></details>", page.html)


@on_html("html/heading-level", BENIGN)
def heading_level(page: Page, _: Subject) -> str | None:
    """Headings are a level lower."""
    return page.html.replace("<h3", "<h4").replace("</h3>", "</h4>").replace("<h2", "<h3").replace("</h2>", "</h3>")


@on_html("html/span-for-bdi", BENIGN)
def span_for_bdi(page: Page, _: Subject) -> str | None:
    """Numbers are isolated by a span with a direction."""
    return re.sub(
        r'<bdi dir="ltr" translate="no">([^<]*)</bdi>', r'<span dir="ltr" translate="no">\1</span>', page.html
    )


@on_html("html/balanced-isolates", BENIGN)
def balanced_isolates(page: Page, _: Subject) -> str | None:
    """Numbers stand in isolating characters, too."""
    return re.sub(r'(<bdi dir="ltr" translate="no">)([^<]*)(</bdi>)', "\\1\u2066\\2\u2069\\3", page.html)


@on_html("html/phone-context", BENIGN)
def phone_context(page: Page, subject: Subject) -> str | None:
    """Short numbers say in which country they are to be dialled."""
    code = helplines.calling_code(subject.edition.locale.region)
    return re.sub(r'href="tel:(\d{3})"', rf'href="tel:\1;phone-context={code}"', page.html)


@on_html("html/comment", BENIGN)
def comment(page: Page, _: Subject) -> str | None:
    """A comment stands in the page."""
    return page.html.replace("<main", "<!-- built in 2026 -->\n<main", 1)


@on_html("html/character-references", BENIGN)
def character_references(page: Page, _: Subject) -> str | None:
    """Letters outside ASCII are written as references."""
    head, body = page.html.split("<body>")
    return f"{head}<body>" + "".join(char if ord(char) < 128 else f"&#{ord(char)};" for char in body)


@on_html("html/footer", BENIGN)
def footer(page: Page, _: Subject) -> str | None:
    """A footer has years, an address and an identifier."""
    text = "© 2019–2026 · 20857-0001 · doi:10.1136/bmj.h6161 · ISBN 978-3-16-148410-0"
    return page.html.replace("</body>", f"<footer><p>{text}</p></footer></body>", 1)


@on_html("html/navigation-not-printed", BENIGN)
def navigation_not_printed(page: Page, _: Subject) -> str | None:
    """Navigation is not printed."""
    return page.html.replace("</style>", "@media print{nav,footer,.languages{display:none}}</style>", 1)


@on_html("html/vertical", BENIGN)
def vertical(page: Page, _: Subject) -> str | None:
    """The page is set in vertical lines."""
    return page.html.replace("</style>", "main{writing-mode:vertical-rl}</style>", 1)


@on_html("html/coloured", BENIGN)
def coloured(page: Page, _: Subject) -> str | None:
    """Safety text has colours of its own, with contrast."""
    return page.html.replace("</style>", "[data-safety]{color:#7a1c00;background:#fff7f0;border:2px solid}</style>", 1)


@on_html("html/registry-number-added", BENIGN)
def registry_number(page: Page, _: Subject) -> str | None:
    """A number of the registry stands in the page once more."""
    found = re.search(r'<a class="phone".*?</a>', page.html)
    return page.html.replace("</main>", f"<p>{found[0]}</p></main>", 1) if found else None


@on_html("html/number-emphasised", BENIGN)
def number_emphasised(page: Page, _: Subject) -> str | None:
    """Numbers are emphasised."""
    return re.sub(r'(<a class="phone".*?</a>)', r"<strong>\1</strong>", page.html)


@on_html("html/section-language", BENIGN)
def section_language(page: Page, subject: Subject) -> str | None:
    """Each safety block says its language."""
    tag = subject.edition.locale.tag
    return page.html.replace("<p data-safety=", f'<p lang="{tag}" data-safety=')


@on_html("html/picture", BENIGN)
def picture(page: Page, _: Subject) -> str | None:
    """A picture without words stands beside safety text."""
    return page.html.replace("</main>", '<img src="../../assets/x.svg" alt="" width="120" height="40"></main>', 1)


@on_text("plain/first-strong", BENIGN)
def first_strong(page: Page, _: Subject) -> str | None:
    """Numbers stand in first-strong isolates."""
    return page.text.replace("\u2066", "\u2068")


@on_text("plain/unwrapped", BENIGN)
def unwrapped(page: Page, _: Subject) -> str | None:
    """Lines are not wrapped, where words have spaces between them."""
    if not _.edition.locale.spaced:
        return None
    return re.sub(r"(?<=[^\n=~-])\n(?=[^\n=~*-])", " ", page.text)


@on_text("plain/crlf", BENIGN)
def text_crlf(page: Page, _: Subject) -> str | None:
    """Lines end as on Windows."""
    return page.text.replace("\n", "\r\n")


@on_text("plain/indented", BENIGN)
def text_indented(page: Page, _: Subject) -> str | None:
    """Every line is indented."""
    return re.sub(r"(?m)^(?=.)", "    ", page.text)


@on_text("plain/other-rules", BENIGN)
def other_rules(page: Page, _: Subject) -> str | None:
    """Safety text stands between lines of another character."""
    return re.sub(r"(?m)^={20,}$", "*" * 40, page.text)


@on_text("plain/footer", BENIGN)
def text_footer(page: Page, _: Subject) -> str | None:
    """A footer has years and an identifier."""
    return f"{page.text}\n© 2019–2026 · doi:10.1136/bmj.h6161 · 24/7\n"


@on_text("plain/blank-lines", BENIGN)
def text_blank_lines(page: Page, _: Subject) -> str | None:
    """Paragraphs stand further apart."""
    return page.text.replace("\n\n", "\n\n\n")


def _theme(id: str, name: str, summary: str, *swaps: tuple[str, str]) -> Operator:
    return on_template(f"theme/{id}", BENIGN, name, *swaps, summary=summary)


_BODY = "{% block body %}{{ page.body }}{% endblock %}"
_CARD = '{% if page.helplines and not page.urgent %}{{ card(page.helplines, "helplines") }}{% endif %}'
_CARD_AGAIN = '{% if page.helplines %}{{ card(page.helplines, "helplines-again") }}{% endif %}'
_CSS = "*,::before,::after{box-sizing:border-box}"

OPERATORS = (
    *(value for value in list(globals().values()) if isinstance(value, Operator)),
    _theme("wrapper", "article.html.jinja", "The body stands in one more element.", (_BODY, f"<div>{_BODY}</div>")),
    _theme(
        "box-last",
        "article.html.jinja",
        "The card of helplines stands below the article only.",
        (_CARD, ""),
    ),
    _theme(
        "box-omitted",
        "article.html.jinja",
        "There is no card of helplines.",
        (_CARD, ""),
        (_CARD_AGAIN, ""),
    ),
    _theme(
        "footer",
        "base.html.jinja",
        "There is a footer.",
        ("{% block footer %}", "{% block footer %}<footer>© 2026</footer>"),
    ),
    _theme(
        "title-first",
        "base.html.jinja",
        "The site's name stands first in the title.",
        ("<title>", "<title>{{ site.title }} · "),
    ),
    _theme("colours", "style.css", "Colours are others.", ("--ink:#1d2a30", "--ink:#101010")),
    _theme("large", "style.css", "Safety text is larger.", (_CSS, _CSS + "[data-safety]{font-size:1.2em;padding:1em}")),
    _theme(
        "columns", "style.css", "The page has two columns.", (_CSS, _CSS + "@media (min-width:80rem){.body{columns:2}}")
    ),
    _theme("print", "style.css", "Pictures are not printed.", (_CSS, _CSS + "@media print{img,nav{display:none}}")),
    _theme(
        "no-links",
        "article.txt.jinja",
        "The plain text has no list of links.",
        ("{% if page.links %}", "{% if false %}"),
    ),
)
"""All of the above, in their order, and edits of the theme."""
