"""The report as JUnit XML, in the form of Jenkins' xUnit plugin that most CI systems read.

A suite for each article and locale: one case for its gate, and one for each rule that found something. An error is a
failure, a warning is output of a case that passes, and what concerns a locale that is not published is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from pipeline.model import Finding, Outcome, Standing
from pipeline.report.ranking import Rank, place, ranked, related

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even as a reference: https://www.w3.org/TR/xml/#charsets."""

_Found = tuple[Finding, Rank]


def to_junit(outcome: Outcome) -> bytes:
    """The outcome as UTF-8 XML with a newline at its end; the same outcome gives the same bytes."""
    root = Element("testsuites", {"name": "handrail"})
    found = tuple(ranked(outcome))
    names = {(standing.article, standing.locale) for standing in outcome.standings}
    _suite(root, "project", [pair for pair in found if _edition(pair[0]) not in names])
    by_edition: dict[tuple[str, str], list[_Found]] = {}
    for pair in found:
        by_edition.setdefault(_edition(pair[0]), []).append(pair)
    for standing in outcome.standings:
        own = by_edition.get((standing.article, standing.locale), [])
        suite = _suite(root, f"{standing.locale}.{standing.article}", own)
        _gate(suite, standing)
    for suite in root:
        _count(suite, [suite])
    _count(root, root)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _edition(finding: Finding) -> tuple[str, str]:
    return finding.article, finding.locale


def _suite(root: Element, name: str, found: Sequence[_Found]) -> Element:
    """A suite with a case for each rule that found something."""
    suite = SubElement(root, "testsuite", {"name": _clean(name)})
    for rule, rank in dict.fromkeys((finding.rule, rank) for finding, rank in found):
        case = SubElement(suite, "testcase", {"classname": _clean(name), "name": rule})
        own = [finding for finding, other in found if (finding.rule, other) == (rule, rank)]
        text = "\n".join(map(_line, own))
        match rank:
            case Rank.BLOCKS:
                _say(case, "failure", own[0].text, text)
            case Rank.DRAFT:
                _say(case, "skipped", own[0].text, text)
            case Rank.ASKS:
                SubElement(case, "system-out").text = _clean(text)
    return suite


def _gate(suite: Element, standing: Standing) -> None:
    """The first case of an edition: whether its page goes out."""
    case = Element("testcase", {"classname": suite.get("name", ""), "name": "gate"})
    suite.insert(0, case)
    if not standing.published:
        _say(case, "skipped", "This locale is not published.", "")
    elif not standing.open:
        _say(case, "failure", "The page is withheld.", "\n".join(standing.reasons))


def _say(case: Element, tag: str, message: str, text: str) -> None:
    SubElement(case, tag, {"type": case.get("name", ""), "message": _clean(message)}).text = _clean(text)


def _line(finding: Finding) -> str:
    source = f" (source: {related(finding)})" if related(finding) else ""
    return f"{place(finding)}: {finding.text} {finding.advice}{source}"


def _count(element: Element, suites: Iterable[Element]) -> None:
    cases = [case for suite in suites for case in suite.iter("testcase")]
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    if element.tag == "testsuite":
        element.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
