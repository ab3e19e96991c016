"""What a rule is: an id, a severity, one function, and examples that run as tests.

A rule's function looks at one subject and yields a :class:`Fault` for each thing that is wrong. It knows neither
its own id nor where its finding is shown: the runner attaches id, severity, article, locale and lines.
The first line of its docstring says what is wrong, the second paragraph why it matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from pipeline.checks.reading import Reading
from pipeline.checks.units import Unit
from pipeline.checks.when import When, always
from pipeline.model import Edition, Place, Severity

Subject = TypeVar("Subject")


class Fault(NamedTuple):
    """One thing that is wrong."""

    text: str
    """A sentence: what is wrong."""

    advice: str
    """A sentence: what to do."""

    place: Place | None = None
    """Where to mend it, if that is neither the message nor the catalog."""


# --- examples -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """A message, for rules about messages."""

    source: str
    target: str
    locale: str = "fr-FR"
    safety: str = ""
    fuzzy: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The sample edition with one thing changed."""

    what: str
    """For the reference page: ``the catalog lacks the message about the crisis line``."""

    make: Callable[[Edition], Edition]


@dataclass(frozen=True, slots=True)
class Swap:
    """The sample page with one snippet replaced by another."""

    old: str
    new: str
    part: str = "html"
    """``html`` or ``text``."""

    locale: str = "fr-FR"


Example: TypeAlias = Pair | Change | Swap


# --- rules --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A check with everything that is known about it."""

    id: str
    """``family/what-is-wrong``."""

    severity: Severity
    scope: str
    """What it looks at: ``message``, ``edition``, ``page``, or ``rule`` for the one about rules that fail."""

    function: Callable[[Subject], Iterator[Fault]]
    flagged: tuple[Example, ...]
    """Examples that must be flagged."""

    passed: tuple[Example, ...]
    """Examples that must not."""

    when: When = always
    """What a message must be like for the rule to find anything."""

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def summary(self) -> str:
        """What is wrong: the first line of the docstring."""
        return (self.function.__doc__ or "").strip().partition("\n")[0].strip()

    @property
    def reason(self) -> str:
        """Why it matters: the rest of the docstring, its lines joined."""
        rest = (self.function.__doc__ or "").strip().partition("\n")[2]
        return " ".join(rest.split())


Body: TypeAlias = Callable[[Subject], Iterator[Fault]]


def message_rule(
    id: str, severity: Severity, *, flagged: tuple[Example, ...], passed: tuple[Example, ...], when: When = always
) -> Callable[[Body[Unit]], Rule[Unit]]:
    """Make a function a rule about one message; ``when`` has to hold wherever the rule finds a fault."""
    return lambda function: Rule(id, severity, "message", function, flagged, passed, when)


def edition_rule(
    id: str, severity: Severity, *, flagged: tuple[Change, ...], passed: tuple[Change, ...] = ()
) -> Callable[[Body[Edition]], Rule[Edition]]:
    """Make a function a rule about an article in a locale as a whole; the sample edition itself must pass it."""
    return lambda function: Rule(id, severity, "edition", function, flagged, passed)


def page_rule(
    id: str, severity: Severity, *, flagged: tuple[Example, ...], passed: tuple[Example, ...] = ()
) -> Callable[[Body[Reading]], Rule[Reading]]:
    """Make a function a rule about a page that was read back; the sample page itself must pass it."""
    return lambda function: Rule(id, severity, "page", function, flagged, passed)
