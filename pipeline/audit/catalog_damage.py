"""Damage to a catalog as a whole: entries, flags, header, the file itself."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import po
from pipeline.audit.making import on_catalog
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject, sentences, with_catalog, with_messages
from pipeline.model import Edition, Key, Message


def _safety(subject: Subject) -> Message | None:
    """A safety message of a translation; the source's own catalog is made of the source."""
    if subject.is_source:
        return None
    return subject.edition.catalog.index()[sentences(subject)[-1].segment.key]


def _with(subject: Subject, /, **fields: object) -> Edition | None:
    message = _safety(subject)
    return with_messages(subject.edition, message.key, **fields) if message else None


def _of_bytes(subject: Subject, data: bytes) -> Edition | None:
    """The edition with the catalog that is read from bytes."""
    catalog = po.load(data, subject.edition.catalog.path)
    return with_catalog(subject.edition, replace(catalog, locale=subject.edition.locale.tag))


def _header(subject: Subject, name: str, value: str | None) -> Edition | None:
    if subject.is_source:
        return None
    pairs = ((field, old if field != name else value) for field, old in subject.edition.catalog.header)
    header = tuple((field, new) for field, new in pairs if new is not None)
    return with_catalog(subject.edition, replace(subject.edition.catalog, header=header))


@on_catalog("catalog/fuzzy", "unreviewed")
def fuzzy(subject: Subject) -> Edition | None:
    """A safety message is marked fuzzy."""
    return _with(subject, fuzzy=True)


@on_catalog("catalog/all-fuzzy", "unreviewed")
def all_fuzzy(subject: Subject) -> Edition | None:
    """Every message is marked fuzzy, as a machine leaves them."""
    catalog = subject.edition.catalog
    messages = tuple(replace(message, fuzzy=True) for message in catalog.messages)
    return None if subject.is_source else with_catalog(subject.edition, replace(catalog, messages=messages))


@on_catalog("catalog/entry-deleted", "omitted unit")
def entry_deleted(subject: Subject) -> Edition | None:
    """The entry of a safety message is deleted."""
    lost, catalog = _safety(subject), subject.edition.catalog
    rest = tuple(message for message in catalog.messages if message != lost)
    return with_catalog(subject.edition, replace(catalog, messages=rest)) if lost else None


@on_catalog("catalog/obsolete", "omitted unit")
def obsolete(subject: Subject) -> Edition | None:
    """The entry of a safety message is commented out."""
    return _with(subject, obsolete=True)


@on_catalog("catalog/ordinary-untranslated", "untranslated")
def ordinary_untranslated(subject: Subject) -> Edition | None:
    """An ordinary message, the title, has no target."""
    key = subject.edition.article.title.key
    return None if subject.is_source else with_messages(subject.edition, key, targets=("",))


@on_catalog("catalog/context-added", "stale against source")
def context_added(subject: Subject) -> Edition | None:
    """The entry of a safety message gets a context that the source does not have."""
    message = _safety(subject)
    return _with(subject, key=Key(message.key.source, "other")) if message else None


@on_catalog("catalog/source-edited", "stale against source")
def source_edited(subject: Subject) -> Edition | None:
    """Somebody edits the source text inside the catalog."""
    message = _safety(subject)
    return _with(subject, key=Key(message.key.source + " Please.", message.key.context)) if message else None


@on_catalog("catalog/plural-forms", "omitted unit")
def plural_forms(subject: Subject) -> Edition | None:
    """A safety message gets plural forms, and one of them is empty."""
    message = _safety(subject)
    return _with(subject, source_plural=message.key.source, targets=(message.target, "")) if message else None


@on_catalog("catalog/plural-form-differs", "duplicate or contradiction")
def plural_form_differs(subject: Subject) -> Edition | None:
    """A safety message gets plural forms, and they say different things."""
    message = _safety(subject)
    return _with(subject, source_plural=message.key.source, targets=(message.target, "…")) if message else None


@on_catalog("catalog/targets-swapped", "duplicate or contradiction")
def targets_swapped(subject: Subject) -> Edition | None:
    """The targets of two safety messages are swapped."""
    if subject.is_source:
        return None
    first, second = (one.segment.key for one in sentences(subject)[-2:])
    index = subject.edition.catalog.index()
    changed = with_messages(subject.edition, first, targets=index[second].targets)
    return with_messages(changed, second, targets=index[first].targets)


@on_catalog("catalog/safety-last-swapped", "duplicate or contradiction")
def swapped_with_ordinary(subject: Subject) -> Edition | None:
    """A safety message has the target of an ordinary one."""
    title = subject.edition.catalog.index()[subject.edition.article.title.key]
    return _with(subject, targets=title.targets)


@on_catalog("catalog/language-header", "wrong language mark")
def language_header(subject: Subject) -> Edition | None:
    """The header names another language."""
    return _header(subject, "Language", "ko_KR")


@on_catalog("catalog/language-header-lost", "wrong language mark")
def language_header_lost(subject: Subject) -> Edition | None:
    """The header names no language."""
    return _header(subject, "Language", None)


def _whole(subject: Subject, pick: str) -> Edition | None:
    other = subject.others.get(pick)
    if other is None or subject.is_source or other.locale.tag == subject.edition.locale.tag:
        return None
    return with_catalog(subject.edition, replace(other.catalog, locale=subject.edition.locale.tag))


@on_catalog("catalog/locales-swapped", "untranslated")
def locales_swapped(subject: Subject) -> Edition | None:
    """The whole file is that of another locale."""
    return _whole(subject, "pt-BR" if subject.edition.locale.tag != "pt-BR" else "es-US")


@on_catalog("catalog/locales-swapped-header-kept", "untranslated")
def locales_swapped_header_kept(subject: Subject) -> Edition | None:
    """The whole file is that of another locale, and its header was corrected."""
    return locales_swapped_header_kept_edition(subject)


def locales_swapped_header_kept_edition(subject: Subject) -> Edition | None:
    """The edition with the messages of another locale and its own header."""
    changed = locales_swapped_edition(subject)
    if changed is None:
        return None
    return with_catalog(changed, replace(changed.catalog, header=subject.edition.catalog.header))


def locales_swapped_edition(subject: Subject) -> Edition | None:
    """The edition with the messages of a locale in the same script, if there is one."""
    return _whole(subject, "pt-BR" if subject.edition.locale.tag != "pt-BR" else "es-US")


@on_catalog("compound/folders-swapped", "untranslated")
def folders_swapped(subject: Subject) -> Edition | None:
    """Catalog, theme's words and sign-offs are those of another locale, and the header was corrected."""
    return _folder(subject)


@on_catalog("compound/folders-swapped-and-signed", "untranslated")
def folders_swapped_and_signed(subject: Subject) -> Edition | None:
    """The same, and the sign-offs say that they were made for this locale."""
    changed, tag = _folder(subject), subject.edition.locale.tag
    if changed is None:
        return None
    return replace(changed, signoffs=tuple(replace(record, locale=tag) for record in changed.signoffs))


def _folder(subject: Subject) -> Edition | None:
    changed = locales_swapped_header_kept_edition(subject)
    other = subject.others.get("pt-BR" if subject.edition.locale.tag != "pt-BR" else "es-US")
    if changed is None or other is None:
        return None
    interface = replace(other.interface, locale=subject.edition.locale.tag, header=subject.edition.interface.header)
    return replace(changed, signoffs=other.signoffs, interface=interface)


@on_catalog("catalog/articles-swapped", "stale against source")
def articles_swapped(subject: Subject) -> Edition | None:
    """The file is that of another article."""
    if subject.is_source or not subject.neighbours:
        return None
    return with_catalog(subject.edition, subject.neighbours[0].catalog)


@on_catalog("catalog/emptied", "omitted unit")
def emptied(subject: Subject) -> Edition | None:
    """The file has a header and nothing else."""
    return None if subject.is_source else with_catalog(subject.edition, replace(subject.edition.catalog, messages=()))


@on_catalog("catalog/merge-markers", "damaged text")
def merge_markers(subject: Subject) -> Edition | None:
    """The file has the conflict marks of a version control system."""
    data = po.dump(subject.edition.catalog)
    return None if subject.is_source else _of_bytes(subject, data + b"\n<<<<<<< HEAD\n")


@on_catalog("catalog/truncated", "clipped")
def truncated(subject: Subject) -> Edition | None:
    """The file ends in its middle."""
    data = po.dump(subject.edition.catalog)
    return None if subject.is_source else _of_bytes(subject, data[: len(data) // 2])


@on_catalog("catalog/entry-doubled", "duplicate or contradiction")
def entry_doubled(subject: Subject) -> Edition | None:
    """A safety message stands twice, with two targets."""
    message = _safety(subject)
    if message is None:
        return None
    source = message.key.source.replace("\\", "\\\\").replace('"', '\\"')
    entry = f'\nmsgid "{source}"\nmsgstr "…"\n'
    return _of_bytes(subject, po.dump(subject.edition.catalog) + entry.encode())


@on_catalog("catalog/wrong-charset", "damaged text")
def wrong_charset(subject: Subject) -> Edition | None:
    """The header announces another encoding than the file has."""
    data = po.dump(subject.edition.catalog)
    return None if subject.is_source else _of_bytes(subject, re.sub(rb"charset=[-\w]+", b"charset=ISO-8859-1", data))


@on_catalog("catalog/unescaped-quote", "damaged text")
def unescaped_quote(subject: Subject) -> Edition | None:
    """A quotation mark in a target is not escaped."""
    data = po.dump(subject.edition.catalog)
    at = data.rfind(b'msgstr "') + len(b'msgstr "')
    return None if subject.is_source else _of_bytes(subject, data[:at] + b'"' + data[at:])


# --- the theme's own words ----------------------------------------------------------------------


def _word(subject: Subject, source: str, /, **fields: object) -> Edition | None:
    if subject.is_source:
        return None
    interface = subject.edition.interface
    messages = tuple(
        replace(message, **fields) if message.key.source == source else message  # type: ignore[arg-type]  # by name
        for message in interface.messages
    )
    return replace(subject.edition, interface=replace(interface, messages=messages))


@on_catalog("interface/untranslated", "untranslated")
def word_untranslated(subject: Subject) -> Edition | None:
    """The heading of the helplines has no target."""
    return _word(subject, "Get help now", targets=("",))


@on_catalog("interface/fuzzy", "unreviewed")
def word_fuzzy(subject: Subject) -> Edition | None:
    """The notice that the page is a demonstration is fuzzy."""
    sources = (message.key.source for message in subject.edition.interface.messages)
    notice = next((source for source in sources if source.startswith("This page is a demonstration")), "")
    return _word(subject, notice, fuzzy=True)


@on_catalog("interface/placeholder", "placeholder broken")
def word_placeholder(subject: Subject) -> Edition | None:
    """A placeholder of the theme's words is translated."""
    return _word(subject, "Updated on %(date)s", targets=("%(datum)s",))


@on_catalog("interface/number-typed", "wrong service")
def word_number(subject: Subject) -> Edition | None:
    """A phone number is typed into the theme's words."""
    return _word(subject, "Get help now", targets=("☎ 0800 765 43 21",))


@on_catalog("interface/markup", "damaged text")
def word_override(subject: Subject) -> Edition | None:
    """The theme's words override the direction of text."""
    return _word(subject, "Emergency services", targets=("\u202e112\u202c",))


@on_catalog("interface/plural-count", "duplicate or contradiction")
def word_plural(subject: Subject) -> Edition | None:
    """The theme's words have a plural form more than the language."""
    forms = ("%(num)s",) * (subject.edition.locale.plural_count + 1)
    return _word(subject, "%(num)s minute to read", targets=forms)


@on_catalog("interface/plural-broken", "placeholder broken")
def word_second_plural(subject: Subject) -> Edition | None:
    """The last plural form of the theme's words has another placeholder."""
    count = subject.edition.locale.plural_count
    if count < 2:
        return None
    return _word(subject, "%(num)s minute to read", targets=(*("%(num)s",) * (count - 1), "%(numero)s"))


OPERATORS = tuple(value for value in list(globals().values()) if isinstance(value, Operator))
"""All of the above, in their order."""
