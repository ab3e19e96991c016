"""The decorators that make operators: from a small function over one kind of value to the cases of a subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from pipeline import signoff
from pipeline.audit.operators import BENIGN, Operator, first_line
from pipeline.audit.registry import Entry, entries
from pipeline.audit.subject import (
    Case,
    Sentence,
    Subject,
    rendered,
    sentences,
    signed_anew,
    verified_anew,
    with_registry,
    with_source,
    with_text,
)
from pipeline.errors import HandrailError
from pipeline.model import Edition, Page, SignOff
from pipeline.render import Theme, template, with_template

Rewording: TypeAlias = Callable[[Sentence], str | None]
Reworking: TypeAlias = Callable[[Subject], Edition | None]
Sources: TypeAlias = Callable[[str], str | None]
Entering: TypeAlias = Callable[[Entry], str | None]
Signing: TypeAlias = Callable[[SignOff, Subject], SignOff | None]
Paging: TypeAlias = Callable[[Page, Subject], str | None]


def rewording(id: str, kind: str) -> Callable[[Rewording], Operator]:
    """An operator over the text of one safety message; a variation of it is signed off anew."""

    def make(function: Rewording) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            for sentence in sentences(subject):
                text = function(sentence)
                if text is None or text == sentence.text:
                    continue
                edition = with_text(subject, sentence.segment, text)
                yield Case(sentence.segment.safety, _settled(edition, kind))

        return Operator(id, kind, "message", first_line(function), cases)

    return make


def on_catalog(id: str, kind: str) -> Callable[[Reworking], Operator]:
    """An operator over an edition's catalog, or another part that goes with it."""
    return _on_edition(id, kind, "catalog")


def on_registry(id: str, kind: str) -> Callable[[Reworking], Operator]:
    """An operator over the registry as a whole, as a value; damage that only a comparison with a release can show."""
    return _on_edition(id, kind, "registry")


def on_source(id: str, kind: str) -> Callable[[Sources], Operator]:
    """An operator over the text of the article's file; the catalog is then brought up to date with it."""

    def make(function: Sources) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            text = function(subject.source)
            if text is not None and text != subject.source:
                yield Case("article", _settled(with_source(subject, text), kind))

        return Operator(id, kind, "source", first_line(function), cases)

    return make


def on_entry(id: str, kind: str) -> Callable[[Entering], Operator]:
    """An operator over the text of one entry of the registry that the region shows.

    Damage is judged twice: with the verification as it was, and verified anew by somebody who did not look.
    Variations are verified anew.
    """

    def make(function: Entering) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            for entry in entries(subject.registry, subject.edition):
                text = function(entry)
                if text is None or text == entry.whole:
                    continue
                edition = with_registry(subject.edition, text)
                fresh = verified_anew(edition) if edition else None
                yield Case(entry.id, fresh if kind == BENIGN else edition, fresh=fresh)

        return Operator(id, kind, "registry", first_line(function), cases)

    return make


def on_signoff(id: str, kind: str) -> Callable[[Signing], Operator]:
    """An operator over one sign-off of the edition; None takes it away, an equal one does not apply."""

    def make(function: Signing) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            for record in subject.edition.signoffs:
                if record.article == subject.edition.article.slug:
                    changed = function(record, subject)
                    if changed != record:
                        yield Case(record.safety, _with_signoff(subject.edition, record, changed))

        return Operator(id, kind, "sign-off", first_line(function), cases)

    return make


def on_template(id: str, kind: str, name: str, *swaps: tuple[str, str], summary: str) -> Operator:
    """An operator over one template: each first text, which must stand in it, becomes the second."""

    def cases(subject: Subject) -> Iterator[Case]:
        text = template(subject.theme, name)
        if all(old in text for old, _ in swaps):
            for old, new in swaps:
                text = text.replace(old, new, 1)
            yield Case(name, subject.edition, theme=_theme(subject, name, text))

    return Operator(id, kind, "template", summary, cases)


def on_html(id: str, kind: str) -> Callable[[Paging], Operator]:
    """An operator over a finished page as HTML."""
    return _on_page(id, kind, "html")


def on_text(id: str, kind: str) -> Callable[[Paging], Operator]:
    """An operator over a finished page as plain text."""
    return _on_page(id, kind, "text")


def on_style(id: str, declarations: str, summary: str, selector: str = "[data-safety]") -> Operator:
    """An operator that adds a rule to the page's own style sheet."""

    def restyled(page: Page, _: Subject) -> str:
        return page.html.replace("</style>", f"{selector}{{{declarations}}}</style>", 1)

    return replace(on_html(id, "hidden")(restyled), summary=summary)


def _on_edition(id: str, kind: str, target: str) -> Callable[[Reworking], Operator]:
    def make(function: Reworking) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            try:
                edition = function(subject)
            except HandrailError:
                yield Case(target)
                return
            if edition is not None and (kind == BENIGN or edition != subject.edition):
                yield Case(target, _settled(edition, kind))

        return Operator(id, kind, target, first_line(function), cases)

    return make


def _on_page(id: str, kind: str, part: str) -> Callable[[Paging], Operator]:
    def make(function: Paging) -> Operator:
        def cases(subject: Subject) -> Iterator[Case]:
            text = function(subject.page, subject)
            if text is not None and text != getattr(subject.page, part):
                yield Case(part, subject.edition, page=_page(subject.page, part, text))

        return Operator(id, kind, f"page {part}", first_line(function), cases)

    return make


def _page(page: Page, part: str, text: str) -> Page:
    return replace(page, html=text) if part == "html" else replace(page, text=text)


def _settled(edition: Edition | None, kind: str) -> Edition | None:
    """A variation is signed off as it stands; a damage is not."""
    return signed_anew(edition) if edition is not None and kind == BENIGN else edition


def _with_signoff(edition: Edition, old: SignOff, new: SignOff | None) -> Edition | None:
    if new is not None:
        try:
            signoff.add(b"", new)
        except HandrailError:
            return None
    records = tuple(new if record == old else record for record in edition.signoffs)
    return replace(edition, signoffs=tuple(record for record in records if record is not None))


def _theme(subject: Subject, name: str, text: str) -> Theme:
    return with_template(subject.theme, name, text)


__all__ = [
    "on_catalog",
    "on_entry",
    "on_html",
    "on_registry",
    "on_signoff",
    "on_source",
    "on_style",
    "on_template",
    "on_text",
    "rendered",
    "rewording",
]
