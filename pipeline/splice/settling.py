"""Puts the edits in, reads the file back, and takes out those that would damage it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import extract, inline, readers
from pipeline.errors import HandrailError
from pipeline.model import Article, Element, Node, Segment
from pipeline.splice.edits import Edit, edits

READINGS = (8, 400)
"""How often a file is read back at least and at most; a large one is read less often."""

_READ = 4_000_000
"""Bytes to read back in all."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """A localized file, and the segments that kept their source because they could not be written into it."""

    data: bytes
    refused: tuple[Segment, ...]


def splice(data: bytes, source: Article, localized: Article) -> Spliced:
    """The bytes of ``source`` with the targets of ``localized`` in them.

    ``source`` is what the bytes were read as, and ``localized`` what :func:`pipeline.extract.localize` made
    of it. Read back, the result is ``localized`` but for the segments that are refused.
    """
    all_edits = list(edits(data, source, localized))
    settling = _Settling(data, source)
    settling.settle([edit for edit in all_edits if edit.texts], 0)
    refused = [old for edit in all_edits if id(edit) not in settling.chosen for old, _ in edit.pairs]
    return Spliced(settling.written(settling.chosen.values()), tuple(refused))


_Choice = tuple[Edit, bytes]


class _Settling:
    """The choices that are known to be good: the file with all of them reads back as it should."""

    def __init__(self, data: bytes, source: Article) -> None:
        self.data = data
        self.source = source
        self.chosen: dict[int, _Choice] = {}
        self.name = inline.plain(source.title.content) if source.title.span == (0, 0) else ""
        low, high = READINGS
        self.readings = min(max(_READ // (len(data) + 1), low), high)

    def settle(self, group: Sequence[Edit], style: int) -> None:
        """Choose as many edits of a group as can be, each in this style or a later one."""
        if not group or not self.readings:
            return
        new = {id(edit): (edit, edit.texts[style]) for edit in group if style < len(edit.texts)}
        group = [edit for edit in group if id(edit) in new]
        bad = self._bad(group, {**self.chosen, **new}) if group else []
        if not bad:
            self.chosen.update(new)
        elif len(group) == 1:
            self.settle(group, style + 1)
        elif len(bad) < len(group):
            wrong = {id(edit) for edit in bad}
            self.settle([edit for edit in group if id(edit) not in wrong], style)
            self.settle(bad, style)
        else:
            middle = len(group) // 2
            self.settle(group[:middle], style)
            self.settle(group[middle:], style)

    def written(self, choices: Iterable[_Choice]) -> bytes:
        """The file with some edits in it."""
        parts, at = [], 0
        for edit, text in sorted(choices, key=lambda choice: choice[0].span):
            start, end = edit.span
            if start < at:
                continue  # the text of two segments, as a YAML alias makes it: reading back decides
            parts += [self.data[at:start], text]
            at = end
        return b"".join([*parts, self.data[at:]])

    def _bad(self, group: Sequence[Edit], choices: dict[int, _Choice]) -> list[Edit]:
        """The edits of a group that do not read back: none where the file is good, all where it is hard to say."""
        self.readings -= 1
        try:
            back = readers.read(self.written(choices.values()), self.source.path, self.source.locale, self.name)
        except HandrailError:
            return list(group)
        targets = {id(old): new for edit, _ in choices.values() for old, new in edit.pairs}
        expected = extract.rewrite(self.source, lambda segment: targets.get(id(segment), segment))
        if _shape(back) == _shape(expected):
            return []
        have, want = list(extract.segments(back)), list(extract.segments(expected))
        if len(have) != len(want):
            return list(group)
        wrong = {id(b) for a, b in zip(have, want, strict=True) if _nodes(a.content) != _nodes(b.content)}
        return [edit for edit in group if any(id(new) in wrong for _, new in edit.pairs)] or list(group)


def _shape(article: Article) -> object:
    """What must be the same when the file is read back."""
    return (_nodes((article.title,)), article.description and _nodes((article.description,)), _nodes(article.body))


def _nodes(nodes: Iterable[Node]) -> list[object]:
    return [_node(node) for node in inline.joined(nodes)]


def _node(node: Node) -> object:
    if isinstance(node, Segment):
        return ("segment", node.kind, node.key.context, node.safety, node.lacks, node.notes, _nodes(node.content))
    if not isinstance(node, Element):
        return node
    (shown,) = inline.form((node,)).nodes if node.tag == "sup" else (node,)
    if isinstance(shown, Element) and shown.tag == "footnote":
        return inline.dump((node,))  # its number is that of its first mention, which a translation may change
    attrs = [(name, value if isinstance(value, str) else _node(value)) for name, value in node.attrs]
    children = _nodes(node.children)
    return node.tag, attrs, sorted(children, key=repr) if _holds_notes(node) else children


def _holds_notes(node: Element) -> bool:
    """Whether the children of an element stand in the order of their mentions."""
    first = node.children[0] if node.children else None
    return isinstance(first, Element) and node.tag == "ol" and (first.get("id") or "").startswith("fn-")
