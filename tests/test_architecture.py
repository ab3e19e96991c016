"""The layers of the design, the homes of third-party libraries, and a few habits, read from the code itself."""

from __future__ import annotations

import ast
import importlib
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("lazily", "model"),
    ("collection", "errors", "identity", "processes"),
    ("debt", "ledger", "locales", "placeables", "inline", "lemmas", "remarks", "tomlfile"),
    ("readers", "po", "helplines", "glossary", "keys", "records", "signoff"),
    ("extract",),
    ("merge", "notes", "prefill", "importing", "render", "checks", "exchange", "segmentation", "splice"),
    ("browser", "engines", "project", "roundtrip", "standing", "stats"),
    ("handouts", "history"),
    ("agency", "build", "catalogs", "release", "report"),
    ("audit",),
    ("cli",),
    ("__main__",),
)
"""A room imports rooms of lower rows only; a package counts as one room."""

HOMES: dict[str, tuple[str, ...]] = {
    "babel": ("locales",),
    "pyromark": ("inline", "readers"),  # one Markdown parser, for blocks and for the inside of a message
    "justhtml": ("readers",),
    "pygments": ("readers",),
    "yaml": ("readers",),
    "polib": ("po",),
    "unicode_segmentation_rs": ("po",),
    "phonenumbers": ("helplines",),
    "tomlkit": ("tomlfile",),
    "rapidfuzz": ("merge", "engines"),  # near matches of two kinds: a catalog's own, and the memory's
    "jinja2": ("render", "report"),  # pages, and the dashboard
    "markupsafe": ("render",),
    "icu4py": ("glossary", "render", "stats"),  # lines of plain text, and words
    "selectolax": ("checks",),
    "tinycss2": ("checks",),
    "deep_translator": ("engines",),
    "requests": ("engines",),
    "urllib3": ("engines",),
    "psycopg": ("engines",),
    "simplemma": ("lemmas",),
    "msgspec": ("project",),
    "rich": ("report",),
    "lxml": ("exchange",),
    "playwright": ("browser",),
    "sshsig": ("keys",),
    "distributed": ("build",),
    "fsspec": ("build",),
    "watchfiles": ("cli",),
    "PIL": ("browser",),
}
"""The rooms that may import a third-party library."""

HEAVY = {*HOMES, "sqlite3", "subprocess", "asyncio", "multiprocessing", "urllib"}
"""What ``handrail --help`` must not wait for."""

MODULES = sorted(PACKAGE.rglob("*.py"))
NAMES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
"""Dotted name -> file of every module of the package."""

TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def room(path: Path) -> str:
    """The room of a file: the module, or the package directly below ``pipeline``."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def layer(name: str) -> int:
    """The row of a room."""
    return next(row for row, rooms in enumerate(LAYERS) if name in rooms)


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names of everything imported at or below a node, down to modules: ``from a import b`` may be ``a.b``."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: write imports in full, from pipeline..."
            module = child.module or ""
            for full in (f"{module}.{alias.name}" for alias in child.names):
                yield full if full in NAMES else module


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def top_level(tree: ast.Module) -> Iterator[str]:
    """What importing a module imports at once, outside functions and ``TYPE_CHECKING``."""
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from imports(statement)


def name_of(path: Path) -> str:
    """A test id: the path in the project."""
    return path.relative_to(ROOT).as_posix()


def test_every_room_has_a_layer() -> None:
    """A new module stands in the layer table before it lands."""
    placed = {name for row in LAYERS for name in row}
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert rooms <= placed, f"give a layer to {sorted(rooms - placed)}"
    assert placed <= rooms, f"no longer there: {sorted(placed - rooms)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_lower_layers_only(path: Path) -> None:
    """Modules of one layer never import each other, so there can be no cycle between rooms."""
    own = room(path)
    if own == "__init__":
        assert not list(imports(parse(path)))
        return
    for name in imports(parse(path)):
        if not name.startswith("pipeline."):
            continue
        other = name.split(".")[1]
        if other == own or other.startswith("__"):
            continue
        assert layer(other) < layer(own), f"{own} (layer {layer(own)}) imports {other} (layer {layer(other)})"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_has_one_home(path: Path) -> None:
    """A third-party library is imported by its own room and no other."""
    for name in imports(parse(path)):
        library = name.split(".")[0]
        if library == "pipeline" or library in sys.stdlib_module_names:
            continue
        assert library in HOMES, f"{library} has no home in the table"
        assert room(path) in HOMES[library], f"{library} belongs to {HOMES[library]}, not to {room(path)}"


LAZY = sorted(
    name for name, path in NAMES.items() if path.name == "__init__.py" and "lazily.names(" in path.read_text("utf-8")
)
"""The packages whose names are imported when somebody asks for them."""


@pytest.mark.parametrize("package", LAZY)
def test_a_lazy_package_has_every_name_that_it_says(package: str) -> None:
    """Each is what type checkers are told that it is, and none is the name of a module, which would hide it."""
    module = importlib.import_module(package)
    told = {
        alias.name: f"{found.module}"
        for statement in parse(NAMES[package]).body
        if isinstance(statement, ast.If)
        for found in statement.body
        if isinstance(found, ast.ImportFrom)
        for alias in found.names
    }
    assert sorted(told) == sorted(module.__all__)
    for name, home in told.items():
        assert f"{package}.{name}" not in NAMES
        assert getattr(module, name) is getattr(importlib.import_module(home), name)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        module.nothing  # noqa: B018  # asking is what is tested


def test_modules_of_a_package_have_no_cycles() -> None:
    """Inside a package, too, imports go one way."""
    edges = {
        name: {other for other in top_level(parse(path)) if other in NAMES} - {name} for name, path in NAMES.items()
    }
    while edges:
        leaves = {name for name, others in edges.items() if not others & edges.keys()}
        assert leaves, f"these import each other in a circle: {sorted(edges)}"
        edges = {name: others for name, others in edges.items() if name not in leaves}


def test_the_command_line_starts_light() -> None:
    """``handrail --help`` imports the nouns and the errors; everything heavy waits inside a subcommand."""
    light = {"", "cli", "errors", "model"}
    arguments = sorted((PACKAGE / "cli" / "arguments").glob("*.py"))
    assert arguments
    for path in (PACKAGE / "cli/__init__.py", PACKAGE / "__main__.py", *arguments):
        for imported in top_level(parse(path)):
            first, _, rest = imported.partition(".")
            waits = first in HEAVY or (first == "pipeline" and rest.split(".")[0] not in light)
            assert not waits, f"{name_of(path)} imports {imported} at once"


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_says_what_it_shows(path: Path) -> None:
    """A test function has a docstring: the behaviour in one line."""
    functions = [node for node in ast.walk(parse(path)) if isinstance(node, ast.FunctionDef)]
    silent = [f.name for f in functions if f.name.startswith("test_") and not ast.get_docstring(f)]
    assert not silent, f"no docstring: {silent}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_things_are_explained(path: Path) -> None:
    """Every module, public class and public function of the package has a docstring."""
    tree = parse(path)
    assert ast.get_docstring(tree), "the module says nothing about itself"
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    silent = [node.name for node in public if not ast.get_docstring(node)]
    assert not silent, f"no docstring: {silent}"


@pytest.mark.parametrize("path", [*MODULES, *TESTS], ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    """No promises in comments: what is missing is an entry in the tracker."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    later = [
        t.string for t in tokens if t.type == tokenize.COMMENT and re.search(r"\b(TODO|FIXME|XXX|HACK)\b", t.string)
    ]
    assert not later


def test_no_room_is_a_lumber_room() -> None:
    """Nothing is called utils, helpers, common or misc: a module is named after what it knows."""
    assert not [path for path in MODULES if path.stem in {"utils", "util", "helpers", "common", "misc"}]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_public_functions_take_no_boolean(path: Path) -> None:
    """A boolean argument hides two functions in one; frozen values may carry booleans."""
    for node in parse(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            flags = [a.arg for a in arguments if isinstance(a.annotation, ast.Name) and a.annotation.id == "bool"]
            assert not flags, f"{node.name}({', '.join(flags)}: bool)"
