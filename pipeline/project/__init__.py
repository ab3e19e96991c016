"""A project on the disk: its settings, its files as values, and the only functions that write.

Everything above asks this room for values and hands it bytes; no other module opens a file of a project.
"""

from typing import TYPE_CHECKING

from pipeline import lazily

if TYPE_CHECKING:
    from pipeline.project.disk import TEMPORARY, is_large, move, place, read, save, sweep, write, write_pieces
    from pipeline.project.editions import Broken, Column, Loaded, column, edition, load, reported, targets
    from pipeline.project.loading import (
        ARTICLES,
        INTERFACE,
        REGISTRY,
        TEMPLATES,
        THEME,
        Files,
        Project,
        article,
        article_files,
        article_paths,
        catalog,
        catalog_names,
        catalog_path,
        glossary_path,
        interface_template,
        open_project,
        own_signoff_path,
        own_signoffs,
        registry,
        safety_keys,
        signoff_path,
        signoffs,
        terms,
        theme,
    )
    from pipeline.project.settings import Settings, Target
else:
    __getattr__ = lazily.names(
        __name__,
        {
            "disk": "TEMPORARY is_large move place read save sweep write write_pieces",
            "editions": "Broken Column Loaded column edition load reported targets",
            "loading": (
                "ARTICLES INTERFACE REGISTRY TEMPLATES THEME Files Project article article_files "
                "article_paths catalog catalog_names catalog_path glossary_path "
                "interface_template open_project own_signoff_path own_signoffs registry "
                "safety_keys signoff_path signoffs terms theme"
            ),
            "settings": "Settings Target",
        },
    )

__all__ = [
    "ARTICLES",
    "INTERFACE",
    "REGISTRY",
    "TEMPLATES",
    "TEMPORARY",
    "THEME",
    "Broken",
    "Column",
    "Files",
    "Loaded",
    "Project",
    "Settings",
    "Target",
    "article",
    "article_files",
    "article_paths",
    "catalog",
    "catalog_names",
    "catalog_path",
    "column",
    "edition",
    "glossary_path",
    "interface_template",
    "is_large",
    "load",
    "move",
    "open_project",
    "own_signoff_path",
    "own_signoffs",
    "place",
    "read",
    "registry",
    "reported",
    "safety_keys",
    "save",
    "signoff_path",
    "signoffs",
    "sweep",
    "targets",
    "terms",
    "theme",
    "write",
    "write_pieces",
]
