"""The templates: finding them, their words in each locale, and their errors in plain sentences."""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup, escape

from pipeline import locales
from pipeline.errors import ThemeError
from pipeline.model import Key, Locale, Message, Place, State
from pipeline.render.apart import has_marks, marked, settled
from pipeline.render.compiled import Compiled
from pipeline.render.kept import PACKAGED
from pipeline.render.text import isolated, underlined
from pipeline.render.wordlist import PLACEHOLDER
from pipeline.render.wrap import Form

WORDS = "_words"
"""The template variable that holds the words of a page: no template needs to name it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The templates, a project's own before the packaged ones."""

    html: Environment
    text: Environment


@dataclass(frozen=True, slots=True)
class Words:
    """The theme's words in one locale."""

    locale: Locale

    messages: Mapping[Key, Message]
    path: str
    plural: Callable[[int], int]
    """Which of a message's plural forms a number takes."""

    known: dict[tuple[Key, str, int], str] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up and found to be usable."""

    def one(self, source: str, context: str = "") -> str:
        """A word or sentence; empty where the catalog has none."""
        return self._found(Key(source, context), "", 0)

    def several(self, singular: str, plural: str, number: int, context: str = "") -> str:
        """The form of a sentence for a number of things; empty where the catalog has none."""
        return self._found(Key(singular, context), plural, self.plural(number))

    def _found(self, key: Key, plural: str, form: int) -> str:
        found = self.known.get((key, plural, form))
        if found is None:
            found = self.known[key, plural, form] = self._checked(key, plural, form)
        return found

    def _checked(self, key: Key, plural: str, form: int) -> str:
        message = self.messages.get(key)
        if message is None or message.state is not State.TRANSLATED or message.source_plural != plural:
            return ""
        place = Place(self.path, message.line)
        if form >= len(message.targets):
            raise ThemeError(f"“{key.source}” lacks a plural form; add the form that is missing.", place)
        target = message.targets[form]
        source = f"{key.source} {plural}"
        strange = set(PLACEHOLDER.findall(target)) - set(PLACEHOLDER.findall(source))
        if strange or "%" in PLACEHOLDER.sub("", target).replace("%%", ""):
            raise ThemeError(
                f"“{target}” has a placeholder or a percent sign that “{key.source}” does not have; "
                "copy the placeholders from the source and write a percent sign as %%.",
                place,
            )
        return target


def load_theme(overrides: Path | None) -> Theme:
    """The packaged theme, with the templates of a project's folder before it.

    A template of that folder can build on the one it replaces: ``{% extends "default/article.html.jinja" %}``.
    """
    folders = (PACKAGED,) if overrides is None else (overrides, PACKAGED)
    loaders: list[BaseLoader] = [FileSystemLoader(folder) for folder in folders]
    html = Environment(
        loader=ChoiceLoader([*loaders, PrefixLoader({"default": loaders[-1]})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=Compiled(PACKAGED, "html"),
    )
    html.policies["ext.i18n.trimmed"] = True
    html.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    html.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        gettext=_gettext, ngettext=_ngettext, pgettext=_pgettext, npgettext=_npgettext, newstyle=True
    )
    html.filters |= {"digest": _digest, "own_name": locales.own_name}
    text = html.overlay(autoescape=False, bytecode_cache=Compiled(PACKAGED, "text"))
    text.filters = {**html.filters, "wrap": _wrap, "underline": _underline, "isolate": _isolate}
    return Theme(html, text)


def fill(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    """Render a template.

    Raises:
        ThemeError: a template is missing, malformed, or uses a value that does not exist.
    """
    with _sentences(name):
        text = environment.get_template(name).render(values)
        words = values.get(WORDS)
        if not environment.autoescape or not isinstance(words, Words) or not has_marks(text):
            return text
        return "".join(settled((text,), words.locale))


def stream(environment: Environment, name: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Render a template piece by piece, for pages that grow with the site.

    Raises:
        ThemeError: as :func:`fill`, at any piece.
    """
    with _sentences(name):
        pieces = environment.get_template(name).generate(values)
        words = values.get(WORDS)
        yield from settled(pieces, words.locale) if environment.autoescape and isinstance(words, Words) else pieces


def shared(environment: Environment, name: str, values: Mapping[str, Any]) -> object:
    """What a template sets at its top level, as attributes.

    Raises:
        ThemeError: as :func:`fill`.
    """
    with _sentences(name):
        return environment.get_template(name).make_module(dict(values))


@contextmanager
def _sentences(name: str) -> Iterator[None]:
    """Turn the errors of templates into sentences with a place."""
    try:
        yield
    except TemplateSyntaxError as error:
        place = Place(error.name or name, error.lineno)
        raise ThemeError(f"The template is malformed: {error.message}.", place) from error
    except TemplateNotFound as error:
        raise ThemeError(f"There is no template “{error.name}”; add it or mend its name.", Place(name)) from error
    except (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        raise ThemeError(f"The template does not render: {error}.", _place(error, name)) from error


def _place(error: Exception, name: str) -> Place:
    """The innermost line of a template in an error's traceback, which Jinja writes in terms of templates."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [Place(Path(frame.filename).name, frame.lineno or 0) for frame in frames if ".jinja" in frame.filename]
    return places[-1] if places else Place(name)


@lru_cache(maxsize=64)
def _digest(text: str) -> Markup:
    """Filter: a style sheet or script as a source of a content security policy, https://www.w3.org/TR/CSP3/."""
    return Markup("'sha256-{}'").format(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())


def _said(context: Context, found: str, own: str) -> str:
    """What the catalog has, or the template's own words, in HTML marked as such.

    Words are plain text, so that no translation can bring markup or scripts into a page.
    """
    if not context.eval_ctx.autoescape:
        return found or own
    return escape(found) if found else marked(escape(own), _of(context).locale)


@pass_context
def _wrap(context: Context, text: str, indent: str = "") -> str:
    """Filter: break a text into lines, each of them indented."""
    form = _form(context)
    lines = form.lines(text, context["locale"].tag, form.width - len(indent))
    return "\n".join(indent + line for line in lines)


@pass_context
def _underline(context: Context, title: str, character: str) -> str:
    """Filter: a title with a line of a character below it."""
    return underlined(title, character, context["locale"], _form(context))


def _form(context: Context) -> Form:
    form = context.get("form")
    return form if isinstance(form, Form) else Form()


@pass_context
def _isolate(context: Context, text: str, direction: str = "") -> str:
    """Filter: a number or name that keeps its direction and stays on one line."""
    return isolated(text, direction, context["locale"])


def _of(context: Context) -> Words:
    words = context.get(WORDS)
    if not isinstance(words, Words):
        raise TypeError("a template with words was imported without them; write “with context” behind the import")
    return words


@pass_context
def _gettext(context: Context, source: str) -> str:
    return _said(context, _of(context).one(source), source)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, number: int) -> str:
    return _said(context, _of(context).several(singular, plural, number), singular if number == 1 else plural)


@pass_context
def _pgettext(context: Context, about: str, source: str) -> str:
    return _said(context, _of(context).one(source, about), source)


@pass_context
def _npgettext(context: Context, about: str, singular: str, plural: str, number: int) -> str:
    return _said(context, _of(context).several(singular, plural, number, about), singular if number == 1 else plural)
