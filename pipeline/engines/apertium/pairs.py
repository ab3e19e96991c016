"""Which of Apertium's directions lead from one language to another, straight or by way of a third."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import product

from pipeline.model import Locale

__all__ = ["advice", "route"]

_THREE_LETTERS = {
    "af": "afr", "an": "arg", "ast": "ast", "be": "bel", "bg": "bul", "br": "bre", "ca": "cat", "da": "dan",
    "en": "eng", "eo": "epo", "es": "spa", "eu": "eus", "fr": "fra", "gl": "glg", "hi": "hin", "hr": "hbs",
    "bs": "hbs", "id": "ind", "is": "isl", "it": "ita", "mk": "mkd", "ms": "zlm", "nb": "nob", "nl": "nld",
    "nn": "nno", "oc": "oci", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sc": "srd", "sl": "slv",
    "sr": "hbs", "sv": "swe", "szl": "szl", "uk": "ukr", "ur": "urd",
}  # fmt: skip
"""ISO 639-1 to 639-3 for the languages that Debian packages; older pairs use two letters."""

_TWO_LETTERS = {three: two for two, three in _THREE_LETTERS.items() if three != "hbs"}

_DEBIAN = """
af-nl afr-nld arg-cat bel-rus br-fr cat-ita cat-srd dan-nor en-gl eng-cat eng-spa eo-ca eo-en eo-es eo-fr es-gl
es-pt es-ro eu-en eu-es fra-cat fra-frp fr-es hbs-eng hbs-mkd hbs-slv id-ms ind-zlm isl-eng isl-swe is-sv mk-bg
mkd-bul mkd-eng mk-en nno-nob oc-ca oc-es oci-fra pol-szl por-cat pt-gl rus-ukr spa-arg spa-ast spa-cat spa-ita
srd-ita swe-dan swe-nor urd-hin
"""
"""The pairs that Debian packages as ``apertium-PAIR`` (``apt-cache search ^apertium-``, 2026); most
hold both directions."""

_FIRST_PIVOT = "es"
"""Most of Apertium's pairs have Spanish on one side, and those with it are its best."""

_MODE = re.compile(r"([a-z]{2,3})-([a-z]{2,3})(?:_\w+)?")


def route(modes: Collection[str], source: Locale, target: Locale) -> tuple[str, ...]:
    """The mode that translates, or the two that do by way of a third language; empty where there is no way.

    ``modes`` are names like ``eng-cat`` and ``es-pt_BR``; the closest variety of the target is taken.
    """
    if direct := _mode(modes, source.language, target.language, target.region):
        return (direct,)
    for pivot in _pivots({_two(side) for mode in modes for side in _sides(mode)}):
        first = _mode(modes, source.language, pivot, "")
        second = _mode(modes, pivot, target.language, target.region)
        if first and second:
            return (first, second)
    return ()


def advice(source: Locale, target: Locale) -> str:
    """What to install for a direction that is missing, or that nothing can be done."""
    direction = f"from {source.language} to {target.language}"
    if package := _package(source.language, target.language):
        return f"Apertium cannot translate {direction} here: install the Debian package {package}"
    for pivot in _pivots(_TWO_LETTERS.values()):
        first, second = _package(source.language, pivot), _package(pivot, target.language)
        if first and second:
            return (
                f"Apertium cannot translate {direction} here: install the Debian packages {first} and {second}, "
                f"to go by way of {pivot}"
            )
    return f"Apertium cannot translate {direction}: Debian has no package for this pair"


def _pivots(languages: Collection[str]) -> list[str]:
    return sorted(languages, key=lambda language: (language != _FIRST_PIVOT, language))


def _mode(modes: Collection[str], source: str, target: str, region: str) -> str:
    """From the closest variety to the plainest: ``eng-por_BR``, ``eng-por``, ``en-pt``; empty where none is there."""
    suffixes = (f"_{region}", "") if region else ("",)
    wanted = (f"{one}-{other}{end}" for end, one, other in product(suffixes, _codes(source), _codes(target)))
    return next((mode for mode in wanted if mode in modes), "")


def _sides(mode: str) -> Iterator[str]:
    found = _MODE.fullmatch(mode)
    yield from found.groups() if found else ()


def _two(code: str) -> str:
    return _TWO_LETTERS.get(code, code)


def _codes(language: str) -> list[str]:
    """A language as pairs name it, newest habit first."""
    three = _THREE_LETTERS.get(language)
    return [three, language] if three and three != language else [language]


def _package(source: str, target: str) -> str:
    """Debian's package for a direction, the newest where it has several; empty where it has none."""
    both = set(product(_codes(source), _codes(target))) | set(product(_codes(target), _codes(source)))
    packaged = {f"{one}-{other}" for one, other in both} & set(_DEBIAN.split())
    return "apertium-" + min(packaged, key=lambda pair: (-len(pair), pair)) if packaged else ""
