"""The words of the theme, found in its templates without rendering them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline import ledger
from pipeline.errors import ThemeError
from pipeline.model import Catalog, Key, Message, Place
from pipeline.render import kept
from pipeline.render.kept import PACKAGED

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
"""A place for a value in a word of the theme."""


def interface_template(overrides: Path | None) -> Catalog:
    """The words of the theme, for translators: those of every template that is used.

    ``overrides``: the folder of a project's own templates. References name the template; a packaged template that the
    project replaces still counts, since the project's own may extend it.

    Raises:
        ThemeError: a template is malformed.
    """
    messages: dict[Key, Message] = {}
    for message in (*(_of_folder(overrides, "") if overrides else ()), *_packaged()):
        known = messages.get(message.key)
        messages[message.key] = _joined(known, message) if known else message
    return Catalog("", tuple(messages.values()))


def _packaged() -> tuple[Message, ...]:
    """Those of the packaged templates, which are the same for every project."""
    name = PACKAGED / "words.json"
    made_of = ledger.digest(*(path.read_bytes() for path in _templates(PACKAGED)))
    if (data := kept.load(name, made_of)) is not None:
        return tuple(_unpacked(row) for row in json.loads(data))
    found = tuple(_of_folder(PACKAGED, "default/"))
    kept.keep(name, made_of, json.dumps([_packed(message) for message in found]).encode())
    return found


def _packed(one: Message) -> list[object]:
    return [one.key.source, one.key.context, one.source_plural, one.targets, one.flags, one.notes, one.references]


def _unpacked(row: list[Any]) -> Message:
    source, context, plural, *lists = row
    targets, flags, notes, references = map(tuple, lists)
    return Message(
        Key(source, context), source_plural=plural, targets=targets, flags=flags, notes=notes, references=references
    )


def _templates(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.jinja"))


def _of_folder(folder: Path, prefix: str) -> Iterator[Message]:
    for path in _templates(folder):
        yield from _words(f"{prefix}{path.relative_to(folder).as_posix()}", path.read_bytes())


def _words(name: str, source: bytes) -> Iterator[Message]:
    from jinja2 import TemplateSyntaxError  # slow to import, and not needed where the words are known
    from jinja2.ext import babel_extract

    options = {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}
    options |= {"trim_blocks": "true", "lstrip_blocks": "true"}
    functions = ("gettext", "ngettext", "pgettext", "npgettext", "_")
    try:
        found = list(babel_extract(BytesIO(source), functions, ("translators:",), options))
    except TemplateSyntaxError as error:
        raise ThemeError(f"The template is malformed: {error.message}.", Place(name, error.lineno)) from error
    for _, function, texts, comments in found:
        parts = [texts] if isinstance(texts, str) else [text for text in texts or () if text is not None]
        context = parts.pop(0) if "p" in function.partition("gettext")[0] else ""
        plural = parts[1] if "n" in function.partition("gettext")[0] else ""
        yield Message(
            Key(parts[0], context),
            source_plural=plural,
            targets=("", "") if plural else ("",),
            flags=("python-format",) if PLACEHOLDER.search(parts[0] + plural) else (),
            notes=tuple(" ".join(comment.split()) for comment in comments),
            references=(name,),
        )


def _joined(first: Message, second: Message) -> Message:
    return replace(
        first,
        source_plural=first.source_plural or second.source_plural,
        targets=max(first.targets, second.targets, key=len),
        notes=tuple(dict.fromkeys(first.notes + second.notes)),
        references=tuple(dict.fromkeys(first.references + second.references)),
    )
