"""A file from anywhere -> an article draft, and an account of everything that was done to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline import inline
from pipeline.errors import SourceError
from pipeline.importing import contacts, furniture, glued, lines, shaping, webpage, writing
from pipeline.importing.blocks import Block, Remark, is_title, shown
from pipeline.model import Locale, Place, Registry

__all__ = ["Draft", "draft", "slug_of"]

_WEB = (".html", ".htm", ".xhtml")
_LONGEST = inline.LENGTH // 2
"""Characters of a block, as for every article."""

_DESCRIPTION = 160
"""Characters that search engines show."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an import makes of a file."""

    markdown: str
    blocks: int
    lines: int
    """With something in them, in the file."""

    remarks: tuple[Remark, ...]
    """In the order of the file."""


def draft(data: bytes, path: str, registry: Registry | None, locale: Locale) -> Draft:
    """The draft of a text that was copied out of a browser, or of an HTML page (by the ending of its name).

    Numbers that ``registry`` shows in the region of ``locale`` become variables. Raises SourceError where
    the file cannot be read, or nothing in it is an article.
    """
    text = lines.decoded(data, path)
    is_web = PurePosixPath(path).suffix.lower() in _WEB
    title, contents, blocks, remarks = webpage.read(text, path) if is_web else _pasted(text, path)
    _bounded(blocks, path)
    blocks, more = shaping.levels(blocks, contents)
    remarks += more
    remarks += shaping.missing_lists(blocks)
    blocks, more = glued.mend(blocks)
    remarks += more
    blocks, more = contacts.propose(blocks, registry, locale)
    remarks += more
    if not blocks:
        raise SourceError("Nothing in this file looks like an article; all of it is furniture of a page.", Place(path))
    title, more = _titled(title, blocks, path)
    remarks += more
    description = _description(blocks)
    if description:
        remarks.append(Remark(blocks[0].line, "guessed", shown(description), "the description"))
    written = writing.markdown(title, description, blocks)
    ordered = tuple(sorted(remarks, key=lambda remark: remark.line))
    return Draft(written, len(blocks), sum(bool(line.strip()) for line in text.split("\n")), ordered)


def slug_of(path: str) -> str:
    """The name of the article, from the name of the file: small letters, digits and hyphens."""
    name = re.sub(r"[^\w]+", "-", PurePosixPath(path).stem.casefold()).strip("-_")
    return name or "imported"


def _bounded(blocks: list[Block], path: str) -> None:
    """SourceError where what follows would keep the machine busy, and no article is so."""
    if len(blocks) > lines.MOST:
        raise SourceError(f"This page has more than {lines.MOST} blocks; import its parts one by one.", Place(path))
    for one in blocks:
        if one.kind != "raw" and len(one.text) > _LONGEST:
            why = f"This text is longer than {_LONGEST} characters; put each of its paragraphs on a line of its own."
            raise SourceError(why, Place(path, one.line))


def _pasted(text: str, path: str) -> tuple[str, list[str], list[Block], list[Remark]]:
    given, remarks = lines.lines(text, path)
    given, contents, more = furniture.without_contents(given)
    remarks += more
    given, more = lines.merged(given)
    remarks += more
    given, more = furniture.without_furniture(given)
    remarks += more
    title = ""
    if len(given) > 1 and is_title(given[0].text) and not given[0].box:
        title = given[0].text
        remarks.append(Remark(given[0].number, "guessed", shown(title), "the title, because it comes first"))
        given = given[1:]
    blocks, more = shaping.shape(given)
    return title, contents, blocks, remarks + more


def _titled(title: str, blocks: list[Block], path: str) -> tuple[str, list[Remark]]:
    """The title, or what the first heading asks about, or the name of the file."""
    if title:
        return title, []
    heading = next((one for one in blocks if one.kind == "h2"), None)
    if heading:
        asked = re.fullmatch(r"What (?:Is|Are) (?:(?:an?|the) )?(.+)\?", heading.text, re.IGNORECASE)
        guess = asked[1] if asked else heading.text
        why = "taken for the title, from the first heading; write a better one"
        return guess, [Remark(heading.line, "look", shown(guess), why)]
    guess = slug_of(path).replace("-", " ").capitalize()
    return guess, [Remark(1, "look", guess, "taken for the title, from the name of the file; write a better one")]


def _description(blocks: list[Block]) -> str:
    """The first sentence of the first paragraph, cut at a word."""
    first = next((one.text for one in blocks if one.kind == "p"), "")
    sentence = re.match(r".+?[.!?。।](?=[”\"’]?(?:\s|$))[”\"’]?", first, re.DOTALL)
    text = " ".join((sentence[0] if sentence else first).split())
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(",;:") + " …"
