"""The online services that deep-translator knows, behind an adapter that trusts nothing it returns.

deep-translator 1.11.4 sets no timeout, returns ``None``, error pages and quota messages as texts, loses
white space, prints keys in its exceptions and asks one provider over plain http. What its classes send
goes through :class:`pipeline.engines.web.Session`, and every call through :class:`pipeline.engines.caller.Caller`.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from types import FunctionType
from typing import Any
from urllib.parse import quote

from pipeline.engines.caller import Caller, Failure, Unsupported, refuse_plain_http
from pipeline.engines.masking import sentences
from pipeline.engines.providers import PROVIDERS, Provider, language_code
from pipeline.engines.spending import Purse
from pipeline.engines.web import Patience, Session
from pipeline.errors import EngineError
from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer, error_text

__all__ = ["Deep"]

_PIECES = 20
"""Pieces of one text that are asked for; a text with more is refused."""


class Deep:
    """One provider.

    ``environment`` holds its keys (``DEEPL_API_KEY``) and, where another server than the usual one is
    to be asked, its address (``LIBRE_URL``, ``DEEPL_URL`` for DeepL Pro). Raises EngineError for a missing
    key, unless nothing will be sent, and for an address without https that is not on this machine.
    """

    machine = True

    def __init__(
        self, name: str, environment: Mapping[str, str], patience: Patience | None = None, purse: Purse | None = None
    ) -> None:
        self.name = name
        self.provider = PROVIDERS[name]
        self.batch = self.provider.batch
        purse = purse or Purse()
        self._arguments = _arguments(name, self.provider, environment, purse)
        self._address = environment.get(f"{name.upper()}_URL", self.provider.address)
        refuse_plain_http(name, f"{name.upper()}_URL", self._address)
        self.session = self.provider.session(patience or self.provider.patience)
        self._caller = Caller(name, self.session, purse, [environment.get(key, "") for _, key in self.provider.secrets])
        self._class = _with_session(self.provider, self.session)

    def variant(self, key: Key, source: Locale) -> str:
        """What an answer depends on beside text, languages and provider: nothing."""
        del key, source
        return ""

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key; whatever goes wrong with one text is the refusal of that text alone."""
        cut = [self._cut(key.source) for key in keys]
        asked = [piece for pieces in cut if not isinstance(pieces, Refusal) for piece in pieces]
        said = iter(self._translated(asked, source, target))
        return [
            pieces if isinstance(pieces, Refusal) else self._joined(pieces, [next(said) for _ in pieces])
            for pieces in cut
        ]

    def _cut(self, text: str) -> list[str] | Refusal:
        """The text in pieces that the provider takes."""
        pieces = _pieces(text, self.provider.limit)
        if len(pieces) > _PIECES or any(_size(piece) > self.provider.limit for piece in pieces):
            return Refusal(f"the text is too long for {self.name}")
        return pieces

    def _joined(self, pieces: Sequence[str], said: Sequence[str | Refusal]) -> Answer:
        texts = []
        for piece, answer in zip(pieces, said, strict=True):
            if isinstance(answer, Refusal):
                return answer
            texts.append(answer.strip() + piece[len(piece.rstrip()) :])
        return Suggestion("".join(texts), f"{self.name}, through deep-translator")

    def _translated(self, texts: Sequence[str], source: Locale, target: Locale) -> Iterator[str | Refusal]:
        """The answers in order: in batches, and one by one where a batch came to nothing."""
        for batch in _batches(texts, self.provider):
            answer = self._asked(self.provider.between.join(batch), source, target)
            if len(batch) == 1:
                yield answer
            elif isinstance(answer, Refusal) and not isinstance(answer, Failure):
                yield from [answer] * len(batch)
            elif isinstance(answer, str) and answer.count(self.provider.between) == len(batch) - 1:
                said = answer.split(self.provider.between)
                yield from (one if one.strip() else Refusal(f"{self.name} gave no text") for one in said)
            else:
                yield from (self._asked(text, source, target) for text in batch)

    def _asked(self, text: str, source: Locale, target: Locale) -> str | Refusal:
        answer = self._caller.ask(lambda: self._call(text, source, target), target.tag, len(text))
        if isinstance(answer, Refusal):
            return answer
        if not isinstance(answer, str) or not answer.strip():
            return Failure(f"{self.name} gave no text")
        return answer if "&" in text else html.unescape(answer)

    def _call(self, text: str, source: Locale, target: Locale) -> object:
        """Ask deep-translator, with a new object each time: its objects keep state between calls."""
        translator = self._class(source="auto", target="auto", **self._arguments)
        known = list(translator.get_supported_languages(as_dict=True).values())
        codes = [language_code(locale, known, dict(self.provider.codes)) for locale in (source, target)]
        if not all(codes):
            raise Unsupported(f"{self.name} does not translate from {source.tag} to {target.tag}")
        translator.source, translator.target = codes
        if self._address:
            translator._base_url = self._address
        answer = translator.translate(text)
        if isinstance(answer, str) and (found := error_text(text, html.unescape(answer))):
            raise ValueError(f"it answered with an error message: {found}")
        return answer


def _arguments(name: str, provider: Provider, environment: Mapping[str, str], purse: Purse) -> dict[str, str]:
    missing = [variable for _, variable in provider.keys if not environment.get(variable)]
    if missing and not purse.closed:
        raise EngineError(f"The engine {name} needs {' and '.join(missing)} in the environment.")
    given = {argument: environment.get(variable) or "none" for argument, variable in provider.keys}
    free = {argument: environment.get(variable, "") for argument, variable in provider.free}
    if "api_key" in free:
        free["api_key"] = free["api_key"] or "none"  # the class refuses to work without, even where none is needed
    return given | free


def _with_session(provider: Provider, session: Session) -> Any:
    """The provider's class with our session where its methods say ``requests``; the library stays as it is."""
    module = import_module(f"deep_translator.{provider.module}")
    cls = getattr(module, provider.cls)
    names = {**vars(module), "requests": session}
    own = {
        name: FunctionType(method.__code__, names, name, method.__defaults__, method.__closure__)
        for name, method in vars(cls).items()
        if isinstance(method, FunctionType)
    }
    return type(cls.__name__, (cls,), own)


def _size(text: str) -> int:
    return len(quote(text, safe=""))


def _pieces(text: str, limit: int) -> list[str]:
    """The text, or runs of whole sentences of it that are not longer than the limit."""
    pieces: list[str] = []
    for sentence in sentences(text):
        if pieces and _size(pieces[-1] + sentence) <= limit:
            pieces[-1] += sentence
        else:
            pieces.append(sentence)
    return pieces


def _batches(texts: Sequence[str], provider: Provider) -> Iterator[list[str]]:
    """Texts that go in one request; one that holds what stands between them goes alone."""
    batch: list[str] = []
    for text in texts:
        alone = provider.between in text
        if batch and (alone or len(batch) == provider.batch or _size("".join([*batch, text])) > provider.limit):
            yield batch
            batch = []
        batch.append(text)
        if alone:
            yield batch
            batch = []
    if batch:
        yield batch
