"""A project on the disk: its settings, its files as values, and the only functions that write.

Everything above asks this room for values and hands it bytes; no other module opens a file of a project.
"""

from pipeline.project.disk import move, read, save, sweep, write
from pipeline.project.editions import Broken, Loaded, load
from pipeline.project.loading import (
    ARTICLES,
    INTERFACE,
    REGISTRY,
    TEMPLATES,
    Project,
    article,
    article_paths,
    catalog,
    catalog_names,
    catalog_path,
    interface_template,
    open_project,
    registry,
    safety_keys,
    signoff_path,
    signoffs,
    terms,
    theme,
)
from pipeline.project.settings import Settings, Target

__all__ = [
    "ARTICLES",
    "INTERFACE",
    "REGISTRY",
    "TEMPLATES",
    "Broken",
    "Loaded",
    "Project",
    "Settings",
    "Target",
    "article",
    "article_paths",
    "catalog",
    "catalog_names",
    "catalog_path",
    "interface_template",
    "load",
    "move",
    "open_project",
    "read",
    "registry",
    "safety_keys",
    "save",
    "signoff_path",
    "signoffs",
    "sweep",
    "terms",
    "theme",
    "write",
]
