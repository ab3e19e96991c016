"""The settings of a project: ``[tool.handrail]`` in pyproject.toml, or handrail.toml with the same keys.

Strict: a key that means nothing here, a value of the wrong type and a tag that is no locale are errors,
with the line to mend. A misspelt setting that is silently ignored could publish a page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from pipeline import debt, keys, locales, readers, tomlfile
from pipeline.errors import LocaleError, SettingsError, UsageError
from pipeline.model import Locale, Names, Place, Policy, Suppression
from pipeline.project import disk
from pipeline.project.machines import Prefill
from pipeline.readers import EVERYTHING, Selection

_T = TypeVar("_T")

FILES = ("pyproject.toml", "handrail.toml")

_ADDRESS = re.compile(r"[^\s@:/?&#]+@[^\s@:/?&#]+\.[^\s@:/?&#]+|https?://[^\s/]+\S*")


class _Site(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    title: Annotated[str, msgspec.Meta(min_length=1)]
    url: str
    feedback: str = ""
    directory: str = ""


class _Policy(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    required: tuple[Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]*$")], ...]
    complete: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    second_reviewer: tuple[str, ...] = ()
    crisis_topics: tuple[Annotated[str, msgspec.Meta(min_length=1)], ...] = ()
    scripts: tuple[str, ...] = ()


_Name = Annotated[str, msgspec.Meta(pattern=r"\S")]


class _Names(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    own: str = ""
    days: tuple[_Name, ...] = ()
    languages: dict[str, _Name] = {}
    regions: dict[str, _Name] = {}


class _Locale(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    published: bool
    engines: tuple[str, ...] | None = None
    feedback: str = ""
    names: _Names = _Names()


class _Suppression(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    rule: str
    reason: Annotated[str, msgspec.Meta(pattern=r"\S")]
    article: str = ""
    locale: str = ""
    message: str = ""


class _Sources(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    content: str = ""
    skip: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class _Settings(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    source_locale: str
    site: _Site
    policy: _Policy
    locales: dict[str, dict[str, Any]]  # converted one by one, so that an error can name its locale
    prefill: Prefill = Prefill()
    demonstration: bool = False
    suppress: tuple[_Suppression, ...] = ()
    sources: _Sources = _Sources()
    signers: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Target:
    """A locale that the project translates into."""

    locale: Locale
    published: bool
    engines: tuple[str, ...]
    """Names of the engines that prefill asks, in order."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the settings file says, checked and with every default filled in."""

    source: Locale
    targets: tuple[Target, ...]
    """In the order of the file."""

    title: str
    url: str
    """Of the published site, without a slash at its end."""

    policy: Policy
    path: str
    """``pyproject.toml`` or ``handrail.toml``."""

    suppressions: tuple[Suppression, ...] = ()
    """In the order of the file."""

    sources: Selection = EVERYTHING
    """Which parts of its sources are the articles."""

    prefill: Prefill = field(default_factory=Prefill)

    directory: str = ""
    """Where helplines of other countries are listed; empty where no list is named."""

    feedback: Mapping[str, str] = field(default_factory=dict)
    """Tag -> where readers report mistakes, as a mail or web address; without those that have none."""


def find(start: Path) -> Path:
    """The folder of the project that ``start`` lies in: the nearest one with settings.

    Raises UsageError where there is none, SettingsError where a file on the way is no TOML.
    """
    start = Path(os.path.realpath(start))  # a loop of links is no project, and nothing to stop at
    if not start.is_dir():
        raise UsageError(f"{start} is not a folder.")
    for folder in (start, *start.parents):
        if (folder / "handrail.toml").is_file() or _table(folder, "pyproject.toml") is not None:
            return folder
    raise UsageError(
        "there is no project here: neither this folder nor one above it has a handrail.toml, or a pyproject.toml"
        " with [tool.handrail]. `handrail init` makes one in an empty folder."
    )


def load(root: Path) -> Settings:
    """The settings of the project at ``root``.

    Raises SettingsError with the file and line of what is wrong.
    """
    tables = {path: table for path in FILES if (table := _table(root, path)) is not None}
    if len(tables) != 1:
        raise SettingsError("both this file and pyproject.toml hold settings; keep one.", Place("handrail.toml"))
    path, table = next(iter(tables.items()))
    text = (root / path).read_text(encoding="utf-8")
    prefix = ("tool", "handrail") if path == "pyproject.toml" else ()
    return _Reader(path, text, prefix).settings(table)


def _table(root: Path, path: str) -> Mapping[str, Any] | None:
    """The settings table of one file; None where the file or the table is not there."""
    if not (root / path).is_file():
        return None
    document = tomlfile.read(disk.read(root, path), path, SettingsError).values
    if path == "handrail.toml":
        return document
    tool = document.get("tool", {})
    return tool.get("handrail") if isinstance(tool, dict) else None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns one settings table into Settings, and knows the lines of its keys."""

    path: str
    text: str
    prefix: tuple[str, ...]

    def settings(self, table: Mapping[str, Any]) -> Settings:
        raw = self.convert(table, _Settings, ())
        source = self.locale(raw.source_locale, ("source_locale",))
        targets = tuple(self.target(tag, value, raw) for tag, value in raw.locales.items())
        if source.tag in (target.locale.tag for target in targets):
            raise self.error(
                f"{source.tag} is the source locale and always published; remove it here.", ("locales", source.tag)
            )
        for key, address in (("url", raw.site.url), ("directory", raw.site.directory or raw.site.url)):
            split = urlsplit(address)
            if split.scheme not in ("https", "http") or not split.netloc:
                raise self.error("write a whole address, such as https://health.example.", ("site", key))
        return Settings(
            source=source,
            targets=targets,
            title=raw.site.title,
            url=raw.site.url.rstrip("/"),
            policy=self.policy(raw),
            path=self.path,
            suppressions=tuple(
                self.suppression(number, one, {source.tag, *(target.locale.tag for target in targets)})
                for number, one in enumerate(raw.suppress, start=1)
            ),
            sources=self.selection(raw.sources),
            prefill=raw.prefill,
            directory=raw.site.directory,
            feedback=self.feedback(raw, source, targets),
        )

    def feedback(self, raw: _Settings, source: Locale, targets: tuple[Target, ...]) -> Mapping[str, str]:
        """Each locale's own address, or else that of the site."""
        own = {target.locale.tag: str(raw.locales[target.locale.tag].get("feedback", "")) for target in targets}
        keys = {"": ("site", "feedback"), **{tag: ("locales", tag, "feedback") for tag in own}}
        for tag, address in (("", raw.site.feedback), *own.items()):
            if address and not _ADDRESS.fullmatch(address):
                raise self.error("write a mail address, or a web address that begins with https://.", keys[tag])
        found = {source.tag: raw.site.feedback} | {tag: address or raw.site.feedback for tag, address in own.items()}
        return {tag: address for tag, address in found.items() if address}

    def policy(self, raw: _Settings) -> Policy:
        """What is demanded of pages and of those who sign off."""
        for name, key in raw.signers.items():
            if found := keys.flaw(key):
                raise self.error(f"the key of {name} cannot be used: {found}.", ("signers", name))
        return Policy(
            raw.policy.required,
            raw.policy.complete,
            raw.demonstration,
            raw.policy.second_reviewer,
            tuple(raw.signers.items()),
            raw.policy.crisis_topics,
            raw.policy.scripts,
        )

    def selection(self, raw: _Sources) -> Selection:
        """Selectors that a page can be asked with."""
        named = [("skip", selector) for selector in raw.skip]
        for key, selector in [("content", raw.content), *named] if raw.content else named:
            flaw = readers.flaw(selector)
            if flaw:
                raise self.error(f"“{selector}” is no CSS selector: {flaw}.", ("sources", key))
        return Selection(raw.content, raw.skip, raw.fields)

    def suppression(self, number: int, raw: _Suppression, tags: Collection[str]) -> Suppression:
        """One that names a rule that exists and may be suppressed, and a locale of the project if any."""
        from pipeline import checks  # every rule there is, which few projects name any of

        place = Place(self.path, self.header("suppress", number))
        try:
            rule = checks.rule(raw.rule)
        except UsageError as error:
            raise SettingsError(error.message, place) from None
        if rule.family in debt.PROTECTED:
            raise SettingsError(f"{rule.id} cannot be suppressed; mend what it found.", place)
        if raw.locale and raw.locale not in tags:
            raise SettingsError(f"{raw.locale} is not a locale of this project.", place)
        return Suppression(rule.id, raw.reason.strip(), raw.article, raw.locale, raw.message, place)

    def header(self, name: str, number: int) -> int:
        """The line of the ``number``-th table of a list of tables; 0 where they are written another way."""
        keys = (*self.prefix, name)
        lines = [
            line
            for line, text in enumerate(self.text.splitlines(), start=1)
            if (found := re.match(r"\s*\[\[([^\]]+)\]\]", text)) and _dotted(found[1]) == keys
        ]
        return lines[number - 1] if number <= len(lines) else 0

    def target(self, tag: str, value: Mapping[str, Any], raw: _Settings) -> Target:
        keys = ("locales", tag)
        locale = self.locale(tag, keys)
        if locale.tag != tag:
            raise self.error(f"write {locale.tag} instead of {tag}.", keys)
        fields = self.convert(value, _Locale, keys)
        if fields.published and locales.is_pseudo(locale):
            raise self.error(f"{tag} is for tests of a layout and has no readers; set published = false.", keys)
        engines = raw.prefill.engines if fields.engines is None else fields.engines
        named = replace(locale, names=self.names(fields.names, (*keys, "names")))
        return Target(named, fields.published, engines)

    def names(self, raw: _Names, keys: tuple[str, ...]) -> Names:
        """Names of seven days or none, and of languages and regions that exist."""
        if len(raw.days) not in (0, 7):
            raise self.error("write the names of all seven days, from Monday.", (*keys, "days"))
        for language in raw.languages:
            if self.locale(language, (*keys, "languages", language)).language != language:
                raise self.error("name a language without its script and region.", (*keys, "languages", language))
        for region in raw.regions:
            self.locale(f"en-{region}", (*keys, "regions", region))
        return Names(raw.own, raw.days, tuple(raw.languages.items()), tuple(raw.regions.items()))

    def locale(self, tag: str, keys: tuple[str, ...]) -> Locale:
        try:
            return locales.locale(tag)
        except LocaleError as error:
            raise self.error(error.message, keys) from None

    def convert(self, value: object, type_: type[_T], keys: tuple[str, ...]) -> _T:
        try:
            return msgspec.convert(value, type_)
        except msgspec.ValidationError as error:
            what, _, where = str(error).partition(" - at `$")
            inner = tuple(key for key in re.split(r"[.\[\]]+", where.rstrip("`")) if key and key not in ("...", "*"))
            named = re.search(r"unknown field `([^`]+)`", what)
            steps = (*keys, *(key for key in inner if not key.isdigit()))
            if named:
                raise self.error(f"`{named[1]}` is no setting; is it misspelt?", (*steps, named[1])) from None
            dotted = ".".join(steps) or "the settings"
            raise self.error(f"{dotted}: {what[:1].lower()}{what[1:]}.", steps) from None

    def error(self, message: str, keys: tuple[str, ...]) -> SettingsError:
        return SettingsError(message, Place(self.path, _line(self.text, (*self.prefix, *keys))))


def _line(text: str, keys: tuple[str, ...]) -> int:
    """The line where a key is set: the longest beginning of ``keys`` that a header or an assignment spells."""
    best, found = 0, 0
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+([^\]]+)\]", line)
        assigned = re.match(r"\s*([\w.\"'-]+)\s*=", line)
        if header:
            table = _dotted(header[1])
            here = table
        elif assigned:
            here = (*table, *_dotted(assigned[1]))
        else:
            continue
        if len(here) > best and here == keys[: len(here)]:
            best, found = len(here), number
    return found


def _dotted(text: str) -> tuple[str, ...]:
    """The keys of ``a.b."c"``; settings have no dots inside a key."""
    return tuple(part.strip().strip("\"'") for part in text.split("."))
