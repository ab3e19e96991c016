"""The nouns of Handrail: frozen values that every other module passes on and none changes.

Nothing here reads, writes, parses or decides; verbs live in the modules named after them.
Texts are Unicode, never entities; paths are POSIX paths relative to the project; lines count from 1.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

# --- places -------------------------------------------------------------------------------------


class Place(NamedTuple):
    """Where something stands: a file of the project and, if known, a line of it.

    A tuple, as :class:`Finding` is.
    """

    path: str
    line: int = 0
    """From 1; 0 means the file as a whole."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


# --- articles -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain characters."""

    value: str


@dataclass(frozen=True, slots=True)
class Variable:
    """``{crisis.phone}``: filled from the helpline registry when a page is rendered."""

    name: str
    """``role.field``; roles are those of the registry, fields are ``name`` and ``phone``."""

    @property
    def role(self) -> str:
        """The part before the dot: which helpline of the region."""
        return self.name.partition(".")[0]

    @property
    def field(self) -> str:
        """The part after the dot: what of that helpline."""
        return self.name.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Raw:
    """HTML that is neither read nor changed: a script, a style sheet, a comment."""

    html: str


@dataclass(frozen=True, slots=True)
class Element:
    """An HTML element, block or inline, whichever format it was written in.

    Safety text is marked on its block: ``data-safety`` holds the safety id and ``data-lacks`` the
    role whose absence from a region makes the block appear there.
    """

    tag: str
    attrs: tuple[tuple[str, str | Segment], ...] = ()
    """In source order; a translatable attribute (alt, title, aria-label ...) is a segment of its own."""

    children: tuple[Node, ...] = ()

    def get(self, name: str) -> str | None:
        """The plain value of an attribute; None where it is absent or translatable."""
        for key, value in self.attrs:
            if key == name and isinstance(value, str):
                return value
        return None


class Key(NamedTuple):
    """What identifies a message: gettext's msgid and msgctxt, and nothing else.

    A tuple, because nothing is looked up as often, and Python hashes tuples without running any code of ours.
    """

    source: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One translatable run of inline markup at one place in an article."""

    key: Key
    content: tuple[Node, ...]
    """What is shown: the source's inline nodes, or those of the target once localized."""

    kind: str
    """For translators and reports: ``paragraph``, ``heading 2``, ``list item``, ``alt text`` ..."""

    place: Place = field(compare=False)
    """The first line of the segment in the article."""

    span: tuple[int, int] = field(default=(0, 0), compare=False)
    """Byte range in the source, for putting a target back into it."""

    headings: tuple[str, ...] = ()
    """The headings above it, outermost first."""

    notes: tuple[str, ...] = ()
    """What the author tells translators."""

    safety: str = ""
    """The safety id, or empty where the segment is no safety text."""

    lacks: str = ""
    """The role whose absence from a region makes this safety text appear there; usually empty."""

    lang: str = ""
    """Tag of the content's language where it is not the page's: an untranslated segment."""


Node: TypeAlias = Text | Variable | Raw | Element | Segment


@dataclass(frozen=True, slots=True)
class Article:
    """One source document, or the same document in another language."""

    slug: str
    path: str
    """Of the source file: ``source/articles/<slug>.md``."""

    locale: str
    """Tag of the language that it is in."""

    title: Segment
    description: Segment | None
    meta: tuple[tuple[str, str], ...]
    """The other fields of its front matter, as text, in source order."""

    body: tuple[Node, ...]
    head: tuple[Node, ...] = ()
    """What it says of itself to search engines and to those who share it: ``meta`` and ``script`` elements."""

    fields: tuple[Segment, ...] = ()
    """The other fields of its front matter that the project says people read, in source order."""


# --- messages -----------------------------------------------------------------------------------


class State(enum.Enum):
    """How far a message is."""

    UNTRANSLATED = "untranslated"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Message:
    """A catalog entry."""

    key: Key
    source_plural: str = ""
    targets: tuple[str, ...] = ("",)
    """One text, or one for each plural form of the locale."""

    fuzzy: bool = False
    obsolete: bool = False
    flags: tuple[str, ...] = ()
    """The other ``#,`` flags in file order, known to gettext or not."""

    comments: tuple[str, ...] = ()
    """``# `` lines: the translator's own."""

    notes: tuple[str, ...] = ()
    """``#.`` lines: made anew from the source at each update."""

    references: tuple[str, ...] = ()
    """``#:`` entries: articles that hold the message, without lines."""

    previous: Key | None = None
    """``#|``: the source that the text was made for, where that is another one."""

    previous_plural: str = ""
    line: int = field(default=0, compare=False)
    """Of its msgid in the file it came from; 0 for a new one."""

    @property
    def target(self) -> str:
        """The text, or its first plural form."""
        return self.targets[0]

    @property
    def state(self) -> State:
        """Blank text is no text, whatever the flags say."""
        for text in self.targets:
            if not text or text.isspace():
                return State.UNTRANSLATED
        return State.FUZZY if self.fuzzy else State.TRANSLATED


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one article, without a locale (template) or with one."""

    locale: str
    """Tag; empty for a template."""

    messages: tuple[Message, ...] = ()
    """In article order; obsolete ones last."""

    header: tuple[tuple[str, str], ...] = ()
    """``Language``, ``Plural-Forms`` ... in file order, unknown fields too."""

    header_comments: tuple[str, ...] = ()
    path: str = field(default="", compare=False)
    origin: object = field(default=None, compare=False, repr=False)
    """The PO module's memory of the bytes it was read from."""

    def index(self) -> dict[Key, Message]:
        """The messages that are not obsolete, by key."""
        return {message.key: message for message in self.messages if not message.obsolete}


# --- locales ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the language of a locale that its project writes itself; they go before those of CLDR."""

    own: str = ""
    """Of the language, as its readers look for it."""

    days: tuple[str, ...] = ()
    """Short ones of the seven days, from Monday, or none."""

    languages: tuple[tuple[str, str], ...] = ()
    """Language (``es``) -> its name."""

    regions: tuple[tuple[str, str], ...] = ()
    """Region (``US``) -> its name."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A BCP 47 tag, the CLDR facts about it, and the region whose helplines it shows."""

    tag: str
    """``zh-Hant-TW``; the form in everything published."""

    language: str
    script: str
    """ISO 15924, always filled: ``Latn``, ``Hant``, ``Arab`` ..."""

    region: str
    """ISO 3166-1, empty where the tag has none."""

    direction: str
    """``ltr`` or ``rtl``."""

    plural_count: int
    plural_forms: str
    """The value of gettext's ``Plural-Forms`` header."""

    spaced: bool
    """Whether the script puts spaces between words."""

    names: Names = Names()

    @property
    def folder(self) -> str:
        """Its name in ``locales/``, gettext's habit: ``zh_Hant_TW``."""
        return self.tag.replace("-", "_")


# --- helplines ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach a helpline."""

    channel: str
    """``voice``, ``sms``, ``tty``, ``chat`` or ``url``."""

    display: str
    """As the operator prints it: ``1-800-662-4357``, ``0800 1110111``, ``3114.fr``."""

    dial: str
    """What a phone dials (digits, maybe a leading ``+``), or the address of a chat or page."""

    e164: str = ""
    """Empty for short codes, which have none."""

    hours: str = ""
    """Where they differ from the helpline's own; empty otherwise. The same holds for cost and languages."""

    cost: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact about a helpline was read."""

    url: str
    kind: str
    shown: str
    """The date that the page shows, as text: ``2025-10-27``, ``undated``."""

    says: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Who compared an entry with its sources, bound to what was compared."""

    kind: str
    """``review`` by a named person, or ``demonstration``."""

    by: str
    date: date
    method: str
    hash: str
    """Of the entry's facts, from :func:`pipeline.helplines.facts_hash`."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """A verified contact of a region: data, never machine text."""

    id: str
    region: str
    kind: str
    """What it does, one of the kinds that the theme can name: ``suicide-prevention`` ..."""

    names: tuple[tuple[str, str], ...]
    """(language, name), the operator's own language first."""

    contacts: tuple[Contact, ...]
    """The first voice contact is the one that ``{role.phone}`` shows."""

    hours: str
    """``always``, ``unknown``, days and times as ``mon-fri 09:00-17:00, sat 10:00-12:00``, or the operator's words."""

    cost: str
    """``free``, ``ordinary-call`` or ``unknown``."""

    languages: tuple[str, ...]
    sources: tuple[Source, ...]
    confidence: str
    """``A`` official page read, ``B`` two independent sources; others are never published."""

    status: str
    """``active``, ``disputed`` or ``retired``."""

    verified: Verification | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: str = ""
    """The id of the line that took its place; from the day after ``valid_to``, or at once where that is empty."""

    shown_with: tuple[str, ...] = ()
    """Ids of lines that a page has to show beside it."""

    claims: tuple[str, ...] = ()
    """What the operator promises: ``anonymous``, ``confidential``."""

    subdivision: str = ""
    """ISO 3166-2, such as ``AR-B``, of a line that serves a part of its region only."""

    place: Place = field(default=Place(""), compare=False)


NO_LINE = "none"
"""What a region's role says where the region is known to have no such line."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The helplines, and which of them each region shows in each role."""

    helplines: Mapping[str, Helpline]
    roles: Mapping[str, Mapping[str, str]]
    """region -> role -> helpline id, or :data:`NO_LINE`."""

    path: str = "source/helplines.toml"
    roles_by_language: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    """(region, language) -> the roles in which speakers of that language have a line of their own."""


# --- review and wording -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignOff:
    """A named person's review of one safety message, bound to the hashes of its texts."""

    article: str
    locale: str
    """The tag of the locale that was reviewed: what is said in one is not said in another."""

    safety: str
    source_hash: str
    target_hash: str
    kind: str
    """``review`` by a named person, or ``demonstration``."""

    translator: str
    reviewer: str
    qualification: str
    method: str
    date: date
    signature: str = ""
    """Of the reviewer's SSH key, in base64; empty where the project asks for none."""

    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """Approved and forbidden wording of one concept in one locale."""

    source: str
    target: str
    forbidden: tuple[str, ...] = ()
    note: str = ""
    place: Place = field(default=Place(""), compare=False)


@dataclass(frozen=True, slots=True)
class Policy:
    """What a project demands of every page."""

    required: tuple[str, ...] = ()
    """Safety ids that each article must carry, in its source and on every page."""

    complete: float = 1.0
    """The share of messages that must be translated before a page is published, 0 to 1."""

    demonstration: bool = False
    """Whether sign-offs and verifications of kind ``demonstration`` count."""

    second_reviewer: tuple[str, ...] = ()
    """Safety ids that two reviewers have to sign off."""

    signers: tuple[tuple[str, str], ...] = ()
    """Name and public SSH key of everybody who may sign off; empty where no key is asked for."""

    crisis_topics: tuple[str, ...] = ()
    """Topics of articles, from their front matter, whose pages show the helplines before everything else."""

    scripts: tuple[str, ...] = ()
    """Scripts that pages may run: their addresses, or ``sha256-`` and the Base64 of the hash of their text."""

    released: Registry | None = None
    """The registry of an earlier release, behind which no entry may fall back; None where none was named."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """What the settings let pass, and why; never safety text, a helpline or a page."""

    rule: str
    reason: str
    article: str = ""
    """Slug; empty for every article."""

    locale: str = ""
    """Tag; empty for every locale."""

    message: str = ""
    """The source of one message; empty for every message."""

    place: Place = field(default=Place(""), compare=False)


# --- the unit of work ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edition:
    """One article in one locale, with everything that its page depends on."""

    article: Article
    """The source article."""

    catalog: Catalog
    """Its messages in this locale; in the source locale every target equals its source."""

    locale: Locale
    source_locale: Locale
    interface: Catalog
    """The theme's own words in this locale."""

    registry: Registry
    signoffs: tuple[SignOff, ...]
    """Those of its article in this locale."""

    terms: tuple[Term, ...]
    policy: Policy
    published: bool
    """Whether the project publishes this locale; otherwise its pages are previews."""

    today: date
    """Passed in, so that a page never depends on a hidden clock."""


# --- suggestions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that an engine offers; a person has yet to accept it."""

    text: str
    origin: str
    """For the comment in the catalog: ``memory: article x``, ``apertium eng-cat`` ..."""

    made_for: Key | None = None
    """The source that the text was made for, where that is another one: a near match."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an engine offers nothing."""

    reason: str


# --- findings and pages -------------------------------------------------------------------------


class Severity(enum.Enum):
    """Whether a finding closes the gate."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """What a rule reports: what is wrong, where, and what to do.

    A tuple, because a catalog may have thousands, and Python makes tuples without running code of ours.
    """

    rule: str
    """``family/what-is-wrong``."""

    severity: Severity
    text: str
    """One sentence: what is wrong."""

    advice: str
    """One sentence: what to do."""

    article: str = ""
    """Slug; empty where the finding concerns every article."""

    locale: str = ""
    """Tag; empty where it concerns every locale."""

    place: Place | None = None
    """Where to mend it: usually a line of a catalog."""

    source_place: Place | None = None
    """The line of the article that it is about."""

    key: Key | None = None
    """Of the message that it is about; None where it concerns a page or a file as a whole."""

    safety: tuple[str, ...] = ()
    """The safety ids of that message; empty for ordinary text."""

    target: str = ""
    """What the catalog has for that message; empty where it has nothing."""


class Tally(NamedTuple):
    """How often a rule found something."""

    article: str
    locale: str
    """Of the findings; empty where those are about all."""

    rule: str
    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that a baseline or the settings let pass."""

    finding: Finding
    reason: str
    """What the settings give as the reason, or the name of the baseline."""


@dataclass(frozen=True, slots=True)
class Page:
    """The rendered output of one article in one locale."""

    slug: str
    locale: str
    html: str
    text: str
    published: bool
    """False for a preview."""


@dataclass(frozen=True, slots=True)
class SafetyText:
    """A safety message of an edition, and how it stands."""

    safety: str
    """Its safety id."""

    source: str
    shown: bool
    """Whether the locale's region shows it."""

    numbers: tuple[str, ...]
    """The numbers in it, as the page shows them; a question mark where the registry does not say which."""

    review: SignOff | None
    """The sign-off that counts for it as it stands."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one edition is, and whether its page goes out."""

    article: str
    locale: str
    messages: int
    translated: int
    fuzzy: int
    safety: int
    """How many of its safety messages need a sign-off."""

    signed: int
    """How many of those are signed off as they stand."""

    published: bool
    """Whether the project publishes this locale; otherwise its pages are previews."""

    open: bool
    """Whether the gate is open: no finding of level error."""

    reasons: tuple[str, ...]
    """The rules that close it, each once, in the order of their findings."""

    machine: int = 0
    """How many of the fuzzy messages have a text that a machine made."""

    texts: tuple[SafetyText, ...] = ()
    """Its safety messages, in reading order."""


@dataclass(frozen=True, slots=True)
class Total:
    """The editions of one locale, added up."""

    locale: str
    published: bool
    editions: int
    open: int
    """Of how many the gate is open."""

    unread: int
    """Of how many nothing is known, because a file cannot be read."""

    messages: int
    translated: int
    fuzzy: int
    machine: int
    """As in :class:`Standing`: some of the fuzzy ones."""

    safety: int
    signed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What checking or building a project came to."""

    standings: tuple[Standing, ...]
    """Every edition, article by article, in the order of the settings."""

    findings: tuple[Finding, ...]
    accepted: tuple[Accepted, ...] = ()
    """What a baseline or the settings let pass; none of it is among the findings."""

    @property
    def totals(self) -> tuple[Total, ...]:
        """The standings of each locale, added up; in the order in which the locales come."""
        found: dict[str, list[Standing]] = {}
        for one in self.standings:
            found.setdefault(one.locale, []).append(one)
        return tuple(_total(tag, standings) for tag, standings in found.items())

    @property
    def withheld(self) -> Iterator[Standing]:
        """The pages that should go out and do not."""
        return (one for one in self.standings if one.published and not one.open)

    @property
    def articles(self) -> tuple[str, ...]:
        """The names of the articles, in their order."""
        return tuple(dict.fromkeys(one.article for one in self.standings))

    def of(self, articles: Container[str]) -> Iterator[Standing]:
        """The standings of some articles, for those who ask for no safety messages."""
        return (one for one in self.standings if one.article in articles)

    @property
    def guarded(self) -> tuple[Standing, ...]:
        """The standings, but for those of articles of which nothing is known to be a safety message."""
        articles = {one.article for one in self.standings if one.safety}
        return tuple(self.of(articles))

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """The findings, counted."""
        found = Counter((one.article, one.locale, one.rule, one.severity) for one in self.findings)
        return tuple(Tally(*about, number) for about, number in found.items())

    def picked(self, wanted: Callable[[str, Severity], bool]) -> Iterator[Finding]:
        """The findings of a kind, told by their locale and their severity."""
        return (one for one in self.findings if wanted(one.locale, one.severity))

    @property
    def open(self) -> bool:
        """Whether every page that is meant to be published goes out, and there is at least one.

        Drafts count only where nothing else was looked at.
        """
        counted = [standing for standing in self.standings if standing.published] or self.standings
        return bool(counted) and all(standing.open for standing in counted)


def _total(tag: str, of: Sequence[Standing]) -> Total:
    return Total(
        tag,
        published=of[-1].published,
        editions=len(of),
        open=sum(one.open for one in of),
        unread=sum(one.messages == 0 for one in of),
        messages=sum(one.messages for one in of),
        translated=sum(one.translated for one in of),
        fuzzy=sum(one.fuzzy for one in of),
        machine=sum(one.machine for one in of),
        safety=sum(one.safety for one in of),
        signed=sum(one.signed for one in of),
    )
