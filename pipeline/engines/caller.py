"""One way to ask a provider, whoever it is: paid for, in turn, within a deadline, and not again when it keeps failing.

What goes wrong becomes a refusal in one line without secrets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlsplit

from pipeline.engines.spending import Purse
from pipeline.engines.web import Session
from pipeline.errors import EngineError
from pipeline.model import Refusal

__all__ = ["Caller", "Failure", "Unsupported", "refuse_plain_http"]

_T = TypeVar("_T")

_TROUBLES = 3
"""Failures in a row after which a provider is left alone for the rest of the run."""


class Unsupported(Exception):
    """The provider cannot do what it is asked for, and that is no failure."""


@dataclass(frozen=True, slots=True)
class Failure(Refusal):
    """A request was sent and came to nothing; another may come to more."""


class Caller:
    """The way to one provider, shared by all threads.

    ``secrets`` are what no reason may show.
    """

    def __init__(self, name: str, session: Session, purse: Purse, secrets: Sequence[str]) -> None:
        self.name = name
        self.session = session
        self.purse = purse
        self._secrets = [secret for secret in secrets if secret]
        self._lock = threading.Lock()
        self._failures = 0
        self._trouble = ""

    def ask(self, call: Callable[[], _T], locale: str, characters: int) -> _T | Refusal:
        """What ``call`` returns, or why not; it may raise whatever it likes."""
        if self._failures >= _TROUBLES:
            return Refusal(f"{self.name} is not asked again in this run: {self._trouble}")
        if refusal := self.purse.take(self.name, locale, characters):
            return refusal
        try:
            self.session.bucket.take()
            answer = _within(self.session.patience.deadline, call)
        except Unsupported as error:
            return Refusal(str(error))
        except Exception as error:  # providers' classes have no common exception
            return self._failed(self._redacted(f"{type(error).__name__}: {error}"))
        with self._lock:
            self._failures = 0
        return answer

    def _failed(self, reason: str) -> Failure:
        with self._lock:
            self._failures += 1
            self._trouble = reason
        return Failure(f"{self.name} failed: {reason}")

    def _redacted(self, reason: str) -> str:
        """One line without secrets."""
        for secret in self._secrets:
            reason = reason.replace(secret, "…").replace(quote(secret, safe=""), "…")
        return " ".join(reason.split())[:300]


def refuse_plain_http(name: str, variable: str, address: str) -> None:
    """Raise EngineError for an address without https that is not on this machine."""
    url = urlsplit(address)
    if address and url.scheme != "https" and url.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise EngineError(f"{name} would get texts and keys unprotected: let {variable} begin with https.")


def _within(seconds: float, call: Callable[[], _T]) -> _T:
    """The result of a call, or TimeoutError: not even a server that sends a byte a minute holds us."""
    result: list[_T] = []
    raised: list[Exception] = []

    def run() -> None:
        try:
            result.append(call())
        except Exception as error:  # raised again below, where it is seen
            raised.append(error)
        except SystemExit:
            raised.append(RuntimeError("it tried to end the program"))  # deep-translator has places that call exit()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if raised:
        raise raised[0]
    if not result:
        raise TimeoutError(f"no answer within {seconds:g} seconds")
    return result[0]
