"""Everything that deep-translator and services are known to do wrong, and more: nothing is lost, nothing wrong is kept.

The first part of the table is the list of faults of deep-translator 1.11.4 and of the services behind it, as its
users reported them. The second part is what a service could do besides.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline import locales
from pipeline.engines.cache import Cache
from pipeline.engines.canary import Canary
from pipeline.engines.deep import Deep
from pipeline.engines.masking import Masking
from pipeline.engines.spending import Purse
from pipeline.engines.web import Patience
from pipeline.model import Key, Refusal, Suggestion
from pipeline.prefill import Answer
from pipeline.project.machines import Prefill
from translators import ENGLISH, FRENCH, Reply, Translator, french, serving

PATIENT = Patience(timeout=20, deadline=60, retries=2, pause=0.01)
"""A busy machine is no silent server."""
QUICK = Patience(timeout=0.8, deadline=3, retries=2, pause=0.01)
SECRET = "s3cret/key+"
PATHS = {"google": "/m", "mymemory": "/get", "libre": "/", "deepl": "/v2/", "baidu": "/baidu"}
KEYS = {"DEEPL_API_KEY": SECRET, "LIBRE_API_KEY": SECRET, "BAIDU_APPID": SECRET, "BAIDU_APPKEY": SECRET}

TEXTS = {
    "Call **me** on {crisis.phone} now.": "CALL **ME** ON {crisis.phone} NOW.",
    "It is 89.4% true, after 24 hours.": "IT IS 89.4% TRUE, AFTER 24 HOURS.",
    "You are not alone with what you feel.": "YOU ARE NOT ALONE WITH WHAT YOU FEEL.",
    "Talk to [somebody](https://example.org/a) that *you* trust.": (
        "TALK TO [SOMEBODY](https://example.org/a) THAT *YOU* TRUST."
    ),
}
"""What is asked, and the only thing that may be taken."""

LONG = " ".join(f"Été déjà passé, où être né à Évreux près de là, êtes-vous déçu, {number}." for number in range(1, 9))


@dataclass(frozen=True)
class Fault:
    """What a service does, and what comes of it."""

    name: str
    replies: tuple[Reply, ...] = ()
    """To the first requests; after them the service is well."""

    usually: Reply | None = None
    """To all requests of the first run, instead."""

    refused: int = 0
    """Texts that stay without an answer."""

    reason: str = ""
    """What is said of them."""

    engine: str = "google"
    texts: tuple[str, ...] = tuple(TEXTS)
    canary: bool = False


def page(text: str) -> Reply:
    """What Google's page would hold."""
    return Reply(body=f'<div class="result-container">{text}</div>')


def saying(change: Callable[[str], str]) -> Reply:
    """A translation with a change."""
    return Reply(say=lambda text: change(french(text)))


def word_by_word(text: str) -> str:
    """A service that forgot its grammar: a negation gets lost first."""
    return "Prendre ces comprimés." if "tablets" in text else french(text)


def spanish(text: str) -> str:
    """The language of somebody else."""
    translated = french(text)
    for day, wrong in zip(locales.weekdays(FRENCH), locales.weekdays(locales.locale("es")), strict=True):
        translated = translated.replace(day, wrong)
    return translated


KNOWN = (
    Fault("01-no-timeout", (Reply(wait=60),) * 3, refused=1, reason="ReadTimeout"),
    Fault("02-429-before-the-limit", (Reply(429), Reply(429, headers={"Retry-After": "0"}))),
    Fault(
        "03-one-failure-loses-the-batch",
        (Reply(403), Reply(), Reply(403), Reply(), Reply()),
        refused=1,
        reason="Authorization",
        engine="libre",
    ),
    Fault("04-none-for-texts-without-letters", refused=3, reason="holds no words", texts=("…", "—", "🙂")),
    Fault(
        "05-error-page-as-translation",
        (page("Error 500 (Server Error)!!1500.That’s an error."),),
        refused=1,
        reason="error message",
    ),
    Fault(
        "06-quota-message-as-translation",
        (Reply(body='{"responseData": {"translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE"}}'),),
        refused=1,
        reason="error message",
        engine="mymemory",
    ),
    Fault("07-words-glued-where-markup-was", (page("Llame <b>ya</b> al 988<br>hoy"),), refused=1, reason="glued"),
    Fault("08-white-space-stripped", usually=saying(lambda text: f" {text.replace('<x', ' <x')} ")),
    Fault("09-limit-of-the-address", engine="mymemory", texts=(LONG,)),
    Fault("10-quality-collapses", usually=Reply(say=word_by_word), refused=4, reason="lost its negation", canary=True),
    Fault("11-text-returned-unchanged", usually=Reply(say=str), refused=4, reason="the source itself"),
    Fault("12-marks-not-kept", usually=saying(lambda text: re.sub(r"[xX]0", "x7", text)), refused=3, reason="damaged"),
    Fault("14-secrets-in-messages", usually=Reply(403), refused=4, reason="deepl", engine="deepl"),
    Fault("15-exceptions-of-requests-escape", (Reply(0),) * 3, refused=1, reason="ConnectionError"),
    Fault("17-keyerror", (Reply(body='{"error": "later"}'),) * 2, refused=1, reason="KeyError", engine="libre"),
)

OWN = (
    Fault("half-of-the-answer", usually=saying(lambda text: text[: len(text) // 2]), refused=4, reason="the answer"),
    Fault("connection-cut-in-the-answer", (Reply(cut=500),), refused=1, reason="failed"),
    Fault("a-byte-at-a-time", (Reply(body="x" * 500, drip=True),), refused=1, reason="no answer within"),
    Fault("come-back-in-an-hour", (Reply(429, headers={"Retry-After": "3600"}),), refused=4, reason="left alone"),
    Fault("one-answer-too-few", (Reply(answers=lambda texts: texts[:-1]),), engine="libre"),
    Fault("one-answer-too-many", (Reply(answers=lambda texts: [*texts, "EXTRA"]),), engine="deepl"),
    Fault(
        "answers-in-another-order",
        usually=Reply(answers=lambda texts: [*texts[1:], *texts[:1]]),
        refused=4,
        reason="the answer",
        engine="deepl",
    ),
    Fault("lines-glued", (Reply(answers=lambda texts: ["".join(texts)]),), engine="baidu"),
    Fault("null-among-the-answers", (Reply(body='{"translatedText": [null, "A", "B", "C"]}'),), engine="libre"),
    Fault("said-twice", usually=saying(lambda text: f"{text} {text}"), refused=4, reason="the answer"),
    Fault("wrong-charset", usually=saying(lambda text: f"{text[:-1]}Ã©."), refused=4, reason="decoded"),
    Fault("hidden-direction", usually=saying(lambda text: f"\u202e{text}"), refused=4, reason="invisible"),
    Fault("control-characters", usually=saying(lambda text: f"{text[:3]}\x07{text[3:]}"), refused=4,
          reason="the answer"),
    Fault("a-number-added", usually=saying(lambda text: f"{text[:-1]} 12345."), refused=4, reason="numbers"),
    Fault("a-link-added", usually=saying(lambda text: f"{text[:-1]} www.evil.example."), refused=4, reason="addresses"),
    Fault("a-bomb", (Reply(body=gzip.compress(b"x" * 9_000_000), headers={"Content-Encoding": "gzip"}),), refused=1,
          reason="too long"),
    Fault("a-redirect", (Reply(302, headers={"Location": "/elsewhere"}),) * 5, refused=4, reason="deepl",
          engine="deepl"),
    Fault("a-page-in-place-of-json", (Reply(body="<html>Log in to the network</html>"),), engine="deepl"),
    Fault("a-remark-before-the-answer", usually=saying(lambda text: f"Here is the translation: {text}"), refused=4,
          reason="error message"),
    Fault("another-language", usually=Reply(say=spanish),
          refused=4, reason="weekdays", canary=True),
    Fault("source-language", usually=Reply(say=str), refused=4, reason="not used in this run", canary=True),
    Fault("script-in-the-answer", usually=saying(lambda text: f"{text[:-1]}<script>x</script>."), refused=4,
          reason="tags"),
)  # fmt: skip


@pytest.fixture
def server() -> Iterator[Translator]:
    """A server on loopback."""
    with serving() as said:
        yield said


def chain(fault: Fault, server: Translator, folder: Path, patience: Patience = PATIENT) -> Cache:
    """The engine of a fault as a project would have it."""
    name = fault.engine
    machine = Deep(name, KEYS | {f"{name.upper()}_URL": server.url(PATHS[name])}, patience)
    masked = Masking(machine)
    return Cache(Canary(masked, Purse()) if fault.canary else masked, machine, folder)


def asked(engine: Cache, fault: Fault) -> list[Answer]:
    """The answers in French."""
    return engine.suggest([Key(text) for text in fault.texts], ENGLISH, FRENCH)


@pytest.mark.parametrize("fault", [*KNOWN, *OWN], ids=lambda fault: fault.name)
def test_nothing_is_lost_and_nothing_wrong_is_taken(fault: Fault, server: Translator, tmp_path: Path) -> None:
    """Each text gets the right answer or a reason, in bounded time; the next run asks for what is missing, no more."""
    server.replies = list(fault.replies)
    server.usually = fault.usually or Reply()
    patience = QUICK if any(reply.wait or reply.drip for reply in fault.replies) else PATIENT
    begun = time.monotonic()
    first = asked(chain(fault, server, tmp_path, patience), fault)
    assert time.monotonic() - begun < 30, "the server would have kept us for a minute"
    refused = [answer.reason for answer in first if isinstance(answer, Refusal)]
    assert len(refused) == fault.refused, first
    assert all(fault.reason in reason for reason in refused), refused
    assert "s3cret" not in repr(refused)
    for text, answer in zip(fault.texts, first, strict=True):
        assert isinstance(answer, Refusal) or answer.text == TEXTS.get(text, text.upper())
    server.replies, server.usually = [], Reply()
    before = len(server.texts)
    second = asked(chain(fault, server, tmp_path), fault)
    canary = 3 if fault.canary else 0
    wordless = fault.texts == ("…", "—", "🙂")
    assert len(server.texts) - before == (0 if wordless else fault.refused + canary)
    assert all(isinstance(answer, Suggestion) for answer in second) or wordless


def test_13_language_codes(server: Translator, tmp_path: Path) -> None:
    """Google's names for languages are not those of BCP 47."""
    fault = Fault("codes")
    chain(fault, server, tmp_path).suggest([Key("Hello")], ENGLISH, locales.locale("he-IL"))
    assert {one.given["tl"] for one in server.asked} == {"iw"}


def test_09_no_request_is_longer_than_the_limit(server: Translator, tmp_path: Path) -> None:
    """Counted as an address counts, where an accent makes six characters of one."""
    asked(chain(Fault("long", engine="mymemory", texts=(LONG,)), server, tmp_path), Fault("long", texts=(LONG,)))
    assert len(server.asked) > 2
    assert all(len(quote(text, safe="")) < 500 for text in server.texts)


def test_14_the_key_goes_in_no_address(server: Translator, tmp_path: Path) -> None:
    """Addresses are kept in logs."""
    for name in ("deepl", "libre"):
        asked(chain(Fault(name, engine=name), server, tmp_path / name), Fault(name))
    assert not [one.path for one in server.asked if "s3cret" in one.path]


def test_16_exit_in_the_library(server: Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """deep-translator calls ``exit`` where a file is missing; our program goes on."""

    def leave(*_: object, **__: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr("deep_translator.google.is_input_valid", leave)
    answers = asked(chain(Fault("exit"), server, tmp_path), Fault("exit"))
    assert all(isinstance(answer, Refusal) for answer in answers)


def test_18_no_service_is_asked_that_the_settings_do_not_name() -> None:
    """Some may be used under terms only; a project without a word about engines asks its own memory."""
    assert Prefill().engines == ("memory",)


def test_a_refusal_of_one_batch_is_no_answer_of_another(server: Translator, tmp_path: Path) -> None:
    """Several threads, and a service that fails now and then: each text has its own answer or its own reason."""
    texts = {f"A sentence with the number {number} in it.": number for number in range(40)}
    fails = [Reply(403) if number % 7 == 3 else Reply() for number in range(40)]
    server.replies = list(fails)
    machine = Deep("google", {"GOOGLE_URL": server.url("/m")}, PATIENT)
    engine = Cache(Masking(machine), machine, tmp_path, jobs=8)
    answers = engine.suggest([Key(text) for text in texts], ENGLISH, FRENCH)
    for text, answer in zip(texts, answers, strict=True):
        assert isinstance(answer, Refusal) or answer.text == text.upper()
    assert sum(isinstance(answer, Refusal) for answer in answers) == 6
    lines = (tmp_path / "fr-FR.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len({json.loads(line)["source"] for line in lines}) == 34
