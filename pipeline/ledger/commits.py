"""Which commit a project stands at, read from the files of git: the report tells the project's past."""

from __future__ import annotations

from pathlib import Path

from pipeline.ledger.sight import digest


def commit(root: Path) -> str:
    """A text that changes whenever the commit does, and maybe more often; empty where there is no repository."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return _commit(folder / ".git")
    return ""


def _commit(found: Path) -> str:
    own = found
    if found.is_file():  # a worktree, or a submodule
        own = found.parent / _text(found).removeprefix("gitdir:").strip()
    common = own / (_text(own / "commondir").strip() or ".")
    head = _text(own / "HEAD").strip()
    name = head.removeprefix("ref:").strip()
    loose = _text(common / name) if head.startswith("ref:") else ""
    packed = "" if loose else _text(common / "packed-refs") + _text(common / "reftable" / "tables.list")
    return digest(head, loose, packed, _text(common / "shallow"))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # not every repository has every one of them
        return ""
