"""Damage to a finished page: what happens to it between the build and its reader."""

from __future__ import annotations

import re

from pipeline import helplines
from pipeline.audit.making import on_html, on_style, on_text
from pipeline.audit.operators import Operator
from pipeline.audit.subject import Subject, rendered
from pipeline.model import Page

_BLOCK = re.compile(r'<p data-safety="([a-z-]+)"[^>]*>.*?</p>', re.DOTALL)
_PHONE = re.compile(r'<a class="phone" href="tel:([^"]*)"><bdi dir="ltr" translate="no">([^<]*)</bdi></a>')


def _last(pattern: re.Pattern[str], text: str, replacement: str) -> str | None:
    """The text with the last match replaced; None if there is none."""
    found = list(pattern.finditer(text))
    if not found:
        return None
    return text[: found[-1].start()] + found[-1].expand(replacement) + text[found[-1].end() :]


def _block(page: Page, replacement: str) -> str | None:
    return _last(_BLOCK, page.html, replacement)


def _phone(page: Page, replacement: str) -> str | None:
    return _last(_PHONE, page.html, replacement)


def _shown(page: Page, mark: str) -> str | None:
    """The page with a mark after the first digit of the last number."""
    found = list(_PHONE.finditer(page.html))
    if not found:
        return None
    start, end = found[-1].span(2)
    return page.html[: start + 1] + mark + page.html[start + 1 : end] + page.html[end:]


# --- blocks -------------------------------------------------------------------------------------


@on_html("page/block-removed", "omitted unit")
def block_removed(page: Page, _: Subject) -> str | None:
    """A safety block is removed."""
    return _block(page, "")


@on_html("page/block-commented", "hidden")
def block_commented(page: Page, _: Subject) -> str | None:
    """A safety block stands in a comment."""
    return _block(page, r"<!-- \g<0> -->")


@on_html("page/block-in-footer", "outside the main text")
def block_in_footer(page: Page, _: Subject) -> str | None:
    """A safety block is moved into a footer after the main part."""
    found = list(_BLOCK.finditer(page.html))[-1][0]
    return page.html.replace(found, "", 1).replace("</main>", f"</main><footer>{found}</footer>", 1)


@on_html("page/blocks-reordered", "reading order")
def blocks_reordered(page: Page, _: Subject) -> str | None:
    """Two safety blocks change places."""
    first, second = (match[0] for match in list(_BLOCK.finditer(page.html))[-2:])
    return page.html.replace(first, "\0").replace(second, first).replace("\0", second)


@on_html("page/block-doubled", "duplicate or contradiction")
def block_doubled(page: Page, _: Subject) -> str | None:
    """A safety block stands twice."""
    return _block(page, r"\g<0>\g<0>")


@on_html("page/block-unmarked", "wrong language mark")
def block_unmarked(page: Page, _: Subject) -> str | None:
    """A safety block loses its mark."""
    found = list(_BLOCK.finditer(page.html))[-1]
    return page.html.replace(f' data-safety="{found[1]}"', "")


@on_html("page/block-other-language", "wrong language mark")
def block_other_language(page: Page, _: Subject) -> str | None:
    """A safety block is marked as being in another language."""
    return page.html.replace('<p data-safety="', '<p lang="ko" data-safety="')


@on_html("page/sentence-cut", "omitted sentence")
def sentence_cut(page: Page, _: Subject) -> str | None:
    """The last third of a safety block is cut off."""
    found = next(_BLOCK.finditer(page.html))
    end = found.end() - len("</p>")
    return page.html[: end - len(found[0]) // 3] + page.html[end:]


@on_html("page/previous-build", "untranslated")
def previous_build(_: Page, subject: Subject) -> str | None:
    """The page is that of another locale."""
    other = next(one for tag, one in subject.others.items() if one.locale.language != subject.language)
    return rendered(subject, other).html


@on_html("page/cut", "clipped")
def cut(page: Page, _: Subject) -> str | None:
    """The file ends in its middle."""
    return page.html[: page.html.rindex("data-safety")]


@on_html("page/emptied", "omitted unit")
def emptied(_: Page, __: Subject) -> str | None:
    """The file is empty."""
    return ""


# --- numbers ------------------------------------------------------------------------------------


@on_html("page/number-wrong", "wrong digit")
def number_wrong(page: Page, _: Subject) -> str | None:
    """The last digit of a shown number is another one."""
    found = list(_PHONE.finditer(page.html))[-1]
    wrong = str((int(found[2][-1]) + 1) % 10)
    return page.html[: found.end(2) - 1] + wrong + page.html[found.end(2) :]


@on_html("page/link-wrong", "link and text differ")
def link_wrong(page: Page, _: Subject) -> str | None:
    """A link dials another number than it shows."""
    found = list(_PHONE.finditer(page.html))[-1]
    wrong = str((int(found[1][-1]) + 1) % 10)
    return page.html[: found.end(1) - 1] + wrong + page.html[found.end(1) :]


@on_html("page/link-spaced", "not a link")
def link_spaced(page: Page, _: Subject) -> str | None:
    """A link has a space in its number."""
    return page.html.replace('href="tel:1', 'href="tel:1 ').replace('href="tel:9', 'href="tel:9 ')


@on_html("page/link-native", "digits of another script")
def link_native(page: Page, _: Subject) -> str | None:
    """The links have digits of another script."""
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    return re.sub(r'(?<=href="tel:)[^"]*', lambda match: match[0].translate(digits), page.html)


@on_html("page/link-marked", "invisible characters")
def link_marked(page: Page, _: Subject) -> str | None:
    """The links have an invisible mark in them."""
    return page.html.replace('href="tel:', 'href="tel:\u200e')


@on_html("page/link-lost", "not a link")
def link_lost(page: Page, _: Subject) -> str | None:
    """No number is a link."""
    return _PHONE.sub(r'<bdi dir="ltr" translate="no">\2</bdi>', page.html).replace('href="tel:', 'href="#')


@on_html("page/link-elsewhere", "not a link")
def link_elsewhere(page: Page, _: Subject) -> str | None:
    """Numbers link to a web page."""
    return re.sub(r'href="tel:[^"]*"', 'href="https://example.com/"', page.html)


@on_html("page/number-unisolated", "reading order")
def number_unisolated(page: Page, subject: Subject) -> str | None:
    """The page turns the number around that the registry shows: its direction is not its own."""
    forced = r'<a class="phone" href="tel:\1"><bdo dir="rtl">\2</bdo></a>'
    return _phone(page, forced) if subject.edition.locale.direction == "rtl" else None


@on_html("page/number-forced", "reading order")
def number_forced(page: Page, _: Subject) -> str | None:
    """The direction of numbers is forced from right to left."""
    return page.html.replace('<bdi dir="ltr" translate="no">', '<bdo dir="rtl">').replace("</bdi></a>", "</bdo></a>")


@on_html("page/number-translatable", "digits of another script")
def number_translatable(page: Page, _: Subject) -> str | None:
    """Browsers are told to translate numbers."""
    return page.html.replace('translate="no"', 'translate="yes"')


@on_html("page/number-split", "clipped")
def number_split(page: Page, _: Subject) -> str | None:
    """A number is broken over two lines."""
    return _shown(page, "<br>")


@on_html("page/number-zero-width", "invisible characters")
def number_zero_width(page: Page, _: Subject) -> str | None:
    """A number has a zero-width space in it."""
    return _shown(page, "\u200b")


@on_html("page/number-soft-hyphen", "invisible characters")
def number_soft_hyphen(page: Page, _: Subject) -> str | None:
    """A number has a soft hyphen in it."""
    return _shown(page, "&shy;")


@on_html("page/number-direction-mark", "invisible characters")
def number_direction_mark(page: Page, _: Subject) -> str | None:
    """A number has a mark of direction in it."""
    return _shown(page, "\u200f")


@on_html("page/number-variation", "invisible characters")
def number_variation(page: Page, _: Subject) -> str | None:
    """A number has a variation selector in it, which draws it as a symbol."""
    return _shown(page, "\ufe0f\u20e3")


@on_html("page/number-drawn", "damaged text")
def number_drawn(page: Page, _: Subject) -> str | None:
    """A number is drawn with mathematical digits."""
    drawn: dict[str, str | int | None] = {str(digit): chr(0x1D7CE + digit) for digit in range(10)}
    return _PHONE.sub(
        lambda match: match[0].replace(f">{match[2]}<", f">{match[2].translate(str.maketrans(drawn))}<"), page.html
    )


@on_html("page/number-look-alike", "damaged text")
def number_look_alike(page: Page, _: Subject) -> str | None:
    """A letter stands in the place of a digit."""
    letters = str.maketrans({"1": "l", "0": "О", "9": "g"})
    return _PHONE.sub(lambda match: match[0].replace(f">{match[2]}<", f">{match[2].translate(letters)}<"), page.html)


@on_html("page/number-native", "digits of another script")
def number_native(page: Page, _: Subject) -> str | None:
    """Numbers are shown in digits of another script."""
    digits = str.maketrans("0123456789", "०१२३४५६७८९")
    return _PHONE.sub(lambda match: match[0].replace(f">{match[2]}<", f">{match[2].translate(digits)}<"), page.html)


@on_html("page/number-added", "wrong service")
def number_added(page: Page, _: Subject) -> str | None:
    """A number that no registry knows is added."""
    return page.html.replace("</main>", "<p>☎ 1-800-555-0199</p></main>")


@on_html("page/number-outside", "wrong service")
def number_outside(page: Page, _: Subject) -> str | None:
    """A number that no registry knows is added to the footer."""
    return page.html.replace("</body>", "<footer>☎ 1-800-555-0199</footer></body>")


@on_html("page/link-added", "wrong service")
def link_added(page: Page, _: Subject) -> str | None:
    """A link that dials a short number which no registry knows is added."""
    return page.html.replace("</main>", '<a href="tel:4411">☎</a></main>')


@on_html("page/dialog", "hidden")
def dialog(page: Page, _: Subject) -> str | None:
    """A safety block stands in a closed dialog."""
    return _block(page, r"<dialog>\g<0></dialog>")


@on_html("page/other-frame", "hidden")
def object_fallback(page: Page, _: Subject) -> str | None:
    """A safety block is shown only where a video cannot be."""
    return _block(page, r"<video>\g<0></video>")


@on_html("page/covered", "hidden")
def covered(page: Page, _: Subject) -> str | None:
    """A safety block is hidden by its own style."""
    return page.html.replace("<p data-safety=", '<p style="text-indent:-9999px" data-safety=')


# --- plain text ---------------------------------------------------------------------------------


def _number(page: Page, subject: Subject) -> tuple[int, int]:
    """Where the last number of the registry stands in the plain text."""
    edition = subject.edition
    line = helplines.resolve(edition.registry, edition.locale, "emergency")
    assert line, "every region has an emergency number"
    shown = helplines.phone_contact(line).display
    at = page.text.rindex(shown)
    return at, at + len(shown)


@on_text("text-page/cut", "clipped")
def text_cut(page: Page, subject: Subject) -> str | None:
    """The plain text is cut before its last number."""
    return page.text[: _number(page, subject)[0]]


@on_text("text-page/emptied", "omitted unit")
def text_emptied(_: Page, __: Subject) -> str | None:
    """The plain text is empty."""
    return ""


@on_text("text-page/number-wrong", "wrong digit")
def text_number_wrong(page: Page, subject: Subject) -> str | None:
    """The last digit of the last number is another one."""
    end = _number(page, subject)[1]
    return page.text[: end - 1] + str((int(page.text[end - 1]) + 1) % 10) + page.text[end:]


@on_text("text-page/number-split", "clipped")
def text_number_split(page: Page, subject: Subject) -> str | None:
    """The last number is broken over two lines."""
    start = _number(page, subject)[0]
    return page.text[: start + 1] + "\n" + page.text[start + 1 :]


@on_text("text-page/number-marked", "invisible characters")
def text_number_marked(page: Page, subject: Subject) -> str | None:
    """The last number has a mark of direction in it."""
    start = _number(page, subject)[0]
    return page.text[: start + 1] + "\u200e" + page.text[start + 1 :]


@on_text("text-page/override", "reading order")
def text_override(page: Page, subject: Subject) -> str | None:
    """The last number is turned by an override."""
    start, end = _number(page, subject)
    return f"{page.text[:start]}\u202e{page.text[start:end]}\u202c{page.text[end:]}"


@on_text("text-page/number-added", "wrong service")
def text_number_added(page: Page, _: Subject) -> str | None:
    """A number that no registry knows is added."""
    return f"{page.text}\n1-800-555-0199\n"


@on_text("text-page/escaped", "damaged text")
def text_escaped(page: Page, _: Subject) -> str | None:
    """Tags are left in the plain text."""
    return re.sub(r"(?m)^(?=\w)", "<p>", page.text)


@on_text("text-page/doubled", "duplicate or contradiction")
def text_doubled(page: Page, _: Subject) -> str | None:
    """The plain text stands twice."""
    return page.text * 2


@on_text("text-page/other-locale", "untranslated")
def text_other_locale(_: Page, subject: Subject) -> str | None:
    """The plain text is that of another locale."""
    other = next(one for one in subject.others.values() if one.locale.language != subject.language)
    return rendered(subject, other).text


OPERATORS = (
    *(value for value in list(globals().values()) if isinstance(value, Operator)),
    on_style("page/print-only", "}@media screen{[data-safety]{display:none}", "Safety text is shown on paper only."),
    on_style("page/collapsed", "visibility:collapse", "Safety text is collapsed."),
    on_style("page/no-width", "width:0;overflow:hidden", "Safety text has no width."),
    on_style("page/skipped", "content-visibility:hidden", "Safety text is not drawn."),
    on_style("page/inset", "position:absolute;inset:-9999px auto auto -9999px", "Safety text is far away."),
    on_style("page/rotated", "transform:rotateX(90deg)", "Safety text is turned away."),
)
"""All of the above, in their order, and ways to hide text by the page's own style sheet."""
