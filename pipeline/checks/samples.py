"""A small article with its catalog, registry, sign-offs and page: what the examples of the rules start from.

Everything in it is right, so each rule must pass it, and every example of what must be flagged changes one thing. Its
French and Egyptian numbers are made up, or reserved for fiction.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from pipeline import helplines, inline, locales, signoff
from pipeline.checks.rules import Pair, Swap
from pipeline.checks.units import Unit, units
from pipeline.model import (
    NO_LINE,
    Article,
    Catalog,
    Contact,
    Edition,
    Element,
    Helpline,
    Key,
    Locale,
    Message,
    Page,
    Place,
    Policy,
    Registry,
    Segment,
    SignOff,
    Source,
    Term,
    Verification,
)

TODAY = date(2026, 11, 24)

_TITLE = "Feeling numb"
_DESCRIPTION = "What it means to feel numb."
_BODY = "Most of them, 89.4%, felt better after three to 15 weeks."
_SAFETY = {
    ("see-a-provider", ""): "If it lasts, **do not wait** and see your doctor.",
    ("referral", ""): "To find treatment, call {referral.name} at {referral.phone}.",
    ("referral", "referral"): "To find treatment, ask your doctor or a health service.",
    ("crisis", ""): "If you are thinking about suicide, call {crisis.name} at {crisis.phone}.",
    ("emergency", ""): "If you are in danger, call {emergency.phone} now.",
}
_TARGETS = {
    "fr-FR": {
        _TITLE: "Se sentir engourdi",
        _DESCRIPTION: "Ce que veut dire se sentir engourdi.",
        _BODY: "La plupart d’entre eux, 89,4 %, allaient mieux après 3 à 15 semaines.",
        _SAFETY["see-a-provider", ""]: "Si cela dure, **n’attendez pas** et consultez votre médecin.",
        _SAFETY["referral", ""]: "Pour trouver un traitement, appelez {referral.name} au {referral.phone}.",
        _SAFETY["referral", "referral"]: "Pour trouver un traitement, adressez-vous à votre médecin.",
        _SAFETY["crisis", ""]: "Si vous pensez au suicide, appelez {crisis.name} au {crisis.phone}.",
        _SAFETY["emergency", ""]: "Si vous êtes en danger, appelez tout de suite le {emergency.phone}.",
    },
    "ar-EG": {
        _TITLE: "الشعور بالخدر",
        _DESCRIPTION: "ماذا يعني الشعور بالخدر.",
        _BODY: "تحسّن معظمهم، 89.4٪، بعد ثلاثة إلى 15 أسبوعًا.",
        _SAFETY["see-a-provider", ""]: "إذا استمر ذلك، **فلا تنتظر** وراجع طبيبك.",
        _SAFETY["referral", ""]: "للعثور على علاج، اتصل بـ{referral.name} على {referral.phone}.",
        _SAFETY["referral", "referral"]: "للعثور على علاج، اسأل طبيبك أو خدمة صحية.",
        _SAFETY["crisis", ""]: "إذا كنت تفكر في الانتحار، فاتصل بـ{crisis.name} على {crisis.phone}.",
        _SAFETY["emergency", ""]: "إذا كنت في خطر، فاتصل بالرقم {emergency.phone} الآن.",
    },
}
_WORDS = {
    "fr-FR": {"Free of charge": "Gratuit", "Costs as much as an ordinary call": "Prix d’un appel ordinaire"},
    "ar-EG": {"Free of charge": "مجانًا", "Costs as much as an ordinary call": "بسعر المكالمة العادية"},
}
_NOTICE = "This page is a demonstration."
_NOTICES = {"fr-FR": "Cette page est une démonstration.", "ar-EG": "هذه الصفحة عرض توضيحي."}
_LINES = (
    ("fr-crisis", "FR", "suicide-prevention", "fr", "Écoute suicide", "3114", "3114", ""),
    ("fr-emergency", "FR", "emergency", "fr", "Urgences", "112", "112", ""),
    ("fr-referral", "FR", "emotional-support", "fr", "Santé Info", "01 99 00 12 34", "0199001234", "+33199001234"),
    ("eg-crisis", "EG", "suicide-prevention", "ar", "خط الأمل", "0800-888-0700", "08008880700", ""),
    ("eg-emergency", "EG", "emergency", "ar", "الإسعاف", "123", "123", ""),
)

UNTRANSLATED_WORD = Message(Key("Get help now"))


# --- the edition --------------------------------------------------------------------------------


@cache
def edition(tag: str = "fr-FR") -> Edition:
    """The sample in ``fr-FR`` or ``ar-EG``: complete, signed off, and right in every respect."""
    article, locale = _article(), locales.locale(tag)
    messages = tuple(
        Message(Key(source), targets=(target,), references=(article.slug,), line=5 + 4 * position)
        for position, (source, target) in enumerate(_TARGETS[tag].items())
    )
    catalog = Catalog(tag, messages, _header(locale), path=f"locales/{locale.folder}/LC_MESSAGES/numb.po")
    interface = Catalog(
        tag,
        tuple(
            Message(Key(source), targets=(target,), line=5 + 4 * position)
            for position, (source, target) in enumerate([(_NOTICE, _NOTICES[tag]), *_WORDS[tag].items()])
        ),
        _header(locale),
        path=f"locales/{locale.folder}/LC_MESSAGES/interface.po",
    )
    return Edition(
        article=article,
        catalog=catalog,
        locale=locale,
        source_locale=locales.locale("en-US"),
        interface=interface,
        registry=_registry(),
        signoffs=tuple(_signed(source, safety, _TARGETS[tag][source], tag) for (safety, _), source in _SAFETY.items()),
        terms=(Term("treatment", "traitement", ("cure",)),) if tag == "fr-FR" else (),
        policy=Policy(tuple(dict.fromkeys(safety for safety, _ in _SAFETY)), 1.0, True, crisis_topics=("crisis",)),
        published=True,
        today=TODAY,
    )


def _header(locale: Locale) -> tuple[tuple[str, str], ...]:
    plural = f"nplurals={locale.plural_count}; plural=0;"
    return (("Language", locale.folder), ("Plural-Forms", plural), ("Content-Type", "text/plain; charset=UTF-8"))


def _article() -> Article:
    blocks = [Element("p", (), (_segment(_BODY, "paragraph", 6),))]
    for position, ((safety, lacks), source) in enumerate(_SAFETY.items()):
        attrs = (("data-safety", safety), *((("data-lacks", lacks),) if lacks else ()))
        segment = replace(_segment(source, "paragraph", 8 + 3 * position), safety=safety, lacks=lacks)
        blocks.append(Element("p", attrs, (segment,)))
    title, description = _segment(_TITLE, "title", 2), _segment(_DESCRIPTION, "description", 3)
    meta = (("topic", "crisis"),)
    return Article("numb", "source/articles/numb.md", "en-US", title, description, meta, tuple(blocks))


def _segment(source: str, kind: str, line: int) -> Segment:
    return Segment(Key(source), inline.parse(source), kind, Place("source/articles/numb.md", line))


@cache
def _registry() -> Registry:
    lines = {fields[0]: verified(_helpline(*fields)) for fields in _LINES}
    roles = {
        "FR": {"crisis": "fr-crisis", "emergency": "fr-emergency", "referral": NO_LINE},
        "EG": {"crisis": "eg-crisis", "emergency": "eg-emergency", "referral": NO_LINE},
    }
    return Registry(lines, roles)


def _helpline(
    id: str, region: str, kind: str, language: str, name: str, display: str, dial: str, e164: str
) -> Helpline:
    return Helpline(
        id=id,
        region=region,
        kind=kind,
        names=((language, name),),
        contacts=(Contact("voice", display, dial, e164),),
        hours="always",
        cost="free",
        languages=(language,),
        sources=(Source("https://example.org/line", "operator", "2026-11-01", display),),
        confidence="A",
        status="active",
        place=Place("source/helplines.toml", 10),
    )


def verified(helpline: Helpline) -> Helpline:
    """A registry entry with a demonstration of a verification of its present facts."""
    hash_ = helplines.facts_hash(helpline)
    record = Verification("demonstration", "Handrail", date(2026, 11, 20), "compared with its page", hash_)
    return replace(helpline, verified=record)


def _signed(source: str, safety: str, target: str, tag: str) -> SignOff:
    return SignOff(
        article="numb",
        locale=tag,
        safety=safety,
        source_hash=signoff.source_hash(Key(source), safety),
        target_hash=signoff.target_hash(target),
        kind="demonstration",
        translator="Claire Petit",
        reviewer="Jean Martin",
        qualification="none: a demonstration",
        method="read side by side",
        date=date(2026, 11, 21),
        place=Place("locales/signoffs.toml", 3),
    )


def source_of(name: str) -> str:
    """The source text of a safety id, or the text itself."""
    return next((source for (safety, lacks), source in _SAFETY.items() if safety == name and not lacks), name)


# --- units and pages ----------------------------------------------------------------------------


def unit(pair: Pair) -> Unit:
    """A message of the sample article that says something else."""
    locale = locales.locale(pair.locale)
    content = inline.parse(pair.source)
    segment = replace(_segment(pair.source, "paragraph", 6), content=content, safety=pair.safety)
    message = Message(Key(pair.source), targets=(pair.target,), fuzzy=pair.fuzzy, line=5)
    base = edition()
    one = replace(
        base,
        article=replace(base.article, title=segment, description=None, body=()),
        catalog=replace(base.catalog, locale=pair.locale, messages=(message,)),
        interface=replace(base.interface, messages=()),
        locale=locale,
    )
    return units(one)[0]


def page(tag: str = "fr-FR") -> Page:
    """The page of the sample edition, written by hand."""
    one = edition(tag)
    targets = {safety: _TARGETS[tag][source] for (safety, _), source in _SAFETY.items()}
    targets["referral"] = _TARGETS[tag][_SAFETY["referral", "referral"]]
    blocks = {safety: _filled(target, one) for safety, target in targets.items()}
    card, card_text = (_CARD[form].format(**_card(one)) for form in ("html", "text"))
    title, description = _TARGETS[tag][_TITLE], _TARGETS[tag][_DESCRIPTION]
    html = _HTML.format(
        tag=tag,
        direction=one.locale.direction,
        title=title,
        description=description,
        notice=_NOTICES[tag],
        body=_TARGETS[tag][_BODY],
        safety="\n".join(f'<p data-safety="{safety}">{text}</p>' for safety, (text, _) in blocks.items()),
        card=card,
    )
    texts = [title, _NOTICES[tag], card_text, _TARGETS[tag][_BODY], *(text for _, text in blocks.values())]
    text = "\n\n".join(texts)
    return Page(one.article.slug, tag, html, f"{text}\n", True)


def swapped(swap: Swap) -> Page:
    """The sample page with one snippet replaced, wherever it stands."""
    good = page(swap.locale)
    before = good.html if swap.part == "html" else good.text
    if swap.old not in before:
        raise ValueError(f"The sample page has no {swap.old!r} to replace.")
    after = before.replace(swap.old, swap.new)
    return replace(good, html=after) if swap.part == "html" else replace(good, text=after)


def _card(edition: Edition) -> dict[str, str]:
    """What the card of the crisis line shows."""
    helpline = helplines.resolve(edition.registry, edition.locale, "crisis")
    assert helpline is not None, "the sample's regions have a crisis line"
    contact = helpline.contacts[0]
    return {"id": helpline.id, "name": helpline.names[0][1], "dial": contact.dial, "display": contact.display}


def _filled(target: str, edition: Edition) -> tuple[str, str]:
    """A target as HTML and as plain text."""
    html = target.replace("**", "<strong>", 1).replace("**", "</strong>", 1)
    text = target.replace("**", "")
    for role in ("crisis", "emergency"):
        helpline = helplines.resolve(edition.registry, edition.locale, role)
        if helpline is None:
            continue
        contact, (language, name) = helpline.contacts[0], helpline.names[0]
        link = f'<a class="phone" href="tel:{contact.dial}"><bdi dir="ltr" translate="no">{contact.display}</bdi></a>'
        html = html.replace(f"{{{role}.name}}", f'<bdi lang="{language}">{name}</bdi>')
        html = html.replace(f"{{{role}.phone}}", link)
        text = text.replace(f"{{{role}.name}}", f"\u2068{name}\u2069")
        text = text.replace(f"{{{role}.phone}}", f"\u2066{contact.display}\u2069")
    return html, text


_CARD = {
    "html": '<ul><li data-helpline="{id}"><h3>{name}</h3>'
    '<a class="phone" href="tel:{dial}"><bdi dir="ltr" translate="no">{display}</bdi></a></li></ul>',
    "text": "\u2068{name}\u2069\n\u2066{display}\u2069",
}

_HTML = """<!doctype html>
<html lang="{tag}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{description}">
<script type="application/ld+json">{{"@type": "MedicalWebPage", "dateModified": "2026-11-24"}}</script>
<style>.skip {{ position: absolute; left: -9999px }}</style>
</head>
<body>
<a class="skip" href="#main">↓</a>
<main id="main">
{card}
<p class="notice" data-notice="demonstration">{notice}</p>
<h1>{title}</h1>
<p>{body}</p>
{safety}
</main>
</body>
</html>
"""
