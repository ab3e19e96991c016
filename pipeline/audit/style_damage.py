"""Damage by the style sheet of a finished page: text that is there for a program and for no reader, or is another."""

from __future__ import annotations

from dataclasses import replace

from pipeline.audit.making import on_html
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject
from pipeline.model import Page

_SAFETY = "[data-safety]"
_COVER = '<div class="cover"></div></main>'


def _sheet(id: str, kind: str, summary: str, rules: str, old: str = "", new: str = "") -> Operator:
    """An operator that ends the page's style sheet with rules, and replaces a snippet of the page if one is given."""

    def restyled(page: Page, _: Subject) -> str:
        html = page.html.replace("</style>", f"{rules}</style>", 1)
        return html.replace(old, new, 1) if old else html

    return replace(on_html(f"sheet/{id}", kind)(restyled), summary=summary)


def _safety(id: str, summary: str, declarations: str, kind: str = "hidden") -> Operator:
    return _sheet(id, kind, summary, f"{_SAFETY}{{{declarations}}}")


OPERATORS = (
    _sheet(
        "nested",
        "hidden",
        "A nested rule stands behind the declaration that hides.",
        f"{_SAFETY}{{display:none;&:hover{{color:red}}}}",
    ),
    _safety("escaped", "The declaration that hides is written with escapes.", r"d\69splay:n\6f ne"),
    _sheet(
        "variable", "hidden", "A variable hides safety text.", f":root{{--gone:none}}{_SAFETY}{{display:var(--gone)}}"
    ),
    _safety("fallback", "The fallback of a variable hides safety text.", "display:var(--nowhere,none)"),
    _sheet(
        "animation",
        "hidden",
        "An animation fades safety text away.",
        f"@keyframes away{{to{{opacity:0}}}}{_SAFETY}{{animation:away 0s forwards}}",
    ),
    _sheet("layer", "hidden", "A layer hides safety text.", f"@layer a{{{_SAFETY}{{display:none!important}}}}"),
    _sheet(
        "container",
        "hidden",
        "Safety text is hidden in narrow containers.",
        f"@container (width<500px){{{_SAFETY}{{display:none}}}}",
    ),
    _sheet(
        "supported",
        "hidden",
        "Safety text is hidden in newer browsers.",
        f"@supports (display:grid){{{_SAFETY}{{display:none}}}}",
    ),
    _sheet("has-number", "hidden", "Paragraphs with a number are hidden.", "p:has(a.phone){display:none}"),
    _safety("no-alpha", "The colour of safety text lets everything through.", "color:rgb(0 0 0 / 0%)"),
    _safety(
        "paper",
        "Safety text has the colour of the paper and no ground of its own.",
        "background:var(--paper);color:var(--paper)",
    ),
    _safety("nearly-paper", "Safety text has nearly the colour of its ground.", "background:#fff;color:#f0f0f0"),
    _sheet(
        "dark-ground",
        "hidden",
        "In the dark scheme, safety text has the colour of its ground.",
        f"@media (prefers-color-scheme:dark){{{_SAFETY}{{background:#111;color:#141414}}}}",
    ),
    _safety("tiny", "Safety text is tiny.", "font-size:.05em"),
    _safety("font-shorthand", "Safety text has the size zero by the shorthand.", "font:0/0 a"),
    _safety("letters-piled", "Letters of safety text are piled up.", "letter-spacing:-1em"),
    _safety("lines-piled", "Lines of safety text are piled up.", "line-height:0"),
    _safety("struck-out", "Safety text is struck out.", "text-decoration:line-through", "duplicate or contradiction"),
    _safety("discs", "Safety text is drawn as discs, like a password.", "-webkit-text-security:disc"),
    _safety("masked", "Safety text is masked away.", "-webkit-mask-image:linear-gradient(#0000,#0000)"),
    _safety("low", "Safety text is cut after two pixels.", "height:2px;overflow:hidden", "clipped"),
    _safety(
        "calculated",
        "Safety text is cut at a height that is worked out.",
        "height:calc(1px * 0);overflow:clip",
        "clipped",
    ),
    _safety("one-line", "Safety text is cut after a line.", "max-height:1.4em;overflow:hidden", "clipped"),
    _sheet("body-cut", "clipped", "The body is cut at a height.", ".body{height:30rem;overflow:hidden}"),
    _safety("to-the-right", "Safety text stands far to the right.", "position:relative;left:9999px"),
    _safety("margin", "A margin pushes safety text off the screen.", "margin-left:9999px"),
    _safety("moved", "Safety text is moved off the screen.", "translate:-200vw"),
    _safety("matrix", "A matrix makes safety text nothing.", "transform:matrix(0,0,0,0,0,0)"),
    _safety("upside-down", "Safety text is upside down.", "transform:rotate(180deg)", "reading order"),
    _safety("mirrored", "Safety text is mirrored.", "scale:-1 1", "reading order"),
    _safety("faded", "A filter takes the contrast of safety text away.", "filter:contrast(0)"),
    _safety(
        "out-of-place",
        "Safety text stands on top of the page's other text.",
        "position:absolute;top:0",
        "reading order",
    ),
    _sheet(
        "grid-row",
        "reading order",
        "A grid puts safety text elsewhere.",
        ".body{display:grid}[data-safety]{grid-row:1}",
    ),
    _sheet(
        "wrap-reversed",
        "reading order",
        "Lines of blocks are stacked from below.",
        ".body{display:flex;flex-wrap:wrap-reverse}",
    ),
    _sheet("number-turned", "reading order", "The direction of numbers is turned.", ".phone bdi{direction:rtl}"),
    _safety("text-turned", "The direction of safety text is turned.", "direction:rtl;direction:ltr", "reading order"),
    _sheet(
        "covered",
        "hidden",
        "A box lies over the whole page.",
        ".cover{position:fixed;top:0;left:0;width:100vw;height:100vh;background:#fff}",
        "</main>",
        _COVER,
    ),
    _sheet(
        "covered-by-nothing",
        "hidden",
        "An empty box, made by the style, lies over the main part.",
        "main::before{content:'';position:absolute;inset:0;background:#fff}",
    ),
    _sheet("digit-added", "wrong digit", "The style adds a digit to every number.", ".phone bdi::after{content:'9'}"),
    _safety(
        "list-digit",
        "The style puts a digit before safety text, as a list does.",
        "display:list-item;list-style:'9 ' inside",
        "wrong digit",
    ),
    _sheet(
        "words-added",
        "negation or modality",
        "The style adds words before safety text.",
        f"{_SAFETY}::before{{content:'Not: '}}",
    ),
    _sheet(
        "words-by-attribute",
        "negation or modality",
        "The style adds words from an attribute.",
        f"{_SAFETY}::before{{content:attr(data-x)}}",
        "<p data-safety=",
        '<p data-x="Not: " data-safety=',
    ),
    _sheet(
        "first-letter",
        "clipped",
        "The first letter of safety text is not shown.",
        f"{_SAFETY}::first-letter{{font-size:0}}",
    ),
    _sheet(
        "digit-font",
        "wrong digit",
        "Digits are drawn in a font of their own.",
        f"@font-face{{font-family:D;src:url(d.woff2);unicode-range:U+30-39}}{_SAFETY}{{font-family:D}}",
    ),
    _safety("fractions", "Digits are drawn as fractions.", "font-feature-settings:'frac'", "wrong digit"),
    _sheet(
        "where",
        "hidden",
        "A selector that begins with :where() hides safety text.",
        f":where(body) {_SAFETY}{{display:none}}",
    ),
    _safety(
        "one-line-wide", "Safety text is one line, cut at its end.", "white-space:nowrap;overflow:hidden", "clipped"
    ),
    _safety(
        "along-a-path", "Safety text stands at the end of a path off the screen.", "offset-path:path('M0 0L-9000 0')"
    ),
    _safety("wide-digits", "Digits are drawn full-width.", "text-transform:full-width", "digits of another script"),
    _sheet(
        "quotation-digit",
        "wrong digit",
        "The quotation mark that the style puts before safety text is a digit.",
        f"{_SAFETY}{{quotes:'9' '9'}}{_SAFETY}::before{{content:open-quote}}",
    ),
    _safety("hyphen-digit", "The hyphen at the end of a line is a digit.", "hyphenate-character:'7'", "wrong digit"),
    _sheet("not-copied", "not a link", "Numbers cannot be selected and copied.", ".phone{user-select:none}"),
    _sheet("inert", "not a link", "Links in the main part do not react.", "main{interactivity:inert}"),
    _sheet("untouchable", "not a link", "Numbers do not react to a finger.", ".phone{pointer-events:none}"),
    _sheet(
        "imported",
        "hidden",
        "The style sheet asks for another one.",
        "",
        "<style>",
        "<style>@import url(https://x.example/a.css);",
    ),
    _sheet(
        "linked",
        "hidden",
        "The page asks for a style sheet of somebody else's.",
        "",
        "</head>",
        '<link rel="stylesheet" href="https://x.example/a.css"></head>',
    ),
    _sheet(
        "in-the-text",
        "hidden",
        "A style sheet in the text hides safety text.",
        "",
        "</main>",
        f"<style>{_SAFETY}{{display:none}}</style></main>",
    ),
    _sheet(
        "inline-escaped",
        "hidden",
        "The style of the block is written with escapes.",
        "",
        "<p data-safety=",
        r'<p style="dis\70lay:none" data-safety=',
    ),
)
"""Each adds a few declarations, as a careless or a hostile hand might."""
