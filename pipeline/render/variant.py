"""A theme with one template in another wording: for tools that try out what a change of a theme would do."""

from __future__ import annotations

from jinja2 import BytecodeCache, ChoiceLoader, DictLoader
from jinja2.bccache import Bucket

from pipeline.render.kept import PACKAGED
from pipeline.render.theme import Theme


class _Compiled(BytecodeCache):
    """What was compiled once, by name and text: the templates that stay as they are."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (code := self.code.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_HTML, _TEXT = _Compiled(), _Compiled()


def template(theme: Theme, name: str) -> str:
    """The text of a template, or of a file that a template includes."""
    assert theme.html.loader, "load_theme gives every theme a loader"
    return theme.html.loader.get_source(theme.html, name)[0]


def packaged() -> dict[str, str]:
    """Name -> text of every file of the packaged theme, sorted."""
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(PACKAGED.iterdir()) if file.is_file()}


def with_template(theme: Theme, name: str, text: str) -> Theme:
    """The theme with one template replaced, in memory only."""
    assert theme.html.loader, "load_theme gives every theme a loader"
    loader = ChoiceLoader([DictLoader({name: text}), theme.html.loader])
    html = theme.html.overlay(loader=loader, bytecode_cache=_HTML)
    plain = theme.text.overlay(loader=loader, bytecode_cache=_TEXT)
    return Theme(html, plain)
