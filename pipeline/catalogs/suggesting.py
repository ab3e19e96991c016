"""Suggestions into empty messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pipeline import engines, locales, po, prefill, project
from pipeline.catalogs.updating import current, update
from pipeline.catalogs.walking import Change, Made, Template, attempt, known, made, progress, state, templates
from pipeline.errors import EngineError, HandrailError
from pipeline.model import Catalog, Locale, Refusal
from pipeline.project import Project, Target


@dataclass(frozen=True, slots=True)
class Charge:
    """What an engine has to do for a locale, or has done."""

    engine: str
    locale: str
    given: int
    """Messages that it has a text for without being paid."""

    asked: int
    """Messages that it would be paid for."""

    characters: int
    cost: float


@dataclass
class Suggesting:
    """A run of prefill: what it works on, and the account of it, which grows as it goes.

    ``run`` holds what the engines may do, ``targets`` and ``slugs`` where.
    """

    one: Project
    targets: Sequence[Target]
    slugs: Collection[str]
    run: engines.Run

    def __post_init__(self) -> None:
        self.refusals: Counter[tuple[str, str]] = Counter()
        """By engine and reason: how many messages."""

    def open_messages(self) -> int:
        """How many messages wait for a suggestion in the catalogs that can be read or made."""
        return sum(
            len(prefill.waiting(found))
            for target in self.targets
            for slug in self._slugs()
            if (found := self._there(target, slug))
        )

    def fill(self) -> Iterator[Change]:
        """Write suggestions, all fuzzy, one catalog after the other; the catalogs of a new locale are made first.

        Raises EngineError for an engine that cannot be used.
        """
        found = list(templates(self.one, self.slugs))
        yield from (template for template in found if isinstance(template, Change))
        articles = [template for template in found if isinstance(template, Template) and template.article]
        for target in self.targets:
            yield from self._made(target)
            asked = self._engines(target, articles)
            try:
                for template in articles:
                    path = project.catalog_path(target.locale, template.name)
                    yield attempt(self.one, path, partial(self._filled, path, target, template, asked))
            finally:
                engines.settle(asked)

    def estimate(self) -> Iterator[Charge]:
        """What each machine would be paid for, where nothing is sent; local engines are asked, nothing is written."""
        found = [template for template in templates(self.one, self.slugs) if isinstance(template, Template)]
        articles = [template for template in found if template.article]
        for target in self.targets:
            given, asked = Counter[str](), Counter[str]()
            each = self._engines(target, articles)
            for template in articles:
                catalog = self._there(target, template.name)
                waiting = prefill.waiting(catalog) if catalog else []
                assignment = self._assignment(target, template)
                for engine in each:
                    answers = prefill.ask(engine, waiting, assignment)
                    asked[engine.name] += answers.count(engines.NOT_SENT)
                    refused = [isinstance(answer, Refusal) and answer != engines.NOT_SENT for answer in answers]
                    given[engine.name] += len(answers) - sum(refused) - answers.count(engines.NOT_SENT)
                    waiting = [key for key, empty in zip(waiting, refused, strict=True) if empty]
            for engine in each:
                yield self._charge(engine.name, target.locale, given[engine.name], asked[engine.name])

    def _charge(self, engine: str, locale: Locale, given: int, asked: int) -> Charge:
        characters = self.run.purse.characters[engine, locale.tag]
        return Charge(engine, locale.tag, given, asked, characters, self.run.purse.cost(engine, characters))

    def _filled(self, path: str, target: Target, template: Template, asked: Sequence[prefill.Engine]) -> Made:
        old = po.load(project.read(self.one.root, path), path)
        result = prefill.prefill(old, asked, self._assignment(target, template))
        still_open = set(prefill.waiting(result.catalog))
        self.refusals.update((one.engine, one.reason) for one in result.refusals if one.key in still_open)
        given = ", ".join(f"{count} from {name}" for name, count in result.counts)
        return made(result.catalog, f"{given}; {progress(map(state, result.catalog.messages))}")

    def _assignment(self, target: Target, template: Template) -> prefill.Assignment:
        return prefill.Assignment(
            source=self.one.settings.source,
            target=target.locale,
            safety=template.safety,
            terms=project.terms(self.one, target.locale),
            safety_drafts=self.one.settings.prefill.safety_drafts or locales.is_pseudo(target.locale),
        )

    def _made(self, target: Target) -> Iterator[Change]:
        """The catalogs of a locale that has not got all of them yet."""
        paths = {project.catalog_path(target.locale, slug) for slug in self._slugs()}
        if missing := {path for path in paths if not (self.one.root / path).exists()}:
            done = update(self.one, [target], self.slugs)
            yield from (change for change in done if change.path in missing and not change.error)

    def _there(self, target: Target, slug: str) -> Catalog | None:
        """A catalog, or what it would be where it is missing; nothing where it cannot be read."""
        try:
            if (self.one.root / project.catalog_path(target.locale, slug)).exists():
                return project.catalog(self.one, target.locale, slug)
            return current(self.one, target, slug)
        except HandrailError:
            return None

    def _engines(self, target: Target, articles: Sequence[Template]) -> tuple[prefill.Engine, ...]:
        notes = {
            message.key: "\n".join(message.notes) for template in articles for message in template.catalog.messages
        }
        brief = engines.Brief(project.terms(self.one, target.locale), notes)
        made = engines.make(target.engines, self.run, brief)
        for engine in made:
            if isinstance(engine, engines.Memory):
                engine.learn(known(self.one, target.locale), self.one.settings.source)
        return made

    def _slugs(self) -> list[str]:
        return [slug for slug in project.article_paths(self.one) if not self.slugs or slug in self.slugs]


def engines_run(
    one: Project,
    environment: Mapping[str, str],
    *,
    jobs: int | None = None,
    closed: Refusal | None = None,
    answered: Callable[[int], None] | None = None,
) -> engines.Run:
    """What the settings allow engines; ``closed`` says why nothing may be sent, where that is so.

    Raises EngineError where the settings have a price or a rate for an engine that does not exist.
    """
    chosen = one.settings.prefill
    for name in (*chosen.prices, *chosen.rates):
        if name not in engines.NAMES:
            raise EngineError(f"the settings of prefill name {name}; the engines are {', '.join(engines.NAMES)}.")
    said = {
        "OPENAI_BASE_URL": chosen.openai.url,
        "OPENAI_MODEL": chosen.openai.model,
        "APERTIUM_URL": chosen.apertium.url,
    }
    budget = engines.Budget(chosen.budget.characters, chosen.budget.money)
    return engines.Run(
        folder=one.root,
        memory=chosen.memory,
        owner=one.settings.url,
        environment={name: value for name, value in said.items() if value} | dict(environment),
        answers=one.root / chosen.cache,
        purse=engines.Purse(budget, chosen.prices, closed),
        rates=chosen.rates,
        jobs=jobs or chosen.jobs,
        answered=answered,
    )
