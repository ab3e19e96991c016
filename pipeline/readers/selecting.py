"""Which part of a file is the article, said with CSS selectors and names of fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.model import Place

if TYPE_CHECKING:
    from justhtml.dom import Node as HtmlNode


@dataclass(frozen=True, slots=True)
class Selection:
    """What a project says of all its sources."""

    content: str = ""
    """The element of an HTML page that holds the article; empty for ``main``, a sole ``article``, or ``body``."""

    skip: tuple[str, ...] = ()
    """Elements that are no part of any article: navigation, notices about cookies."""

    fields: tuple[str, ...] = ()
    """Fields of front matter that people read, beside title and description, by their paths: ``hero.text``."""


EVERYTHING = Selection()
"""Nothing is left out."""


def flaw(selector: str) -> str:
    """What is wrong with a selector; empty where it can be used."""
    from justhtml import JustHTML, SelectorError

    try:
        JustHTML("", sanitize=False).query(selector)
    except SelectorError as error:
        return str(error)
    return ""


def skipped(root: HtmlNode, selection: Selection) -> frozenset[int]:
    """The ids of the elements that are left out."""
    return frozenset(id(node) for selector in selection.skip for node in root.query(selector))


def content(root: HtmlNode, selection: Selection, path: str) -> HtmlNode | None:
    """The element that holds the article; None where the project says nothing of it.

    Raises SourceError where a page has no such element.
    """
    if not selection.content:
        return None
    found = root.query(selection.content)
    if not found:
        raise SourceError(f"No element of this page is “{selection.content}”, which holds the article.", Place(path, 1))
    return found[0]
