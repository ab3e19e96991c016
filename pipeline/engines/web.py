"""HTTP as an engine should use it: bounded in time and size, patient with busy servers, never in the clear.

Retries are urllib3's: for 429, 5xx and timeouts only, with growing pauses and jitter, and as long as
``Retry-After`` says, within limits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import requests
from requests import exceptions
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

__all__ = ["DeeplSession", "GoogleSession", "Patience", "Session"]

_LARGEST = 1_000_000
"""Bytes of an answer; a translation of one text is far smaller."""

_HOLDS_MARKUP = re.compile(r"""class=["'](?:t0|result-container)["'][^>]*>[^<]*<(?!/div>)""")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an engine waits; everything in seconds."""

    timeout: float = 10.0
    """For a connection, and for each silence of the server."""

    deadline: float = 45.0
    """For one text with all its retries."""

    retries: int = 3
    pause: float = 1.0
    """Before the second retry; doubled each time, with as much jitter."""


class Session(requests.Session):
    """Stands in for the module ``requests`` in the code of deep-translator."""

    exceptions = exceptions

    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self.patience = patience
        retry = Retry(
            total=patience.retries,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods=None,
            backoff_factor=patience.pause,
            backoff_jitter=patience.pause,
            retry_after_max=int(patience.deadline),
            raise_on_status=False,
        )
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
        return response


class DeeplSession(Session):
    """DeepL took away what deep-translator does: GET, and the key in the address."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """The same question as DeepL's documentation wants it asked."""
        form = dict(cast(Mapping[str, str], request.params))
        headers = {"Authorization": f"DeepL-Auth-Key {form.pop('auth_key')}"}
        return super().prepare_request(requests.Request("POST", request.url, headers, data=form))


class GoogleSession(Session):
    """Google answers with a page, of which deep-translator joins the texts and drops all else."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """As ever, but an answer with markup in it is an error: its words would be glued together."""
        response = super().send(request, **options)
        if _HOLDS_MARKUP.search(response.text):
            raise exceptions.ContentDecodingError("the answer holds markup, whose words would be glued together")
        return response
