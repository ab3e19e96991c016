"""Rules about the markup of a target."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks import when
from pipeline.checks.placeable import found
from pipeline.checks.rules import Fault, Pair, message_rule
from pipeline.checks.units import Unit
from pipeline.model import Severity


@message_rule(
    "markup/differs",
    Severity.ERROR,
    when=when.broken,
    flagged=(
        Pair("**Do not stop** taking it.", "N’arrêtez pas de le prendre."),
        Pair("Read [the guide](guide.md).", "Lisez [le guide](https://example.com/)."),
        Pair("Press <kbd>2</kbd>.", "Appuyez sur <kbd>2."),
        Pair("Feeling numb", "Se sentir <script>alert(1)</script>engourdi"),
        Pair("Feeling numb", '<a href="javascript:alert(1)">Se sentir engourdi</a>'),
    ),
    passed=(
        Pair("**Do not stop** taking it.", "**N’arrêtez pas** de le prendre."),
        Pair("**Do not stop** taking it.", "<strong>N’arrêtez pas</strong> de le prendre."),
        Pair("Read [the guide](guide.md).", "Lisez [le guide](guide.md)."),
        Pair("Call now. {:.urgent}", "Appelez maintenant. {: .urgent }"),
    ),
)
def differs(unit: Unit) -> Iterator[Fault]:
    """The markup of the target does not parse, is unsafe, or is not the markup of the source.

    Emphasis on a warning, a link and its target, a tag that is never closed: a target that does not match its
    source cannot be shown, and the page would fall back to the source's language.
    """
    same_variables = found(unit.message.key.source, "variable") == found(unit.message.target, "variable")
    if unit.broken and same_variables:  # if not, the rules about variables say it better
        yield Fault(unit.broken, "Give the translation the same markup as the source.")


@message_rule(
    "markup/outer-space",
    Severity.WARNING,
    when=when.spaced_otherwise,
    flagged=(Pair("Feeling numb", "Se sentir engourdi "), Pair("Feeling numb", "\nSe sentir engourdi")),
    passed=(Pair("Feeling numb", "Se sentir engourdi"), Pair(" Feeling numb", " Se sentir engourdi")),
)
def outer_space(unit: Unit) -> Iterator[Fault]:
    """Source and target differ in white space at their start or end.

    It is lost or doubled on the page, and a sign-off is bound to the text with it.
    """
    source, target = unit.message.key.source, unit.message.target
    for side, ours, theirs in (
        ("start", source[:1].isspace(), target[:1].isspace()),
        ("end", source[-1:].isspace(), target[-1:].isspace()),
    ):
        if ours != theirs:
            verb = "Add" if ours else "Remove"
            yield Fault(f"White space at the {side} differs from the source.", f"{verb} the white space at the {side}.")
