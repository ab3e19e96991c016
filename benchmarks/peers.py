"""The other programs' part of the work. Where one is not installed, the table says so and goes on without it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assembling import Translator
from measuring import Command

from pipeline import po

INSTALL = """\
apt-get install gettext po4a i18nspector
pip install mdpo dennis 'translate-toolkit[markdown]'     # for measuring only: GPL, BSD and BSD
"""

FOUND = frozenset({0, 1})
"""A checker that worked, whatever it found."""

FILL = "filled"
"""The folder of the catalogs in the peers' own segmentation, with the same translator's texts."""


def there(tool: str) -> bool:
    """Whether a program is installed."""
    return shutil.which(tool) is not None


def beside(known: str, tool: str) -> str:
    """A program in the folder of another of the same package; two packages have an ``md2po``."""
    found = shutil.which(known)
    return str(Path(found).with_name(tool)) if found else tool


def toolkit(tool: str) -> str:
    """A program of the translate-toolkit."""
    return beside("html2po", tool)


def extract(articles: Sequence[Path], work: Path) -> Iterator[Command]:
    """Every page to a template."""
    out = work / "extracted"
    options = tuple(option for file in articles for option in ("-m", str(file)))
    po4a = ("po4a-updatepo", "-f", "text", "-o", "markdown", "-M", "UTF-8", *options, "-p", str(out / "po4a.pot"))
    yield Command("po4a-updatepo", (("mkdir", "-p", str(out)), po4a), work, (out,))
    target = str(out / "toolkit")
    md2po = (toolkit("md2po"), "-P", "--progress=none", str(articles[0].parent), target)
    yield Command("md2po (translate-toolkit)", (("mkdir", "-p", target), md2po), work, (out,))


def mdpo(articles: Sequence[Path], work: Path) -> Iterator[Command]:
    """The same by mdpo, apart because it takes a minute."""
    target = work / "mdpo.pot"
    line = (beside("mdpo2html", "md2po"), *map(str, articles), "--save", "--po-filepath", str(target))
    yield Command("md2po (mdpo)", (line,), work, (target,))


def update(catalogs: Sequence[Path], template: Path, work: Path) -> Iterator[Command]:
    """Every whole catalog to an edited template, with near matches."""
    out = work / "updated"
    make = ("mkdir", "-p", str(out))
    for tool, options in (("msgmerge --previous", ("--previous",)), ("msgmerge -N", ("-N",))):
        start = ("msgmerge", "-q", *options, "-o")
        lines = ((*start, str(out / file.name), str(file), str(template)) for file in catalogs)
        yield Command(tool, (make, *lines), work, (out,))


def check(catalogs: Sequence[Path], work: Path) -> Iterator[Command]:
    """Every catalog as it is."""
    files = tuple(map(str, catalogs))
    yield Command("msgfmt -c", tuple(("msgfmt", "-c", "-o", "/dev/null", file) for file in files), work, codes=FOUND)
    yield Command("dennis-cmd lint", (("dennis-cmd", "lint", *files),), work, codes=FOUND)
    yield Command("i18nspector", (("i18nspector", *files),), work, codes=FOUND)
    yield Command("msgcat", tuple(("msgcat", "-o", "/dev/null", file) for file in files), work)


def slow_check(catalogs: Sequence[Path], work: Path) -> Iterator[Command]:
    """The same by pofilter, apart because it takes a minute."""
    lines = tuple(("pofilter", "--progress=none", str(file), str(work / "filtered.po")) for file in catalogs)
    yield Command("pofilter", lines, work, codes=FOUND)


def render(articles: Sequence[Path], translators: Sequence[Translator], work: Path) -> Iterator[Command]:
    """Every page in some locales to Markdown; nothing reads it back."""
    source, out = articles[0].parent, work / "rendered"
    lines = []
    for translator in translators:
        tag = translator.locale.tag
        lines.append(("mkdir", "-p", str(out / tag)))
        _fill(source, work / FILL / "templates", work / FILL / tag, translator)
        lines.append((toolkit("po2md"), "--progress=none", "-t", str(source), str(work / FILL / tag), str(out / tag)))
    yield Command("po2md (translate-toolkit), Markdown", tuple(lines), work, (out,))


def _fill(source: Path, templates: Path, target: Path, translator: Translator) -> None:
    """Catalogs in the toolkit's own segmentation, one for each page."""
    if not there(toolkit("md2po")):
        return
    if not templates.exists():
        templates.mkdir(parents=True)
        subprocess.run([toolkit("md2po"), "-P", "--progress=none", str(source), str(templates)], check=True)
    target.mkdir(parents=True, exist_ok=True)
    for file in templates.glob("*.pot"):
        once = subprocess.run(["msguniq", "--use-first", str(file)], check=True, capture_output=True)
        template = po.load(once.stdout, file.name)  # the toolkit's templates have some messages twice
        messages = tuple(replace(one, targets=(translator.target(one.key),)) for one in template.messages)
        filled = replace(po.new(translator.locale), messages=messages)
        (target / f"{file.stem}.po").write_bytes(po.dump(filled))
