"""The promise, on the real articles: take away any one safety text, number, sign-off or registry entry, in any
locale or in the source, and the pages that would lack it are withheld, with a finding that says where and what to do.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import build, checks, helplines, po, project, standing
from pipeline.build import Wanted
from pipeline.errors import RegistryError
from pipeline.model import NO_LINE, Edition, Finding, Key, Severity
from pipeline.project import Project

SETTINGS = project.open_project(ROOT).settings
TRANSLATED = [target.locale.tag for target in SETTINGS.targets if target.published]
PUBLISHED = [SETTINGS.source.tag, *TRANSLATED]
ARTICLES = list(project.article_paths(Project(ROOT, SETTINGS)))


LOADED = project.load(Project(ROOT, SETTINGS), TODAY)


def editions(tag: str) -> list[Edition]:
    """The editions of a locale, as they stand."""
    return [edition for edition in LOADED.editions if edition.locale.tag == tag]


def assert_closed(findings: Iterable[Finding], path: str, line: int = 0) -> None:
    """An error closes the gate, and says where (the line, if one is known) and what to do."""
    found = [f for f in findings if f.severity is Severity.ERROR and f.place and f.place.path == path]
    assert found, f"nothing sends anybody to {path}"
    assert not line or line in {f.place.line for f in found if f.place}
    assert all(f.text and f.advice for f in found)


def with_target(edition: Edition, key: Key, target: str) -> Edition:
    """The edition with another target of one message."""
    messages = tuple(replace(m, targets=(target,)) if m.key == key else m for m in edition.catalog.messages)
    return replace(edition, catalog=replace(edition.catalog, messages=messages))


def blocks(text: str, header: str) -> list[str]:
    """A TOML file cut before each of its ``[[header]]`` lines; the first piece is what stands above them."""
    return re.split(rf"(?m)^(?=\[\[{header}\]\]$)", text)


# --- as it stands ---------------------------------------------------------------------------------


def test_the_demonstration_goes_out_whole(demonstration: Path) -> None:
    """Both articles in every published locale, as HTML and as text, each with every number of its region."""
    result = build.build(project.open_project(demonstration), TODAY)
    assert result.outcome.open, [
        f"{f.place}: {f.text}" for f in result.outcome.findings if f.severity is Severity.ERROR
    ]
    for edition in (edition for tag in PUBLISHED for edition in editions(tag)):
        folder = demonstration / build.SITE / edition.locale.tag / edition.article.slug
        for page in (folder / "index.html", folder / "index.txt"):
            text = page.read_text(encoding="utf-8")
            missing = [number for number in numbers(edition) if number not in text]
            assert not missing, f"{page}: {missing}"


def numbers(edition: Edition) -> set[str]:
    """The numbers that readers in the edition's region are shown."""
    lines = [edition.registry.helplines[id] for id in used(edition)]
    return {next(contact.display for contact in line.contacts if contact.channel == "voice") for line in lines}


def used(edition: Edition) -> set[str]:
    """Ids of the helplines that the edition's region shows."""
    return set(edition.registry.roles[edition.locale.region].values()) - {NO_LINE}


# --- the translation ------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TRANSLATED)
def test_a_safety_sentence_lost_on_the_disk_withholds_its_page(demonstration: Path, tag: str) -> None:
    """The whole way: empty a target in the file, build, and the page is not there, and nothing names it."""
    edition = editions(tag)[0]
    key = next(standing.safety_messages(edition)).message.key
    data = po.dump(with_target(edition, key, "").catalog)
    (demonstration / edition.catalog.path).write_bytes(data)
    [line] = [message.line for message in po.load(data, edition.catalog.path).messages if message.key == key]
    outcome = build.build(project.open_project(demonstration), TODAY).outcome
    withheld = [(s.article, s.locale) for s in outcome.standings if s.published and not s.open]
    assert withheld == [(edition.article.slug, tag)]
    assert_closed(outcome.findings, edition.catalog.path, line)
    site = demonstration / build.SITE
    assert not (site / tag / edition.article.slug).exists()
    address = f"{tag}/{edition.article.slug}"
    assert not [path for path in site.rglob("*.*") if address in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_safety_sentence_is_needed(tag: str) -> None:
    """Empty any one safety target, or take its message out of the catalog: the finding is where it was."""
    for edition in editions(tag):
        safety = list(standing.safety_messages(edition))
        assert len(safety) > len(SETTINGS.policy.required)
        for one in safety:
            key, path = one.message.key, edition.catalog.path
            assert_closed(checks.check(with_target(edition, key, "")), path, one.message.line)
            rest = tuple(message for message in edition.catalog.messages if message.key != key)
            assert_closed(checks.check(replace(edition, catalog=replace(edition.catalog, messages=rest))), path)


@pytest.mark.parametrize("tag", TRANSLATED)
def test_each_number_is_needed_in_the_translation(tag: str) -> None:
    """Lose any one ``{crisis.phone}`` from a target, or type a number in its place: the finding is at its line."""
    seen = 0
    for edition in editions(tag):
        for one in standing.safety_messages(edition):
            for variable in set(re.findall(r"\{[a-z]+\.phone\}", one.message.target)):
                seen += 1
                for instead in ("", "0123 456789"):
                    broken = one.message.target.replace(variable, instead)
                    found = checks.check(with_target(edition, one.message.key, broken))
                    assert_closed(found, edition.catalog.path, one.message.line)
                    assert {f.rule for f in found} & {"placeable/variable-lost", "safety/target-changed"}
    assert seen >= 3 * len(ARTICLES)


@pytest.mark.parametrize("tag", PUBLISHED)
def test_each_sign_off_is_needed(tag: str) -> None:
    """Delete any one sign-off: the finding is at the message that it was for, in the source at its segment."""
    for edition in editions(tag):
        for one in standing.safety_messages(edition):
            assert one.review is not None
            rest = tuple(s for s in edition.signoffs if s != one.review)
            found = checks.check(replace(edition, signoffs=rest))
            path, line = edition.catalog.path, one.message.line
            if tag == SETTINGS.source.tag:
                path, line = edition.article.path, one.segment.place.line
            assert_closed(found, path, line)
            assert {f.rule for f in found if f.severity is Severity.ERROR} == {"safety/not-signed-off"}


# --- the registry ---------------------------------------------------------------------------------


def registry_pieces() -> list[str]:
    """The registry, one helpline a piece, below what stands above them."""
    return blocks((ROOT / project.REGISTRY).read_text(encoding="utf-8"), "helpline")


def id_of(piece: str) -> str:
    """The id of the helpline in a piece of the registry."""
    return str(tomllib.loads(piece)["helpline"][0]["id"])


def assert_stopped(edition: Edition, registry: str) -> None:
    """With that registry no page goes out: findings close the gate, or it is refused as a whole; both name it."""
    try:
        changed = replace(edition, registry=helplines.load(registry.encode(), project.REGISTRY))
    except RegistryError as error:
        where, sentence = error.place, error.message
    else:
        assert_closed(checks.check(changed), project.REGISTRY)
        return
    assert where is not None
    assert where.path == project.REGISTRY
    assert where.line > 0
    assert sentence


@pytest.mark.parametrize("tag", PUBLISHED)
def test_each_registry_entry_is_needed(tag: str) -> None:
    """Delete any helpline that the region shows, or its contacts, or its verification: the registry is named."""
    pieces = registry_pieces()
    edition = editions(tag)[0]
    seen = set()
    for number, piece in enumerate(pieces[1:], start=1):
        if id_of(piece) not in used(edition):
            continue
        seen.add(id_of(piece))
        contact = re.sub(r"(?m)^\[\[helpline\.contact\]\]\n(?:.+\n)+", "", piece)
        verification = re.sub(r"(?m)^\[helpline\.verified\]\n(?:.+\n?)+", "", piece)
        for instead in ("", contact, verification):
            assert instead != piece
            assert_stopped(edition, "".join([*pieces[:number], instead, *pieces[number + 1 :]]))
    assert seen == used(edition)


@pytest.mark.parametrize("tag", PUBLISHED)
def test_each_number_of_the_registry_is_guarded(tag: str) -> None:
    """Turn a digit of a number of the region, or delete the number: the registry is named."""
    pieces = registry_pieces()
    edition = editions(tag)[0]
    for number, piece in enumerate(pieces[1:], start=1):
        for field, value in re.findall(r'(?m)^(display|dial) = "([^"]*\d[^"]*)"', piece):
            if id_of(piece) not in used(edition):
                continue
            turned = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value, count=1)
            for other in (turned, ""):
                changed = piece.replace(f'{field} = "{value}"', f'{field} = "{other}"', 1)
                assert_stopped(edition, "".join([*pieces[:number], changed, *pieces[number + 1 :]]))


@pytest.mark.parametrize("tag", PUBLISHED)
def test_each_role_of_the_region_is_needed(tag: str) -> None:
    """Delete a role's line, or the whole region: the registry is named."""
    text = (ROOT / project.REGISTRY).read_text(encoding="utf-8")
    edition = editions(tag)[0]
    [table] = re.findall(rf"(?m)^\[region\.{edition.locale.region}\]\n(?:.+\n)*", text)
    lines = [line for line in table.splitlines(keepends=True) if re.match(r"\w+ =", line)]
    assert len(lines) == 3
    for lost in (*lines, table):
        assert_stopped(edition, text.replace(table, table.replace(lost, "")))


# --- the source -----------------------------------------------------------------------------------


def source_blocks(slug: str) -> list[tuple[str, str, str]]:
    """What a slip can delete of an article's required safety text: id, what is deleted, the text itself.

    Whole blocks, and marks alone where the block would not be known as safety text by its variables.
    """
    text = (ROOT / project.article_paths(Project(ROOT, SETTINGS))[slug]).read_text(encoding="utf-8")
    markdown = re.findall(r"((<!-- safety: ([a-z-]+) -->\n)(?:.+\n)+)", text)
    html = re.findall(r'(?s)(<p( data-safety="([a-z-]+)")>.*?</p>)', text)
    found = [one for one in (*markdown, *html) if one[2] in SETTINGS.policy.required]
    whole = [(id, "block", block) for block, _, id in found]
    return whole + [(id, "mark", block) for block, _, id in found if f"{{{id}." not in block]


@pytest.mark.parametrize(
    ("slug", "id", "what", "text"),
    [pytest.param(slug, *one, id=f"{slug}-{one[0]}-{one[1]}") for slug in ARTICLES for one in source_blocks(slug)],
)
def test_each_safety_block_is_needed_in_the_source(
    demonstration: Path, slug: str, id: str, what: str, text: str
) -> None:
    """Delete a required block of an article, or only its mark: its pages are withheld in every locale."""
    one = project.open_project(demonstration)
    path = project.article_paths(one)[slug]
    article = (demonstration / path).read_text(encoding="utf-8")
    assert text in article
    without_mark = text.replace(f"<!-- safety: {id} -->\n", "").replace(f' data-safety="{id}"', "")
    changed = article.replace(text, without_mark if what == "mark" else "")
    (demonstration / path).write_text(changed, encoding="utf-8")
    outcome = build.assess(one, TODAY, Wanted(slugs=frozenset({slug}))).outcome
    assert [s.locale for s in outcome.standings if s.published and not s.open] == PUBLISHED
    assert_closed(outcome.findings, path)


def test_every_required_block_is_in_every_article() -> None:
    """The test above has something to delete in each article."""
    for slug in ARTICLES:
        assert {id for id, _, _ in source_blocks(slug)} == set(SETTINGS.policy.required)
