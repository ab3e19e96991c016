"""``handrail prefill`` killed at any moment: the next run continues, and pays for nothing twice."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.engines.masking import Masking
from pipeline.model import Key
from translators import Reply, Translator, serving

CATALOG = "locales/fr_FR/LC_MESSAGES/feeling-low.po"
CACHE = ".handrail/answers/fr-FR.jsonl"


@pytest.fixture
def server() -> Iterator[Translator]:
    """A service that takes its time."""
    with serving() as said:
        said.usually = Reply(wait=0.03)
        yield said


@pytest.fixture
def site(starter: Path) -> Path:
    """A project with a locale that has no catalogs yet, and a service that answers one text at a time."""
    settings = starter / "handrail.toml"
    text = settings.read_text(encoding="utf-8")
    line = '[locales]\nfr-FR = { published = false, engines = ["memory", "mymemory"] }\n'
    text = text.replace("[locales]\n", line).replace("[prefill]\n", "[prefill]\njobs = 1\nrates.mymemory = 1000\n")
    settings.write_text(text, encoding="utf-8")
    return starter


def arguments(site: Path) -> list[str]:
    """What is asked for."""
    return ["--project", str(site), "prefill", "--locale", "fr-FR"]


def finished(site: Path) -> bytes:
    """The catalog after a run that nobody stops."""
    assert cli.main(arguments(site)) == cli.OPEN
    return (site / CATALOG).read_bytes()


def remembered(site: Path) -> list[str]:
    """The sources of the whole lines of the cache."""
    path = site / CACHE
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [json.loads(line)["source"] for line in lines]


def as_sent(source: str) -> str:
    """The text as the service sees it."""
    seen: list[str] = []

    class Spy:
        name, machine = "spy", True

        def suggest(self, keys: list[Key], *_: object) -> list[object]:
            seen.extend(key.source for key in keys)
            raise StopIteration

    with pytest.raises(StopIteration):
        Masking(Spy()).suggest([Key(source)], None, None)  # type: ignore[arg-type]  # asked for what it sends
    return seen[0]


def test_the_next_run_continues(
    site: Path, server: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed again and again, it asks for nothing that it remembers, and ends with the bytes of a run in one go."""
    monkeypatch.setenv("MYMEMORY_URL", server.url("/get"))
    other = tmp_path / "other"
    shutil.copytree(site, other)
    for answers in (1, 5):
        paid, before = {as_sent(source) for source in remembered(site)}, len(server.asked)
        with subprocess.Popen(
            [sys.executable, "-m", "pipeline", *arguments(site)], stdout=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and len(remembered(site)) < answers:
                time.sleep(0.01)
            process.kill()
        assert len(remembered(site)) >= answers
        assert not paid & set(server.texts[before:])
    paid, before = {as_sent(source) for source in remembered(site)}, len(server.asked)
    catalog = finished(site)
    assert not paid & set(server.texts[before:])
    assert catalog.count(b"# handrail: suggested by mymemory") == catalog.count(b"#, fuzzy") > 6
    assert finished(other) == catalog
    assert (site / CACHE).read_bytes() == (other / CACHE).read_bytes()
