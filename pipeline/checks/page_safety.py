"""Rules about safety text on a page: there, once, seen, marked, in order, and in the plain text as well."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.expected import Expected
from pipeline.checks.known import leftovers
from pipeline.checks.reading import Reading, Run, joined
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.checks.squeezing import matches, squeezed
from pipeline.model import Severity

_CRISIS = '<p data-safety="crisis">'
_DOCTOR = (
    '<p data-safety="see-a-provider">Si cela dure, <strong>n’attendez pas</strong> et consultez votre médecin.</p>'
)
_SERVICE = '<p data-safety="referral">Pour trouver un traitement, adressez-vous à votre médecin.</p>'
_DANGER = "Si vous êtes en danger"


@page_rule(
    "page/safety-missing",
    Severity.ERROR,
    flagged=(
        Swap("Si vous pensez au suicide, appelez", "Si vous pensez au suicide, contactez"),
        Swap(_CRISIS, "</main><p>"),
        Swap(">3114<", ">3115<"),
        Swap(_CRISIS, "<!--"),
        Swap(_CRISIS, '<template><p data-safety="crisis">'),
    ),
    passed=(Swap(_CRISIS, '<aside class="card"><p data-safety="crisis">'), Swap("pensez au", "pensez\n   au")),
)
def safety_missing(reading: Reading) -> Iterator[Fault]:
    """A safety text is not in the main part of the page, or not to the letter.

    What the reader has to see is worked out from article, catalog and registry, and then looked for on the finished
    page. Text in a footer, a menu or a comment does not count.
    """
    items = _safety(reading)
    everything = squeezed("\n".join([run.text for run in reading.runs if run.in_main])) if items else ""
    for item in items:
        if squeezed(item.text) not in everything:
            yield _fault(item, "is not in the main part of the page to the letter", "Check the theme and the registry.")


@page_rule(
    "page/safety-hidden",
    Severity.ERROR,
    flagged=(
        Swap(_CRISIS, '<p data-safety="crisis" hidden>'),
        Swap(_CRISIS, '<p data-safety="crisis" aria-hidden="true">'),
        Swap(_CRISIS, '<p data-safety="crisis" style="display: none">'),
        Swap(_CRISIS, '<p data-safety="crisis" style="position:absolute; left:-9999px">'),
        Swap(_CRISIS, '<p data-safety="crisis" style="color:#fff;background:#fff">'),
        Swap(_CRISIS, '<p data-safety="crisis" style="height:0;overflow:hidden">'),
        Swap(_CRISIS, '<details><summary>+</summary><p data-safety="crisis">'),
        Swap(_CRISIS, '<noscript><p data-safety="crisis">'),
        Swap("</style>", "@media print { [data-safety=crisis] { display: none } }</style>"),
        Swap("</style>", "@media (max-width: 600px) { main p { visibility: hidden } }</style>"),
        Swap("</style>", ":where(body) p { display: none }</style>"),
        Swap("</style>", "[data-safety] { white-space: nowrap; overflow: hidden }</style>"),
    ),
    passed=(
        Swap(_CRISIS, '<details open><summary>+</summary><p data-safety="crisis">'),
        Swap("</style>", "@media print { nav { display: none } }</style>"),
        Swap(_CRISIS, '<p data-safety="crisis" style="color: #222; background: #fff">'),
    ),
)
def safety_hidden(reading: Reading) -> Iterator[Fault]:
    """A safety text is on the page and cannot be seen or heard.

    Hidden from eyes or from screen readers, on paper or on small screens: a rule that applies to some readers counts
    as if it applied to all.
    """
    items = _safety(reading)
    if not items:
        return
    visible = squeezed(reading.main)
    hidden = [run for run in reading.runs if run.in_main and run.hidden]
    everything = squeezed("\n".join([run.text for run in reading.runs if run.in_main]))
    for item in items:
        text = squeezed(item.text)
        if text in everything and text not in visible:
            why = next((run.hidden for run in hidden if squeezed(run.text) and squeezed(run.text) in text), "")
            yield _fault(item, f"cannot be seen, because {why or 'a part of it is hidden'}", "Show it to every reader.")


@page_rule(
    "page/safety-repeated",
    Severity.ERROR,
    flagged=(Swap("</main>", f"{_DOCTOR}</main>"),),
)
def safety_repeated(reading: Reading) -> Iterator[Fault]:
    """A safety text stands on the page more often than in the article.

    A second copy is not kept up to date with the first, and readers learn to skip what they see again and again.
    """
    items = _safety(reading)
    shown = squeezed(reading.opened) if items else ""
    texts = [squeezed(item.text) for item in reading.expected] if items else []
    for item in items:
        text = squeezed(item.text)
        if shown.count(text) > sum(other.count(text) for other in texts):
            yield _fault(item, "stands on the page more often than in the article", "Show it once.")


@page_rule(
    "page/safety-order",
    Severity.ERROR,
    flagged=(Swap(f"{_DOCTOR}\n{_SERVICE}", f"{_SERVICE}\n{_DOCTOR}"),),
    passed=(Swap(f"{_DOCTOR}\n{_SERVICE}", f"<div>{_DOCTOR}</div><div>{_SERVICE}</div>"),),
)
def safety_order(reading: Reading) -> Iterator[Fault]:
    """The safety texts do not stand in the order of the article.

    "Call this number" means something else after another sentence.
    """
    items = _safety(reading)
    for name, text in (("main part", reading.main), ("plain text", reading.page.text)) if items else ():
        last = -1
        for item in items:
            start, _ = next(matches(item, squeezed(text)), (-1, -1))
            if 0 <= start < last:
                yield _fault(item, f"stands too early in the {name} of the page", "Keep the order of the article.")
            last = max(last, start)


@page_rule(
    "page/safety-mark",
    Severity.ERROR,
    flagged=(
        Swap(_CRISIS, "<p>"),
        Swap(_CRISIS, '<p data-safety="referral">'),
        Swap(_CRISIS, f"{_CRISIS}Plus valable : "),
        Swap(_CRISIS, f"{_CRISIS}9 "),
    ),
    passed=(
        Swap(_CRISIS, '<p class="callout" data-safety="crisis">'),
        Swap(_CRISIS, f"{_CRISIS}☎ "),
        Swap(_CRISIS, f"{_CRISIS}<b>Urgences</b> "),
    ),
)
def safety_mark(reading: Reading) -> Iterator[Fault]:
    """A safety text does not stand, by itself, in a block that is marked with its safety id.

    Themes, tests and other tools find safety text by this mark; without it a style for safety text does not apply.
    What else stands in the block is read as a part of it.
    """
    runs: dict[str, list[Run]] = {}
    for run in reading.runs:
        if run.in_main and run.safety and not run.hidden:
            runs.setdefault(run.safety, []).append(run)
    blocks = {safety: joined(parts) for safety, parts in runs.items()}
    for safety, text in blocks.items():
        added = (part for part in leftovers(text, reading.known) if any(map(str.isalnum, part)))
        if said := next(added, ""):
            sentence = f"The block of the safety text “{safety}” says “{said[:60]}”, too."
            yield Fault(sentence, "Put it outside the block, or into the article.")
    for item in _safety(reading):
        safety = item.segment.safety
        if squeezed(item.text) not in squeezed(blocks.get(safety, "")):
            yield _fault(item, f"stands in no block with data-safety=“{safety}”", "Check the theme.")


@page_rule(
    "page/safety-in-text",
    Severity.ERROR,
    flagged=(
        Swap(_DANGER, "Si vous avez un doute", part="text"),
        Swap("Si vous pensez au suicide", "Si vous pensez au suicide Si vous pensez", part="text"),
        Swap("appelez tout de suite le \u2066112\u2069", "appelez tout de suite le …", part="text"),
        Swap(_DANGER, "Si cela dure, n’attendez pas et consultez votre médecin. Si vous êtes en danger", part="text"),
    ),
    passed=(
        Swap("Si vous pensez au suicide", "Si vous pensez\n    au suicide", part="text"),
        Swap("n’attendez pas", "n’attendez\npas", part="text"),
    ),
)
def safety_in_text(reading: Reading) -> Iterator[Fault]:
    """A safety text is not exactly once in the plain text of the page.

    The plain text goes into mail, messages and print. It must not say less than the page, and a limit on its length
    must not cut the end, where the numbers are.
    """
    items = _safety(reading)
    text = squeezed(reading.page.text) if items else ""
    for item in items:
        count = sum(1 for _ in matches(item, text))
        wanted = sum(squeezed(other.text).count(squeezed(item.text)) for other in reading.expected)
        if count != max(wanted, 1):
            yield _fault(item, f"stands {count} times in the plain text, not {max(wanted, 1)}", "Check the theme.")


def _safety(reading: Reading) -> tuple[Expected, ...]:
    return tuple([item for item in reading.expected if item.segment.safety and item.text.strip()])


def _fault(item: Expected, text: str, advice: str) -> Fault:
    return Fault(f"The safety text “{item.segment.safety}” {text}.", advice, item.segment.place)
