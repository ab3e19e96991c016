"""Real catalogs: their bytes and layout, and how other programs read them after a merge.

The others are msgcat, msgfmt, polib, and the reader of Weblate and Pootle.

The catalogs are those that the installed packages ship, those of this project, and one that this module makes with
everything that a catalog can hold.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from dataclasses import replace
from pathlib import Path
from typing import Any

import polib
import pytest

from conftest import ROOT
from pipeline import po
from pipeline.merge import merge
from pipeline.model import Catalog, Key, Message
from pipeline.po import reader
from pipeline.po.charset import decode

MADE = """\
# The team
msgid ""
msgstr ""
"Project-Id-Version: made\\n"
"PO-Revision-Date: 2026-11-24 12:00+0000\\n"
"Last-Translator: A. Name <a@example.org>\\n"
"Language-Team: French\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

# mine
#. theirs
#: a.md b.md
#, python-brace-format, x-own
msgctxt "menu"
msgid "Open {name}, and close it after that.\\n"
msgstr "Ouvrir {name}…\\n"

#, fuzzy
#| msgctxt "old"
#| msgid "Before"
#| msgid_plural "Befores"
msgid "One day"
msgid_plural "%(n)s days"
msgstr[0] "Un jour"
msgstr[1] "%(n)s jours"

msgid "A \\"quoted\\" text, with a tab\\t, a backslash \\\\ and 中文 that wraps. Then it is split in two."
msgstr "Un texte « cité », avec une tabulation\\t, un \\\\ et 中文. Ensuite, on le coupe en deux."

msgid "Empty"
msgstr ""

#~| msgid "Older"
#~ msgid "Obsolete"
#~ msgstr "Ancien"
"""


def shipped() -> list[Path]:
    """Every catalog of the installed packages and of this project, sorted."""
    installed = Path(sysconfig.get_path("purelib")).rglob("*.po")
    own = (path for folder in ("locales", "pipeline/starter/locales") for path in (ROOT / folder).rglob("*.po"))
    return sorted((*installed, *own))


def edited(catalog: Catalog) -> Catalog:
    """A template that splits, joins, changes, drops and adds messages of a catalog."""
    messages: list[Message] = []
    for number, message in enumerate(m for m in catalog.messages if not m.obsolete):
        key, kind = message.key, number % 7
        blank = Message(key, message.source_plural, ("", "") if message.source_plural else ("",))
        if kind == 0 and " " in key.source.strip():
            first, _, rest = key.source.partition(" ")
            messages.append(replace(blank, key=Key(f"{first} also {rest}", key.context)))
        elif kind == 1 and ". " in key.source and not message.source_plural:
            cut = key.source.index(". ") + 1
            messages += [
                replace(blank, key=Key(part.strip(), key.context)) for part in (key.source[:cut], key.source[cut:])
            ]
        elif kind != 2:
            messages.append(replace(blank, notes=("a note", f"number {number}"), references=("a.md",)))
    messages.append(Message(Key("Something that stands in no catalog.")))
    return Catalog("", tuple({message.key: message for message in messages}.values()))


def merged(data: bytes) -> bytes:
    """The file after a merge with an edited template."""
    old = po.load(data, "x.po")
    return po.dump(merge(old, edited(old), frozenset()))


def test_untouched_bytes() -> None:
    """Every catalog comes back byte for byte; where one message is touched, all other lines do."""
    for data in _files():
        catalog = po.load(data, "x.po")
        assert po.dump(catalog) == data
        at = len(catalog.messages) // 2
        touched = replace(catalog.messages[at], comments=("touched",))
        new = po.dump(replace(catalog, messages=(*catalog.messages[:at], touched, *catalog.messages[at + 1 :])))
        assert _around(new, touched.key) == _around(data, touched.key)


def test_layout() -> None:
    """``handrail fmt`` writes every catalog as msgcat does, but for obsolete entries without a text, which stay."""
    if shutil.which("msgcat") is None:
        pytest.skip("msgcat is not installed")
    for data in (path.read_bytes() for path in shipped()):
        run = subprocess.run(["msgcat", "--to-code=UTF-8", "-"], input=data, stdout=subprocess.PIPE, check=True)
        ours, theirs = (_entries(text) for text in (po.formatted(data, "x.po"), run.stdout))
        dropped = [entry for entry in ours if entry not in theirs]
        assert [entry for entry in ours if entry in theirs] == theirs
        assert all(entry.endswith('\n#~ msgstr ""') for entry in dropped)


def _entries(data: bytes) -> list[str]:
    """The text of each entry; msgcat writes the charset of the header in capitals."""
    return data.decode().replace("charset=utf-8", "charset=UTF-8").removesuffix("\n").split("\n\n")


def _around(data: bytes, key: Key) -> tuple[str, str]:
    """What stands before and after the entry with this key; the header names UTF-8, as it does where it is written."""
    file = reader.read(decode(data, "x.po"), "x.po")
    entry = next(entry for entry in file.entries if entry.message.key == key)
    return file.text[: entry.start], file.text[entry.end :]


def test_what_msgfmt_says(tmp_path: Path) -> None:
    """``msgfmt --check`` finds no fault in any merged catalog in which it found none before."""
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        pytest.skip("msgfmt is not installed")
    for number, data in enumerate(_files()):
        verdicts = []
        for name, content in (("old", data), ("new", merged(data))):
            file = tmp_path / f"{name}{number}.po"
            file.write_bytes(content)
            run = subprocess.run(
                [msgfmt, "--check", "-o", "/dev/null", file], capture_output=True, text=True, check=False
            )
            verdicts.append(run.stderr)
        assert verdicts[0] or not verdicts[1]


def test_polib_reads_the_same() -> None:
    """Every field of every entry of a merged catalog, by polib, which drops what stands in `#~|` lines."""
    for data in _files():
        new = merged(data)
        theirs = polib.pofile(new.decode(), wrapwidth=0)
        ours = (replace(m, previous=None) if m.obsolete else m for m in po.load(new, "x.po").messages)
        assert [_by_polib(entry) for entry in theirs] == [_by_us(message) for message in ours]


def test_the_translate_toolkit_reads_the_same() -> None:
    """Every field of every unit of a merged catalog, by the reader that Weblate and Pootle are built on."""
    pypo = pytest.importorskip("translate.storage.pypo")
    for data in _files():
        new = merged(data)
        units = [unit for unit in pypo.pofile.parsestring(new).units if not unit.isheader()]
        assert [_by_toolkit(unit) for unit in units] == [_by_us(message) for message in po.load(new, "x.po").messages]


def _files() -> list[bytes]:
    found = [path.read_bytes() for path in shipped()]
    assert found, "this project has catalogs of its own"
    return [MADE.encode(), *found]


def _by_us(message: Message) -> dict[str, object]:
    previous = message.previous or Key("")
    return {
        "context": message.key.context,
        "sources": (message.key.source, message.source_plural),
        "targets": message.targets,
        "flags": {*message.flags, *(("fuzzy",) if message.fuzzy else ())},
        "obsolete": message.obsolete,
        "comments": "\n".join(message.comments),
        "notes": "\n".join(message.notes),
        "references": message.references,
        "previous": (previous.context, previous.source, message.previous_plural),
    }


def _by_polib(entry: polib.POEntry) -> dict[str, object]:
    forms = tuple(entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural))
    return {
        "context": entry.msgctxt or "",
        "sources": (entry.msgid, entry.msgid_plural or ""),
        "targets": forms or (entry.msgstr,),
        "flags": set(entry.flags),
        "obsolete": bool(entry.obsolete),
        "comments": entry.tcomment,
        "notes": entry.comment,
        "references": tuple(f"{path}:{line}" if line else path for path, line in entry.occurrences),
        "previous": (entry.previous_msgctxt or "", entry.previous_msgid or "", entry.previous_msgid_plural or ""),
    }


def _by_toolkit(unit: Any) -> dict[str, object]:
    sources = [str(text) for text in unit.source.strings] if unit.hasplural() else [str(unit.source), ""]
    targets = [str(text) for text in unit.target.strings] if unit.hasplural() else [str(unit.target)]
    previous = (*getattr(unit.prev_source, "strings", [unit.prev_source]), "")
    flags = {flag.strip() for line in unit.typecomments for flag in line.removeprefix("#,").split(",")} - {""}
    return {
        "context": unit.getcontext(),
        "sources": tuple(sources),
        "targets": tuple(targets),
        "flags": flags,
        "obsolete": unit.isobsolete(),
        "comments": unit.getnotes("translator"),
        "notes": unit.getnotes("developer"),
        "references": tuple(unit.getlocations()),
        "previous": (unit.prev_context, *[str(text) for text in previous][:2]),
    }
