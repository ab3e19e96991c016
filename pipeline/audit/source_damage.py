"""Damage to the source article, which every locale inherits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.audit.making import on_catalog, on_source
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject, with_source
from pipeline.model import Edition

_MARK = re.compile(r"(?m)^<!-- safety: ([a-z-]+) -->\n((?:.+\n)+)")
_HTML = re.compile(r'(?s)<p( data-safety="([a-z-]+)")>(.*?)</p>')


def _block(source: str, markdown: str, html: str) -> str | None:
    """The article with its last safety block replaced; ``\\g<1>`` ... are the groups of its pattern."""
    for pattern, replacement in ((_MARK, markdown), (_HTML, html)):
        if found := list(pattern.finditer(source)):
            last = found[-1]
            return source[: last.start()] + last.expand(replacement) + source[last.end() :]
    return None


def _inside(source: str, change: Callable[[str], str]) -> str | None:
    for pattern in (_MARK, _HTML):
        if found := list(pattern.finditer(source)):
            last = found[-1]
            return source[: last.start()] + change(last[0]) + source[last.end() :]
    return None


@on_source("source/block-deleted", "omitted unit")
def block_deleted(source: str) -> str | None:
    """A safety block is deleted."""
    return _block(source, "", "")


@on_source("source/mark-deleted", "omitted unit")
def mark_deleted(source: str) -> str | None:
    """The mark of the block about seeing a provider is deleted."""
    return source.replace("<!-- safety: see-a-provider -->\n", "").replace(' data-safety="see-a-provider"', "")


@on_source("source/mark-misspelled", "omitted unit")
def mark_misspelled(source: str) -> str | None:
    """The mark of the block about seeing a provider is misspelled."""
    return source.replace("see-a-provider", "see-a-provder")


@on_source("source/commented-out", "hidden")
def commented_out(source: str) -> str | None:
    """A safety block is commented out."""
    return _block(source, "<!--\n\\g<2>-->\n", "<!-- \\g<0> -->")


@on_source("source/code-block", "damaged text")
def code_block(source: str) -> str | None:
    """A safety block becomes a block of code."""
    return _block(source, "```\n\\g<2>```\n", "<pre><code>\\g<3></code></pre>")


@on_source("source/not-translated", "untranslated")
def not_translated(source: str) -> str | None:
    """A safety block is marked as not to be translated."""
    return _block(source, "<!-- translate: no -->\n\\g<2>", '<p\\g<1> translate="no">\\g<3></p>')


@on_source("source/hidden", "hidden")
def hidden(source: str) -> str | None:
    """A safety block gets the attribute hidden, or stands in an element that has it."""
    return _block(
        source, '<!-- safety: \\g<1> -->\n<p hidden data-safety="\\g<1>">\n\\g<2></p>\n', "<p\\g<1> hidden>\\g<3></p>"
    )


@on_source("source/only-elsewhere", "condition")
def only_elsewhere(source: str) -> str | None:
    """The emergency block is marked as one for regions without an emergency number."""
    return _block(source, "<!-- safety: \\g<1>; lacks: \\g<1> -->\n\\g<2>", '<p\\g<1> data-lacks="\\g<2>">\\g<3></p>')


@on_source("source/number-typed", "placeholder broken")
def number_typed(source: str) -> str | None:
    """A number is typed in the place of its variable."""
    return _inside(source, lambda block: re.sub(r"\{\w+\.phone\}", "911", block))


@on_source("source/variable-misspelled", "placeholder broken")
def variable_misspelled(source: str) -> str | None:
    """A variable is misspelled."""
    return _inside(source, lambda block: block.replace(".phone}", ".phnoe}"))


@on_source("source/role-unknown", "placeholder broken")
def role_unknown(source: str) -> str | None:
    """A variable names a role that no region has."""
    return _inside(source, lambda block: re.sub(r"\{\w+\.phone\}", "{police.phone}", block))


@on_source("source/sentence-added", "stale against source")
def sentence_added(source: str) -> str | None:
    """A sentence is added to a safety block after its translations were signed off."""
    return _inside(source, lambda block: re.sub(r" now\.", " now. Do not hang up.", block))


@on_source("source/negation-added", "stale against source")
def negation_added(source: str) -> str | None:
    """A negation is added to a safety block after its translations were signed off."""
    return _inside(source, lambda block: re.sub(r"\bcall\b", "do not call", block))


@on_source("source/word-changed", "stale against source")
def word_changed(source: str) -> str | None:
    """One word of a safety block is changed after its translations were signed off."""
    return _inside(source, lambda block: block.replace("immediate", "grave"))


@on_source("source/punctuation-changed", "stale against source")
def punctuation_changed(source: str) -> str | None:
    """The full stop of a safety block becomes a question mark."""
    return _inside(source, lambda block: block.replace(" now.", " now?"))


def _title_changed(subject: Subject) -> Edition | None:
    """The title is changed and not translated again."""
    changed = re.sub(r"(?m)^title: .*$|(?=</title>)", r"\g<0> anew", subject.source, count=1)
    return None if subject.is_source else with_source(subject, changed)


def _paragraph_added(subject: Subject) -> Edition | None:
    """A paragraph is added and not translated."""
    added = "Ask somebody you trust to stay with you."
    changed = subject.source.replace("</main>", f"<p>{added}</p></main>", 1)
    changed = changed if "</main>" in changed else f"{changed}\n{added}\n"
    return None if subject.is_source else with_source(subject, changed)


title_changed = replace(on_catalog("source/title-changed", "stale against source")(_title_changed), target="source")
paragraph_added = replace(on_catalog("source/paragraph-added", "untranslated")(_paragraph_added), target="source")


@on_source("source/number-added", "wrong service")
def number_added(source: str) -> str | None:
    """A phone number is added to a block that is not translated."""
    if "</main>" in source:
        return source.replace("</main>", '<p translate="no">Call 0900 123 456 78.</p></main>', 1)
    return f"{source}\n<!-- translate: no -->\nCall 0900 123 456 78.\n"


@on_source("source/emptied", "omitted unit")
def emptied(source: str) -> str | None:
    """The file is empty."""
    return "" if source else None


@on_source("source/frame", "damaged text")
def frame(source: str) -> str | None:
    """A foreign frame is added."""
    added = '<iframe src="https://example.com/chat"></iframe>'
    return source.replace("</main>", f"{added}</main>", 1) if "</main>" in source else f"{source}\n{added}\n"


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
