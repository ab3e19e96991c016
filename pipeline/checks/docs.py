"""Rules in words: for ``handrail rules ID`` and for the reference page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pipeline.checks.rules import Change, Example, Pair, Rule, Swap
from pipeline.model import Severity

_HEAD = """# Rules

Generated from the rules themselves by `python -m pipeline.checks > docs/rules.md`; do not edit.

A finding of an **error** closes the gate: the page is withheld. A **warning** asks a person to look. Findings about a
message that is still fuzzy are warnings, because its text reaches no page. The examples run as tests.
"""


def describe(rule: Rule[Any]) -> str:
    """One rule in Markdown: what is wrong, why it matters, and its examples."""
    level = "Error" if rule.severity is Severity.ERROR else "Warning"
    parts = [f"## {rule.id}", f"{level}. {rule.summary}", rule.reason]
    if rule.flagged:
        parts.append("Flagged:\n\n" + _listed(rule.flagged))
    if rule.passed:
        parts.append("Not flagged:\n\n" + _listed(rule.passed))
    return "\n\n".join(part for part in parts if part) + "\n"


def page(rules: Iterable[Rule[Any]]) -> str:
    """The reference page: every rule."""
    return "\n".join([_HEAD, *map(describe, rules)])


def _listed(examples: Iterable[Example]) -> str:
    return "\n".join(f"- {_example(example)}" for example in examples)


def _example(example: Example) -> str:
    match example:
        case Pair():
            safety = f", safety text {_code(example.safety)}" if example.safety else ""
            fuzzy = ", fuzzy" if example.fuzzy else ""
            return f"{_code(example.source)} → {_code(example.target)} ({example.locale}{safety}{fuzzy})"
        case Change():
            return f"{example.what[:1].upper()}{example.what[1:]}."
        case Swap():
            where = "plain text" if example.part == "text" else "page"
            return f"On the {where} ({example.locale}), {_code(example.old)} becomes {_code(example.new)}"


def _code(text: str) -> str:
    """A text as a code span, with what cannot be seen spelled out."""
    shown = "".join(char if char == " " or char.isprintable() else f"\\u{ord(char):04x}" for char in text)
    if not shown.strip():
        return "nothing" if not shown else "spaces"
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"
