"""What each provider of deep-translator needs, and what its code does not say.

Those of its classes that are not offered stand in ``docs/prefill.md``, each with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.engines.sessions import BETWEEN, DeeplSession, GoogleSession, LibreSession, MicrosoftSession
from pipeline.engines.web import Patience, Session
from pipeline.model import Locale

__all__ = ["PROVIDERS", "Provider", "language_code"]


@dataclass(frozen=True, slots=True)
class Provider:
    """What one class of deep-translator needs, and what its code does not say."""

    module: str
    cls: str
    limit: int
    """Bytes of a request's text after URL encoding; longer texts are sent in pieces that end with a sentence."""

    rate: float
    """Requests a second that it bears, unless the settings know better."""

    keys: tuple[tuple[str, str], ...] = ()
    """Its secrets: argument of the class and environment variable."""

    free: tuple[tuple[str, str], ...] = ()
    """Like keys, but may be missing."""

    address: str = ""
    """The address to ask instead of the built-in one, which is unsafe or gone."""

    codes: tuple[tuple[str, str], ...] = ()
    """Its own names for languages: BCP 47 tag or language, and code."""

    session: type[Session] = Session

    batch: int = 1
    """Texts in one request."""

    between: str = BETWEEN
    """What stands between them on their way through its class."""

    @property
    def patience(self) -> Patience:
        """How long and how often it is asked."""
        return Patience(rate=self.rate)

    @property
    def secrets(self) -> tuple[tuple[str, str], ...]:
        """What must never be printed."""
        return self.keys + self.free


_GOOGLE_CODES = (("he", "iw"), ("jv", "jw"), ("fil", "tl"), ("nb", "no"), ("nn", "no"), ("mni", "mni-Mtei"))
_BAIDU_CODES = (
    ("ar", "ara"), ("bg", "bul"), ("da", "dan"), ("es", "spa"), ("et", "est"), ("fi", "fin"), ("fr", "fra"),
    ("ja", "jp"), ("ko", "kor"), ("ro", "ro"), ("sl", "slo"), ("sv", "swe"), ("vi", "vie"), ("yue", "yue"),
    ("zh-Hant", "cht"), ("zh-Hans", "zh"),
)  # fmt: skip

PROVIDERS: Mapping[str, Provider] = {
    "google": Provider("google", "GoogleTranslator", 6000, 1, codes=_GOOGLE_CODES, session=GoogleSession),
    "mymemory": Provider(
        "mymemory",
        "MyMemoryTranslator",
        499,
        1,
        free=(("email", "MYMEMORY_EMAIL"),),
        address="https://api.mymemory.translated.net/get",
    ),
    "libre": Provider(
        "libre",
        "LibreTranslator",
        6000,
        1,
        free=(("api_key", "LIBRE_API_KEY"),),
        address="https://libretranslate.com/",
        codes=(("zh-Hans", "zh"),),
        session=LibreSession,
        batch=20,
    ),
    "deepl": Provider(
        "deepl",
        "DeeplTranslator",
        30000,
        5,
        keys=(("api_key", "DEEPL_API_KEY"),),
        codes=(("zh-Hans", "zh"),),
        session=DeeplSession,
        batch=50,
    ),
    "microsoft": Provider(
        "microsoft",
        "MicrosoftTranslator",
        30000,
        5,
        keys=(("api_key", "MICROSOFT_API_KEY"),),
        free=(("region", "MICROSOFT_REGION"),),
        session=MicrosoftSession,
        batch=50,
    ),
    "baidu": Provider(
        "baidu",
        "BaiduTranslator",
        6000,
        1,
        keys=(("appid", "BAIDU_APPID"), ("appkey", "BAIDU_APPKEY")),
        codes=_BAIDU_CODES,
        batch=20,
        between="\n",  # its class and its service answer line by line
    ),
}
"""By the name that settings use."""


def language_code(locale: Locale, known: Sequence[str], codes: Mapping[str, str]) -> str:
    """A provider's code for a locale, as close as it has one; empty if it has none.

    Chinese is never guessed: a provider without Traditional Chinese has nothing for ``zh-Hant-TW``.
    """
    spelt = {code.lower(): code for code in reversed(known)}
    language, script, region = locale.language, locale.script, locale.region
    names = [locale.tag, f"{language}-{script}"]
    if language == "zh":
        names += [f"zh-{region}", "zh-TW"] if script == "Hant" else ["zh-CN"]
        regional = []
    else:
        names += [f"{language}-{region}", language]
        regional = [code for code in known if code.lower().startswith(f"{language}-")]
    wanted = [codes.get(name, name).lower() for name in names]
    return next((spelt[name] for name in wanted if name in spelt), regional[0] if regional else "")
