"""The names of a package, each imported when somebody asks for it, so that a command imports what it uses."""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as in the command line: typing costs as much as the rest of this
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def names(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """A ``__getattr__`` for a package, by PEP 562; ``modules`` says of each of its modules which names it has.

    No name may be that of a module of the package: Python would put the module in its place.
    """
    homes = {name: module for module, found in modules.items() for name in found.split()}

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{homes[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return found
