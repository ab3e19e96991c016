"""A small article, its helplines and a site, from which the tests of pages start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pipeline import extract, locales, readers
from pipeline.model import (
    Article,
    Catalog,
    Contact,
    Edition,
    Helpline,
    Key,
    Message,
    Page,
    Policy,
    Registry,
    Verification,
)
from pipeline.render import Site, load_theme, render

DEMO = Verification("demonstration", "nobody", date(2026, 11, 24), "compared with sources", "sha256:0")

MARKDOWN = """\
---
title: Feeling numb
description: What it means to feel numb.
date: 2026-11-24
reviewed: false
---

Most of them, 89.4%, felt *better* [[1]](#sources).

## What can you do?

- Rest.
- Talk to [your partner](other.md#talk).

> [!NOTE]
> A symptom.

| Ask | Answer |
| --- | --- |
| Is it safe? | Yes |

## What can you do?

![Two people](images/two%20people.svg)

<!-- safety: crisis -->
If you are thinking about suicide, call {crisis.name} at {crisis.phone}. You are not alone.

<!-- safety: referral -->
To find treatment, call {referral.phone}.

<!-- safety: referral; lacks: referral -->
To find treatment, ask your doctor.

## Sources

<!-- translate: no -->
1. Bisson JI. *BMJ*. 2015. [doi:10.1136/bmj.h6161](https://doi.org/10.1136/bmj.h6161)
"""


def article(markdown: str = MARKDOWN, slug: str = "numb") -> Article:
    """An article in English."""
    return readers.read(markdown.encode(), f"source/articles/{slug}.md", "en-US")


def helpline(id: str, names: tuple[tuple[str, str], ...], *contacts: Contact, **changes: object) -> Helpline:
    """A helpline with everything known about it."""
    line = Helpline(
        id, id[:2].upper(), "suicide-prevention", names, contacts, "always", "free", ("en",), (), "A", "active", DEMO
    )
    return replace(line, **changes)  # type: ignore[arg-type]


REGISTRY = Registry(
    {
        "us-crisis": helpline(
            "us-crisis",
            (("en", "Care <Line>"),),
            Contact("voice", "1-800-662-4357", "18006624357", "+18006624357"),
            Contact("sms", "988", "988"),
            Contact("chat", "care.example", "care.example"),
        ),
        "eg-crisis": helpline("eg-crisis", (("ar", "خط الدعم"),), Contact("voice", "0800-888-0700", "08008880700")),
        "fr-crisis": helpline(
            "fr-crisis", (("fr", "Ligne d’écoute"),), Contact("voice", "01 99 00 12 34", "0199001234")
        ),
    },
    {
        "US": {"crisis": "us-crisis", "referral": "us-crisis"},
        "EG": {"crisis": "eg-crisis", "referral": "none"},
        "FR": {"crisis": "fr-crisis", "referral": "none"},
    },
)

EN, FR, AR, TH, JA = (locales.locale(tag) for tag in ("en-US", "fr-FR", "ar-EG", "th-TH", "ja-JP"))

SITE = Site(
    title="Health & more",
    url="https://health.example",
    source=EN,
    published={"numb": (EN, FR, AR), "other": (EN, FR)},
    titles={
        "numb": {"en-US": "Feeling numb", "fr-FR": "<Engourdi>", "ar-EG": "خدر"},
        "other": {"en-US": "Other", "fr-FR": "Autre"},
    },
    demonstration=True,
)

THEME = load_theme(None)


def catalog(tag: str, targets: Mapping[str, str]) -> Catalog:
    """A catalog of accepted targets."""
    return Catalog(tag, tuple(Message(Key(source), targets=(target,)) for source, target in targets.items()))


def edition(tag: str, targets: Mapping[str, str] | None = None, **changes: object) -> Edition:
    """The article in a locale; without targets everything equals its source."""
    one = article()
    if targets is None:
        targets = {message.key.source: message.key.source for message in extract.template(one).messages}
    base = Edition(
        article=one,
        catalog=catalog(tag, targets),
        locale=locales.locale(tag),
        source_locale=EN,
        interface=Catalog(tag, path=f"locales/{tag}/interface.po"),
        registry=REGISTRY,
        signoffs=(),
        terms=(),
        policy=Policy(),
        published=True,
        today=date(2026, 11, 24),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def page(tag: str, targets: Mapping[str, str] | None = None, **changes: object) -> Page:
    """The page of the article in a locale."""
    return render(edition(tag, targets, **changes), SITE, THEME)
