"""PO files against GNU gettext: whether untouched ones keep their bytes, and whether `handrail fmt` is `msgcat`.

    python benchmarks/layout.py FOLDER_OR_FILE... [--shown 20]

Every ``.po`` and ``.pot`` below the folders is read once (copies of the same bytes count once). Counted are

- files that Handrail refuses and those that ``msgcat`` refuses;
- files that come back byte for byte where nobody touched anything, and those whose other entries do where one was;
- files and entries that ``handrail fmt`` lays out as the installed ``msgcat`` does. The rest is listed.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import po
from pipeline.errors import CatalogError
from pipeline.model import Key
from pipeline.po.charset import decode
from pipeline.po.reader import read


@dataclass
class Account:
    """What was seen so far."""

    files: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    rest: list[str] = field(default_factory=list)


def found(paths: Sequence[Path]) -> Iterator[Path]:
    """The catalogs and templates in and below these paths, each content once, in order of their names."""
    seen: set[bytes] = set()
    for path in paths:
        inside = sorted((*path.rglob("*.po"), *path.rglob("*.pot"))) if path.is_dir() else [path]
        for file in inside:
            if not file.is_file():
                continue
            digest = hashlib.sha256(file.read_bytes()).digest()
            if digest not in seen:
                seen.add(digest)
                yield file


def by_msgcat(data: bytes) -> bytes | None:
    """What gettext makes of a file, in UTF-8; None where it refuses it."""
    recoding = ["--to-code=UTF-8"] if po.foreign(data) else []
    run = subprocess.run(["msgcat", *recoding, "-"], input=data, capture_output=True, check=False)
    return run.stdout if run.returncode == 0 else None


def measure(file: Path, account: Account) -> None:
    """Add a file to the account."""
    data = file.read_bytes()
    theirs = by_msgcat(data)
    try:
        catalog = po.load(data, str(file))
    except CatalogError as error:
        account.files["refused by both" if theirs is None else "refused by handrail alone"] += 1
        account.rest.append(f"refused{'' if theirs is None else ', not by msgcat'}: {error}")
        return
    account.files["read"] += 1
    account.files["untouched, byte-identical"] += po.dump(catalog) == data
    account.files["one touched, the rest byte-identical"] += _others_stay(data, str(file))
    if theirs is None:
        account.files["refused by msgcat alone"] += 1
        account.rest.append(f"refused by msgcat alone: {file}")
        return
    account.files["compared"] += 1
    ours = po.formatted(data, str(file))
    account.files["laid out as msgcat does"] += ours == theirs
    mine = _entries(ours)
    account.entries["compared"] += len(mine)
    if ours == theirs:
        account.entries["equal"] += len(mine)
        return
    other = _entries(theirs)
    for tag, start, end, at, to in difflib.SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if tag == "equal":
            account.entries["equal"] += end - start
        elif tag == "delete":
            account.entries["kept, dropped by msgcat"] += end - start
        else:
            account.entries["different"] += end - start
            ours_shown, theirs_shown = "\n\n".join(mine[start:end]), "\n\n".join(other[at:to])
            account.rest.append(f"{file}\n--- handrail\n{ours_shown}\n--- msgcat\n{theirs_shown}")


def _entries(data: bytes) -> list[str]:
    return data.decode().removesuffix("\n").split("\n\n") if data else []


def _others_stay(data: bytes, path: str) -> bool:
    """Whether all lines but those of the one message that somebody changes come back."""
    catalog = po.load(data, path)
    if not catalog.messages:
        return True
    at = len(catalog.messages) // 2
    message = catalog.messages[at]
    touched = replace(message, comments=(*message.comments, "touched"))
    new = po.dump(replace(catalog, messages=(*catalog.messages[:at], touched, *catalog.messages[at + 1 :])))
    return _around(decode(data, path), message.key, path) == _around(decode(new, path), message.key, path)


def _around(text: str, key: Key, path: str) -> tuple[str, str]:
    """What stands before and after the entry with this key."""
    file = read(text.removeprefix("\ufeff"), path)
    entry = next(entry for entry in file.entries if entry.message.key == key)
    return file.text[: entry.start], file.text[entry.end :]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the counts, then what differs."""
    parser = argparse.ArgumentParser(description="PO files against GNU gettext.")
    parser.add_argument("paths", type=Path, nargs="+", help="PO files, and folders with PO files in them")
    parser.add_argument("--shown", type=int, default=20, help="differences that are listed")
    chosen = parser.parse_args(arguments)
    account = Account()
    for file in found(chosen.paths):
        measure(file, account)
    for what, counts in (("files", account.files), ("entries", account.entries)):
        for name, number in counts.items():
            print(f"{number:8} {what} {name}")
    for one in account.rest[: chosen.shown]:
        print(f"\n{one}")


if __name__ == "__main__":
    main()
