"""The online services that deep-translator knows, behind an adapter that trusts nothing it returns.

deep-translator 1.11.4 sets no timeout, returns ``None``, error pages and quota messages as texts, loses
white space, prints keys in its exceptions and asks one provider over plain http. What its classes send
goes through :class:`pipeline.engines.web.Session`; each call has a deadline of its own; a provider that
keeps failing is not asked again.
"""

from __future__ import annotations

import html
import threading
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import FunctionType
from typing import Any
from urllib.parse import quote, urlsplit

from pipeline.engines.masking import sentences
from pipeline.engines.providers import PROVIDERS, Provider, language_code
from pipeline.engines.web import Patience, Session
from pipeline.errors import EngineError
from pipeline.model import Key, Locale, Refusal, Suggestion
from pipeline.prefill import Answer, error_text

__all__ = ["Deep"]

_TROUBLES = 3
"""Failures in a row after which a provider is left alone for the rest of the run."""

_PIECES = 20
"""Sentences of one text that are asked for one by one; a text with more is refused."""


class Deep:
    """One provider.

    ``environment`` holds its keys (``DEEPL_API_KEY``) and, where another server than the usual one is
    to be asked, its address (``LIBRE_URL``, ``DEEPL_URL`` for DeepL Pro). Raises EngineError for a missing
    key, and for an address without https that is not on this machine.
    """

    machine = True

    def __init__(self, name: str, environment: Mapping[str, str], patience: Patience | None = None) -> None:
        self.name = name
        self.provider = PROVIDERS[name]
        self.patience = patience or Patience()
        self._arguments = _arguments(name, self.provider, environment)
        self._secrets = [environment[variable] for _, variable in self.provider.secrets if environment.get(variable)]
        self._address = environment.get(f"{name.upper()}_URL", self.provider.address)
        _refuse_plain_http(name, self._address)
        self.session = self.provider.session(self.patience)
        self._class = _with_session(self.provider, self.session)
        self._failures = 0
        self._trouble = ""

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """One answer for each key; whatever goes wrong with one text is the refusal of that text alone."""
        return [self._answer(key.source, source, target) for key in keys]

    def _answer(self, text: str, source: Locale, target: Locale) -> Answer:
        if self._failures >= _TROUBLES:
            return Refusal(f"{self.name} is not asked again in this run: {self._trouble}")
        pieces = _pieces(text, self.provider.limit)
        if len(pieces) > _PIECES or any(_size(piece) > self.provider.limit for piece in pieces):
            return Refusal(f"the text is too long for {self.name}")
        texts = []
        for piece in pieces:
            answer = self._translated(piece, source, target)
            if isinstance(answer, Refusal):
                return answer
            space = piece[len(piece.rstrip()) :]
            texts.append(answer.strip() + space)
        return Suggestion("".join(texts), f"{self.name}, through deep-translator")

    def _translated(self, text: str, source: Locale, target: Locale) -> str | Refusal:
        try:
            answer = _within(self.patience.deadline, lambda: self._call(text, source, target))
        except _Unsupported as error:
            return Refusal(str(error))
        except Exception as error:  # whatever a provider's class may raise: it has no common base class
            return self._failed(f"{type(error).__name__}: {error}")
        if not isinstance(answer, str) or not answer.strip():
            return Refusal(f"{self.name} gave no text")
        answer = answer if "&" in text else html.unescape(answer)
        if found := error_text(text, answer):
            return self._failed(f"it answered with an error message: {found}")
        self._failures = 0
        return answer

    def _call(self, text: str, source: Locale, target: Locale) -> object:
        """Ask deep-translator, with a new object each time: its objects keep state between calls."""
        translator = self._class(source="auto", target="auto", **self._arguments)
        known = list(translator.get_supported_languages(as_dict=True).values())
        codes = [language_code(locale, known, dict(self.provider.codes)) for locale in (source, target)]
        if not all(codes):
            raise _Unsupported(f"{self.name} does not translate from {source.tag} to {target.tag}")
        translator.source, translator.target = codes
        if self._address:
            translator._base_url = self._address
        return translator.translate(text)

    def _failed(self, reason: str) -> Refusal:
        self._failures += 1
        self._trouble = self._redacted(reason)
        return Refusal(f"{self.name} failed: {self._trouble}")

    def _redacted(self, reason: str) -> str:
        """One line without secrets."""
        for secret in self._secrets:
            reason = reason.replace(secret, "…").replace(quote(secret, safe=""), "…")
        return " ".join(reason.split())[:300]


class _Unsupported(Exception):
    """The provider does not have one of the languages."""


def _arguments(name: str, provider: Provider, environment: Mapping[str, str]) -> dict[str, str]:
    missing = [variable for _, variable in provider.keys if not environment.get(variable)]
    if missing:
        raise EngineError(f"The engine {name} needs {' and '.join(missing)} in the environment.")
    given = {argument: environment[variable] for argument, variable in provider.keys}
    free = {argument: environment.get(variable, "") for argument, variable in provider.free}
    if "api_key" in free:
        free["api_key"] = free["api_key"] or "none"  # the class refuses to work without, even where none is needed
    return given | free


def _refuse_plain_http(name: str, address: str) -> None:
    url = urlsplit(address)
    if address and url.scheme != "https" and url.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise EngineError(f"{name} would get texts and keys unprotected: let {name.upper()}_URL begin with https.")


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


def _within(seconds: float, call: Callable[[], object]) -> object:
    """The result of a call, or TimeoutError: not even a server that sends a byte a minute holds us."""
    result: list[object] = []
    raised: list[Exception] = []

    def run() -> None:
        try:
            result.append(call())
        except Exception as error:  # raised again below, where it is seen
            raised.append(error)
        except SystemExit:
            raised.append(RuntimeError("it tried to end the program"))  # the library has places that call exit()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not result:
        raise TimeoutError(f"no answer within {seconds:g} seconds")
    return result[0]


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
