"""Words in the form in which a dictionary lists them, for about fifty languages.

Needs the extra ``handrail[lemmas]``: a language takes up to two seconds and a hundred megabytes to load, which a check
in continuous integration may not be worth. Loaded only when a text is asked about.
"""

from __future__ import annotations

import functools
import importlib.util

__all__ = ["are_known", "lemmas"]


@functools.cache
def are_known(language: str) -> bool:
    """Whether words of a language can be looked up here."""
    if importlib.util.find_spec("simplemma") is None:
        return False
    import simplemma

    try:
        simplemma.lemmatize("a", lang=language)
    except ValueError:
        return False
    return True


@functools.lru_cache(maxsize=4096)
def lemmas(text: str, language: str) -> frozenset[str]:
    """The dictionary forms of the words of a text, in small letters; the language must be known."""
    import simplemma

    return frozenset(simplemma.lemmatize(word, lang=language).casefold() for word in simplemma.simple_tokenizer(text))
