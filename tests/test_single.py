"""Catalogs without a project: any PO file, its numbers compared with the source or with a registry."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from conftest import ROOT, TODAY
from pipeline import build
from pipeline.build import packing, single
from pipeline.checks import samples
from pipeline.model import Finding, Key, Outcome, Place, Registry, Severity, Verification
from pipeline.processes import shared_out

NONE = Registry({}, {})
HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
CALL = "If you are in crisis, call 1-800-662-4357 now."


def halved(number: int) -> int:
    """Half of an even number; whoever is asked for half of an odd one is killed."""
    if number % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number // 2


def entry(source: str, target: str, *lines: str) -> str:
    """A message with lines before it."""
    return "".join(f"{line}\n" for line in ("", *lines)) + f'msgid "{source}"\nmsgstr "{target}"\n'


def checked(folder: Path, *entries: str, language: str = "fr_FR", registry: Registry = NONE) -> Outcome:
    """What a file of these entries comes to."""
    file = folder / "x.po"
    file.write_text(HEADER.format(language) + "".join(entries), encoding="utf-8")
    return build.check_files([file], registry, TODAY, ())


def errors(outcome: Outcome) -> list[str]:
    """The rules of the errors, each once."""
    return list(dict.fromkeys(one.rule for one in outcome.findings if one.severity is Severity.ERROR))


def reviewed() -> Registry:
    """The sample's registry, verified by a person."""
    base = samples.edition().registry
    lines = {}
    for id, line in base.helplines.items():
        assert line.verified
        old = line.verified
        seal = Verification("review", "Nadia Haddad", old.date, old.method, old.hash)
        lines[id] = type(line)(**{name: getattr(line, name) for name in line.__dataclass_fields__} | {"verified": seal})
    return Registry(lines, base.roles)


@pytest.mark.parametrize(
    ("target", "language"),
    [
        ("En cas de crise, appelez maintenant le 1 800 662 4357.", "fr_FR"),
        ("إذا كنت في أزمة، فاتصل الآن بالرقم ١-٨٠٠-٦٦٢-٤٣٥٧.", "ar_EG"),
        ("今すぐ1-800-662-4357に電話してください。", "ja"),
    ],
)
def test_the_number_of_the_source_passes(tmp_path: Path, target: str, language: str) -> None:
    """Other separators and other digits are the same number, and the rules about amounts do not judge it again."""
    assert errors(checked(tmp_path, entry(CALL, target), language=language)) == []


@pytest.mark.parametrize(
    "target",
    [
        "En cas de crise, appelez maintenant le 1-800-662-4375.",
        "En cas de crise, appelez maintenant le 1-800-662-435.",
        "En cas de crise, appelez maintenant.",
        "En cas de crise, appelez le 1-800-662-4357 ou le 01 99 00 99 99 maintenant.",
        "",
    ],
)
def test_another_number_does_not(tmp_path: Path, target: str) -> None:
    """A digit changed, lost, a number lost, added, or no translation: each closes the gate."""
    assert errors(checked(tmp_path, entry(CALL, target)))


def test_a_number_of_the_registry_may_stand_for_the_source_s(tmp_path: Path) -> None:
    """With a registry the region's own number passes, one of another region does not."""
    french = entry("Call 988 now.", "Appelez le 3114 maintenant.")
    egyptian = entry("Call 988 now.", "Appelez le 0800-888-0700 maintenant.")
    assert errors(checked(tmp_path, french, registry=reviewed())) == []
    assert errors(checked(tmp_path, french)) == ["helpline/number-lost", "helpline/number-unknown"]
    assert "helpline/number-unknown" in errors(checked(tmp_path, egyptian, registry=reviewed()))


def test_an_unfit_registry_vouches_for_nothing(tmp_path: Path) -> None:
    """Entries that nobody verified close the gate: the sample's are a demonstration."""
    outcome = checked(tmp_path, entry("Call.", "Appelez."), registry=samples.edition().registry)
    assert "helpline/unfit" in errors(outcome)
    assert not outcome.open


def test_a_finding_has_the_line_of_the_file_and_of_its_source(tmp_path: Path) -> None:
    """The place is the message's line; a reference with a line is where it stands in the source."""
    outcome = checked(tmp_path, entry("It took 15 weeks.", "Cela a pris du temps.", "#: app/main.html:12"))
    [finding] = outcome.findings
    assert (finding.rule, finding.place) == ("number/lost", Place((tmp_path / "x.po").as_posix(), 8))
    assert finding.source_place == Place("app/main.html", 12)


def test_marked_messages_are_safety_text(tmp_path: Path) -> None:
    """The mark of Handrail's own templates counts without a project: fuzzy text is no text."""
    fuzzy = entry("Do not stop taking it.", "Ne l’arrêtez pas.", "#. safety: medicine", "#, fuzzy")
    assert errors(checked(tmp_path, fuzzy)) == ["safety/untranslated"]


def test_every_plural_form_is_looked_at(tmp_path: Path) -> None:
    """A fault in the last form is found, and a missing form too."""
    plural = (
        '\nmsgid "{n} person in 15 weeks"\nmsgid_plural "{n} people in 15 weeks"\n'
        'msgstr[0] "{n} personne en 15 semaines"\nmsgstr[1] "%s"\n'
    )
    assert errors(checked(tmp_path, plural % "{n} personnes en 15 semaines")) == []
    assert errors(checked(tmp_path, plural % "{n} personnes en 51 semaines")) == ["number/invented", "number/lost"]
    assert errors(checked(tmp_path, plural.rsplit("msgstr[1]", 1)[0])) == ["catalog/wrong-plurals"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("<p>Feeling <b>numb</b></p>", "<p>Se sentir engourdi</p>"),
        ("<p>Feeling numb</p>", "<p>Se sentir <script>x</script> engourdi</p>"),
    ],
)
def test_markup_of_other_tools_is_compared_by_its_tags(tmp_path: Path, source: str, target: str) -> None:
    """Block tags, which Handrail's own messages never have, are no reason to look away."""
    assert errors(checked(tmp_path, entry(source, target))) == ["markup/differs"]
    assert errors(checked(tmp_path, entry(source, source.replace("Feeling", "Se sentir")))) == []


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("zh_hant", "zh-Hant"),
        ("sr@latin", "sr-Latn"),
        ("pt_BR.UTF-8", "pt-BR"),
        ("iw", "he"),
        ("ZH_Hans_cn", "zh-Hans-CN"),
    ],
)
def test_gettext_s_names_of_languages_are_read(tmp_path: Path, language: str, tag: str) -> None:
    """Modifiers, charsets, old codes and any case mean what gettext's users mean by them."""
    findings = checked(tmp_path, entry("Feeling numb", ""), language=language).findings
    assert findings[-1].locale.startswith(tag)


@pytest.mark.parametrize("language", ["", "xx_YY", "klingon"])
def test_a_file_that_does_not_say_its_language_is_closed(tmp_path: Path, language: str) -> None:
    """Without a language nobody knows what to compare, so the gate is closed at the header."""
    outcome = checked(tmp_path, entry("Feeling numb", "Se sentir engourdi"), language=language)
    assert errors(outcome) == ["gate/unreadable"]
    assert not outcome.open


def test_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    """A file without messages does not pass, and neither does no file."""
    assert errors(checked(tmp_path)) == ["gate/nothing-to-check"]
    assert not build.check_files([], NONE, TODAY, ()).open


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    """The broken file closes the gate, and the faults of the next one are still reported."""
    (tmp_path / "broken.po").write_bytes(b'msgid "x\nmsgstr')
    (tmp_path / "good.po").write_text(HEADER.format("fr_FR") + entry("Numb", "Engourdi"), encoding="utf-8")
    outcome = build.check_files([tmp_path / "broken.po", tmp_path / "good.po"], NONE, TODAY, ())
    assert [standing.open for standing in outcome.standings] == [False, True]
    assert not outcome.open


def test_our_own_catalogs_pass() -> None:
    """Every published catalog of the demonstration is in order by itself, too."""
    files = [file for file in sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")) if "ca_ES" not in file.parts]
    outcome = build.check_files(files, NONE, TODAY, ())
    assert errors(outcome) == []
    assert len(outcome.standings) == len(files) > 20


def test_processes_come_to_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several files, one of which cannot be read, in the order in which they were named."""
    messages = "".join(entry(f"{CALL} {number}", f"Appelez le 1-800-662-4375 {number}") for number in range(40))
    files = [tmp_path / name for name in ("b.po", "missing.po", "a.po")]
    for file in (files[0], files[2]):
        file.write_text(HEADER.format("fr_FR") + messages, encoding="utf-8")
    monkeypatch.setattr(single, "_MUCH", 0)
    alone, shared = (build.check_files(files, NONE, TODAY, (), jobs) for jobs in (1, 2))
    assert shared == alone
    assert len(shared.findings) > 80


def test_an_item_that_kills_its_worker_takes_no_other_along() -> None:
    """Those that were in hand are done again, and it comes to an error."""
    even, odd, other = shared_out(halved, (4, 5, 8), 2, ())
    assert (even, other) == (2, 4)
    assert isinstance(odd, BrokenExecutor)


def test_a_package_of_the_current_folder_is_not_taken_for_handrail(tmp_path: Path) -> None:
    """Its name may be the same; processes that share the work neither run it nor stumble over it."""
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline/__init__.py").write_text("open('ran', 'w').close()\n", encoding="utf-8")
    for name in ("a.po", "b.po"):
        text = (
            HEADER.format("fr_FR")
            + entry(CALL, "En cas de crise, appelez maintenant le 1-800-662-4357.")
            + "#" * 600_000
            + "\n"
        )
        (tmp_path / name).write_text(text, encoding="utf-8")
    run = "import sys; del sys.path[0]; from pipeline.cli import main; main(['check', 'a.po', 'b.po', '--jobs', '2'])"
    command = [sys.executable, "-c", run]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert not (tmp_path / "ran").exists()
    assert "2 pages in order" in result.stdout


def test_checking_leaves_nothing_to_search_for(tmp_path: Path) -> None:
    """It makes no cycles, whatever the markup, so that processes need not look for any until they end."""
    for name in ("a", "b"):  # what the first one leaves are the modules that it needs
        file = tmp_path / f"{name}.po"
        pairs = (
            (f"**Call** [them]({name}.md) <a1>now</a1>[^1].", f"**Appelez** [les]({name}.md) <a1>vite</a1>[^1]."),
            (f"<kbd>{name}</kbd> *or* `3`", f"<kbd>{name} *ou* `4`"),
            (f"{name} in 15 weeks", f"{{crisis.phone}} {name} 1O0"),
            (f"{name}: {CALL}", ""),
        )
        file.write_text(HEADER.format("fr_FR") + "".join(entry(*pair) for pair in pairs), encoding="utf-8")
        gc.collect()
        assert len(single._sent(file, NONE, TODAY)[3]) > 3
    assert gc.collect() == 0


def test_findings_travel_whole() -> None:
    """What a process sends of its findings is what it found, fields that most of them lack included."""
    bare = Finding("a/b", Severity.ERROR, "Wrong.", "Mend it.")
    full = Finding(
        *("c/d", Severity.WARNING, "Text.", "Advice.", "article", "fr-FR", Place("a.po", 3), Place("b.md")),
        *(Key("source", "context"), ("crisis", "other"), "target"),
    )
    assert packing.from_rows(packing.rows((bare, full))) == (bare, full)
    assert all(getattr(full, field) != getattr(bare, field) for field in Finding._fields)
