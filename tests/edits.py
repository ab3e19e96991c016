"""Edits of a project that are undone by doing them again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def swap(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a file; nothing where another edit has taken the text away."""

    def edit(folder: Path) -> None:
        file = folder / path
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            there = old in text
            file.write_text(text.replace(old, new) if there else text.replace(new, old), encoding="utf-8")

    return edit


def add(path: str, data: str) -> Callable[[Path], None]:
    """An edit that adds a file, and removes it."""

    def edit(folder: Path) -> None:
        file = folder / path
        if file.exists():
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(data, encoding="utf-8")

    return edit
