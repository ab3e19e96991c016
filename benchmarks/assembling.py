"""A Handrail project out of a folder of Markdown files and a folder of PO catalogs, one for each locale.

Handrail keeps the articles in one folder, and a catalog for each article and locale. So the path of a page becomes
its slug (``modules/paths.md``: ``modules--paths``), its relative links become those of the flat folder, and the big
catalogs are split by what Handrail extracts: a message of an article gets the human text where the catalog has one
for the very same source. Sources drift from old catalogs, so many have none; they get a text made of the same
markup, numbers and variables, and words of the locale in the place of the other words, by a seeded generator.
The big catalogs, too, are written on the current messages, in ``whole/``, with the human texts that no longer have a
source as obsolete entries: what updates are measured with.
"""

from __future__ import annotations

import posixpath
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from babel.core import get_global

from pipeline import extract, inline, locales, placeables, po, project, readers
from pipeline.errors import MarkupError, SourceError
from pipeline.model import Article, Catalog, Key, Locale, Message, State

SEED = 20261126
URL = "https://pages.example/"
SOURCE = "en-US"

_LINK = re.compile(r"(?P<before>\]\(|^\[[^\]\n]+\]: +|<img src=\")(?P<to>(?![a-z]+:|[#/<])[^)\s\"]+)", re.MULTILINE)
_FRONT = re.compile(r"---\n")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PLACEHOLDER = re.compile(r"(%\(\w+\)s)")
_KEPT = frozenset({"variable", "tag", "code", "url", "email", "phone", "number"})

SETTINGS = f"""\
source_locale = "{SOURCE}"
demonstration = true

[site]
title = "Corpus"
url = "https://corpus.example"

[policy]
required = []
complete = 0.0

[prefill]
engines = ["memory"]

[locales]
"""


@dataclass(frozen=True)
class Corpus:
    """The articles of a corpus and what people wrote of them in each locale."""

    sources: dict[str, str]
    """Slug -> Markdown."""

    articles: tuple[Article, ...]
    human: dict[str, Catalog]
    """Tag -> catalog of the whole corpus."""

    @property
    def templates(self) -> dict[str, Catalog]:
        """Slug -> messages of the article."""
        return {article.slug: extract.template(article) for article in self.articles}


def read(pages: Path, catalogs: Path, every: int) -> Corpus:
    """The ``*.md`` below a folder, one in so many, and every ``*.po`` of another."""
    sources = {_slug(path): text for path, text in list(_pages(pages))[::every]}
    articles = tuple(
        readers.read(text.encode(), f"source/articles/{slug}.md", SOURCE) for slug, text in sorted(sources.items())
    )
    human = {}
    for file in sorted(catalogs.glob("*.po")):
        human[tag(file.stem)] = po.load(file.read_bytes(), file.name)
    return Corpus(sources, articles, human)


def tag(name: str) -> str:
    """The locale of a catalog's name, with the region that CLDR takes for likely where it names none: ``ar-EG``."""
    language = name.replace("_", "-")
    if "-" not in language:
        language = f"{language}-{get_global('likely_subtags')[language].split('_')[-1]}"
    return locales.locale(language).tag


def _pages(folder: Path) -> Iterator[tuple[PurePosixPath, str]]:
    """Each page, with a title and links that lead somewhere in a flat folder."""
    known = {PurePosixPath(file.relative_to(folder).as_posix()) for file in folder.rglob("*.md")}
    for path in sorted(known):
        text = _titled((folder / path).read_text(encoding="utf-8"), path)
        yield path, _LINK.sub(lambda link, at=path: f"{link['before']}{_target(link['to'], at, known)}", text)


def _slug(path: PurePosixPath) -> str:
    return "--".join(path.with_suffix("").parts)


def _target(to: str, page: PurePosixPath, known: set[PurePosixPath]) -> str:
    name, mark, rest = to.partition("#")
    path = PurePosixPath(posixpath.normpath(page.parent / name))
    return f"{_slug(path)}.md{mark}{rest}" if path in known else f"{URL}{to.lstrip('./')}"


def _titled(text: str, path: PurePosixPath) -> str:
    """The text, with its file's name as the title where it has none."""
    try:
        readers.read(text.encode(), path.name, SOURCE)
    except SourceError:
        line = f"title: {path.stem}\n"
        return _FRONT.sub(f"---\n{line}", text, count=1) if text.startswith("---\n") else f"---\n{line}---\n\n{text}"
    return text


# --- catalogs -------------------------------------------------------------------------------------


class Translator:
    """Texts of one locale: what people wrote, and made up ones for the rest."""

    def __init__(self, tag: str, human: Catalog) -> None:
        self.locale: Locale = locales.locale(tag)
        accepted = [message for message in human.messages if message.state is State.TRANSLATED and not message.obsolete]
        self.human = {message.key.source: message for message in accepted if not message.source_plural}
        english = {word for message in accepted for word in _WORD.findall(message.key.source)}
        found = {word for message in accepted for word in _WORD.findall(message.target)} - english
        self.words = sorted(word for word in found if word == word.lower()) or ["ipsum"]

    def target(self, key: Key) -> str:
        """The human text, where it is one that the message may have; else a made up one."""
        message = self.human.get(key.source)
        if message is not None and _conforms(message.target, key.source):
            return message.target
        return self._made_up(key.source)

    def made_up_words(self, source: str) -> str:
        """Words of the locale in the place of those of a text with placeholders."""
        dice = random.Random(f"{SEED} {self.locale.tag} {source}")
        parts = _PLACEHOLDER.split(source)
        return "".join(
            part if number % 2 else _WORD.sub(lambda _: dice.choice(self.words), part)
            for number, part in enumerate(parts)
        )

    def _made_up(self, source: str) -> str:
        dice = random.Random(f"{SEED} {self.locale.tag} {source}")
        pieces, end = [], 0
        for kept in placeables.find(source):
            if kept.kind in _KEPT:
                pieces += [_WORD.sub(lambda _: dice.choice(self.words), source[end : kept.start]), kept.text]
                end = kept.end
        made = "".join([*pieces, _WORD.sub(lambda _: dice.choice(self.words), source[end:])])
        return made if _conforms(made, source) else source

    def catalog(self, template: Catalog, left: Catalog | None = None) -> Catalog:
        """The template in the locale; human texts of ``left`` without a source in it are obsolete."""
        messages = [replace(message, targets=(self.target(message.key),)) for message in template.messages]
        keys = {message.key for message in messages}
        gone = (message for message in (left.messages if left else ()) if message.key not in keys)
        kept = (replace(message, obsolete=True, notes=(), references=()) for message in gone if any(message.targets))
        return replace(po.new(self.locale), messages=(*messages, *kept))


def _conforms(target: str, source: str) -> bool:
    try:
        inline.conform(inline.parse(target), inline.parse(source))
    except MarkupError:
        return False
    return True


def whole(templates: dict[str, Catalog]) -> Catalog:
    """The messages of all articles as one template, each once."""
    messages: dict[Key, Message] = {}
    for template in templates.values():
        for message in template.messages:
            known = messages.get(message.key)
            references = (*known.references, *message.references) if known else message.references
            messages[message.key] = replace(known or message, references=references)
    return replace(po.new(None), messages=tuple(messages.values()))


def assemble(corpus: Corpus, folder: Path) -> None:
    """Write the project: articles, settings, catalogs, and the whole catalogs beside them in ``whole/``."""
    for slug, text in corpus.sources.items():
        _write(folder / f"source/articles/{slug}.md", text.encode())
    regions = sorted({locales.locale(tag).region for tag in (SOURCE, *corpus.human)})
    lineless = "\n".join(f'[region.{region}]\ncrisis = "none"\n' for region in regions)
    _write(folder / "source/helplines.toml", lineless.encode())
    lines = [f"{tag} = {{ published = false }}\n" for tag in corpus.human]
    _write(folder / "handrail.toml", "".join([SETTINGS, *lines]).encode())
    words = project.interface_template(project.open_project(folder))
    templates = corpus.templates
    together = whole(templates)
    _write(folder / "whole/messages.pot", po.dump(together))
    for tag, human in corpus.human.items():
        translator = Translator(tag, human)
        for slug, template in templates.items():
            path = f"locales/{translator.locale.folder}/LC_MESSAGES/{slug}.po"
            _write(folder / path, po.dump(translator.catalog(template)))
        _write(
            folder / f"locales/{translator.locale.folder}/LC_MESSAGES/interface.po", po.dump(_own(words, translator))
        )
        _write(folder / f"whole/{translator.locale.folder}.po", po.dump(translator.catalog(together, human)))


def _own(words: Catalog, translator: Translator) -> Catalog:
    """The theme's words in a locale, made up, with their placeholders."""
    forms = translator.locale.plural_count
    messages = []
    for one in words.messages:
        plurals = [one.source_plural] * (forms - 1) if one.source_plural else []
        messages.append(replace(one, targets=tuple(map(translator.made_up_words, (one.key.source, *plurals)))))
    return replace(po.new(translator.locale), messages=tuple(messages))


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
