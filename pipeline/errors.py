"""The exceptions of Handrail, all of which mean exit code 2.

::

    HandrailError
    ├── UsageError        wrong arguments, or a command in the wrong place
    ├── SettingsError     pyproject.toml or handrail.toml is missing or wrong
    ├── LocaleError       a tag that is no locale, or a locale the project does not have
    ├── SourceError       an article cannot be read
    ├── CatalogError      a PO file cannot be read, or holds what PO cannot express
    ├── RegistryError     source/helplines.toml is malformed, or an entry is missing
    ├── SignOffError      signoffs.toml is malformed
    ├── GlossaryError     a glossary file is malformed
    ├── ExchangeError     a file from a translation agency cannot be read, or cannot hold a text
    ├── MarkupError       inline markup that does not parse, or does not match its source
    ├── MaskError         masked text came back with marks lost, doubled or invented
    ├── ThemeError        a template is missing or does not render
    ├── EngineError       an engine is unknown, or cannot be used at all
    └── WriteError        a file cannot be written

A message is a sentence for its reader: what is wrong, and what to do. The place, where there is one,
is kept apart so that every report can print ``file:line`` in its own way.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing's own takes long; errors are imported before anything is known to be needed
if TYPE_CHECKING:
    from pipeline.model import Place

__all__ = [
    "CatalogError",
    "EngineError",
    "ExchangeError",
    "GlossaryError",
    "HandrailError",
    "LocaleError",
    "MarkupError",
    "MaskError",
    "RegistryError",
    "SettingsError",
    "SignOffError",
    "SourceError",
    "ThemeError",
    "UsageError",
    "WriteError",
]


class HandrailError(Exception):
    """Something stops Handrail that a person has to mend."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UsageError(HandrailError):
    """Wrong arguments, or a command in the wrong place."""


class SettingsError(HandrailError):
    """The settings file is missing or wrong."""


class LocaleError(HandrailError):
    """A tag that is no locale, or a locale the project does not have."""


class SourceError(HandrailError):
    """An article cannot be read."""


class CatalogError(HandrailError):
    """A PO file cannot be read, or a catalog holds what PO cannot express."""


class RegistryError(HandrailError):
    """The helpline registry is malformed, or an entry is missing from it."""


class SignOffError(HandrailError):
    """A sign-off file is malformed."""


class GlossaryError(HandrailError):
    """A glossary file is malformed."""


class ExchangeError(HandrailError):
    """A file from a translation agency cannot be read, or its format cannot hold a text."""


class MarkupError(HandrailError):
    """Inline markup does not parse, or does not match the markup of its source."""


class MaskError(HandrailError):
    """Masked text came back with marks lost, doubled or invented."""


class ThemeError(HandrailError):
    """A template is missing or does not render."""


class EngineError(HandrailError):
    """An engine is unknown, or cannot be used at all."""


class WriteError(HandrailError):
    """A file cannot be written."""
