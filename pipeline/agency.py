"""What goes to a translation agency, and what comes back from it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pipeline import checks, exchange, po, prefill, project
from pipeline.errors import ExchangeError, GlossaryError, LocaleError
from pipeline.exchange import Bundle, Entry, Fate
from pipeline.model import Catalog, Edition, Key, Message, Place, Severity, State, Term
from pipeline.project import Loaded, Project, Target

FAMILIES = ("markup/", "placeable/", "number/", "unicode/")
"""Rules of the gate that a text has to pass before it enters a catalog; all others judge it there."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file of the project."""

    path: str
    did: str
    """``updated`` or ``unchanged``."""

    entries: tuple[Entry, ...] = ()
    kept: tuple[Term, ...] = ()
    """Terms of the file that say otherwise than the glossary, which was kept."""

    charset: str = ""
    """In which the catalog was, where it was not UTF-8 and is now."""


# --- out ------------------------------------------------------------------------------------------


def send(one: Project, targets: Sequence[Target], slugs: Collection[str], form: str, folder: Path) -> Iterator[Path]:
    """Write a file for each catalog (or glossary) of some locales into a folder; yields the paths.

    ``slugs``: some articles; none named: all of them, and the theme's words.
    """
    source = one.settings.source.tag
    for target in targets:
        tag = target.locale.tag
        if form in exchange.GLOSSARIES:
            data = exchange.write_terms(project.terms(one, target.locale), form, source, tag)
            yield _written(folder, f"{tag}.{exchange.GLOSSARIES[form]}", data)
            continue
        for name in sorted(slugs) or (*project.article_paths(one), project.INTERFACE):
            bundle = exchange.bundle(project.catalog(one, target.locale, name), name, source)
            yield _written(folder, f"{name}.{tag}.{exchange.FORMATS[form]}", exchange.write([bundle], form))


def _written(folder: Path, name: str, data: bytes) -> Path:
    project.write(folder, name, data)
    return folder / name


# --- in -------------------------------------------------------------------------------------------


def receive(one: Project, file: Path, tag: str, existing: str, today: date) -> Iterator[Received]:
    """Take in what a file holds; ``tag`` is its locale where the file itself does not say it, or empty.

    ``existing`` is ``keep`` or ``replace``: what becomes of accepted texts and terms that differ. Raises
    HandrailError for a file that cannot be read, or that is for another project; then nothing is written.
    """
    data, path = project.read(file.parent, file.name), str(file)
    source = one.settings.source.tag
    if file.suffix.lower().removeprefix(".") in exchange.GLOSSARIES:
        yield _terms(one, exchange.read_terms(data, path, source, _needed(tag, path)), tag, existing)
        return
    memory = file.suffix.lower() == ".tmx"
    bundles = exchange.read(data, path, source, _needed(tag, path) if memory else tag)
    loaded = project.load(one, today)
    plan = [pair for bundle in bundles for pair in _plan(one, loaded, bundle, tag, path)]
    if not plan:
        raise ExchangeError("Nothing in this file is for this project; is it the right file and locale?", Place(path))
    for bundle, edition, name in plan:
        yield _received(one, bundle, edition, name, file, existing)


def _needed(tag: str, path: str) -> str:
    if not tag:
        raise LocaleError("The file does not say for which locale it is; name it with --locale.", Place(path))
    return tag


def _plan(one: Project, loaded: Loaded, bundle: Bundle, tag: str, path: str) -> Iterator[tuple[Bundle, Edition, str]]:
    """Which edition a bundle is for; that of a memory may be for several."""
    target = one.target(tag or _known_tag(one, _needed(bundle.target, path), path))
    if bundle.source.partition("-")[0].casefold() != one.settings.source.language:
        raise ExchangeError(
            f"The file is translated from {bundle.source!r}, and this project is in {one.settings.source.tag}.",
            Place(path),
        )
    names = [bundle.name] if bundle.name else [*loaded.slugs, project.INTERFACE]
    for name in names:
        if name != project.INTERFACE and name not in loaded.slugs:
            raise ExchangeError(f"The file has texts of {name!r}, which is no article of this project.", Place(path))
        for broken in loaded.broken:
            if broken.article in ("", name) and broken.locale in ("", target.locale.tag):
                raise broken.error
        yield bundle, _edition(loaded, name, target.locale.tag), name


def _known_tag(one: Project, tag: str, path: str) -> str:
    """Tools write tags in their own case, and with underscores."""
    spelt = {target.locale.tag.casefold(): target.locale.tag for target in one.settings.targets}
    known = spelt.get(tag.replace("_", "-").casefold())
    if known is None:
        sentence = f"The file is in {tag!r}, which is not a locale of this project ({', '.join(spelt.values())})"
        raise LocaleError(f"{sentence}; name the one that it is for with --locale.", Place(path))
    return known


def _edition(loaded: Loaded, name: str, tag: str) -> Edition:
    """The edition of that article and locale; for the theme's words, any of that locale."""
    return next(
        edition
        for edition in loaded.editions
        if edition.locale.tag == tag and name in (edition.article.slug, project.INTERFACE)
    )


def _received(one: Project, bundle: Bundle, edition: Edition, name: str, file: Path, existing: str) -> Received:
    theme = name == project.INTERFACE
    catalog = edition.interface if theme else edition.catalog
    safety = frozenset() if theme else project.safety_keys(edition.article)
    on = exchange.Terms(safety, prefill.ORIGIN, f"exchange: {file.name}", existing)
    trial = exchange.enter(catalog, bundle, str(file), on, {}).catalog
    objections = dict(_objections(edition, catalog, trial, theme=theme))
    entered = exchange.enter(catalog, bundle, str(file), on, objections)
    changed = project.save(one.root, catalog.path, po.dump(entered.catalog))
    if not changed:
        return Received(catalog.path, "unchanged", entered.entries)
    return Received(catalog.path, "updated", entered.entries, charset=po.recoded(catalog))


def _objections(edition: Edition, catalog: Catalog, trial: Catalog, *, theme: bool) -> Iterator[tuple[Key, str]]:
    """Why texts that would come in are not fit to: the first error of the gate about each, as if accepted."""
    before = catalog.index()
    came = {message.line: message.key for message in trial.messages if message != before.get(message.key)}
    accepted = replace(trial, messages=tuple(_as_accepted(message) for message in trial.messages))
    tried = replace(edition, interface=accepted) if theme else replace(edition, catalog=accepted)
    for finding in reversed(checks.check(tried)):
        here = finding.place is not None and finding.place.path == catalog.path and finding.place.line in came
        if here and finding.place and finding.severity is Severity.ERROR and finding.rule.startswith(FAMILIES):
            yield came[finding.place.line], f"{finding.text} {finding.advice} [{finding.rule}]"


def _as_accepted(message: Message) -> Message:
    return replace(message, fuzzy=False) if message.state is State.FUZZY else message


def _terms(one: Project, theirs: tuple[Term, ...], tag: str, existing: str) -> Received:
    """The glossary of a locale with the terms of a file; lines that stay keep their bytes, unless terms change."""
    target = one.target(tag)
    locale, source = target.locale, one.settings.source.tag
    path = f"source/glossary/{locale.tag}.csv"
    ours = project.terms(one, locale)
    joined, differing = exchange.joined(ours, theirs, existing)
    if joined == ours:
        return Received(path, "unchanged", (), differing)
    if ours and joined[: len(ours)] == ours:
        old = project.read(one.root, path)
        lines = exchange.write_terms(joined[len(ours) :], "csv", source, locale.tag).partition(b"\n")[2]
        data = old.removesuffix(b"\n") + b"\n" + lines
    else:
        data = exchange.write_terms(joined, "csv", source, locale.tag)
    if exchange.read_terms(data, path, source, locale.tag) != joined:
        sentence = "A term of the file would be read back otherwise; look for spaces and semicolons."
        raise GlossaryError(sentence, Place(path))
    project.save(one.root, path, data)
    return Received(path, "updated", (), differing if existing == "keep" else ())


def counts(received: Received) -> Mapping[Fate, int]:
    """How many messages met each fate, in the order of :class:`Fate`; only those that any met."""
    fates = [entry.fate for entry in received.entries]
    return {fate: fates.count(fate) for fate in Fate if fate in fates}
