"""What the services behind deep-translator want today, and its code does not send.

Its classes ask for one text at a time. Where a service takes a list, several texts are joined by :data:`BETWEEN`
into one for the class, and sent as a list here; the answers are joined the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import requests
from requests import exceptions

from pipeline.engines.web import Patience, Session

__all__ = ["BETWEEN", "DeeplSession", "GoogleSession", "LibreSession", "MicrosoftSession"]

BETWEEN = "\x1e"
"""ASCII's record separator, which stands in no text."""

_HOLDS_MARKUP = re.compile(r"""class=["'](?:t0|result-container)["'][^>]*>[^<]*<(?!/div>)""")


class DeeplSession(Session):
    """DeepL took away what deep-translator does: GET, and the key in the address."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """The same question as DeepL's documentation wants it asked."""
        form: dict[str, Any] = dict(cast(Mapping[str, str], request.params))
        headers = {"Authorization": f"DeepL-Auth-Key {form.pop('auth_key')}"}
        form["text"] = form["text"].split(BETWEEN)
        return super().prepare_request(requests.Request("POST", request.url, headers, data=form))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """As ever, with the answers to a list as one."""
        response = super().send(request, **options)
        said = _json(response)
        if isinstance(said, dict) and isinstance(said.get("translations"), list):
            _say(response, {"translations": [{"text": _joined(_texts(said["translations"]))}]})
        return response


class LibreSession(Session):
    """LibreTranslate reads JSON; deep-translator puts text and key into the address, which is short and logged."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """The same question in the body."""
        body: dict[str, Any] = dict(cast(Mapping[str, str], request.params))
        if BETWEEN in body["q"]:
            body["q"] = body["q"].split(BETWEEN)
        if body.get("api_key") == "none":
            del body["api_key"]
        return super().prepare_request(requests.Request("POST", request.url, json=body))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """As ever, with the answers to a list as one."""
        response = super().send(request, **options)
        said = _json(response)
        if isinstance(said, dict) and isinstance(said.get("translatedText"), list):
            _say(response, {"translatedText": _joined(said["translatedText"])})
        return response


class MicrosoftSession(Session):
    """The class asks for the list of languages each time that it is made; here that is done once."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(patience)
        self._languages: requests.Response | None = None

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """The same question with each text by itself."""
        if isinstance(request.json, list):
            request.json = [{"text": text} for text in request.json[0]["text"].split(BETWEEN)]
        return super().prepare_request(request)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """As ever, with the answers to a list as one."""
        asks_for_languages = urlsplit(str(request.url)).path.endswith("/languages")
        if asks_for_languages and self._languages is not None:
            return self._languages
        response = super().send(request, **options)
        said = _json(response)
        if asks_for_languages and isinstance(said, dict) and said.get("translation"):
            self._languages = response
        if isinstance(said, list) and said:
            each = [_joined(_texts(one.get("translations"))) for one in said if isinstance(one, dict)]
            _say(response, [{"translations": [{"text": _joined(each)}]}])
        return response


class GoogleSession(Session):
    """Google answers with a page, of which deep-translator joins the texts and drops all else."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """As ever, but an answer with markup in it is an error: its words would be glued together."""
        response = super().send(request, **options)
        if _HOLDS_MARKUP.search(response.text):
            raise exceptions.ContentDecodingError("the answer holds markup, whose words would be glued together")
        return response


def _json(response: requests.Response) -> Any:
    """What a response says; None where it is no JSON, or no answer."""
    try:
        return response.json() if response.status_code == 200 else None
    except ValueError:
        return None


def _texts(said: object) -> list[object]:
    """The texts of a list of translations; None for an entry without one."""
    entries = said if isinstance(said, list) else []
    return [entry.get("text") if isinstance(entry, dict) else None for entry in entries]


def _joined(texts: list[Any]) -> str | None:
    """All as one, or None where any is no text: an answer with a hole is no answer."""
    return BETWEEN.join(texts) if texts and all(isinstance(text, str) for text in texts) else None


def _say(response: requests.Response, said: object) -> None:
    response._content = json.dumps(said).encode("ascii")
