"""Pages in HTML: escaping, addresses, languages, helplines, themes and their errors."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pipeline import checks, inline, locales
from pipeline.errors import SourceError, ThemeError
from pipeline.model import Catalog, Contact, Element, Key, Message, Node, Place, Raw, Registry, Segment, Text, Variable
from pipeline.render import articles_page, assets, interface_template, load_theme, render, root_page
from pipeline.render.anchors import anchored, headings, slugify
from pipeline.render.html import dump
from tests.pages import DEMO, EN, FR, REGISTRY, SITE, TH, THEME, article, catalog, edition, helpline, page

HOSTILE = '<script>alert(1)</script>" onload="x'


def parsed(html: str) -> LexborHTMLParser:
    """A page as a browser reads it."""
    return LexborHTMLParser(html)


def text_nodes(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Node]:
    """Trees of elements around texts."""
    return st.recursive(
        st.builds(Text, texts),
        lambda inner: st.builds(
            Element,
            st.sampled_from(["p", "em", "span"]),
            st.lists(st.tuples(st.sampled_from(["title", "class"]), texts), max_size=1).map(tuple),
            st.lists(inner, max_size=3).map(tuple),
        ),
        max_leaves=6,
    )


@given(st.builds(tuple, st.lists(text_nodes(st.text(st.characters(exclude_categories=["Cs", "Cc"]))))))
def test_whatever_a_text_says_it_stays_text(nodes: tuple[Node, ...]) -> None:
    """No character of a text or an attribute becomes markup: a browser reads the same words back."""
    html = f"<main>{dump((Element('div', (), nodes),))}</main>"
    tree = parsed(html)
    assert {node.tag for node in tree.css("main *")} <= {"div", "p", "em", "span"}
    main = tree.css_first("main")
    assert main is not None
    assert "".join(main.text().split()) == "".join(inline.plain(nodes).split())


@pytest.mark.parametrize("name", ["a b", "x>", "on click", "1a", ""])
def test_names_of_tags_and_attributes_cannot_break_out(name: str) -> None:
    """Names cannot be escaped, so strange ones are refused."""
    with pytest.raises(SourceError, match="cannot be the name"):
        dump((Element(name),))
    with pytest.raises(SourceError, match="cannot be the name"):
        dump((Element("p", ((name, "x"),)),))


def test_raw_html_is_kept_and_a_variable_that_nobody_filled_is_refused() -> None:
    """What the author marked as raw stays byte for byte; a page never shows braces instead of a number."""
    assert dump((Raw("<!-- a & b -->"),)) == "<!-- a & b -->"
    with pytest.raises(SourceError, match="was not filled in"):
        dump((Variable("crisis.phone"),))


def test_hostile_words_of_translators_and_of_the_registry_stay_words() -> None:
    """Targets, interface words, helpline names and meta data cannot bring markup into a page."""
    line = helpline("us-crisis", (("en", HOSTILE),), Contact("voice", "988", "988"), hours=HOSTILE)
    found = page(
        "en-US",
        {"Feeling numb": HOSTILE.replace("<", "\\<"), "Rest.": "\\<script>"},
        interface=catalog("en-US", {"Get help now": HOSTILE, "On this page": HOSTILE}),
        registry=replace(REGISTRY, helplines={"us-crisis": line}),
    ).html
    tree = parsed(found)
    assert [node.attributes.get("type") for node in tree.css("script")] == ["application/ld+json"]
    assert not tree.css("[onload]")
    heading = tree.css_first("#helplines")
    assert heading is not None
    assert heading.text() == HOSTILE
    name = tree.css_first(".line h3")
    assert name is not None
    assert name.text() == HOSTILE


def test_linked_data_cannot_end_its_script() -> None:
    """JSON-LD says what the page says, and escapes what would end it."""
    tree = parsed(page("en-US", {"Feeling numb": "A \\</script> & B"}).html)
    data = tree.css_first('script[type="application/ld+json"]')
    assert data is not None
    said = json.loads(data.text())
    assert said.pop("mentions")[0]["name"] == "Care <Line>"
    assert said == {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "dateModified": "2026-11-24",
        "description": "What it means to feel numb.",
        "inLanguage": "en-US",
        "name": "A </script> & B",
        "publisher": {"@type": "Organization", "name": "Health & more"},
        "url": "https://health.example/en-US/numb/",
    }


def test_linked_data_names_every_contact_of_the_card() -> None:
    """Search engines and voices get the numbers of the page, each with what is known of it, and no other."""
    tree = parsed(page("en-US").html)
    data = tree.css_first('script[type="application/ld+json"]')
    assert data is not None
    points = json.loads(data.text())["mentions"][0]["contactPoint"]
    assert [point.get("telephone") or point["url"] for point in points] == ["+18006624357", "988", "care.example"]
    assert points[0]["contactOption"] == "TollFree"
    assert points[0]["availableLanguage"] == ["en"]
    assert points[0]["areaServed"] == {"@type": "Country", "name": "US"}


def test_linked_data_of_a_translation_name_its_source() -> None:
    """A translation says of what; a review is told with its day and its reviewer."""
    meta = (("reviewed", "2026-11-20"), ("reviewer", "Dr. A. Name"))
    one = edition("fr-FR")
    data = parsed(render(replace(one, article=replace(one.article, meta=meta)), SITE, THEME).html).css_first("script")
    assert data is not None
    said = json.loads(data.text())
    assert said["translationOfWork"]["url"] == "https://health.example/en-US/numb/"
    assert (said["lastReviewed"], said["reviewedBy"]["name"]) == ("2026-11-20", "Dr. A. Name")


def test_pages_of_the_same_input_are_the_same() -> None:
    """Nothing of a page depends on a clock, a path or an order that Python chooses."""
    again = render(edition("ar-EG"), SITE, load_theme(None))
    assert page("ar-EG") == again


# --- languages ----------------------------------------------------------------------------------


def test_anchors_are_the_same_in_every_locale() -> None:
    """Ids come from the source's headings, so a link into a page works in each of its languages."""
    ids = [re.findall(r'<h2 id="([^"]+)" ?', page(tag, targets).html) for tag, targets in _translations()]
    assert ids[0] == ids[1] == ids[2]
    assert ids[0] == ["helplines", "what-can-you-do", "what-can-you-do-2", "sources", "helplines-again"]


def _translations() -> list[tuple[str, dict[str, str] | None]]:
    return [("en-US", None), ("fr-FR", {"What can you do?": "Que faire ?", "Sources": "Références"}), ("ar-EG", {})]


def test_headings_of_the_contents_are_translated() -> None:
    """The table of contents shows the page's own headings."""
    shown = page("fr-FR", {"What can you do?": "Que faire ?", "Sources": "Références"}).html
    assert '<a href="#what-can-you-do">Que faire ?</a>' in shown


@pytest.mark.parametrize(("heading", "shown"), [("# T", 1), ("<header><h1>T</h1></header>", 1), ("# U", 2)])
def test_a_main_heading_that_says_the_title_is_shown_once(heading: str, shown: int) -> None:
    """Many files have one below their front matter; any other stays, and closes the gate."""
    one = edition("en-US", {}, article=article(f"---\ntitle: T\n---\n\n{heading}\n\nText.\n"))
    made = render(one, SITE, THEME)
    assert made.html.count("<h1") == shown
    assert ("page/frame" in [finding.rule for finding in checks.verify(made, one)]) == (shown > 1)


def test_ids_that_the_author_wrote_stay_and_are_not_given_twice() -> None:
    """An author's id wins, and neither it nor one of the theme's is used for a heading."""
    one = article('---\ntitle: T\n---\n\n## Main\n\n## Rest\n\n<p id="rest">x</p>\n')
    assert [heading.id for heading in headings(anchored(one))] == ["main-2", "rest-2"]


@given(st.lists(st.sampled_from(["A", "A 2", "a", "?", "B"]), max_size=8))
def test_ids_are_unique(texts: list[str]) -> None:
    """However headings repeat, no two have the same id."""
    body = tuple(
        Element("h2", (), (Segment(Key(text), (Text(text),), "heading 2", Place("x.md", 1)),)) for text in texts
    )
    ids = [heading.id for heading in headings(anchored(replace(article(), body=body)))]
    assert len(set(ids)) == len(texts)


def test_slugs_keep_letters_of_every_script() -> None:
    """An article written in Arabic or Thai has readable anchors as well."""
    assert slugify("Qu’est-ce que c’est ?") == "qu-est-ce-que-c-est"
    assert slugify("ما هو؟") == "ما-هو"
    assert slugify("?!") == "section"


def test_untranslated_parts_say_their_language_and_direction() -> None:
    """A source text on an Arabic page is English from left to right, and the reader is told."""
    tree = parsed(page("ar-EG", {"Feeling numb": "الشعور بالخدر"}, published=False).html)
    heading = tree.css_first("h2#sources")
    assert heading is not None
    assert heading.attributes == {"id": "sources", "lang": "en-US", "dir": "ltr"}
    assert tree.css_first("html").attributes == {"lang": "ar-EG", "dir": "rtl"}
    assert tree.css_first("h1").attributes == {}
    assert tree.css_first('[data-notice="fallback"]') is not None


def test_words_of_the_theme_without_a_translation_say_their_language() -> None:
    """English words on an Arabic page are English, what is filled into them is Arabic, and attributes hold no tags."""
    html = page("ar-EG", {}, published=False).html
    tree = parsed(html)
    for place in ("a.skip", "h2#helplines", "[data-notice=preview]", "details.contents summary"):
        element = tree.css_first(place)
        assert element is not None
        words = element.css_first("span")
        assert words is not None
        assert words.attributes == {"lang": "en", "dir": "ltr"}
        assert words.text() == element.text()
    number = tree.css_first("p.facts span[lang=en] span")
    assert number is not None
    assert number.attributes == {"lang": "ar-EG", "dir": "rtl"}
    contents = tree.css_first("details.contents nav")
    assert contents is not None
    assert contents.attributes["aria-label"] == "On this page"
    assert not re.search("[\ufdd0-\ufdd2]", html)
    assert '<span lang="en"' not in page("en-US").html


def test_addresses_that_are_shown_break_behind_slashes() -> None:
    """Not in the middle of a number; short ones and other links are left alone."""
    one = article(
        "---\ntitle: T\n---\n\n[doi:10.1177/0963721411434979](https://doi.org/10.1177/0963721411434979) [doi:10.1/x](https://x.example/a)\n"
    )
    html = render(replace(edition("en-US"), article=one), SITE, THEME).html
    assert ">doi:10.1177/<wbr>0963721411434979</a>" in html
    assert ">doi:10.1/x</a>" in html


def test_what_is_not_translated_by_design_says_its_language_too() -> None:
    """Citations keep the language they were published in."""
    tree = parsed(page("ar-EG").html)
    sources = tree.css_first("main ol[translate=no]")
    assert sources is not None
    assert (sources.attributes["lang"], sources.attributes["dir"]) == ("en-US", "ltr")


def test_numbers_and_names_are_isolated_from_the_direction_of_the_page() -> None:
    """A number in a text from right to left would show with its groups in the wrong order."""
    tree = parsed(page("ar-EG").html)
    links = tree.css("a[href^='tel:']")
    assert len(links) == 3  # in the text, and in the card before and after it
    for link in links:
        number = link.css_first("bdi")
        assert number is not None
        assert number.attributes == {"dir": "ltr", "translate": "no"}
        assert link.attributes["href"] == "tel:08008880700"


def test_the_switcher_names_published_languages_in_themselves() -> None:
    """A withheld page is named nowhere; the page itself is marked as the current one."""
    tree = parsed(page("fr-FR").html)
    links = [(node.attributes["lang"], node.attributes["href"], node.text()) for node in tree.css(".languages a")]
    assert links == [
        ("en-US", "../../en-US/numb/index.html", "English (United States)"),
        ("fr-FR", "../../fr-FR/numb/index.html", "français (France)"),
        ("ar-EG", "../../ar-EG/numb/index.html", "العربية (مصر)"),
    ]
    assert [node.attributes["lang"] for node in tree.css("[aria-current=page]")] == ["fr-FR"]
    alternates = [node.attributes["hreflang"] for node in tree.css("link[hreflang]")]
    assert alternates == ["en-US", "fr-FR", "ar-EG", "x-default"]


def test_previews_say_so_and_are_not_indexed() -> None:
    """A page that the project does not publish warns its reader and search engines, and claims no address."""
    tree = parsed(page("fr-FR", published=False).html)
    assert tree.css_first('main [data-notice="preview"]') is not None
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"
    assert not tree.css("link[rel=canonical]")
    assert not parsed(page("fr-FR").html).css('[data-notice="preview"]')


def test_every_page_of_a_demonstration_says_so() -> None:
    """So do the lists; a real project's page says instead that the article was not reviewed."""
    pages = [
        page("en-US").html,
        "".join(root_page(SITE, THEME)),
        "".join(articles_page(SITE, THEME, FR, Catalog("fr-FR"), REGISTRY)),
    ]
    assert all(len(parsed(html).css('main [data-notice="demonstration"]')) == 1 for html in pages)
    real = parsed(render(edition("en-US"), replace(SITE, demonstration=False), THEME).html)
    assert not real.css('[data-notice="demonstration"]')
    assert len(real.css('[data-notice="unreviewed"]')) == 1


# --- links --------------------------------------------------------------------------------------


def test_links_between_articles_stay_in_the_language() -> None:
    """Where the other article is not published in it the link leads to the source's, and says so."""
    french = parsed(page("fr-FR").html).css_first("main li a[href*=other]")
    assert french is not None
    assert french.attributes == {"href": "../other/index.html#talk"}
    arabic = parsed(page("ar-EG").html).css_first("main li a[href*=other]")
    assert arabic is not None
    assert arabic.attributes == {"href": "../../en-US/other/index.html#talk", "hreflang": "en-US"}


def test_links_to_articles_that_nobody_publishes_lose_their_address() -> None:
    """The words stay; a reader is never sent to a page that is not there."""
    site = replace(SITE, published={"numb": SITE.published["numb"]})
    html = render(edition("fr-FR"), site, THEME).html
    assert "<a>your partner</a>" in html


def test_previews_link_to_previews() -> None:
    """The preview of one article leads to the preview of the other, and to no published page that lies elsewhere."""
    thai = replace(REGISTRY, roles={**REGISTRY.roles, "TH": {"crisis": "none", "referral": "none"}})
    draft = edition("th-TH", published=False, registry=thai)
    site = replace(SITE, url="", preview=True, published={"numb": (TH,), "other": (TH,)})
    tree = parsed(render(draft, site, THEME).html)
    assert [node.attributes["href"] for node in tree.css("main li a[href*=other]")] == ["../other/index.html#talk"]
    assert not tree.css(".languages, link[hreflang], link[rel=canonical]")
    alone = parsed(render(draft, replace(site, published={}), THEME).html)
    assert not alone.css("a[href$='.html'], a[href*='.html#']")


def test_pictures_move_to_the_assets_of_the_site() -> None:
    """The page and the list of files to copy agree."""
    assert assets(article()) == ("images/two people.svg",)
    assert 'src="../../assets/images/two%20people.svg"' in page("en-US").html


@pytest.mark.parametrize("href", ["../secret.txt", "images/../../x.png", "%2e%2e/x.png"])
def test_files_outside_the_article_folder_are_not_published(href: str) -> None:
    """A link cannot copy a file from elsewhere into the site."""
    with pytest.raises(SourceError, match="outside the folder") as refusal:
        assets(article(f"---\ntitle: T\n---\n\nText\n\n[x]({href})\n"))
    assert refusal.value.place
    assert refusal.value.place.line == 7


@pytest.mark.parametrize("href", ["javascript:alert(1)", "JAVASCRIPT:x", "vbscript:x", "data:text/html,x", "file:///x"])
def test_links_that_run_code_or_read_files_are_refused(href: str) -> None:
    """Only web pages, mail and telephones can be linked."""
    link = Element("p", (), (Element("a", (("href", href),), (Text("x"),)),))
    one = replace(edition("en-US"), article=replace(article(), body=(link,)))
    with pytest.raises(SourceError, match="may not stand on a page"):
        render(one, SITE, THEME)


# --- helplines ----------------------------------------------------------------------------------


def test_the_card_shows_every_contact_of_the_region_once() -> None:
    """Two roles of one line make one entry, with its ways to reach it and what is known about it."""
    card = parsed(page("en-US").html).css_first(".card")
    assert card is not None
    assert [node.text() for node in card.css("h3")] == ["Care <Line>"]
    assert [node.attributes["href"] for node in card.css(".contact a")] == [
        "tel:+18006624357",
        "sms:988",
        "https://care.example",
    ]
    facts = [node.text() for node in card.css(".facts span")]
    assert facts == ["Open 24 hours a day, every day", "Free of charge", "Languages: English"]


def test_the_card_is_honest_about_verification() -> None:
    """A demonstration entry says that nobody called; a reviewed one gives the date; an unverified one says neither."""
    assert "nobody has called this number" in page("en-US").html
    reviewed = replace(REGISTRY.helplines["us-crisis"], verified=replace(DEMO, kind="review"))
    html = page("en-US", registry=replace(REGISTRY, helplines={"us-crisis": reviewed})).html
    assert "Checked against its sources on November 24, 2026." in html
    unknown = replace(REGISTRY.helplines["us-crisis"], verified=None)
    html = page("en-US", registry=replace(REGISTRY, helplines={"us-crisis": unknown})).html
    assert "Checked against" not in html
    assert "nobody has called" not in html


def test_names_in_another_language_say_so() -> None:
    """Where the registry has no name in the page's language, the operator's own is marked."""
    assert '<bdi lang="fr">Ligne d’écoute</bdi>' in page("fr-FR", registry=_shared("fr-crisis")).html
    other = parsed(page("fr-FR", registry=_shared("eg-crisis")).html).css_first(".line h3 bdi")
    assert other is not None
    assert other.attributes == {"lang": "ar", "dir": "rtl"}


def _shared(id: str) -> Registry:
    return replace(REGISTRY, roles={"FR": {"crisis": id, "referral": "none"}})


def test_the_card_stands_again_at_the_end() -> None:
    """Who has read to the end need not go back, and no two elements share an id."""
    tree = parsed(page("en-US").html)
    first, again = tree.css(".card")
    assert [node.text() for node in first.css(".line")] == [node.text() for node in again.css(".line")]
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(set(ids)) == len(ids)


def test_the_card_comes_first_where_the_policy_says_so() -> None:
    """Before the notices and the title, and nowhere twice before the text."""
    one = edition("en-US", policy=replace(edition("en-US").policy, crisis_topics=("suicide",)))
    urgent = replace(one, article=replace(one.article, meta=(("topic", "suicide"),)))
    assert parsed(render(one, SITE, THEME).html).css("main h1, main .card")[0].tag == "h1"
    shown = [node.tag for node in parsed(render(urgent, SITE, THEME).html).css("main h1, main .notice, main .card")]
    assert shown == ["section", "p", "h1", "section"]


def test_the_card_says_whose_it_is_and_leads_elsewhere() -> None:
    """The region is named; other regions of the language, and a list of other countries, are links."""
    belgium = locales.locale("fr-BE")
    site = replace(SITE, published={"numb": (EN, FR, belgium), "other": (EN,)}, directory="https://directory.example/")
    where = parsed(render(edition("fr-FR"), site, THEME).html).css_first(".where")
    assert where is not None
    assert where.css_first("span").text() == "Country or region: France"
    assert [(node.attributes["href"], node.text()) for node in where.css("a")] == [
        ("../../fr-BE/numb/index.html", "Belgique"),
        ("../../index.html", "All languages and regions"),
        ("https://directory.example/", "Helplines in other countries"),
    ]


def test_a_page_says_when_it_was_updated_translated_and_reviewed() -> None:
    """Each day in words of the page's language; a day that the files do not tell is not made up."""
    one = edition("fr-FR")
    revised = replace(one.catalog, header=(("PO-Revision-Date", "2026-11-25 10:00+0100"),))
    meta = (("date", "2026-11-24"), ("reviewed", "2026-11-20"))
    told = replace(one, catalog=revised, article=replace(one.article, meta=meta))
    times = parsed(render(told, SITE, THEME).html).css(".facts time")
    assert [(node.attributes["datetime"], node.text()) for node in times] == [
        ("2026-11-24", "Updated on 24 novembre 2026"),
        ("2026-11-25", "Translated on 25 novembre 2026"),
        ("2026-11-20", "Reviewed by a health professional on 20 novembre 2026"),
    ]
    blank = replace(revised, header=(("PO-Revision-Date", "YEAR-MO-DA HO:MI+ZONE"),))
    assert "Translated on" not in render(replace(told, catalog=blank), SITE, THEME).html


@pytest.mark.parametrize(
    ("address", "href"),
    [("aide@health.example", "mailto:aide@health.example?subject=fr-FR%2Fnumb"), ("https://x.example/", None)],
)
def test_readers_can_report_mistakes(address: str, href: str | None) -> None:
    """By mail, which names the page, or on a page of the web; on paper and in plain text the address is told."""
    shown = render(edition("fr-FR"), replace(SITE, feedback={"fr-FR": address}), THEME)
    link = parsed(shown.html).css_first("footer a")
    assert link is not None
    assert link.attributes["href"] == (href or address)
    assert f"Report a mistake on this page: {address}" in " ".join(shown.text.split())
    assert link.attributes["data-address"] == address
    assert "Report a mistake" not in page("fr-FR").html


def test_no_script_and_no_other_style_may_run() -> None:
    """The content security policy names the one style sheet by its hash, whatever a theme puts into it."""
    tree = parsed(page("en-US").html)
    policy = tree.css_first("meta[http-equiv=Content-Security-Policy]").attributes["content"]
    sheet = tree.css_first("style").text(deep=True)
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}';" in policy
    assert "script-src" not in policy
    assert not tree.css("[style]")


def test_safety_texts_stand_once_and_are_marked() -> None:
    """The card repeats data, never a sentence of the article; a region shows the text that is right for it."""
    for tag, referral in (("en-US", "To find treatment, call"), ("fr-FR", "To find treatment, ask your doctor.")):
        main = parsed(page(tag).html).css_first("main")
        assert main is not None
        assert [node.attributes["data-safety"] for node in main.css("[data-safety]")] == ["crisis", "referral"]
        assert main.text().count("If you are thinking about suicide") == 1
        assert main.text().count("To find treatment") == main.text().count(referral) == 1


# --- structure ----------------------------------------------------------------------------------


def test_tables_scroll_by_themselves_and_name_their_headers() -> None:
    """A wide table can be reached with the keyboard, and its region is named by the heading above it."""
    region = parsed(page("en-US").html).css_first("div.table")
    assert region is not None
    expected = {"class": "table", "role": "region", "aria-labelledby": "what-can-you-do", "tabindex": "0"}
    assert region.attributes == expected
    assert [node.attributes for node in region.css("th")] == [{"scope": "col"}, {"scope": "col"}]


def test_callouts_have_a_title_in_the_language_of_the_page() -> None:
    """Colour is not what tells a note from the text."""
    words = catalog("fr-FR", {"Note": "À noter"})
    note = parsed(page("fr-FR", interface=words).html).css_first("aside.callout")
    assert note is not None
    assert note.attributes["aria-label"] == "À noter"


def test_the_root_lists_every_language() -> None:
    """Readers find their language in its own name and script, and their articles in it, without a script."""
    tree = parsed("".join(root_page(SITE, THEME)))
    assert [(node.attributes["lang"], node.attributes["dir"]) for node in tree.css("section")] == [
        ("en-US", "ltr"),
        ("fr-FR", "ltr"),
        ("ar-EG", "rtl"),
    ]
    assert [node.attributes["href"] for node in tree.css("section[lang=fr-FR] a")] == [
        "fr-FR/index.html",
        "fr-FR/numb/index.html",
        "fr-FR/other/index.html",
    ]
    listed = parsed("".join(articles_page(SITE, THEME, FR, Catalog("fr-FR"), REGISTRY)))
    links = [(node.attributes["href"], node.text()) for node in listed.css(".articles a")]
    assert links == [("numb/index.html", "<Engourdi>"), ("other/index.html", "Autre")]
    assert [node.attributes["href"] for node in listed.css(".card .phone")] == ["tel:0199001234"]


# --- words --------------------------------------------------------------------------------------


def test_the_words_of_the_theme_are_extracted_with_notes_and_plurals() -> None:
    """Translators get each word once, with what the templates say about it and where it is used."""
    words = interface_template(None).index()
    minutes = words[Key("%(num)s minute to read")]
    assert (minutes.source_plural, minutes.targets) == ("%(num)s minutes to read", ("", ""))
    assert minutes.flags == ("python-format",)
    assert words[Key("Text telephone (TTY)")].notes[0].startswith("A way to reach a helpline")
    assert words[Key("Updated on %(date)s")].references == ("default/article.html.jinja", "default/article.txt.jinja")


def test_plural_forms_follow_the_rule_of_the_language() -> None:
    """Arabic has six forms, and one minute is its second."""
    forms = tuple(f"%(num)s شكل{number}" for number in range(6))
    minutes = Message(Key("%(num)s minute to read"), "%(num)s minutes to read", forms)
    words = Catalog("ar-EG", (minutes,))
    assert "1 شكل1" in page("ar-EG", interface=words).html


def test_a_catalog_keeps_the_rule_that_it_was_translated_by() -> None:
    """CLDR gave French a third form; a catalog whose header says two is as good as it was."""
    forms = ("%(num)s minute de lecture", "%(num)s minutes de lecture")
    message = Message(Key("%(num)s minute to read"), "%(num)s minutes to read", forms)
    header = (("Plural-Forms", "nplurals=2; plural=(n > 1);"),)
    assert "1 minute de lecture" in page("fr-FR", interface=Catalog("fr-FR", (message,), header)).html


def test_words_that_nobody_accepted_are_not_used() -> None:
    """A fuzzy word is a suggestion; the theme's own stands in its place."""
    words = Catalog("fr-FR", (Message(Key("Get help now"), targets=("Au secours",), fuzzy=True),))
    assert "Au secours" not in page("fr-FR", interface=words).html


@pytest.mark.parametrize("target", ["%(wrong)s", "100 %", "%d", "%(date)s %(date)x"])
def test_a_word_with_a_broken_placeholder_names_its_line(target: str) -> None:
    """The translator learns which line to mend, instead of a page without its date."""
    message = Message(Key("Updated on %(date)s"), targets=(target,), line=12)
    with pytest.raises(ThemeError, match="placeholder") as caught:
        page("fr-FR", interface=Catalog("fr-FR", (message,), path="locales/fr_FR/LC_MESSAGES/interface.po"))
    assert caught.value.place == Place("locales/fr_FR/LC_MESSAGES/interface.po", 12)


def test_a_missing_plural_form_names_its_line() -> None:
    """A catalog with fewer forms than its language is an error, not an empty line."""
    message = Message(Key("%(num)s minute to read"), "%(num)s minutes to read", ("%(num)s",), line=7)
    with pytest.raises(ThemeError, match="plural form"):
        page("ar-EG", interface=Catalog("ar-EG", (message,), path="interface.po"))


# --- themes -------------------------------------------------------------------------------------


def test_a_project_can_build_on_the_packaged_templates(tmp_path: Path) -> None:
    """A template of the project replaces the packaged one, or extends it by its full name."""
    (tmp_path / "article.html.jinja").write_text(
        '{% extends "default/article.html.jinja" %}'
        "{% block footer %}<footer>{{ site.title }} {% trans %}Made with care{% endtrans %}</footer>{% endblock %}"
    )
    theme = load_theme(tmp_path)
    assert "<footer>Health &amp; more Made with care</footer>" in render(edition("en-US"), SITE, theme).html
    words = interface_template(tmp_path).index()
    assert words[Key("Made with care")].references == ("article.html.jinja",)
    assert Key("Get help now") in words


def test_every_template_escapes(tmp_path: Path) -> None:
    """The ending .jinja does not switch escaping off, and a theme must ask for markup explicitly."""
    (tmp_path / "base.html.jinja").write_text("{{ site.title }}{% block main %}{% endblock %}")
    site = replace(SITE, title="<b>&</b>")
    assert render(edition("en-US"), site, load_theme(tmp_path)).html.startswith("&lt;b&gt;&amp;&lt;/b&gt;")


@pytest.mark.parametrize(
    ("template", "sentence", "line"),
    [
        ("a\n{{ nothing_of_the_kind }}", "nothing_of_the_kind", 2),
        ("a\nb\n{% if %}", "malformed", 3),
        ('{% include "gone.jinja" %}', "gone.jinja", 0),
        ("{{ 1 / 0 }}", "does not render", 1),
        ('\n{% import "words.jinja" as words %}', "with context", None),
    ],
)
def test_errors_of_templates_say_where(tmp_path: Path, template: str, sentence: str, line: int | None) -> None:
    """A theme's author gets the template, the line and what is wrong."""
    (tmp_path / "article.html.jinja").write_text(template)
    with pytest.raises(ThemeError, match=sentence) as caught:
        render(edition("en-US"), SITE, load_theme(tmp_path))
    if line is not None:
        assert caught.value.place == Place("article.html.jinja", line)


def test_a_malformed_template_stops_extraction(tmp_path: Path) -> None:
    """Words are never lost in silence because a template does not parse."""
    (tmp_path / "x.jinja").write_text("{% trans %}")
    with pytest.raises(ThemeError, match="malformed"):
        interface_template(tmp_path)


def test_words_file_must_keep_what_the_renderer_needs(tmp_path: Path) -> None:
    """A theme that replaces the shared words has to name the callouts."""
    (tmp_path / "words.jinja").write_text("{% set x = 1 %}")
    with pytest.raises(ThemeError, match="callouts"):
        render(edition("en-US"), SITE, load_theme(tmp_path))


def test_a_date_that_is_none_is_reported() -> None:
    """The front matter's date is read strictly."""
    one = replace(edition("en-US"), article=replace(article(), meta=(("date", "soon"),)))
    with pytest.raises(SourceError, match="soon"):
        render(one, SITE, THEME)


def test_a_page_is_small() -> None:
    """The frame, with its style sheet, leaves most of 60 KB to the article."""
    assert len(page("en-US").html.encode()) < 24_000
