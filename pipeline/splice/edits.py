"""Where a localized article differs from its source, and how each difference can be written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline import inline, readers
from pipeline.model import Article, Element, Node, Segment, Variable
from pipeline.readers import frontmatter
from pipeline.splice import tags, writing
from pipeline.splice.writing import Style

_LAYOUT = re.compile(rb"[ \t]*(?:\r?\n[ \t>]*)+\Z")
_MARKDOWN_TAGS = ("a", "code", "del", "em", "img", "strong")


@dataclass(frozen=True, slots=True)
class Edit:
    """Segments that share one piece of the source: a run of text, or the attributes of one tag."""

    pairs: tuple[tuple[Segment, Segment], ...]
    """Source and target."""

    span: tuple[int, int]
    texts: tuple[Callable[[], bytes], ...]
    """What may stand there instead, the best first, each made when it is needed."""


def edits(data: bytes, source: Article, localized: Article) -> Iterator[Edit]:
    """The differences in the order of the file's tree; ``localized`` has the blocks of ``source``."""
    yield from _Finder(data, source).find(source, localized)


class _Finder:
    def __init__(self, data: bytes, source: Article) -> None:
        self.data = data
        self.is_markdown = readers.is_markdown(source.path)
        text = data.decode()
        self.body = len(text[: frontmatter.split(text, source.path).end].encode())
        self.is_toml = text.removeprefix("\ufeff").startswith("+++")

    def find(self, source: Article, localized: Article) -> Iterator[Edit]:
        if source.title.span != (0, 0):
            yield from self._run(source.title, localized.title)
        if source.description and localized.description:
            yield from self._run(source.description, localized.description)
        for old, new in zip(source.fields, localized.fields, strict=True):
            yield from self._run(old, new)
        yield from self._nodes(source.body, localized.body)
        yield from self._nodes(source.head, localized.head)

    def _nodes(self, old: tuple[Node, ...], new: tuple[Node, ...]) -> Iterator[Edit]:
        for before, after in zip(old, new, strict=True):
            if isinstance(before, Segment) and isinstance(after, Segment):
                yield from self._run(before, after)
            elif isinstance(before, Element) and isinstance(after, Element):
                yield from self._attributes(before, after)
                yield from self._nodes(before.children, after.children)

    def _run(self, old: Segment, new: Segment) -> Iterator[Edit]:
        if old.content == new.content:
            return
        if _own(old.content) == _own(new.content):
            yield from self._nodes(old.content, new.content)
            return
        span = self._span(old)
        source = self._text(span)
        yield Edit(
            ((old, new),), span, tuple(_made(style, source, old, new) for style in self._styles(source, span, old))
        )

    def _span(self, old: Segment) -> tuple[int, int]:
        """Without the line end before a block inside, but with what the parser leaves out of the text.

        That is a backslash before the first character, and a variable at the end of a heading.
        """
        start, end = old.span
        if self.is_markdown and start >= self.body:
            before = self.data[:start]
            slashes = len(before) - len(before.rstrip(b"\\"))
            start -= slashes % 2
            last = old.content[-1] if old.content else None
            rest = self.data[end : end + 200]
            tail = rb"[ \t]*\{" + last.name.encode() + rb"\}" if isinstance(last, Variable) else rb"(?!)"
            found = re.match(tail, rest)
            end += found.end() if found else 0
            layout = _LAYOUT.search(self.data, start, end)
            end = layout.start() if layout else end
        return start, end

    def _styles(self, source: str, span: tuple[int, int], old: Segment) -> tuple[Style, ...]:
        if span[0] == span[1]:
            return ()
        if span[0] < self.body:
            return (writing.toml,) if self.is_toml else (writing.yaml, writing.quoted)
        if not self.is_markdown:
            if source[:5].lower() == "<meta" and old.kind == "description":
                return (_content,)
            return (writing.html,) if tags.is_whole(source, old.content) else (writing.half_open, writing.html)
        markdown = (writing.light, writing.strict)
        wants_html = any(f"<{tag}" in source for tag in _tags(old.content) if tag in _MARKDOWN_TAGS)
        return (
            (writing.html, *markdown, writing.entities) if wants_html else (*markdown, writing.html, writing.entities)
        )

    def _attributes(self, old: Element, new: Element) -> Iterator[Edit]:
        said = dict(new.attrs)
        pairs = tuple(
            (before, after)
            for name, before in old.attrs
            if isinstance(before, Segment)
            if isinstance(after := said[name], Segment) and before.content != after.content
        )
        if not pairs:
            return
        span = pairs[0][0].span
        source = self._text(span)
        if source.startswith("<"):
            values = {name: inline.plain(after.content) for name, after in new.attrs if isinstance(after, Segment)}
            yield Edit(pairs, span, (lambda: tags.with_attributes(source, values).encode(),))
        elif old.tag == "img" and source.startswith("!"):
            attrs = tuple((n, v if isinstance(v, str) else inline.plain(v.content)) for n, v in new.attrs)
            yield Edit(pairs, span, (lambda: inline.dump((Element("img", attrs),)).encode(),))
        elif old.tag == "data" and source.startswith('"'):
            yield Edit(pairs, span, (lambda: writing.json_string(pairs[0][1]).encode(),))
        elif old.tag == "a" and len(pairs) == 1:
            yield self._tooltip(*pairs[0])
        else:
            yield Edit(pairs, span, ())

    def _tooltip(self, old: Segment, new: Segment) -> Edit:
        """The title of a link around a picture, where it stands as plainly as most do: ``](address "title")``."""
        title = re.escape(inline.plain(old.content)).encode()
        found = re.compile(rb"""[ \t]("|'|\()(?P<title>%b)("|'|\))[ \t]*\)""" % title).search(self.data, old.span[0])
        if not found:
            return Edit(((old, new),), old.span, ())
        text = re.sub(r"""([\\"'()<>&`*_\[\]])""", r"\\\1", inline.plain(new.content))
        return Edit(((old, new),), found.span("title"), (text.encode,))

    def _text(self, span: tuple[int, int]) -> str:
        return self.data[span[0] : span[1]].decode(errors="replace")


def _made(style: Style, source: str, old: Segment, new: Segment) -> Callable[[], bytes]:
    return lambda: writing.with_hidden(style(source, old, new), source).encode()


def _content(source: str, old: Segment, new: Segment) -> str:  # noqa: ARG001 - every style takes the same
    """The text of a ``meta`` element."""
    return tags.with_attributes(source, {"content": inline.plain(new.content)})


def _own(nodes: tuple[Node, ...]) -> list[object]:
    """The nodes of a run without the content of the segments inside it, which have targets of their own."""
    return [
        (node.tag, [(n, v if isinstance(v, str) else v.key) for n, v in node.attrs], _own(node.children))
        if isinstance(node, Element)
        else node.key
        if isinstance(node, Segment)
        else node
        for node in inline.joined(nodes)
    ]


def _tags(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Element):
            yield node.tag
            yield from _tags(node.children)
