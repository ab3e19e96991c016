"""deep-translator's own code against servers on this machine that misbehave."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import deep_translator
import pytest
import requests
from requests.adapters import HTTPAdapter

from conftest import ROOT
from pipeline import locales
from pipeline.engines import NAMES, Brief, Memory, Run, make
from pipeline.engines.cache import Cache
from pipeline.engines.deep import Deep
from pipeline.engines.masking import Masking
from pipeline.engines.providers import PROVIDERS, language_code
from pipeline.engines.web import Patience
from pipeline.errors import EngineError
from pipeline.model import Catalog, Key, Message, Refusal, Suggestion
from pipeline.prefill import Answer, Assignment, prefill
from translators import ENGLISH, FRENCH, Reply, Translator, serving

PATIENT = Patience(timeout=20, deadline=60, retries=2, pause=0.01)
"""A busy machine is no silent server."""
QUICK = Patience(timeout=0.4, deadline=1.5, retries=2, pause=0.01)
KEY = "s3cret/key+"


@pytest.fixture
def provider() -> Iterator[Translator]:
    """A server on loopback."""
    with serving() as said:
        yield said


def google(provider: Translator, patience: Patience = PATIENT) -> Deep:
    """deep-translator's Google class, pointed at the server."""
    return Deep("google", {"GOOGLE_URL": provider.url("/m")}, patience)


def ask(engine: Deep, *sources: str) -> list[Answer]:
    """Answers in French."""
    return engine.suggest([Key(source) for source in sources], ENGLISH, FRENCH)


def reason(answer: Answer) -> str:
    """Why; a suggestion fails."""
    assert isinstance(answer, Refusal), answer
    return answer.reason


ADDRESSES = {
    "google": {"GOOGLE_URL": "/m"},
    "mymemory": {"MYMEMORY_URL": "/get"},
    "libre": {"LIBRE_URL": "/"},
    "deepl": {"DEEPL_URL": "/v2/"},
    "baidu": {"BAIDU_URL": "/baidu"},
}
KEYS = {"DEEPL_API_KEY": KEY, "LIBRE_API_KEY": KEY, "BAIDU_APPID": KEY, "BAIDU_APPKEY": KEY, "MICROSOFT_API_KEY": KEY}
KEYS |= {"OPENAI_API_KEY": KEY, "OPENAI_MODEL": "a model"}


def engine_of(name: str, provider: Translator) -> Deep:
    """Any provider, pointed at the server."""
    return Deep(name, KEYS | {variable: provider.url(path) for variable, path in ADDRESSES[name].items()}, PATIENT)


@pytest.mark.parametrize("name", ADDRESSES)
def test_each_provider_translates_through_its_own_code(name: str, provider: Translator) -> None:
    """Requests as deep-translator makes them, or mends of them, get an answer."""
    [answer] = ask(engine_of(name, provider), "It's a small word.")
    assert answer == Suggestion("IT'S A SMALL WORD.", f"{name}, through deep-translator")
    assert len(provider.asked) == 1


class Reroute(HTTPAdapter):
    """Sends what is meant for a server with an address of its own to the server of the test."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        split = urlsplit(str(request.url))
        request.url = f"{self.address}{split.path}?{split.query}"
        return super().send(request, *arguments, **options)


def test_microsoft_is_asked_for_its_languages_first(provider: Translator) -> None:
    """Its class uses the network before it is asked anything; that, too, goes through our session."""
    engine = Deep("microsoft", KEYS, PATIENT)
    engine.session.mount("https://api.cognitive.microsofttranslator.com/", Reroute(provider.address))
    assert ask(engine, "Hello") == [Suggestion("HELLO", "microsoft, through deep-translator")]
    assert [urlsplit(asked.path).path for asked in provider.asked] == ["/languages", "/translate"]
    provider.replies = [Reply(200, body="<html>"), Reply(401, body='{"error": "key"}')]
    assert "microsoft failed" in reason(ask(engine, "Hello")[0])
    assert "microsoft failed" in reason(ask(engine, "Hello")[0])


def test_the_key_of_deepl_is_not_in_the_address(provider: Translator) -> None:
    """DeepL wants a POST with the key in a header, and refuses what deep-translator sends."""
    ask(engine_of("deepl", provider), "Hello")
    [asked] = provider.asked
    assert (asked.method, asked.path) == ("POST", "/v2/translate")
    assert asked.body == "source_lang=en&target_lang=fr&text=Hello"
    assert asked.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int, provider: Translator) -> None:
    """Twice here; then the text is refused, not lost."""
    provider.replies = [Reply(status), Reply(status)]
    assert ask(google(provider), "Hello") == [Suggestion("HELLO", "google, through deep-translator")]
    assert len(provider.asked) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 456])
def test_a_server_that_means_no_is_not_asked_again(status: int, provider: Translator) -> None:
    """A wrong key does not become right."""
    provider.replies = [Reply(status)]
    assert reason(ask(google(provider), "Hello")[0]).startswith("google failed: ")
    assert len(provider.asked) == 1


def test_retry_after_is_waited_for(provider: Translator) -> None:
    """The server says when; nothing is asked before."""
    provider.replies = [Reply(429, headers={"Retry-After": "1"})]
    begun = time.monotonic()
    assert isinstance(ask(google(provider), "Hello")[0], Suggestion)
    assert time.monotonic() - begun >= 1
    assert len(provider.asked) == 2


SILENT = {
    "no answer": Reply(wait=30),
    "a byte at a time": Reply(body="x" * 500, drip=True),
    "come back in an hour": Reply(429, headers={"Retry-After": "3600"}),
}


@pytest.mark.parametrize("reply", SILENT.values(), ids=SILENT.keys())
def test_a_server_that_keeps_us_waiting_is_left(reply: Reply, provider: Translator) -> None:
    """deep-translator has no timeout; the adapter has two, for each silence and for the whole."""
    provider.replies = [reply, reply, reply]
    assert "google failed" in reason(ask(google(provider, QUICK), "Hello")[0])


def test_one_failure_loses_nothing_else(provider: Translator) -> None:
    """The texts before and after the bad one are there."""
    provider.replies = [Reply(), Reply(403), Reply()]
    answers = ask(google(provider), "One", "Two", "Three")
    assert [isinstance(answer, Suggestion) for answer in answers] == [True, False, True]


def test_a_provider_that_keeps_failing_is_left_alone(provider: Translator) -> None:
    """After three failures in a row no further text is sent in this run."""
    provider.replies = [Reply(403)] * 9
    answers = ask(google(provider), *"ABCDEF")
    assert len(provider.asked) == 3
    assert "not asked again" in reason(answers[-1])


def test_a_success_in_between_counts_from_the_start(provider: Translator) -> None:
    """Only failures in a row tell of a provider that is down."""
    provider.replies = [Reply(403), Reply(403), Reply(), Reply(403), Reply(403), Reply()]
    assert isinstance(ask(google(provider), *"ABCDEF")[-1], Suggestion)


PAGES = {
    "error page": '<div class="result-container">Error 500 (Server Error)!!1500.That’s an error.</div>',
    "quota": '<div class="result-container">MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS.</div>',
    "captcha": "<html><body>Our systems have detected unusual traffic</body></html>",
    "nothing": "",
    "empty result": '<div class="result-container"> </div>',
    "bytes": "\x00\x01\x02",
    "too long": '<div class="result-container">' + "x" * 1_500_000,
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_a_page_that_is_no_translation_is_refused(page: str, provider: Translator) -> None:
    """Status 200 means nothing."""
    provider.replies = [Reply(body=page)] * 3
    assert reason(ask(google(provider), "Hello")[0])


def test_glued_markup_is_refused(provider: Translator) -> None:
    """deep-translator would turn ``Llame <b>ya</b> al 988`` into ``Llameyaal 988``."""
    provider.replies = [Reply(body='<div class="result-container">Llame <b>ya</b> al 988<br>hoy</div>')] * 3
    assert "glue" in reason(ask(google(provider), "Call 988 now")[0])


JSONS: dict[str, str] = {
    "null": "null",
    "list": "[]",
    "other keys": '{"error": "no"}',
    "null text": '{"responseData": {"translatedText": null}, "matches": []}',
    "number": '{"responseData": {"translatedText": 7}, "matches": []}',
    "quota": '{"responseData": {"translatedText": "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS"}}',
    "length": '{"responseData": {"translatedText": "QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY : 500 CHARS"}}',
    "languages": '{"responseData": {"translatedText": "PLEASE SELECT TWO DISTINCT LANGUAGES"}}',
    "torn": '{"responseData": {"transl',
}


@pytest.mark.parametrize("body", JSONS.values(), ids=JSONS.keys())
def test_an_answer_without_a_text_is_refused(body: str, provider: Translator) -> None:
    """Whatever deep-translator makes of it: ``None``, a KeyError, a warning instead of a translation."""
    provider.replies = [Reply(body=body)]
    assert reason(ask(engine_of("mymemory", provider), "Hello")[0])


@pytest.mark.parametrize("text", ["…", "—", "🙂"])
def test_text_that_deep_translator_answers_with_none(text: str, provider: Translator) -> None:
    """Its Google class forgets to return where nothing changed and nothing is a letter."""
    assert reason(ask(google(provider), text)[0]) == "google gave no text"


def test_white_space_survives(provider: Translator) -> None:
    """deep-translator strips it, masking puts it back."""
    [answer] = Masking(google(provider)).suggest([Key("Call **me** now. ")], ENGLISH, FRENCH)
    assert isinstance(answer, Suggestion)
    assert answer.text.rstrip() == "CALL **ME** NOW."


def test_long_texts_are_sent_in_pieces(provider: Translator) -> None:
    """Each piece is whole sentences and below the limit of the provider, counted as the address counts."""
    text = " ".join(f"This is the sentence with number {number}." for number in range(30))
    [answer] = ask(engine_of("mymemory", provider), text)
    assert answer == Suggestion(text.upper(), "mymemory, through deep-translator")
    assert len(provider.asked) > 2
    assert all(len(text) < 500 for text in provider.texts)


def test_a_sentence_beyond_the_limit_is_refused(provider: Translator) -> None:
    """It is not cut in the middle."""
    assert reason(ask(engine_of("mymemory", provider), "word " * 200)[0]) == "the text is too long for mymemory"
    assert not provider.asked


@pytest.mark.parametrize("name", ["deepl", "libre", "baidu"])
def test_keys_never_appear_in_a_reason(name: str, provider: Translator) -> None:
    """deep-translator prints the key in its exceptions, requests prints the address."""
    provider.replies = [Reply(403)] * 2 + [Reply(418), Reply(body="no json")]
    engine = engine_of(name, provider)
    for answer in ask(engine, "One", "Two", "Three", "Four"):
        assert KEY not in reason(answer)
        assert "s3cret" not in reason(answer)
    provider.stop.set()
    closed = Deep(name, KEYS | {f"{name.upper()}_URL": "http://127.0.0.1:1/"}, PATIENT)
    assert "s3cret" not in reason(ask(closed, "One")[0])


def test_a_library_that_ends_the_program_does_not(provider: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some of its functions call ``exit``."""

    def leave(*_: object, **__: object) -> None:
        raise SystemExit(1)

    engine = google(provider)
    monkeypatch.setattr(engine.session, "get", leave)
    assert "end the program" in reason(ask(engine, "Hello")[0])


def test_redirects_are_not_followed(provider: Translator) -> None:
    """A text, and the key beside it, go to the address that was meant and nowhere else."""
    provider.replies = [Reply(302, headers={"Location": "/m?q=other"})]
    assert reason(ask(google(provider), "Hello")[0])
    assert len(provider.asked) == 1


@pytest.mark.parametrize("address", ["http://libre.example/", "ftp://127.0.0.1x/", "libre.example"])
def test_plain_http_is_refused(address: str) -> None:
    """Except on this machine, texts and keys are sent encrypted."""
    with pytest.raises(EngineError, match="https"):
        Deep("libre", {"LIBRE_URL": address})


def test_mymemory_is_asked_over_https() -> None:
    """deep-translator asks it in the clear."""
    assert PROVIDERS["mymemory"].address.startswith("https://")


def test_each_class_of_deep_translator_is_offered_or_has_a_reason() -> None:
    """A new release of it may bring another; people find in the document why one cannot be used."""
    there = {name.removesuffix("Translator").lower() for name in deep_translator.__all__ if name.endswith("Translator")}
    document = (ROOT / "docs" / "prefill.md").read_text(encoding="utf-8")
    [left_out] = re.findall(r"^## Not offered\n(.*?)^## ", document, re.MULTILINE | re.DOTALL)
    reasons = {name.lower() for row in re.findall(r"^\| ([\w, ]+?) \| \S", left_out, re.MULTILINE)
               for name in row.split(", ")} - {"service"}  # fmt: skip
    assert reasons - {"tencent"} == there - set(PROVIDERS)
    assert "tencent" not in there, "it is released now: offer it"


def test_a_missing_key_is_named() -> None:
    """Before anything is sent."""
    with pytest.raises(EngineError, match="BAIDU_APPID and BAIDU_APPKEY"):
        Deep("baidu", {})


CODES = {
    "google": {
        "en-US": "en", "es-US": "es", "fr-FR": "fr", "pt-BR": "pt", "ar-EG": "ar", "hi-IN": "hi", "ja-JP": "ja",
        "th-TH": "th", "zh-Hant-TW": "zh-TW", "zh-Hans-CN": "zh-CN", "zh-Hant-HK": "zh-TW", "ca-ES": "ca",
        "he-IL": "iw", "jv-ID": "jw", "fil-PH": "tl", "nb-NO": "no", "de-DE": "de",
    },
    "mymemory": {
        "en-US": "en-US", "es-US": "es-US", "fr-FR": "fr-FR", "pt-BR": "pt-BR", "ar-EG": "ar-EG", "hi-IN": "hi-IN",
        "ja-JP": "ja-JP", "th-TH": "th-TH", "zh-Hant-TW": "zh-TW", "zh-Hans-CN": "zh-CN", "zh-Hant-HK": "zh-HK",
        "ca-ES": "ca-ES", "he-IL": "he-IL", "fil-PH": "fil-PH", "nb-NO": "nb-NO", "de-LI": "de-AT",
    },
    "libre": {"es-US": "es", "zh-Hans-CN": "zh", "zh-Hant-TW": "", "ca-ES": "", "pt-BR": "pt"},
    "deepl": {"es-US": "es", "zh-Hans-CN": "zh", "zh-Hant-TW": "", "ca-ES": "", "pt-BR": "pt", "ar-EG": ""},
    "baidu": {"es-US": "spa", "fr-FR": "fra", "ja-JP": "jp", "zh-Hant-TW": "cht", "zh-Hans-CN": "zh", "hi-IN": ""},
}  # fmt: skip


@pytest.mark.parametrize(("name", "tag"), [(name, tag) for name, tags in CODES.items() for tag in tags])
def test_locales_become_the_codes_of_each_provider(name: str, tag: str) -> None:
    """BCP 47 in, what the provider's class accepts out; empty where it has nothing."""
    cls = getattr(deep_translator, PROVIDERS[name].cls)
    arguments = {argument: "x" for argument, _ in PROVIDERS[name].keys + PROVIDERS[name].free}
    known = list(cls(source="auto", target="auto", **arguments).get_supported_languages(as_dict=True).values())
    code = language_code(locales.locale(tag), known, dict(PROVIDERS[name].codes))
    assert code == CODES[name][tag]
    assert code in {*known, ""}


def test_a_language_the_provider_lacks_is_refused(provider: Translator) -> None:
    """Nothing is sent."""
    [answer] = engine_of("libre", provider).suggest([Key("Hello")], ENGLISH, locales.locale("zh-Hant-TW"))
    assert answer == Refusal("libre does not translate from en-US to zh-Hant-TW")
    assert not provider.asked


# --- the cache ------------------------------------------------------------------------------------


def cached(provider: Translator, path: Path) -> Cache:
    """Google as ``make`` wraps it."""
    machine = google(provider)
    return Cache(Masking(machine), machine, path)


def test_nothing_is_paid_for_twice(provider: Translator, tmp_path: Path) -> None:
    """A later run, after whatever ended the first, asks only for what is missing."""
    provider.replies = [Reply(), Reply(403), Reply()]
    keys = [Key("One **word**"), Key("Two words"), Key("Three words")]
    first = cached(provider, tmp_path).suggest(keys, ENGLISH, FRENCH)
    asked = len(provider.asked)
    second = cached(provider, tmp_path).suggest(keys, ENGLISH, FRENCH)
    assert len(provider.asked) == asked + 1
    assert [first[0], first[2]] == [second[0], second[2]]
    assert isinstance(second[1], Suggestion)


def test_each_answer_is_written_at_once(provider: Translator, tmp_path: Path) -> None:
    """When the third text ends the run, the first two are in the file."""
    engine = cached(provider, tmp_path)
    path = tmp_path / "fr-FR.jsonl"
    seen: list[int] = []
    inner: Callable[..., list[Answer]] = engine.engine.suggest

    def watched(*arguments: Any) -> list[Answer]:
        seen.append(len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0)
        return inner(*arguments)

    engine.engine.suggest = watched  # type: ignore[method-assign] # looks at the file before each question
    engine.suggest([Key("One"), Key("Two"), Key("Three")], ENGLISH, FRENCH)
    assert seen == [0, 1, 2]


def test_bad_answers_are_not_remembered(provider: Translator, tmp_path: Path) -> None:
    """A provider's bad day does not stay in the repository."""
    provider.replies = [Reply(body='<div class="result-container">Hello, 7 dear friends of mine</div>')]
    engine = cached(provider, tmp_path)
    engine.suggest([Key("Hello")], ENGLISH, FRENCH)
    assert not list(tmp_path.iterdir())


def test_a_torn_line_is_passed_over(provider: Translator, tmp_path: Path) -> None:
    """A run that was killed while writing costs one answer, and the next line is whole again."""
    engine = cached(provider, tmp_path)
    engine.suggest([Key("One"), Key("Two")], ENGLISH, FRENCH)
    path = tmp_path / "fr-FR.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    asked = len(provider.asked)
    for _ in range(2):
        cached(provider, tmp_path).suggest([Key("One"), Key("Two")], ENGLISH, FRENCH)
    assert len(provider.asked) == asked + 1


def test_no_answer_of_another_locale_or_engine_is_used(provider: Translator, tmp_path: Path) -> None:
    """The question is part of what is remembered."""
    cached(provider, tmp_path).suggest([Key("One")], ENGLISH, FRENCH)
    cached(provider, tmp_path).suggest([Key("One")], ENGLISH, locales.locale("de-DE"))
    libre = engine_of("libre", provider)
    Cache(Masking(libre), libre, tmp_path).suggest([Key("One")], ENGLISH, FRENCH)
    assert len(provider.asked) == 3


def test_a_cache_that_cannot_be_read_says_what_to_do(provider: Translator, tmp_path: Path) -> None:
    """Not a traceback."""
    (tmp_path / "fr-FR.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(EngineError, match="Delete it"):
        cached(provider, tmp_path).suggest([Key("One")], ENGLISH, FRENCH)


# --- making engines ---------------------------------------------------------------------------------


def test_engines_are_made_by_name_in_order(tmp_path: Path) -> None:
    """Names of settings; only the memory is no machine."""
    engines = make(NAMES, Run(tmp_path, KEYS, tmp_path), Brief())
    assert tuple(engine.name for engine in engines) == NAMES
    assert list(NAMES) == ["memory", "glossary", "apertium", *PROVIDERS, "openai", "pseudo"]
    assert [engine.name for engine in engines if not engine.machine] == ["memory"]
    assert isinstance(engines[0], Memory)


def test_an_unknown_engine_is_named_with_those_there_are(tmp_path: Path) -> None:
    """A misspelt name is not skipped."""
    with pytest.raises(EngineError, match=r"no engine called appertium.*memory, glossary, apertium, google"):
        make(["memory", "appertium"], Run(tmp_path, {}, tmp_path), Brief())


def test_online_drafts_reach_a_catalog_through_prefill(provider: Translator, tmp_path: Path) -> None:
    """The whole way, as a project uses it."""
    [engine] = make(["libre"], Run(tmp_path, {"LIBRE_URL": provider.url("/")}, tmp_path), Brief())
    messages = (Message(Key("Call {crisis.phone}")), Message(Key("See [**this**](a.html), it is 89.4% true")))
    done = prefill(Catalog("fr-FR", messages), [engine], Assignment(ENGLISH, FRENCH, frozenset({messages[0].key})))
    assert [message.target for message in done.catalog.messages] == ["", "SEE [**THIS**](a.html), IT IS 89.4% TRUE"]
    assert done.catalog.messages[1].fuzzy
    assert len(provider.asked) == 2, "first what shows whether the service is any good, then the text"
