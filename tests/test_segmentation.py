"""The version of the segmentation: pinned, written down, and migrated without a loss."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import catalogs, inline, merge, po, project, segmentation
from pipeline.errors import CatalogError, MarkupError
from pipeline.extract import template
from pipeline.model import Catalog, Key, Message
from pipeline.readers import read

OLD = ((segmentation.FIELD, "0"),)

SAMPLE = """---
title: A *title* & more
---
# Head

Soft
wrapped __strong__ _em_ \\*literal\\* &copy; <kbd>x</kbd> `code`\\
next line

- item [link](x.md "tip")
- <span class="a">numbered</span>

| a | b |
|---|---|
| c \\| d | ![alt](i.png) |
"""

KEYS = (
    "A \\*title\\* & more",
    "Head",
    "Soft wrapped **strong** *em* \\*literal\\* © <kbd>x</kbd> `code`\\\nnext line",
    'item [link](x.md "tip")',
    "<span1>numbered</span1>",
    "a",
    "b",
    "c | d",
    "alt",
)


def messages(*sources: str) -> tuple[Message, ...]:
    """Untranslated messages of some texts."""
    return tuple(Message(Key(source)) for source in sources)


def test_the_version_stands_for_these_messages() -> None:
    """Whoever changes what the sample gives raises the version, or catalogs would lose their keys unnoticed."""
    made = template(read(SAMPLE.encode(), "x.md", "en"))
    assert segmentation.VERSION == 1
    assert tuple(message.key.source for message in made.messages) == KEYS


def test_templates_and_new_catalogs_carry_the_version(starter: Path) -> None:
    """The header of what update makes names the version."""
    one = project.open_project(starter)
    path = project.catalog_path(one.settings.targets[0].locale, "feeling-low")
    (starter / path).unlink(missing_ok=True)
    assert not [change.error for change in catalogs.update(one, one.settings.targets, ()) if change.error]
    for file in (path, f"{project.TEMPLATES}/feeling-low.pot"):
        assert (segmentation.FIELD, "1") in po.load((starter / file).read_bytes(), file).header


def test_an_old_catalog_is_migrated_by_update(starter: Path) -> None:
    """A catalog of an older version keeps every accepted text under the new keys, and is written as new."""
    one = project.open_project(starter)
    (starter / "source/articles/x.md").write_text("---\ntitle: T\n---\nAn __old__ way\n", encoding="utf-8")
    target = one.settings.targets[0]
    path = project.catalog_path(target.locale, "x")
    old = replace(
        po.new(target.locale),
        header=(*po.new(target.locale).header, *OLD),
        messages=(Message(Key("An __old__ way"), targets=("Un modo **antiguo**",)),),
    )
    (starter / path).write_bytes(po.dump(old))
    assert not [change.error for change in catalogs.update(one, [target], ["x"]) if change.error]
    new = po.load((starter / path).read_bytes(), path)
    assert new.index()[Key("An **old** way")].targets == ("Un modo **antiguo**",)
    assert not new.index()[Key("An **old** way")].fuzzy
    assert dict(new.header)[segmentation.FIELD] == "1"


def test_a_current_catalog_stays_as_it_is() -> None:
    """No field means the first version, and nothing is done to a catalog of this version."""
    catalog = Catalog("fr", messages("__a__"))
    assert segmentation.migrated(catalog, Catalog("", messages("**a**"))) is catalog


@pytest.mark.parametrize("value", ["2", "999", "x", "", "-1", "²"])
def test_other_versions_are_errors(value: str) -> None:
    """A newer version, or none, is an error that names the file."""
    with pytest.raises(CatalogError, match=r"x\.po"):
        segmentation.version(Catalog("fr", header=((segmentation.FIELD, value),), path="x.po"))


def test_two_messages_that_become_one() -> None:
    """The accepted text gets the key; the other message stays and becomes obsolete."""
    fuzzy = Message(Key("__a__"), targets=("flou",), fuzzy=True)
    accepted = Message(Key("<strong>a</strong>"), targets=("bon",))
    made = Catalog("", messages("**a**"))
    new = merge.merge(segmentation.migrated(Catalog("fr", (fuzzy, accepted), OLD), made), made, frozenset())
    assert [(message.target, message.obsolete) for message in new.messages] == [("bon", False), ("flou", True)]


sources = st.lists(
    st.text(st.sampled_from("ab_*`~<>&\\ [](){}1"), min_size=1, max_size=12).filter(str.strip), unique=True, max_size=6
)


@given(sources, sources)
def test_no_translation_is_lost(old: list[str], new: list[str]) -> None:
    """Whatever an older version wrote, every text is in the catalog after migration and merge."""
    written = [Message(Key(source), targets=(f"t{number}",)) for number, source in enumerate(old)]
    made = Catalog("", messages(*dict.fromkeys(key for source in [*old, *new] if (key := rewritten(source)))))
    merged = merge.merge(segmentation.migrated(Catalog("fr", tuple(written), OLD), made), made, frozenset())
    assert {message.target for message in merged.messages} >= {message.target for message in written}


def rewritten(source: str) -> str:
    """The source as this version writes it; empty where it is no markup."""
    try:
        return inline.dump(inline.parse(source))
    except MarkupError:
        return ""
