"""A translation server on this machine that speaks as the services do, and misbehaves when told to.

It translates into capitals, and what engines send first, to see whether a service is any good, into French. What it
shall do otherwise is scripted as replies, one for each request.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pipeline import locales

ENGLISH = locales.locale("en-US")
FRENCH = locales.locale("fr-FR")

NEGATED = {"Do not take these tablets.": "Ne prenez pas ces comprimés."}


def french(text: str) -> str:
    """What the server makes of a text: French weekdays, and capitals."""
    if text in NEGATED:
        return NEGATED[text]
    days = dict(zip(locales.weekdays(ENGLISH), locales.weekdays(FRENCH), strict=True))
    if any(day in text for day in days):
        for english, day in days.items():
            text = text.replace(english, day)
        return text.replace(" and ", " et ")
    return text.upper().replace("<X", "<x")


@dataclass
class Reply:
    """What the server does once."""

    status: int = 200
    """0 to hang up without a word."""

    body: bytes | str | None = None
    """Instead of a translation."""

    say: Callable[[str], str] = french
    """How it translates."""

    answers: Callable[[list[str]], list[str]] = list
    """What it does with the translations of a list of texts."""

    wait: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False
    cut: int = 0
    """Bytes of the body that are announced and never sent."""


@dataclass
class Asked:
    """One request."""

    method: str
    path: str
    given: dict[str, str]
    headers: dict[str, str]
    body: str
    texts: list[str]


@dataclass
class Translator:
    """The server: what it was asked, and what it shall say."""

    replies: list[Reply] = field(default_factory=list)
    usually: Reply = field(default_factory=Reply)
    """When the replies are used up."""

    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        """An address of the server."""
        return self.address + path

    @property
    def texts(self) -> list[str]:
        """Every text that it was asked for."""
        return [text for asked in self.asked for text in asked.texts]


@contextmanager
def serving() -> Iterator[Translator]:
    """A server on loopback, for as long as it is needed."""
    said = Translator()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            _serve(self, said)

        do_POST = do_GET

        def handle(self) -> None:
            with suppress(OSError):  # the other side hung up, which is what is tested
                super().handle()

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    said.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        said.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _serve(handler: BaseHTTPRequestHandler, said: Translator) -> None:
    path = urlsplit(handler.path).path
    asked = _asked(handler)
    said.asked.append(asked)
    reply = said.replies.pop(0) if said.replies else said.usually
    said.stop.wait(reply.wait)
    if not reply.status:
        handler.close_connection = True
        return
    body = _translated(path, asked, reply) if reply.body is None else reply.body
    content = body.encode() if isinstance(body, str) else body
    handler.send_response(reply.status)
    for name, value in {"Content-Length": str(len(content) + reply.cut), **reply.headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    for byte in content if reply.drip else ():
        handler.wfile.write(bytes([byte]))
        if said.stop.wait(0.2):
            return
    if not reply.drip:
        handler.wfile.write(content)


def _asked(handler: BaseHTTPRequestHandler) -> Asked:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0)).decode()
    split = urlsplit(handler.path)
    values = parse_qs(split.query if body.startswith(("{", "[")) else f"{split.query}&{body}")
    texts = values.get("q", []) + values.get("text", [])
    if split.path == "/baidu":
        texts = texts[0].split("\n")
    if body.startswith(("{", "[")):
        texts = _texts(json.loads(body))
    given = {name: value[0] for name, value in values.items()}
    return Asked(handler.command, handler.path, given, dict(handler.headers), body, texts)


def _texts(body: Any) -> list[str]:
    if isinstance(body, list):
        return [one["text"] for one in body]
    if "messages" in body:
        return [one["text"] for one in json.loads(body["messages"][1]["content"])["texts"]]
    return body["q"] if isinstance(body["q"], list) else [body["q"]]


def _translated(path: str, asked: Asked, reply: Reply) -> str:
    """Translations in the form of the service that has this path."""
    texts = reply.answers([reply.say(text) for text in asked.texts])
    if path == "/m":
        escaped = texts[0].replace("&", "&amp;").replace("<", "&lt;")
        return f'<html><div class="result-container">{escaped}</div></html>'
    if path == "/get":
        return json.dumps({"responseData": {"translatedText": texts[0].replace("'", "&#39;")}, "matches": []})
    if path == "/v2/translate":
        return json.dumps({"translations": [{"text": text} for text in texts]})
    if path == "/languages":
        return json.dumps({"translation": {"en": {"name": "English"}, "fr": {"name": "French"}}})
    if path == "/translate" and "api-version" in asked.given:
        return json.dumps([{"translations": [{"text": text}]} for text in texts])
    if path == "/baidu":
        return json.dumps({"trans_result": [{"dst": text} for text in texts]})
    if path.endswith("/chat/completions"):
        content = json.dumps({"translations": [{"id": number, "text": text} for number, text in enumerate(texts)]})
        return json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": content}}]})
    listed = isinstance(json.loads(asked.body)["q"], list)
    return json.dumps({"translatedText": texts if listed else texts[0]})
