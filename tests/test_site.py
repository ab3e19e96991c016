"""The demonstration's site as a whole: links, languages, what machines read, and golden pages of every script."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import ROOT, TODAY
from pipeline import build, extract, locales, po, project
from pipeline.model import Catalog, Contact, Key, Message, Registry
from pipeline.render import render
from tests.pages import AR, EN, FR, JA, SITE, TH, THEME, edition, helpline

HOME = "https://handrail.example/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's site."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("source", "locales", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    assert build.build(project.open_project(folder), TODAY).outcome.open
    return folder / build.SITE


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, LexborHTMLParser]:
    """Address of every page -> what a browser reads."""
    files = sorted(site.rglob("*.html"))
    assert len(files) == 31
    return {address(file, site): LexborHTMLParser(file.read_text(encoding="utf-8")) for file in files}


def address(file: Path, site: Path) -> str:
    """Where a file of the site is published."""
    return HOME + file.relative_to(site).as_posix().removesuffix("index.html")


def linked(tree: LexborHTMLParser, page: str) -> Iterator[tuple[str, str]]:
    """Every address within the site that a page names, and the place in it."""
    for node in tree.css("[href], [src]"):
        raw = node.attributes.get("href") or node.attributes.get("src") or ""
        whole = urlsplit(urljoin(page, raw))
        if whole.geturl().startswith(HOME):
            yield re.sub(r"index\.html$", "", whole._replace(fragment="").geturl()), unquote(whole.fragment)


def test_every_link_leads_somewhere(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    """Pages, pictures, feeds and manifests are there, and so is every place that a link names."""
    files = {address(file, site) for file in site.rglob("*") if file.is_file()}
    count = 0
    for page, tree in pages.items():
        for target, place in linked(tree, page):
            count += 1
            assert target in files, f"{page} links to {target}"
            if place:
                assert pages[target].css_first(f'[id="{place}"]') is not None, f"{page} links to {target}#{place}"
    assert count > 500


def test_languages_name_each_other(pages: dict[str, LexborHTMLParser]) -> None:
    """Each page names all of its languages, itself among them, and each of those names it back; one is the default."""
    alternates = {
        page: {node.attributes["hreflang"]: node.attributes["href"] for node in tree.css("link[hreflang]")}
        for page, tree in pages.items()
        if page != HOME
    }
    for page, named in alternates.items():
        assert page in named.values()
        assert len(named) == 11
        assert named["x-default"] in (HOME, named["en-US"])
        for tag, other in named.items():
            if tag != "x-default":
                assert alternates[other] == named
                assert pages[other].css_first("html").attributes["lang"] == tag
                assert pages[other].css_first("link[rel=canonical]").attributes["href"] == other


def test_the_site_map_names_every_page(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    """With the languages that the pages name themselves."""
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {
        url.findtext("s:loc", "", names): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)
        }
        for url in root.findall("s:url", names)
    }
    assert found.keys() == pages.keys()
    for page, tree in pages.items():
        assert found[page] == {
            node.attributes["hreflang"]: node.attributes["href"] for node in tree.css("link[hreflang]")
        }


def test_every_locale_has_a_feed_of_its_articles(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    """Atom asks for ids, titles and dates, RFC 4287; the titles are those of the pages."""
    for tag in (one.tag for one in (EN, FR, AR, TH, JA)):
        root = ElementTree.parse(site / tag / "feed.xml").getroot()
        assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) == 2
        for entry in entries:
            heading = pages[entry.findtext(f"{ATOM}id") or ""].css_first("h1")
            assert heading is not None
            assert entry.findtext(f"{ATOM}title") == heading.text()
            assert date.fromisoformat((entry.findtext(f"{ATOM}updated") or "")[:10])


def test_manifests_name_the_start_and_the_icon(site: Path) -> None:
    """What they name is there, seen from where they lie."""
    for file in site.glob("*/manifest.webmanifest"):
        said = json.loads(file.read_text(encoding="utf-8"))
        assert (file.parent / said["start_url"]).is_file()
        assert all((file.parent / icon["src"]).is_file() for icon in said["icons"])


def test_linked_data_has_the_shapes_of_schema_org(pages: dict[str, LexborHTMLParser]) -> None:
    """Every property belongs to its type, and has a value of a type that it takes."""
    schema = json.loads((ROOT / "tests/schemas/schema-org.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema)
    for page, tree in pages.items():
        for node in tree.css('script[type="application/ld+json"]'):
            data: dict[str, Any] = json.loads(node.text())
            checker.validate(data)
            lang = tree.css_first("html").attributes["lang"]
            assert (data["url"], data["inLanguage"]) == (page, lang)
            points = [point for line in data["mentions"] for point in line["contactPoint"]]
            told = {point["telephone"] for point in points if "telephone" in point}
            card = {
                node.attributes["href"].split(":")[1]
                for node in tree.css('.card a[href^="tel:"], .card a[href^="sms:"]')
            }
            assert told == card
    broken = data | {"mentions": [{"@type": "Organization", "contactPoint": [{"@type": "ContactPoint", "phone": "1"}]}]}
    assert not checker.is_valid(broken)


def test_pages_are_light(site: Path) -> None:
    """Below 60 KB each, with their style sheet, in scripts of three bytes a letter, too."""
    for file in site.rglob("*.html"):
        assert file.stat().st_size < 60_000, file


# --- golden pages -------------------------------------------------------------------------------

WORDS = {
    "en-US": {},
    "fr-FR": {"Feeling numb": "Se sentir engourdi", "What can you do?": "Que faire ?", "Rest.": "Reposez-vous."},
    "ar-EG": {"Feeling numb": "الشعور بالخدر", "What can you do?": "ماذا يمكنك أن تفعل؟", "Rest.": "استرح."},
    "hi-IN": {"Feeling numb": "सुन्न महसूस करना", "What can you do?": "आप क्या कर सकते हैं?", "Rest.": "आराम करें।"},
    "ja-JP": {"Feeling numb": "何も感じないとき", "What can you do?": "できること", "Rest.": "休みましょう。"},
    "th-TH": {"Feeling numb": "รู้สึกชา", "What can you do?": "คุณทำอะไรได้บ้าง", "Rest.": "พักผ่อน"},
    "zh-Hant-TW": {"Feeling numb": "感到麻木", "What can you do?": "您可以做什麼？", "Rest.": "請休息。"},
}
"""A title, a heading and an item in each script; the rest stays English, and says so."""


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("form", ["html", "txt"])
def test_golden_pages(tag: str, form: str) -> None:
    """The whole page and text of an article in each script; GOLDEN=1 writes them anew, for a person to read."""
    locale = locales.locale(tag)
    line = helpline(
        f"{locale.region.lower()}-crisis",
        ((locale.language, WORDS[tag].get("Feeling numb", "Line")),),
        Contact("voice", "01-99-00-12-34", "0199001234"),
    )
    registry = Registry({line.id: line}, {locale.region: {"crisis": line.id, "referral": "none"}})
    one = edition(tag, registry=registry)
    template = extract.template(one.article).messages
    targets = {message.key.source: WORDS[tag].get(message.key.source, message.key.source) for message in template}
    accepted = tuple(Message(Key(source), targets=(target,)) for source, target in targets.items())
    path = f"locales/{locale.folder}/LC_MESSAGES/interface.po"
    words = po.load((ROOT / path).read_bytes(), path) if tag != "en-US" else one.interface
    page = render(replace(one, catalog=Catalog(tag, accepted), interface=words), SITE, THEME)
    found = re.sub(r"<style>.*?</style>|sha256-[^']*", "", page.html, flags=re.DOTALL) if form == "html" else page.text
    golden = ROOT / "tests" / "golden" / f"{tag}.{form}"
    if os.environ.get("GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")
