"""The fields at the top of a file: YAML or JSON between ``---`` lines, TOML between ``+++`` lines, or bare JSON."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Place

if TYPE_CHECKING:
    import yaml

LIMIT = 65_536
"""Characters; front matter is a handful of lines."""

_BARE_LINE = re.compile(
    r"([A-Za-z][A-Za-z0-9_-]*): ([A-Za-z0-9](?:[A-Za-z0-9 _.()/+;$^~=-]*[A-Za-z0-9_.()/+;$^~=-])?)\n"
)
_BARE = re.compile(rf"(?:{_BARE_LINE.pattern})+")
"""Lines of a name and of words in which nothing means anything to YAML, as most front matter has no others."""

_YAML = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML_LINE = re.compile(
    r"""^[ \t]*(?:\[\[?(?P<table>[^\[\]\n]+)\]\]?|(?P<key>[\w-]+|"[^"\n]*")[ \t]*=[ \t]*"""
    r"""(?P<value>"(?:[^"\\\n]|\\.)*"|'[^'\n]*'))[ \t]*(?:\#[^\n]*)?\r?$""",
    re.MULTILINE,
)
_JSON = re.compile(r"\ufeff?(\{[ \t]*\r?\n[ \t]*\".*?^\})[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """One field as text, and where its value stands in the file, in characters."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands at the top of a file."""

    fields: tuple[Field, ...] = ()
    """In source order."""

    end: int = 0
    """Where the text after them starts, in characters."""

    texts: tuple[Field, ...] = ()
    """The single values inside them, named by the way that leads there: ``hero.actions.text``."""

    def get(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


def split(text: str, path: str) -> FrontMatter:
    """The front matter of a text, empty where it has none.

    Dates, numbers and truth values stay as they are written; a list of them is joined with commas, and
    anything deeper keeps its source. Raises SourceError for malformed, doubled or endless fields.
    """
    for pattern, read in ((_YAML, _yaml), (_TOML, _toml), (_JSON, _yaml)):
        found = pattern.match(text)
        if found:
            if found.end() > LIMIT:
                raise SourceError(f"The front matter is longer than {LIMIT} characters; shorten it.", Place(path, 1))
            fields, texts = read(text, found.start(1), found.end(1), path)
            _refuse_doubles(fields, text, path)
            return FrontMatter(tuple(fields), found.end(), tuple(texts))
    return FrontMatter((), int(text.startswith("\ufeff")))


def _refuse_doubles(fields: list[Field], text: str, path: str) -> None:
    seen = set()
    for field in fields:
        if field.name in seen:
            raise SourceError(f"The field “{field.name}” stands twice; keep one.", _place(text, field.start, path))
        seen.add(field.name)


def _place(text: str, offset: int, path: str) -> Place:
    return Place(path, text.count("\n", 0, offset) + 1)


def _yaml(text: str, start: int, end: int, path: str) -> tuple[list[Field], list[Field]]:
    source = text[start:end]
    if _BARE.fullmatch(source):
        found = _BARE_LINE.finditer(source)
        fields = [Field(line[1], line[2], start + line.start(2), start + line.end(2)) for line in found]
        return fields, fields
    import yaml  # most front matter is read without it

    if source.lstrip().startswith("{"):
        source = source.replace("\t", " ")  # JSON, which is YAML but for its tabs
    try:
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = _place(text, start + (mark.index if mark else 0), path)
        raise SourceError(f"The front matter is no valid YAML: {error.problem or error.context}.", place) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise SourceError("The front matter is no valid YAML; check its quotes and brackets.", Place(path, 1)) from None
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        raise SourceError("The front matter has no fields; write them as “title: ...”.", _place(text, start, path))
    fields = [
        Field(_yaml_text(name, source), _yaml_text(value, source), start + value.start_mark.index, start + _end(value))
        for name, value in root.value
    ]
    return fields, list(_yaml_texts(root, start, source))


def _yaml_texts(root: yaml.Node, start: int, source: str) -> Iterator[Field]:
    """The single values; what an alias stands for is read once, so that none can multiply."""
    import yaml

    stack, seen = [("", root)], set()
    while stack:
        name, node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield Field(name, str(node.value), start + node.start_mark.index, start + _end(node))
        elif isinstance(node, yaml.SequenceNode):
            stack += [(name, item) for item in reversed(node.value)]
        elif isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):
                below = _yaml_text(key, source)
                stack.append((f"{name}.{below}" if name else below, value))


def _end(node: yaml.Node) -> int:
    return int(node.end_mark.index)


def _yaml_text(node: yaml.Node, source: str) -> str:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return ", ".join(str(item.value) for item in node.value)
    return source[node.start_mark.index : _end(node)].strip()


def _toml(text: str, start: int, end: int, path: str) -> tuple[list[Field], list[Field]]:
    source = text[start:end]
    try:
        table = tomllib.loads(source.replace("\r\n", "\n"))
        values = {name: _toml_text(value) for name, value in table.items()}
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(path, int(line[1]) + 1 if line else 1)
        raise SourceError(f"The front matter is no valid TOML: {error}.", place) from None
    except (RecursionError, ValueError):
        raise SourceError("The front matter is no valid TOML; check its quotes and brackets.", Place(path, 1)) from None
    fields = []
    for name, value in values.items():
        found = re.search(rf"^[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*=[ \t]*(.*?)[ \t]*$", source, re.MULTILINE)
        at, to = (start + found.start(1), start + found.end(1)) if found else (start, start)
        fields.append(Field(name, value, at, to))
    return fields, list(_toml_texts(source, start))


def _toml_texts(source: str, start: int) -> Iterator[Field]:
    """The strings that stand in a line of their own, under the last header of a table."""
    table = ""
    for found in _TOML_LINE.finditer(source):
        if found["table"]:
            table = found["table"].replace('"', "").strip()
            continue
        key = found["key"].strip("\"'")
        value = tomllib.loads(f"v = {found['value']}")["v"] if found["value"][:3] not in ('"""', "'''") else ""
        yield Field(f"{table}.{key}" if table else key, value, start + found.start("value"), start + found.end("value"))


def _toml_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(_toml_text(item) for item in value)
    return str(value)
