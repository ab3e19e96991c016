"""Two versions of a catalog: what each side keeps, when a person has to choose, and git as the judge."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from pipeline import po
from pipeline.cli import main
from pipeline.merge import merge, reconcile
from pipeline.model import Catalog, Key, Message, State
from pipeline.remarks import OTHER, explains, is_human
from test_merge import CATALOGS, NOBODY, catalog, said, template

CALL, WALK, SLEEP = "Call a friend.", "Go for a walk.", "Sleep enough."
FUZZY = replace(said(CALL, "brouillon"), fuzzy=True)
BASE = catalog(said(CALL, ""), said(WALK, "marcher"), said(SLEEP, "dormir"))


def with_one(base: Catalog, message: Message) -> Catalog:
    """The catalog with another message of that key."""
    return replace(base, messages=tuple(message if m.key == message.key else m for m in base.messages))


def words(message: Message) -> set[str]:
    """Each line of a message's text."""
    return {line.strip() for target in message.targets for line in target.split("\n") if line.strip()}


@given(CATALOGS, CATALOGS, CATALOGS)
def test_no_text_of_a_person_is_lost(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    """What either side wrote since they parted is in the result, as text or in a remark, unless it is a suggestion."""
    result = reconcile(base, ours, theirs).catalog
    before = {message.key: message for message in base.messages}
    after = {message.key: message for message in result.messages}
    for message in (*ours.messages, *theirs.messages):
        old = before.get(message.key)
        suggested = message.fuzzy and not all(map(is_human, message.comments))
        if suggested or (old and old.targets == message.targets):
            continue
        new = after[message.key]
        assert words(message) <= words(new) | {
            line.partition(": ")[2].partition(": ")[2].strip() for line in new.comments
        }


@given(CATALOGS, CATALOGS, CATALOGS)
def test_only_what_somebody_accepted_is_accepted(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    """A text is accepted in the result only where one side had accepted that very text."""
    accepted = {
        (message.key, message.targets)
        for version in (ours, theirs)
        for message in version.messages
        if message.state is State.TRANSLATED
    }
    for message in reconcile(base, ours, theirs).catalog.messages:
        assert message.state is not State.TRANSLATED or (message.key, message.targets) in accepted


@given(CATALOGS, CATALOGS)
def test_one_side_alone_wins(base: Catalog, changed: Catalog) -> None:
    """Where only one side did something, the result is that side; two equal versions are one."""
    assert reconcile(base, changed, base).catalog == changed
    assert set(reconcile(base, base, changed).catalog.messages) == set(changed.messages)
    assert reconcile(base, changed, changed).catalog == changed


@given(CATALOGS, CATALOGS, CATALOGS)
def test_the_result_is_a_catalog(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    """It can be written and read again, and every message that waits for a choice is fuzzy."""
    result = reconcile(base, ours, theirs)
    data = po.dump(result.catalog)
    assert po.load(data, "x.po").messages == result.catalog.messages
    index = {message.key: message for message in result.catalog.messages}
    assert all(
        index[key].fuzzy and any(line.startswith(OTHER) for line in index[key].comments) for key in result.conflicts
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "text", "fuzzy", "comments"),
    [
        (said(CALL, "appelle"), said(CALL, ""), "appelle", False, ()),
        (said(CALL, ""), said(CALL, "appelle"), "appelle", False, ()),
        (said(CALL, "appelle"), said(CALL, "appelle"), "appelle", False, ()),
        (said(CALL, "appelle"), said(CALL, "téléphone"), "appelle", True, (f"{OTHER}: téléphone",)),
        (said(CALL, "appelle"), FUZZY, "appelle", False, (f"{OTHER}: brouillon",)),
        (FUZZY, said(CALL, "appelle"), "appelle", False, (f"{OTHER}: brouillon",)),
        (said(CALL, "brouillon"), FUZZY, "brouillon", True, ()),
        (replace(FUZZY, comments=("handrail: suggested by apertium",)), said(CALL, "appelle"), "appelle", False, ()),
    ],
)
def test_whose_text_stays(ours: Message, theirs: Message, text: str, fuzzy: bool, comments: tuple[str, ...]) -> None:
    """The only one, the accepted one, that of a person; of two accepted ones ours, as fuzzy, with theirs beside it."""
    result = reconcile(BASE, with_one(BASE, ours), with_one(BASE, theirs))
    message = result.catalog.index()[Key(CALL)]
    assert (message.target, message.fuzzy, message.comments) == (text, fuzzy, comments)
    assert bool(result.conflicts) == (ours.state is theirs.state is State.TRANSLATED and ours.target != theirs.target)


def test_a_choice_once_made_leaves_no_remark() -> None:
    """The other text goes at the first update after a person has accepted one of the two."""
    result = reconcile(BASE, with_one(BASE, said(CALL, "appelle")), with_one(BASE, said(CALL, "téléphone"))).catalog
    again = merge(result, template(CALL, WALK, SLEEP), NOBODY).index()[Key(CALL)]
    assert again.comments == (f"{OTHER}: téléphone",)
    chosen = with_one(result, replace(again, fuzzy=False))
    assert merge(chosen, template(CALL, WALK, SLEEP), NOBODY).index()[Key(CALL)].comments == ()
    assert explains(f"{OTHER}: téléphone")


def test_both_sides_of_comments_flags_and_messages() -> None:
    """Lines that either side added or took out, messages that either added, each behind its neighbour."""
    base = with_one(BASE, replace(said(WALK, "marcher"), comments=("old",), flags=("x-old",)))
    ours = with_one(base, replace(said(WALK, "marcher"), comments=("old", "mine"), flags=("x-old", "x-mine")))
    theirs = with_one(base, replace(said(WALK, "marcher"), comments=("theirs",), flags=("x-theirs",)))
    new = said("Eat well.", "bien manger")
    theirs = replace(theirs, messages=(*theirs.messages[:2], new, *theirs.messages[2:]))
    result = reconcile(base, ours, theirs).catalog
    assert [message.key.source for message in result.messages] == [CALL, WALK, "Eat well.", SLEEP]
    assert result.messages[1].comments == ("mine", "theirs")
    assert result.messages[1].flags == ("x-mine", "x-theirs")


def test_git_merges_catalogs(tmp_path: Path) -> None:
    """As git's merge driver: two branches come together without markers; a conflict stays a file that can be read."""

    def git(*arguments: str, code: int = 0) -> str:
        run = subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == code, run.stderr + run.stdout
        return run.stdout

    def write(**texts: str) -> None:
        entries = (f'msgid "{name}"\nmsgstr "{text}"\n' for name, text in texts.items())
        head = 'msgid ""\nmsgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
        file.write_text("\n".join([head, *entries]), encoding="utf-8")
        git("commit", "-qam", "x")

    file = tmp_path / "fr.po"
    git("init", "-q", "-b", "main")
    git("config", "merge.handrail.driver", f"{sys.executable} -m pipeline reconcile %O %A %B --name %P")
    (tmp_path / ".gitattributes").write_text("*.po merge=handrail\n")
    file.touch()
    git("add", ".")
    write(a="", b="", c="")
    git("checkout", "-qb", "other")
    write(a="", b="un autre", c="aussi")
    git("checkout", "-q", "main")
    write(a="le mien", b="", c="")
    git("merge", "-q", "other", "-m", "x")
    assert [message.target for message in po.load(file.read_bytes(), "fr.po").messages] == [
        "le mien",
        "un autre",
        "aussi",
    ]
    git("checkout", "-q", "other")
    write(a="le leur", b="un autre", c="")
    git("checkout", "-q", "main")
    assert 'fr.po:6: two translations of "a": choose one' in git("merge", "-q", "other", "-m", "x", code=1)
    first, *_, last = po.load(file.read_bytes(), "fr.po").messages
    assert (first.target, first.fuzzy, first.comments) == ("le mien", True, (f"{OTHER}: le leur",))
    assert last.target == ""


def test_a_version_that_is_no_po_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The lines are merged as without a driver, the error names the line, and the exit code asks people to look."""
    texts = {
        "base.po": 'msgid "a"\nmsgstr ""\n',
        "ours.po": 'msgid "a"\nmsgstr "b"\n',
        "theirs.po": 'msgid "a\nmsgstr "c"\n',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / name) for name in texts]
    assert main(["reconcile", *files, "--name", "fr.po"]) == 2
    assert "fr.po:1: " in capsys.readouterr().err
    assert "<<<<<<<" in (tmp_path / "ours.po").read_text()
