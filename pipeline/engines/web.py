"""HTTP as an engine should use it: bounded in time and size, patient with busy servers, never in the clear.

Retries are urllib3's: for 429, 5xx and connections that time out or break, with growing pauses and jitter, and as
late as ``Retry-After`` says, within limits. When a server asks one request to wait, all wait.
"""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass
from typing import Any, Self

import requests
from requests import exceptions
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.util.retry import Retry

__all__ = ["Bucket", "Patience", "Session"]

_LARGEST = 1_000_000
"""Bytes of an answer; a translation of one text is far smaller."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an engine waits, in seconds, and how often it asks."""

    timeout: float = 10.0
    """For a connection, and for each silence of the server."""

    deadline: float = 45.0
    """For one request with all its retries."""

    retries: int = 3
    pause: float = 1.0
    """Before a retry; doubled each time, with as much jitter."""

    rate: float = 0.0
    """Requests a second; 0 for no bound."""


class Bucket:
    """A token bucket: ``rate`` requests a second in the long run, a second's worth at once.

    Nobody waits for longer than ``patience`` because a server asked for it.
    """

    def __init__(self, rate: float, patience: float) -> None:
        self._rate = rate
        self._patience = patience
        self._due = 0.0
        self._held = 0.0
        self._lock = threading.Lock()

    def take(self) -> None:
        """Wait for one's turn; RetryError where the server wants to be left alone for too long."""
        with self._lock:
            now = time.monotonic()
            if self._held - now > self._patience:
                raise exceptions.RetryError(f"it asks to be left alone for {self._held - now:.0f} seconds")
            turn = max(self._due, self._held, now - 1.0)
            self._due = turn + (1 / self._rate if self._rate else 0.0)
        time.sleep(max(0.0, turn - now))

    def hold(self, seconds: float) -> None:
        """Let nobody have a turn for a while."""
        with self._lock:
            self._held = max(self._held, time.monotonic() + seconds)


class _Polite(Retry):
    """urllib3's retries, with jitter before the first one too, and with a pause for everybody."""

    bucket: Bucket

    def new(self, **changes: Any) -> Self:
        made = super().new(**changes)
        made.bucket = self.bucket
        return made

    def get_backoff_time(self) -> float:
        return super().get_backoff_time() or random.random() * self.backoff_jitter

    def sleep_for_retry(self, response: BaseHTTPResponse) -> bool:
        seconds = self.get_retry_after(response)
        if not seconds:
            return False
        self.bucket.hold(seconds)
        self.bucket.take()
        return True


class Session(requests.Session):
    """Stands in for the module ``requests`` in the code of deep-translator."""

    exceptions = exceptions

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self.patience = patience
        self.bucket = Bucket(patience.rate, patience.deadline)
        retry = _Polite(
            total=patience.retries,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=None,
            backoff_factor=patience.pause,
            backoff_jitter=patience.pause,
            raise_on_status=False,
        )
        retry.bucket = self.bucket
        self.mount("https://", HTTPAdapter(max_retries=retry))
        self.mount("http://", HTTPAdapter(max_retries=retry))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send with a timeout, and read no more than a megabyte; raises requests' own exceptions."""
        options["timeout"] = self.patience.timeout
        options["stream"] = True
        options["allow_redirects"] = False  # none of the providers redirects, and keys should not travel
        response = super().send(request, **options)
        content = response.raw.read(_LARGEST + 1, decode_content=True)
        if len(content) > _LARGEST:
            response.close()
            raise exceptions.ContentDecodingError("the answer is too long")
        response._content = content
        if "charset" not in response.headers.get("Content-Type", "").lower():
            response.encoding = "utf-8"  # requests would guess from the bytes, or take ISO-8859-1
        return response
