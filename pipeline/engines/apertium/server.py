"""APY, Apertium's web server: one machine of a team has the language pairs, the others ask it.

https://wiki.apertium.org/wiki/Apertium-apy
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from pipeline.engines.caller import Caller, refuse_plain_http
from pipeline.engines.spending import Purse
from pipeline.engines.web import Patience, Session
from pipeline.model import Refusal

__all__ = ["PATIENCE", "Server"]

PATIENCE = Patience(timeout=15.0, deadline=45.0)
"""It starts the programs of a direction when it is first asked for it."""

_BLANK = "<!-- -->"
"""What stands in no text and comes back where it was; APY reads HTML."""

_FULL_STOP = re.compile(r"(?<=[A-Za-z][a-z])\.(?=\s|$)")


class Server:
    """The server at an address such as ``http://127.0.0.1:2737``.

    Raises EngineError for an address without https that is not on this machine.
    """

    def __init__(self, address: str, patience: Patience = PATIENCE, purse: Purse | None = None) -> None:
        refuse_plain_http("apertium", "APERTIUM_URL", address)
        self._address = address.rstrip("/")
        purse = purse or Purse()
        self._caller = Caller("apertium", Session(patience), purse, [])
        self._listing = Caller("apertium", self._caller.session, Purse(closed=purse.closed), [])
        self._modes: frozenset[str] | None = None

    def modes(self) -> frozenset[str] | Refusal:
        """The directions that the server has, asked once; or why it does not say."""
        if self._modes is None:
            answer = self._listing.ask(self._pairs, "", 0)
            if isinstance(answer, Refusal):
                return answer
            self._modes = answer
        return self._modes

    def translate(self, texts: Sequence[str], mode: str, tag: str) -> list[str | Refusal]:
        """Each text by a request of its own, so that none runs into the next."""
        return [self._caller.ask(partial(self._said, text, mode), tag, len(text)) for text in texts]

    def _pairs(self) -> frozenset[str]:
        listed = self._json("/listPairs", {})
        return frozenset(f"{one['sourceLanguage']}-{one['targetLanguage']}" for one in listed)

    def _said(self, text: str, mode: str) -> str:
        source, _, target = mode.partition("-")
        form = {"langpair": f"{source}|{target}", "markUnknown": "no", "format": "html", "q": _sealed(text)}
        said: str = self._json("/translate", form)["translatedText"]
        if not said.endswith(_BLANK):
            raise ValueError("the answer is not whole")
        return html.unescape(said.replace(_BLANK, ""))

    def _json(self, path: str, form: dict[str, str]) -> Any:
        """``responseData`` of an answer; ValueError or KeyError where it is none."""
        session = self._caller.session
        response = session.post(self._address + path, data=form) if form else session.get(self._address + path)
        if response.status_code != 200:
            raise ValueError(f"status {response.status_code}: {response.text}")
        return response.json()["responseData"]


def _sealed(text: str) -> str:
    """A text as HTML, with a blank before each full stop and at the end.

    Without the first, "No." would be read as the abbreviation of "number"; without the last, nobody could tell
    whether an answer is whole.
    """
    return _FULL_STOP.sub(_BLANK + ".", html.escape(text, quote=False)) + _BLANK
