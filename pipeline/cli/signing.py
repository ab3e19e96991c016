"""``handrail sign``: leads a named reviewer through the safety messages that nobody has signed off."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import catalogs, checks, helplines, inline, keys, project, signoff, standing
from pipeline.build import Wanted
from pipeline.cli import CLOSED, OPEN
from pipeline.cli.asking import ask
from pipeline.cli.choice import slugs, tags
from pipeline.cli.clock import today
from pipeline.errors import MarkupError, RegistryError, UsageError
from pipeline.model import Edition, Element, Node, Place, Segment, SignOff, State, Text, Variable
from pipeline.project import Project
from pipeline.standing import SafetyMessage

QUESTIONS = (
    "Negation: does everything that is denied or forbidden in the source stay so, and nothing else?",
    "Modality: are must, should, may and can as strong as in the source?",
    "Condition: does every if, when, unless and until hold for the same case?",
    "Actor: is it the same person who acts, calls or is in danger?",
    "Number: are all numbers, doses and lengths of time the same?",
    "Urgency: will a reader act as soon as a reader of the source would?",
)

_OF_SIGNING = ("safety/not-signed-off", "safety/source-changed", "safety/target-changed", "safety/second-reviewer")
"""What signing settles."""

_NEW_FILE = b"# Who reviewed which safety message, bound to the very texts. `handrail sign` adds to this file.\n"


@dataclass(frozen=True, slots=True)
class _Person:
    """What a session of signing says about every message."""

    kind: str
    translator: str
    reviewer: str
    qualification: str
    method: str
    key: Path | None


def sign(arguments: argparse.Namespace) -> int:
    """Ask about each safety message and record what was approved; 1 where any is left unsigned."""
    one = project.open_project(arguments.project)
    if arguments.yes and arguments.kind != "demonstration":
        raise UsageError("--yes is for demonstration sign-offs; a reviewer reads each message and answers for it.")
    if arguments.kind == "demonstration" and not one.settings.policy.demonstration:
        raise UsageError("this project is no demonstration, so a demonstration sign-off would count for nothing.")
    pending = list(_pending(one, arguments))
    if not pending:
        print("Every safety message that was asked for is signed off.")
        return OPEN
    print(f"{len(pending)} safety messages to sign off.")
    person = _person(arguments)
    _refuse_keys(one, person)
    others = [(edition, message) for edition, message in pending if not _has_signed(person, edition, message)]
    if len(others) < len(pending):
        print(f"{len(pending) - len(others)} of them wait for a second reviewer; {person.reviewer} has signed them.")
    signed = 0
    for edition, safety in others:
        answer = _demonstrated(edition, safety) if arguments.yes else _reviewed(edition, safety)
        if answer == "q":
            break
        if answer == "y":
            _record(one, edition, safety, person)
            signed += 1
    for change in _noted(one, {(e.locale.tag, e.article.slug) for e, _ in others}) if signed else ():
        print(change)
    print(f"\n{signed} signed off, {len(pending) - signed} left.")
    return OPEN if signed == len(pending) else CLOSED


def _refuse_keys(one: Project, person: _Person) -> None:
    """UsageError where the project asks for a key that this reviewer has not given."""
    signers = dict(one.settings.policy.signers)
    if signers and person.reviewer not in signers:
        raise UsageError(f"{person.reviewer} is none of the signers in the settings: {', '.join(signers)}.")
    if signers and person.key is None:
        raise UsageError("this project asks for the key of who signs: --key ~/.ssh/id_ed25519")


def _has_signed(person: _Person, edition: Edition, one: SafetyMessage) -> bool:
    """Whether this reviewer has signed the message as it stands, so that only another person is missing."""
    signers = dict(edition.policy.signers)
    made = signoff.reviews(
        edition.signoffs, edition.article.slug, one.segment.key, one.segment.safety, one.message.target
    )
    return one.segment.safety in edition.policy.second_reviewer and any(
        _folded(record.reviewer) == _folded(person.reviewer) and not keys.fault(record, signers) for record in made
    )


def _noted(one: Project, signed: Collection[tuple[str, str]]) -> Iterator[str]:
    """Bring the catalogs of what was signed up to date: they show who signed which text."""
    for target in one.settings.targets:
        slugs = sorted(slug for tag, slug in signed if tag == target.locale.tag)
        for change in catalogs.update(one, [target], slugs) if slugs else ():
            if change.did != "unchanged":
                yield f"{change.did:10} {change.error or change.path}"


def _pending(one: Project, arguments: argparse.Namespace) -> Iterator[tuple[Edition, SafetyMessage]]:
    """What is asked for and has no sign-off that counts; raises the error of a file that cannot be read."""
    wanted = Wanted(slugs(one, arguments.article), tags(one, arguments.locale))
    loaded = project.load(one, today())
    for broken in loaded.broken:
        if wanted.has(broken.article, broken.locale):
            raise broken.error
    known = set()
    for edition in loaded.editions:
        if not wanted.has(edition.article.slug, edition.locale.tag):
            continue
        for message in standing.safety_messages(edition):
            known.add(message.segment.safety)
            if message.review is None and (not arguments.message or message.segment.safety in arguments.message):
                yield edition, message
    for name in arguments.message:
        if name not in known:
            raise UsageError(f"there is no safety message {name} there; there are {', '.join(sorted(known))}.")


def _person(arguments: argparse.Namespace) -> _Person:
    """The people of this session; UsageError where two of them are one."""
    person = _Person(
        kind=arguments.kind,
        translator=arguments.translator or ask("Who translated? "),
        reviewer=arguments.reviewer or ask("Who reviews (somebody else)? "),
        qualification=arguments.qualification or ask("What qualifies the reviewer? "),
        method=arguments.method or ask("How is it reviewed? "),
        key=arguments.key,
    )
    if _folded(person.translator) == _folded(person.reviewer):
        raise UsageError(f"{person.reviewer} cannot review their own translation; a second person has to.")
    return person


def _demonstrated(edition: Edition, one: SafetyMessage) -> str:
    """``y`` for any accepted text: a demonstration says nothing about it."""
    print(f"{_where(edition, one)}: {one.segment.safety}: {one.message.state.value}")
    return "y" if one.message.state is State.TRANSLATED else "n"


def _reviewed(edition: Edition, one: SafetyMessage) -> str:
    """Show both texts with the helplines filled in, and ask: ``y``, ``n`` or ``q``."""
    print(f"\n{_where(edition, one)}: {one.segment.safety}")
    if one.message.state is not State.TRANSLATED:
        print(f"  {one.message.state.value}: translate and accept it first.")
        return "n"
    try:
        target = inline.conform(inline.parse(one.message.target), one.segment.content)
    except MarkupError as error:
        print(f"  {error.message} Mend the markup first.")
        return "n"
    print(f"  source  {_filled(one.segment.content, edition)}")
    print(f"  target  {_filled(target, edition)}")
    for doubt in _doubts(edition, one):
        print(f"  look    {doubt}")
    for question in QUESTIONS:
        if (answer := _answer(question)) != "y":
            return answer
    return _answer("Does the target say the same as the source, and would you answer for it?")


def _answer(question: str) -> str:
    print(f"  {question}")
    while True:
        answer = ask("    [y]es, [n]o, [q]uit: ").casefold()[:1]
        if answer in ("y", "n", "q"):
            return answer


def _doubts(edition: Edition, one: SafetyMessage) -> Iterator[str]:
    """What the rules about texts are not sure of in this message: a person has to look."""
    for finding in checks.check(edition):
        if finding.key == one.segment.key and not finding.rule.startswith(_OF_SIGNING):
            yield f"{finding.text} [{finding.rule}]"


def _filled(nodes: tuple[Node, ...], edition: Edition) -> str:
    return inline.plain(tuple(_fill(node, edition) for node in nodes))


def _fill(node: Node, edition: Edition) -> Node:
    """Variables as readers of the locale see them; where the region has no line, as they are written."""
    if isinstance(node, Variable):
        try:
            return Text(helplines.variable_text(node.name, edition.registry, edition.locale))
        except RegistryError:
            return node
    if isinstance(node, Segment):
        return replace(node, content=tuple(_fill(child, edition) for child in node.content))
    if isinstance(node, Element):
        return replace(node, children=tuple(_fill(child, edition) for child in node.children))
    return node


def _record(one: Project, edition: Edition, message: SafetyMessage, person: _Person) -> None:
    """Add a sign-off to its file, at once: an interruption loses nothing that was approved."""
    path = project.own_signoff_path(edition.locale, edition.article.slug)
    if not (one.root / path).parent.is_dir():  # then all articles of the locale share a file
        path = project.signoff_path(edition.locale)
    there = (one.root / path).exists()
    added = SignOff(
        article=edition.article.slug,
        locale=edition.locale.tag,
        safety=message.segment.safety,
        source_hash=signoff.source_hash(message.segment.key, message.segment.safety),
        target_hash=signoff.target_hash(message.message.target),
        kind=person.kind,
        translator=person.translator,
        reviewer=person.reviewer,
        qualification=person.qualification,
        method=person.method,
        date=edition.today,
        place=Place(path),
    )
    if person.key is not None:
        added = keys.sign(added, person.key)
    project.save(one.root, path, signoff.add(project.read(one.root, path) if there else _NEW_FILE, added))


def _where(edition: Edition, one: SafetyMessage) -> str:
    return f"{edition.locale.tag}  {Place(edition.catalog.path, one.message.line)}"


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
