"""What the reader knows of HTML's elements, from the HTML Living Standard."""

from __future__ import annotations

_BLOCKS = """
    address article aside audio blockquote body button caption center col colgroup datalist dd details dialog dir
    div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr iframe input
    legend li main menu meter nav noframes noscript object ol optgroup option output p pre progress search section
    select summary table tbody td textarea tfoot th thead tr track ul video
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that no run of text goes through: blocks, and form and media elements that stand by themselves."""

RAW = frozenset({"script", "style", "template", "link", "meta", "base"})
"""Elements that hold no text for readers, kept as they are."""

VERBATIM = frozenset({"pre", "textarea", "math"})
"""Elements whose text is kept as it is, white space too, and not translated."""

SWALLOWING = frozenset({"iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"})
"""Elements that take everything up to their end tag for characters, and the whole page where they have none."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

KINDS = {
    "p": "paragraph",
    "li": "list item",
    "td": "table cell",
    "th": "table heading",
    "dt": "term",
    "dd": "definition",
    "caption": "table caption",
    "figcaption": "caption",
    "summary": "summary",
    "blockquote": "quotation",
    "button": "button",
    "option": "option",
    "legend": "legend",
    "label": "label",
    **{tag: f"heading {level}" for tag, level in HEADINGS.items()},
}
"""What translators are told of a text, by the element that it stands in."""

ATTRIBUTES = {
    "alt": "alt text",
    "title": "tooltip",
    "placeholder": "placeholder",
    "summary": "table summary",
    "aria-label": "label for screen readers",
    "aria-description": "description for screen readers",
    "aria-placeholder": "placeholder for screen readers",
    "aria-roledescription": "role for screen readers",
    "aria-valuetext": "value for screen readers",
    "aria-braillelabel": "label for braille",
    "aria-brailleroledescription": "role for braille",
}
"""Attributes that a person reads or hears, on any element."""

OWN_ATTRIBUTES = {
    ("track", "label"): "label of a text track",
    ("option", "label"): "option",
    ("optgroup", "label"): "group of options",
    ("th", "abbr"): "short table heading",
}
"""Such attributes of one element only."""

COMPONENT_ATTRIBUTES = frozenset({"caption", "description", "heading", "label", "subtitle", "text", "tooltip"})
"""Attributes that a person reads where a site generator's component has them: ``<Tab label="Adults">``."""

_OTHERS = """
    a abbr acronym applet area b base basefont bdi bdo big br canvas cite code data del dfn em embed font head html i
    img ins kbd link map mark math meta noembed nobr object param picture plaintext q rb rp rt rtc ruby s samp slot
    script small source span strike strong style sub sup svg template time title tt u var wbr xmp
"""
ELEMENTS = BLOCKS | frozenset(_OTHERS.split())
"""The elements of HTML; any other is a component."""

BUTTON_TYPES = frozenset({"button", "submit", "reset"})
"""Inputs whose ``value`` is their caption."""


def attribute_kind(tag: str, name: str, attrs: dict[str, str | None]) -> str:
    """What translators are told of an attribute's text; empty where it is no text for people."""
    if tag == "input" and name == "value" and (attrs.get("type") or "").lower() in BUTTON_TYPES:
        return "button"
    if name in COMPONENT_ATTRIBUTES and tag not in ELEMENTS and not (attrs[name] or "").startswith("{"):
        return f"{name} of a component"
    return OWN_ATTRIBUTES.get((tag, name)) or ATTRIBUTES.get(name, "")
