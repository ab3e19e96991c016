"""Pages: HTML and plain text of an article in a locale, and the lists that lead to them.

A theme is a folder of Jinja templates; the packaged one lies in ``pipeline/templates``. Templates are given values that
are ready to print, escape by default, and say every word through gettext. What an article says is written by this
package and not by templates, so that no theme can change it by accident.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.render.compiled import Compiled
    from pipeline.render.letter import mail
    from pipeline.render.links import assets, linked_articles
    from pipeline.render.lists import articles_page, root_page
    from pipeline.render.page import render
    from pipeline.render.site import Site
    from pipeline.render.sitewide import around
    from pipeline.render.sms import Message, short
    from pipeline.render.theme import Theme, load_theme
    from pipeline.render.variant import packaged, template, with_template
    from pipeline.render.view import changed
    from pipeline.render.wordlist import interface_template
    from pipeline.render.wrap import Form
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "compiled": "Compiled",
            "sitewide": "around",
            "links": "assets linked_articles",
            "lists": "articles_page root_page",
            "letter": "mail",
            "page": "render",
            "site": "Site",
            "sms": "Message short",
            "theme": "Theme load_theme",
            "variant": "packaged template with_template",
            "view": "changed",
            "wordlist": "interface_template",
            "wrap": "Form",
        },
    )

__all__ = [
    "Compiled",
    "Form",
    "Message",
    "Site",
    "Theme",
    "around",
    "articles_page",
    "assets",
    "changed",
    "interface_template",
    "linked_articles",
    "load_theme",
    "mail",
    "packaged",
    "render",
    "root_page",
    "short",
    "template",
    "with_template",
]
