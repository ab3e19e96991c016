"""Rules about the numbers on a page: each from the registry, linked to itself, whole, and in the right order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from pipeline import helplines, placeables
from pipeline.checks.dialling import (
    APART,
    MARKS,
    contacts_of,
    dialled,
    digits_of,
    form_of,
    is_made_of,
    known_numbers,
    needs_isolation,
    numbers_of,
    one_space,
    texts_of,
)
from pipeline.checks.expected import Expected
from pipeline.checks.reading import Reading, joined, slices
from pipeline.checks.rules import Fault, Swap, page_rule
from pipeline.model import Contact, Place, Severity
from pipeline.placeables import Placeable

_ADVICE = "Numbers come from the registry; check the theme and what was changed by hand."
_ENTER = "Enter its line in the registry, and write the placeable in the number's place: {role.phone}."
_HREF = re.compile(r"(tel|sms):(\+?[0-9]{2,15})(?:;phone-context=(\+[0-9]{1,4}))?(?:\?body=[A-Za-z0-9%]*)?")
_CHAT = re.compile(r"(?:wa\.me/|whatsapp\.com/send/?\?phone=|t\.me/|signal\.me/#p/)\+?([0-9]{5,15})", re.IGNORECASE)
_LINK = '<a class="phone" href="tel:3114"><bdi dir="ltr" translate="no">3114</bdi></a>'
_EGYPT = '<a class="phone" href="tel:08008880700"><bdi dir="ltr" translate="no">0800-888-0700</bdi></a>'
_ORDINARY = "<p>La plupart d’entre eux"
_INSIDE = re.compile(rf"[0-9](?:[{MARKS}]+[-. ()\u00a0\u202f]?|[-. ()\u00a0\u202f][{MARKS}]+)(?=[0-9])")
_MARK = re.compile(f"[{MARKS}]")
_STYLED = re.compile("[²³¹⁰-⁹₀-₉①-⑳⓪\U0001d7ce-\U0001d7ff]")


@page_rule(
    "page/number-unknown",
    Severity.ERROR,
    flagged=(
        Swap(_ORDINARY, "<p>Appelez le 01 99 00 99 99. La plupart d’entre eux"),
        Swap(_ORDINARY, "<p hidden>01 99 00 99 99</p><p>La plupart d’entre eux"),
        Swap('content="Ce que', 'content="Appelez le 01 99 00 99 99. Ce que'),
        Swap('{"@type"', '{"telephone": "+33 1 99 00 99 99", "@type"'),
        Swap("</style>", 'p::after { content: "01 99 00 99 99" }</style>'),
        Swap("La plupart", "Appelez le 0800-888-0700. La plupart", part="text"),
    ),
    passed=(
        Swap(_ORDINARY, "<p>Appelez le 01 99 00 12 34. La plupart d’entre eux"),
        Swap(_ORDINARY, "<p>BMJ. 2015;351:h6161, 2017;87(1):86-93, 24/7, 2026-11-24. La plupart d’entre eux"),
        Swap(_ORDINARY, "<style>p { margin: 1200300 400 5000 }</style><p>La plupart d’entre eux"),
    ),
)
def number_unknown(reading: Reading) -> Iterator[Fault]:
    """The page shows what looks like a phone number and is none of the registry's for this region.

    A number that nobody verified may be dead, expensive, or somebody else's. It is looked for in the text, the title,
    the description, the data for search engines and the style sheets, hidden or not.
    """
    known = known_numbers(reading.edition)
    texts = list(texts_of(reading))
    if not any(_unknown(APART.join([text for _, text in texts]), known)):  # as on most pages, all at once
        return
    faults = [_unknown_fault(where, phone, reading) for where, text in texts for phone in _unknown(text, known)]
    yield from dict.fromkeys(faults)  # what the article says is on the page and in the plain text


@page_rule(
    "page/number-missing",
    Severity.ERROR,
    flagged=(
        Swap(_LINK, "la ligne"),
        Swap(">3114<", ">3141<"),
        Swap(">3114<", ">112<"),
        Swap("\u20663114\u2069", "la ligne", part="text"),
    ),
    passed=(Swap(">112<", ">1 12<"),),
)
def number_missing(reading: Reading) -> Iterator[Fault]:
    """A safety text does not show the number that the registry gives for its role.

    The number is compared digit by digit with the entry of that very role, so that the number of another line, even
    of the same region, is not taken for it.
    """
    for item, contact in numbers_of(reading):
        runs = (run for run in reading.runs if run.in_main and not run.hidden and run.safety == item.segment.safety)
        if not form_of(contact).search(joined(runs)):
            yield _fault(item, contact, "is not in its block")
        if not form_of(contact).search(reading.page.text):
            yield _fault(item, contact, "is not in the plain text")


@page_rule(
    "page/number-link",
    Severity.ERROR,
    flagged=(
        Swap('href="tel:3114"', 'href="tel:3115"'),
        Swap('href="tel:3114"', 'href="tel:112"'),
        Swap('href="tel:3114"', 'href="tel:31 14"'),
        Swap('href="tel:3114"', 'href="tel:٣١١٤"'),
        Swap('href="tel:3114"', 'href="#"'),
        Swap('href="tel:3114"', 'href="tel:3114;phone-context=+964"'),
        Swap('href="tel:3114"', 'href="tel:3114" aria-label="Urgences"'),
        Swap('href="tel:3114"', 'href="tel:3114" tabindex="-1"'),
        Swap('href="tel:3114"', 'href="tel:3114" download'),
        Swap(_LINK, '<bdi dir="ltr">3114</bdi>'),
        Swap(_ORDINARY, '<map><area href="tel:3114"></map><p>La plupart d’entre eux'),
        Swap(_ORDINARY, '<p><a href="https://wa.me/4915112345678">+</a> La plupart d’entre eux'),
    ),
    passed=(
        Swap('class="phone" ', ""),
        Swap('href="tel:3114"', 'href="tel:3114;phone-context=+33"'),
        Swap('href="tel:3114"', 'href="tel:3114" aria-label="Écoute suicide: 3114"'),
    ),
)
def number_link(reading: Reading) -> Iterator[Fault]:
    """A number cannot be dialled by touching it, or touching it dials another number than the one shown.

    Nobody compares a link with its text. A link must hold ASCII digits, and the number of the same registry entry.
    """
    contacts = contacts_of(reading.edition)
    linked = set()
    for href, shown in dialled(reading):
        match = _HREF.fullmatch(href)
        number = placeables.phone_digits(shown)
        linked.add(number)
        place = _place(shown.strip(), reading)
        if not match:
            advice = "Write tel: and ASCII digits, no spaces."
            yield Fault(f"The link “{href}” is not made of plain digits.", advice, place)
        elif match[3] and match[3] != helplines.calling_code(reading.edition.locale.region):
            yield Fault(f"The link “{href}” dials a number of another country.", _ADVICE, place)
        elif not any({number, match[2]} <= digits_of(contact) for contact in contacts):
            same = match[2].endswith(number.lstrip("+0"))
            what = "a number that the registry does not know" if same else "another number"
            yield Fault(f"The link “{href}” shows “{shown.strip()}”, which is {what}.", _ADVICE, place)
    for node, attrs in reading.tree.having("href", "formaction"):
        dials = (attrs.get("href") or "").lower().startswith(("tel:", "sms:"))
        if problem := _use(node) if dials or "formaction" in attrs else "":
            yield Fault(f"The link “{attrs.get('href') or node.tag}” {problem}.", "Use a plain link.")
    known = known_numbers(reading.edition)
    for _, attrs in reading.tree.tagged("a"):
        chat = _CHAT.search(attrs.get("href") or "")
        if chat and not {chat[1], f"+{chat[1]}"} & known:
            yield Fault(f"The link “{chat[0]}” leads to a number that the registry does not know.", _ADVICE)
    for item, contact in numbers_of(reading):
        if not digits_of(contact) & linked:
            yield _fault(item, contact, "is not a link")


@page_rule(
    "page/number-direction",
    Severity.ERROR,
    flagged=(
        Swap('<bdi dir="ltr" translate="no">0800-888-0700</bdi>', "0800-888-0700", locale="ar-EG"),
        Swap(_EGYPT, f'<bdo dir="rtl">{_EGYPT}</bdo>', locale="ar-EG"),
        Swap("\u20660800-888-0700\u2069", "0800-888-0700", part="text", locale="ar-EG"),
        Swap("\u20660800-888-0700\u2069", "\u202d0800-888-0700\u202c", part="text", locale="ar-EG"),
        Swap(_LINK, '<a href="tel:3114"><bdi dir="rtl">31 14</bdi></a>'),
    ),
    passed=(
        Swap('<bdi dir="ltr" translate="no">', '<span dir="ltr">', locale="ar-EG"),
        Swap("\u20660800-888-0700\u2069", "\u20680800-888-0700\u2069", part="text", locale="ar-EG"),
    ),
)
def number_direction(reading: Reading) -> Iterator[Fault]:
    """A number is not isolated from text that runs from right to left, or its direction is forced.

    The bidirectional algorithm shows 0800-888-0700 after Arabic words as 0700-888-0800 (Unicode Standard Annex #9).
    In HTML an element with its own direction prevents it, in plain text an isolate (U+2066 or U+2068 to U+2069).
    """
    for node in reading.tree.css("bdo, [style*=unicode-bidi]", ["bdo"], ["style"]):
        if node.css_first("a[href^=tel], bdi") is not None or re.search(r"\d", node.text()):
            yield Fault(f"<{node.tag}> forces the direction of a number.", "Use <bdi dir=“ltr”> instead.")
    if "\u202d" in reading.page.text or "\u202e" in reading.page.text:
        yield Fault("The plain text overrides the direction of text.", "Use isolates, U+2066 to U+2069.")
    for run in reading.runs:
        if run.href.startswith(("tel:", "sms:")) and run.direction == "rtl" and re.search(r"\d\D+\d", run.text):
            yield Fault(f"The number {run.text.strip()} runs from right to left.", "Put it into <bdi dir=“ltr”>.")
    if reading.edition.locale.direction != "rtl":
        return
    contacts = [(contact, form_of(contact)) for contact in contacts_of(reading.edition) if needs_isolation(contact)]
    for run in reading.runs if contacts else ():
        alone = run.isolated and run.direction == "ltr"
        for contact, form in contacts if not (alone or run.hidden) else ():
            if form.search(run.text):
                yield Fault(f"The number {contact.display} is not isolated.", "Put it into <bdi dir=“ltr”>.")
    for contact, form in contacts:
        for match in form.finditer(reading.page.text):
            around = reading.page.text[: match.start()][-1:], reading.page.text[match.end() :][:1]
            if around[0] not in {"\u2066", "\u2068"} or around[1] != "\u2069":
                text = f"The number {contact.display} is not isolated in the plain text."
                yield Fault(text, "Put it between U+2066 and U+2069.")


@page_rule(
    "page/number-translatable",
    Severity.ERROR,
    flagged=(
        Swap('translate="no">3114', 'translate="yes">3114'),
        Swap('translate="no">3114', 'translate="no" lang="ar">3114'),
    ),
    passed=(Swap('translate="no">3114', ">3114"),),
)
def number_translatable(reading: Reading) -> Iterator[Fault]:
    """The page asks browsers to translate a number, or marks it as being in another language.

    A machine that translates the page may write its digits in another script, or drop one. A screen reader reads digits
    in the language that they are marked with.
    """
    if not reading.tree.calls:
        return
    for node in reading.tree.css('a[href^="tel:"][lang], a[href^="tel:"] [lang]', names=["lang"]):
        lang = node.attributes.get("lang") or ""
        if not _is_in(lang, reading):
            yield Fault(f"The number {node.text().strip()} is marked as {lang}.", "Take lang out of its link.")
    for node in reading.tree.css(
        'a[href^="tel:"] [translate="yes"], a[href^="tel:"][translate="yes"]', names=["translate"]
    ):
        yield Fault(f"The number {node.text()} is marked to be translated.", 'Give it translate="no".')


@page_rule(
    "page/number-broken",
    Severity.ERROR,
    flagged=(
        Swap(">3114<", ">31\u200b14<"),
        Swap(">3114<", ">31\u00ad14<"),
        Swap(">3114<", ">31<br>14<"),
        Swap(">3114<", ">31<wbr>14<"),
        Swap(">3114<", ">\u200f3114<"),
        Swap("\u20660800-888-0700\u2069", "\u20660800-888-\n0700\u2069", part="text", locale="ar-EG"),
        Swap(">3114<", ">𝟑𝟏𝟏𝟒<"),
    ),
)
def number_broken(reading: Reading) -> Iterator[Fault]:
    """A number is broken over lines, or has invisible marks or drawn digits in it.

    Half a number at the end of a line is dialled as a whole one, and a mark inside is copied along and not dialled.
    """
    for where, text in (("main part", reading.main), ("plain text", reading.page.text)):
        if _INSIDE.search(placeables.fold_digits(placeables.strip_isolates(text))):
            yield Fault(f"A number in the {where} of the page has an invisible mark in it.", "Take the mark out.")
    for run in reading.runs:
        if run.href.startswith("tel:") and _STYLED.search(run.text):
            yield Fault(f"The number {run.text} is drawn with symbols.", "Use plain digits.")
        if run.href.startswith("tel:") and _MARK.search(placeables.strip_isolates(run.text)):
            yield Fault(f"The number {_printable(run.text)} has an invisible mark beside it.", "Take the mark out.")
    for node in reading.tree.css('a[href^="tel:"] wbr', ["wbr"]):
        shown = node.parent.text() if node.parent else ""
        yield Fault(f"A line may break inside the number {shown}.", "Take <wbr> out.")
    for where, text in (("page", reading.main), ("plain text", reading.page.text)):
        for item, contact in numbers_of(reading):
            for shown in slices(text, item):
                if one_space(contact.display) not in one_space(shown):
                    yield _fault(item, contact, f"is broken on the {where}")


def _unknown(text: str, known: frozenset[str]) -> Iterator[Placeable]:
    """What looks like a phone number in a text and is none that is known."""
    for part in placeables.stretches(text):
        yield from (phone for phone in placeables.phones(part) if not is_made_of(phone.text, known))


def _unknown_fault(where: str, phone: Placeable, reading: Reading) -> Fault:
    place = _place(phone.text, reading)
    subject = "The article itself names" if place else f"The {where} shows"
    sentence = f"{subject} the number {_clean(phone)}, which the registry does not know."
    return Fault(sentence, _ENTER if place else _ADVICE, place)


def _place(text: str, reading: Reading) -> Place | None:
    """Where the article itself says something; None where it does not."""
    return next((item.segment.place for item in reading.expected if text and text in item.text), None)


def _use(node: LexborNode) -> str:
    """What keeps a link from being dialled by touch, by keyboard or by ear; empty if nothing does."""
    attrs = node.attributes
    if node.tag != "a":
        return f"is no link of the text but <{node.tag}>"
    if (attrs.get("tabindex") or "").strip().startswith("-"):
        return "cannot be reached with the keyboard"
    if "download" in attrs:
        return "is for saving, not for dialling"
    shown, said = placeables.phone_digits(node.text()), placeables.fold_digits(attrs.get("aria-label") or "")
    if ("aria-label" in attrs and shown not in re.sub("[^0-9]", "", said)) or "aria-labelledby" in attrs:
        return "is read out as something else than its number"
    return ""


def _is_in(lang: str, reading: Reading) -> bool:
    return lang.partition("-")[0].lower() in ("", reading.edition.locale.language, "zxx")


def _clean(phone: Placeable) -> str:
    is_paired = phone.text.count("(") == phone.text.count(")")
    return _printable(phone.text if is_paired else phone.text.strip("()"))


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


def _fault(item: Expected, contact: Contact, text: str) -> Fault:
    sentence = f"The number {contact.display} of the safety text “{item.segment.safety}” {text}."
    return Fault(sentence, _ADVICE, item.segment.place)
