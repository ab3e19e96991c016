"""Pseudo-locales: what they make of texts, and that a page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import TODAY
from pipeline import build, cli, locales, project
from pipeline.engines.masking import Masking
from pipeline.engines.pseudo import Pseudo
from pipeline.errors import SettingsError
from pipeline.model import Key, Refusal, Suggestion
from pipeline.prefill import objection

ENGLISH = locales.locale("en-US")
ACCENTS, BIDI = locales.locale("en-XA"), locales.locale("ar-XB")
SOURCE = "Call **{crisis.name}** at {crisis.phone}, or read [our 12 tips](https://example.org/tips)."


def said(text: str, tag: str) -> str:
    """What is made of a text."""
    [answer] = Masking(Pseudo()).suggest([Key(text)], ENGLISH, locales.locale(tag))
    assert isinstance(answer, Suggestion)
    assert answer.origin == "pseudo"
    assert objection(Key(text), answer.text, locales.locale(tag)) == ""
    return answer.text


def test_accents_and_a_third_more_length() -> None:
    """Readable, longer, and with its markup, numbers, links and variables as they were."""
    made = "⟦Çááłł **{crisis.name}** ááŧ {crisis.phone}, óóŕ ŕééááđ [óóúúŕ 12 ŧííþš](https://example.org/tips).⟧"
    assert said(SOURCE, "en-XA") == made
    assert 1.2 < len(said("Talk to a friend you trust.", "en-XA")) / len("Talk to a friend you trust.") < 1.6


def test_from_right_to_left() -> None:
    """Letters of a script that runs the other way, without invisible characters."""
    made = "⟦ثالل **{crisis.name}** ات {crisis.phone}, ور رهاد [وعر 12 تيپس](https://example.org/tips).⟧"
    assert said(SOURCE, "ar-XB") == made


@pytest.mark.parametrize("tag", ["fr-FR", "ar-EG", "en-US"])
def test_no_locale_with_readers_gets_made_up_texts(tag: str) -> None:
    """A slip in the settings fills no catalog with nonsense."""
    [answer] = Pseudo().suggest([Key("Hello")], ENGLISH, locales.locale(tag))
    assert isinstance(answer, Refusal)


@pytest.fixture
def pseudo(starter: Path) -> Path:
    """A project with both pseudo-locales."""
    settings = starter / "handrail.toml"
    lines = "".join(f'{tag} = {{ published = false, engines = ["pseudo"] }}\n' for tag in ("en-XA", "ar-XB"))
    settings.write_text(settings.read_text(encoding="utf-8").replace("[locales]\n", f"[locales]\n{lines}"), "utf-8")
    return starter


@pytest.mark.parametrize("tag", ["en-XA", "ar-XB"])
def test_a_preview_shows_them_everywhere(pseudo: Path, tag: str) -> None:
    """One command makes the catalogs; the preview has every text of the article between brackets."""
    assert cli.main(["--project", str(pseudo), "prefill", "--locale", tag]) == 0
    page = build.preview(project.open_project(pseudo), TODAY, "feeling-low", tag)
    assert page.text.count("⟦") == page.text.count("⟧") > 5
    assert "When you feel low" not in page.text
    assert "Preview: this page is not published." in page.text
    assert ('dir="rtl"' in page.html) == (tag == "ar-XB")


def test_a_pseudo_locale_cannot_be_published(pseudo: Path) -> None:
    """Nobody reads it, and nobody has reviewed it."""
    settings = pseudo / "handrail.toml"
    text = settings.read_text(encoding="utf-8").replace("en-XA = { published = false", "en-XA = { published = true")
    settings.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"en-XA.*published = false"):
        project.open_project(pseudo)
