"""Puts the edits in, reads the file back, and takes out those that would damage it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline import extract, inline, readers
from pipeline.errors import HandrailError
from pipeline.model import Article, Element, Node, Segment
from pipeline.readers import EVERYTHING, Selection
from pipeline.splice.edits import Edit, edits

READINGS = (12, 400)
"""How often a file is read back at least and at most; a large one is read less often."""

_READ = 4_000_000
"""Bytes to read back in all."""


@dataclass(frozen=True, slots=True)
class Spliced:
    """A localized file, and the segments that kept their source because they could not be written into it."""

    data: bytes
    refused: tuple[Segment, ...]


def splice(data: bytes, source: Article, localized: Article, selection: Selection = EVERYTHING) -> Spliced:
    """The bytes of ``source`` with the targets of ``localized`` in them.

    ``source`` is what the bytes were read as, and ``localized`` what :func:`pipeline.extract.localize` made
    of it; ``selection`` says which parts of the file that was. Read back, the result is
    ``localized`` but for the segments that are refused.
    """
    all_edits = list(edits(data, source, localized))
    settling = _Settling(data, source, selection)
    settling.settle([edit for edit in all_edits if edit.texts], 0)
    refused = [old for edit in all_edits if id(edit) not in settling.chosen for old, _ in edit.pairs]
    return Spliced(settling.written(settling.chosen.values()), tuple(refused))


_Choice = tuple[Edit, bytes]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """What a reading back says against some edits."""

    edits: Sequence[Edit]
    proven: bool
    """Whether each of them is known to be wrong; else only that some of them are."""


class _Settling:
    """The choices that are known to be good: the file with all of them reads back as it should."""

    def __init__(self, data: bytes, source: Article, selection: Selection) -> None:
        self.data = data
        self.source = source
        self.selection = selection
        self.chosen: dict[int, _Choice] = {}
        self.made: dict[int, tuple[dict[bytes, None], Iterator[Callable[[], bytes]]]] = {}
        self.name = inline.plain(source.title.content) if source.title.span == (0, 0) else ""
        low, high = READINGS
        self.readings = min(max(_READ // (len(data) + 1), low), high)

    def settle(self, group: Sequence[Edit], style: int) -> None:
        """Choose as many edits of a group as can be, each in this style or a later one."""
        new = {id(edit): (edit, text) for edit in group if (text := self._text(edit, style)) is not None}
        group = [edit for edit in group if id(edit) in new]
        if not group or not self.readings:
            return
        doubt = self._doubt(group, {**self.chosen, **new})
        if not doubt.edits:
            self.chosen.update(new)
        elif len(doubt.edits) < len(group):
            doubted = {id(edit) for edit in doubt.edits}
            self.settle([edit for edit in group if id(edit) not in doubted], style)
            self.settle(doubt.edits, style + doubt.proven)
        elif doubt.proven or len(group) == 1:
            self.settle(group, style + 1)
        else:
            middle = len(group) // 2
            self.settle(group[:middle], style)
            self.settle(group[middle:], style)

    def _text(self, edit: Edit, style: int) -> bytes | None:
        """What an edit writes in a style, counted without those that write the same; None after the last."""
        made, waiting = self.made.setdefault(id(edit), ({}, iter(edit.texts)))
        while len(made) <= style:
            make = next(waiting, None)
            if make is None:
                return None
            made.setdefault(make())
        return list(made)[style]

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

    def _read(self, data: bytes) -> Article:
        return readers.read(data, self.source.path, self.source.locale, self.name, self.selection)

    def _doubt(self, group: Sequence[Edit], choices: dict[int, _Choice]) -> _Doubt:
        """The edits of a group that do not read back: none where the file is good, all where it is hard to say."""
        self.readings -= 1
        try:
            back = self._read(self.written(choices.values()))
        except HandrailError:
            return _Doubt(group, proven=False)
        targets = {id(old): new for edit, _ in choices.values() for old, new in edit.pairs}
        expected = extract.rewrite(self.source, lambda segment: targets.get(id(segment), segment))
        if _shape(back) == _shape(expected):
            return _Doubt((), proven=True)
        want = list(extract.segments(expected))
        have, wanted = [_nodes(one.content) for one in extract.segments(back)], [_nodes(one.content) for one in want]
        if len(have) == len(want):
            wrong = {id(one) for one, a, b in zip(want, have, wanted, strict=True) if a != b}
        else:
            wrong = {id(one) for one in want[slice(*_window(have, wanted))]}
        doubted = [edit for edit in group if any(id(new) in wrong for _, new in edit.pairs)]
        return _Doubt(doubted or group, proven=len(have) == len(want) and bool(doubted))


def _window(have: list[list[object]], want: list[list[object]]) -> tuple[int, int]:
    """The part of ``want`` that two lists of different lengths disagree about, and its neighbours."""
    shorter = min(len(have), len(want))
    start = next((i for i in range(shorter) if have[i] != want[i]), shorter)
    end = next((i for i in range(shorter - start) if have[-1 - i] != want[-1 - i]), shorter - start)
    return max(start - 1, 0), len(want) - end + 1


def _shape(article: Article) -> object:
    """What must be the same when the file is read back."""
    front = (article.title,) if article.description is None else (article.title, article.description)
    return _nodes((*front, *article.fields)), _nodes(article.body), _nodes(article.head)


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
