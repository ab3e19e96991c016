"""A body as short text, to compare with."""

from __future__ import annotations

from pipeline.model import Element, Node, Raw, Segment, Text


def outline(nodes: tuple[Node, ...]) -> str:
    """A body as short HTML-like text, segments in brackets."""
    parts = []
    for node in nodes:
        match node:
            case Element(tag=tag, children=children):
                attrs = "".join(f" {name}={_value(value)}" for name, value in node.attrs)
                inside = outline(children)
                parts.append(f"<{tag}{attrs}>{inside}</{tag}>" if inside else f"<{tag}{attrs}>")
            case Segment():
                parts.append(f"[{node.key.source}]")
            case Text(value=value):
                parts.append(value)
            case Raw(html=html):
                parts.append(f"raw:{html}")
    return "".join(parts)


def _value(value: str | Segment) -> str:
    return value if isinstance(value, str) else f"[{value.key.source}]"
