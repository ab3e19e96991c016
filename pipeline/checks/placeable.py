"""Rules about what must survive translation unchanged: variables, addresses, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.checks import when
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit, marks
from pipeline.model import Severity

_SYNTAX = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{")
_FORMAT = re.compile(r"%\([a-z_]+\)[sd]")
_NOTHING: Counter[str] = Counter()
_CRISIS = "Call {crisis.name} at {crisis.phone}."


@message_rule(
    "placeable/variable-lost",
    Severity.ERROR,
    when=when.marked_otherwise,
    flagged=(
        Pair(_CRISIS, "Appelez {crisis.name}."),
        Pair(_CRISIS, "Appelez {crisis.name} au {crisis.telephone}."),
        Pair(_CRISIS, "Appelez {crisis.name} au { crisis.phone }."),
        Pair(_CRISIS, "Appelez {crisis.name} au 3114."),
    ),
    passed=(
        Pair(_CRISIS, "Au {crisis.phone}, {crisis.name} vous répond."),
        Pair("{n} results", "{n} résultats"),
    ),
)
def variable_lost(unit: Unit) -> Iterator[Fault]:
    """A variable of the source is missing from the target, or spelled differently.

    Variables stand for names and numbers of helplines, which come from the registry. Without its variable a
    sentence names no helpline, or one that nobody checks.
    """
    for name, count in (found(unit.message.key.source, "variable") - found(unit.message.target, "variable")).items():
        times = "" if count == 1 else f" ({count} times)"
        yield Fault(f"{name} is missing from the translation{times}.", f"Put {name} where it belongs, as it is.")


@message_rule(
    "placeable/variable-invented",
    Severity.ERROR,
    when=when.braced,
    flagged=(
        Pair(_CRISIS, "Appelez {crisis.nom} ({crisis.name}) au {crisis.phone}."),
        Pair(_CRISIS, "{crisis.name} : {crisis.phone}, {emergency.phone}"),
        Pair("Feeling numb", "Se sentir {{ engourdi }}"),
    ),
    passed=(Pair(_CRISIS, "Au {crisis.phone}, {crisis.name} vous répond."),),
)
def variable_invented(unit: Unit) -> Iterator[Fault]:
    """The target has a variable, or template syntax, that the source does not have.

    A misspelled name is filled with nothing; another line's name sends readers to another line.
    """
    source, target = unit.message.key.source, unit.message.target
    for name in found(target, "variable") - found(source, "variable"):
        yield Fault(f"The translation has {name}, which the source does not have.", f"Take {name} out.")
    for mark in sorted(set(_SYNTAX.findall(target)) - set(_SYNTAX.findall(source))):
        yield Fault(f"The translation has {mark}, which looks like template syntax.", f"Take {mark} out.")


@message_rule(
    "placeable/format-changed",
    Severity.ERROR,
    when=when.formatted,
    flagged=(
        Pair("Updated on %(date)s", "Mis à jour le %(datum)s"),
        Pair("Updated on %(date)s", "Mis à jour"),
    ),
    passed=(Pair("Updated on %(date)s", "Mis à jour le %(date)s"), Pair("about 5 %(five)", "environ 5 %(cinq)")),
)
def format_changed(unit: Unit) -> Iterator[Fault]:
    """A placeholder such as ``%(date)s`` differs between source and target.

    The theme's words hold dates and numbers in this way. A form of a plural may leave its number out, as "one
    minute" does.
    """
    source = set(_FORMAT.findall(f"{unit.message.key.source} {unit.message.source_plural}"))
    target = set(_FORMAT.findall(unit.message.target))
    for name in sorted(target - source):
        yield Fault(f"The translation has {name}, which the source does not have.", f"Take {name} out.")
    for name in sorted(source - target if not unit.message.source_plural else ()):
        yield Fault(f"{name} is missing from the translation.", f"Put {name} where it belongs, as it is.")


@message_rule(
    "placeable/address-changed",
    Severity.ERROR,
    when=when.marked_otherwise,
    flagged=(
        Pair("Visit https://988lifeline.org now.", "Allez sur https://988lifeline.com maintenant."),
        Pair("Write to help@example.org.", "Écrivez-nous."),
    ),
    passed=(Pair("Visit https://988lifeline.org.", "Allez sur https://988lifeline.org."),),
)
def address_changed(unit: Unit) -> Iterator[Fault]:
    """A web or e-mail address differs between source and target.

    A reader who follows a wrong address reaches nobody, or somebody else. If the page behind a link exists in the
    reader's language, that is the author's to say, in the source.
    """
    for kind in ("url", "email"):
        source, target = found(unit.message.key.source, kind), found(unit.message.target, kind)
        for address in sorted(set(source) - set(target)):
            yield Fault(f"{address} is missing from the translation.", "Copy the address from the source.")
        for address in sorted(set(target) - set(source)):
            yield Fault(f"The translation has {address}, which the source does not have.", "Take it out.")


@message_rule(
    "placeable/code-changed",
    Severity.ERROR,
    when=when.marked_otherwise,
    flagged=(Pair("Text `HOME` to the line.", "Envoyez `MAISON` à la ligne."),),
    passed=(Pair("Text `HOME` to the line.", "Envoyez `HOME` à la ligne."),),
)
def code_changed(unit: Unit) -> Iterator[Fault]:
    """A code span differs between source and target.

    What stands in code is typed or read by a machine as it is: a translated keyword gets no answer.
    """
    source, target = found(unit.message.key.source, "code"), found(unit.message.target, "code")
    for code in sorted(set(source) - set(target)):
        yield Fault(f"{code} is missing from the translation.", "Copy it from the source as it is.")
    for code in sorted(set(target) - set(source)):
        yield Fault(f"The translation has {code}, which the source does not have.", "Copy it from the source as it is.")


def found(text: str, kind: str) -> Counter[str]:
    """The variables, addresses or code of a text, and how often each stands there."""
    texts = [marked for sort, marked in marks(text) if sort == kind]
    return Counter(texts) if texts else _NOTHING
