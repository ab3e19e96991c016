"""Damage to the theme: what one careless edit of a template or of the style sheet does to every page."""

from __future__ import annotations

from pipeline.audit.making import on_template
from pipeline.audit.operators import Operator

_ARTICLE, _BASE, _TEXT, _CARD, _STYLE = (
    "article.html.jinja",
    "base.html.jinja",
    "article.txt.jinja",
    "helplines.html.jinja",
    "style.css",
)
_BODY = "{% block body %}{{ page.body }}{% endblock %}"
_NOTICE = '<p class="notice" role="note" data-notice="demonstration">{{ words.demonstration }}</p>'
_DISPLAY = '<bdi dir="ltr" translate="no">{{ contact.display }}</bdi>'
_CSS = "*,::before,::after{box-sizing:border-box}"


def _article(id: str, kind: str, summary: str, *swaps: tuple[str, str]) -> Operator:
    return on_template(f"template/{id}", kind, _ARTICLE, *swaps, summary=summary)


def _base(id: str, kind: str, summary: str, *swaps: tuple[str, str]) -> Operator:
    return on_template(f"template/{id}", kind, _BASE, *swaps, summary=summary)


def _text(id: str, kind: str, summary: str, *swaps: tuple[str, str]) -> Operator:
    return on_template(f"template/{id}", kind, _TEXT, *swaps, summary=summary)


def _card(id: str, kind: str, summary: str, *swaps: tuple[str, str]) -> Operator:
    return on_template(f"template/{id}", kind, _CARD, *swaps, summary=summary)


def _style(id: str, summary: str, rule: str) -> Operator:
    return on_template(f"style/{id}", "hidden", _STYLE, (_CSS, f"{_CSS}\n{rule}"), summary=summary)


OPERATORS = (
    _article("body-omitted", "omitted unit", "The article's body is left out.", (_BODY, "")),
    _article(
        "one-locale-only",
        "omitted unit",
        "The body is shown in one locale only.",
        (_BODY, '{% if locale.tag == "ko-KR" %}{{ page.body }}{% endif %}'),
    ),
    _article("body-twice", "duplicate or contradiction", "The body stands twice.", (_BODY, _BODY + "{{ page.body }}")),
    _article("escaped-twice", "damaged text", "Tags of the body are shown.", (_BODY, "{{ page.body | forceescape }}")),
    _article(
        "tags-stripped",
        "not a link",
        "The body loses its tags, and so its links.",
        (_BODY, "{{ page.body | striptags }}"),
    ),
    _article(
        "body-cut",
        "clipped",
        "The body is cut at a length.",
        (_BODY, "{{ page.body[:(page.body | length) * 2 // 3] }}"),
    ),
    _article("body-in-template", "hidden", "The body stands in <template>.", (_BODY, f"<template>{_BODY}</template>")),
    _article("body-in-noscript", "hidden", "The body stands in <noscript>.", (_BODY, f"<noscript>{_BODY}</noscript>")),
    _article(
        "body-in-details",
        "hidden",
        "The body stands in a closed <details>.",
        (_BODY, f"<details><summary>+</summary>{_BODY}</details>"),
    ),
    _article(
        "body-hidden",
        "hidden",
        "The body has the attribute hidden.",
        ('<div class="body">', '<div class="body" hidden>'),
    ),
    _article(
        "body-aria-hidden",
        "hidden",
        "Screen readers are told to skip the body.",
        ('<div class="body">', '<div class="body" aria-hidden="true">'),
    ),
    _article("body-inert", "hidden", "The body is inert.", ('<div class="body">', '<div class="body" inert>')),
    _article("body-commented", "hidden", "The body stands in a comment.", (_BODY, f"<!-- {_BODY} -->")),
    _article(
        "body-wrong-language",
        "wrong language mark",
        "The body is marked as being in another language.",
        ('<div class="body">', '<div class="body" lang="ko">'),
    ),
    _article(
        "heading-omitted",
        "omitted unit",
        "The heading is left out.",
        ("<h1{{ page.title_lang }}>{{ page.title }}</h1>", ""),
    ),
    _article(
        "phone-in-data",
        "wrong service",
        "The data for search engines have a number of their own.",
        ("{{ page.linked_data | tojson }}", '{{ dict(page.linked_data, telephone="+1-800-555-0199") | tojson }}'),
    ),
    _article(
        "phone-in-description",
        "wrong service",
        "The description has a number of its own.",
        ('content="{{ page.description_text }}">', 'content="{{ page.description_text }} ☎ 1-800-555-0199">'),
    ),
    _article(
        "phone-in-alt",
        "wrong service",
        "A picture's text has a number of its own.",
        (_BODY, _BODY + '<img src="../../assets/x.svg" alt="☎ 1-800-555-0199">'),
    ),
    _article("script-added", "damaged text", "A script stands in the article.", (_BODY, _BODY + "<script>0</script>")),
    _article(
        "frame-added",
        "damaged text",
        "A foreign frame stands in the article.",
        (_BODY, _BODY + '<iframe src="//x.example"></iframe>'),
    ),
    _article(
        "variable-unknown", "damaged text", "The template uses a value that does not exist.", (_BODY, "{{ page.bodi }}")
    ),
    _base(
        "language-lost", "wrong language mark", "The page does not say its language.", ('lang="{{ locale.tag }}" ', "")
    ),
    _base(
        "language-fixed",
        "wrong language mark",
        "The page always says that it is in Korean.",
        ('lang="{{ locale.tag }}"', 'lang="ko"'),
    ),
    _base(
        "direction-wrong",
        "wrong language mark",
        "The page has the other direction.",
        ('dir="{{ locale.direction }}"', "dir=\"{{ 'ltr' if locale.direction == 'rtl' else 'rtl' }}\""),
    ),
    _base("notice-omitted", "omitted unit", "The notice of the demonstration is left out.", (_NOTICE, "")),
    _base(
        "notice-outside",
        "outside the main text",
        "The notice of the demonstration stands in the footer.",
        (_NOTICE, ""),
        ("{% block footer %}", "{% block footer %}" + _NOTICE),
    ),
    _base(
        "main-lost",
        "outside the main text",
        "There is no main part.",
        ('<main id="main" tabindex="-1">', '<div id="main">'),
        ("</main>", "</div>"),
    ),
    _base(
        "body-in-footer",
        "outside the main text",
        "The article stands in the footer.",
        ("{% block main %}{% endblock %}\n</main>", "</main><footer>{% block main %}{% endblock %}</footer>"),
    ),
    _base(
        "title-lost",
        "omitted unit",
        "The title is the site's only.",
        ("{% block title %}{{ site.title }}{% endblock %}", "{{ site.title }}"),
    ),
    _base("handler-added", "damaged text", "An attribute runs code.", ("<body>", '<body onload="x()">')),
    _base(
        "refresh-added",
        "damaged text",
        "The page leads elsewhere by itself.",
        (
            '<meta charset="utf-8">',
            '<meta charset="utf-8"><meta http-equiv="refresh" content="5;url=https://x.example">',
        ),
    ),
    _text("body-omitted-text", "omitted unit", "The plain text lacks the body.", ("{{ page.body }}\n", "\n")),
    _text(
        "body-cut-text",
        "clipped",
        "The plain text is cut at a length.",
        ("{{ page.body }}", "{{ page.body[:(page.body | length) * 2 // 3] }}"),
    ),
    _text(
        "body-twice-text",
        "duplicate or contradiction",
        "The plain text has the body twice.",
        ("{{ page.body }}", "{{ page.body }}\n{{ page.body }}"),
    ),
    _text(
        "notice-omitted-text",
        "omitted unit",
        "The plain text lacks the notice.",
        ("{{ words.demonstration | wrap }}", ""),
    ),
    _text(
        "digits-lost-text",
        "wrong digit",
        "A filter of the plain text takes dashes and digits away.",
        ("{{ page.body }}", '{{ page.body | replace("1", "") }}'),
    ),
    _text(
        "rewrapped-text",
        "clipped",
        "The plain text is wrapped at two characters, through numbers.",
        ("{{ page.body }}", "{{ page.body | wordwrap(2, true) }}"),
    ),
    _card(
        "card-number-cut",
        "clipped",
        "The card of helplines shows the start of a number.",
        (_DISPLAY, '<bdi dir="ltr" translate="no">{{ contact.display[:2] }}…</bdi>'),
    ),
    _card(
        "card-link-fixed",
        "link and text differ",
        "Every number of the card dials the same.",
        ('href="{{ contact.href }}"', 'href="tel:110"'),
    ),
    _card(
        "card-number-free",
        "wrong service",
        "The card has a number of its own.",
        (_DISPLAY, _DISPLAY + " / 1-800-555-0199"),
    ),
    _card(
        "card-number-reversed",
        "wrong digit",
        "The card shows numbers in reverse, as some do for Arabic.",
        ("{{ contact.display }}", "{{ contact.display | reverse }}"),
    ),
    _card(
        "card-name-fixed",
        "wrong service",
        "Every line of the card has the name of one.",
        ("{{ line.name }}</bdi>", "+A</bdi>"),
    ),
    _card(
        "card-name-hidden",
        "hidden",
        "The names on the card are hidden.",
        ("<h3><bdi", "<h3 hidden><bdi"),
    ),
    _card(
        "card-contact-omitted",
        "omitted unit",
        "The card leaves out the first contact of a line.",
        ("{% for contact in line.contacts %}", "{% for contact in line.contacts[1:] %}"),
    ),
    _text(
        "card-text-omitted",
        "omitted unit",
        "The plain text has no card of helplines.",
        ("{% if page.helplines %}", "{% if false %}"),
    ),
    _text(
        "card-text-name",
        "wrong service",
        "The card of the plain text has the names of other lines.",
        ("{{ line.name | isolate | wrap }}", "{{ page.helplines[0].name | isolate | wrap }}"),
    ),
    _style("card-hidden", "The style sheet hides the contacts of the card.", ".contact{display:none}"),
    _style("display-none", "The style sheet hides safety text.", "[data-safety]{display:none}"),
    _style("visibility", "The style sheet makes the body invisible.", ".body{visibility:hidden}"),
    _style("transparent", "The style sheet makes safety text transparent.", "[data-safety]{opacity:0}"),
    _style("print", "Safety text is not printed.", "@media print{[data-safety]{display:none}}"),
    _style(
        "small-screens",
        "Safety text is not shown on small screens.",
        "@media (max-width:30rem){[data-safety]{display:none!important}}",
    ),
    _style(
        "dark",
        "Safety text is not shown in the dark scheme.",
        "@media (prefers-color-scheme:dark){.body p{color:transparent}}",
    ),
    _style("off-screen", "Safety text stands off the screen.", "[data-safety]{position:absolute;left:-9999px}"),
    _style("zero-size", "Safety text has the size zero.", "[data-safety]{font-size:0}"),
    _style("no-height", "Safety text is clipped to no height.", "[data-safety]{max-height:0;overflow:hidden}"),
    _style("clipped", "Safety text is clipped away.", "[data-safety]{clip-path:inset(50%)}"),
    _style("scaled", "Safety text is scaled to nothing.", "[data-safety]{transform:scale(0)}"),
    _style("blurred", "Safety text is blurred.", "[data-safety]{filter:blur(8px)}"),
    _style("links-hidden", "The numbers are not shown.", "[data-safety] a{display:none}"),
    _style("same-colour", "Safety text has the colour of its ground.", "[data-safety]{color:#fff;background:#fff}"),
    _style(
        "variable-colour",
        "Safety text has the colour of its ground, through variables.",
        "[data-safety]{color:var(--paper);background:var(--paper)}",
    ),
    _style(
        "other-content", "The style sheet shows a number of its own.", '[data-safety]::after{content:"1-800-555-0199"}'
    ),
    _style(
        "replaced", "The style sheet puts a picture in the place of safety text.", "[data-safety]{content:url(x.svg)}"
    ),
    _style(
        "reversed",
        "The style sheet turns the order of the paragraphs around.",
        ".body{display:flex;flex-direction:column-reverse}",
    ),
    _style("ordered", "The style sheet puts safety text elsewhere.", ".body{display:grid}[data-safety]{order:-1}"),
    _style(
        "digits-turned",
        "The style sheet forces the direction of numbers.",
        ".phone bdi{direction:rtl;unicode-bidi:bidi-override}",
    ),
    _style(
        "line-clamp",
        "The style sheet cuts safety text after one line.",
        "[data-safety]{display:-webkit-box;-webkit-line-clamp:1;overflow:hidden}",
    ),
    _style(
        "ellipsis",
        "The style sheet cuts safety text at the end of a line.",
        "[data-safety]{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}",
    ),
    _style(
        "covered", "The style sheet puts safety text behind the page.", "[data-safety]{position:relative;z-index:-1}"
    ),
)
"""Every one is a single careless edit."""
