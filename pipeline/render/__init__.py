"""Pages: HTML and plain text of an article in a locale, and the lists that lead to them.

A theme is a folder of Jinja templates; the packaged one lies in ``pipeline/templates``. Templates are given values that
are ready to print, escape by default, and say every word through gettext. What an article says is written by this
package and not by templates, so that no theme can change it by accident.
"""

from pipeline.render.around import around
from pipeline.render.links import assets, linked_articles
from pipeline.render.lists import articles_page, root_page
from pipeline.render.mail import mail
from pipeline.render.page import render
from pipeline.render.site import Site
from pipeline.render.sms import Message, short
from pipeline.render.theme import Theme, interface_template, load_theme
from pipeline.render.variant import packaged, template, with_template
from pipeline.render.view import changed
from pipeline.render.wrap import Form

__all__ = [
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
