"""One thing changed in an edition: what the examples of the rules, and tests, start from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pipeline import inline
from pipeline.checks.samples import source_of
from pipeline.model import Article, Contact, Edition, Element, Key, Message, Node, Segment

_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP2F7M93iD8hwwTWT3WWxKjOKiqtQhsVzd3/SzkcJBp0"
"""A public key whose private one was thrown away."""


def empty(article: Article) -> Article:
    """The article without any text."""
    blank = replace(article.title, key=Key(""), content=())
    return replace(article, title=blank, description=None, body=())


def change_message(edition: Edition, name: str, **fields: Any) -> Edition:
    """One message, named by its source or safety id, with other fields."""
    messages = tuple(
        replace(message, **fields) if message.key.source == source_of(name) else message
        for message in edition.catalog.messages
    )
    return _with_messages(edition, messages)


def with_targets(edition: Edition, target: str) -> Edition:
    """Every message with the same target."""
    return _with_messages(edition, (replace(message, targets=(target,)) for message in edition.catalog.messages))


def retarget(edition: Edition, name: str, target: str) -> Edition:
    """One message with another target."""
    return change_message(edition, name, targets=(target,))


def without_message(edition: Edition, name: str) -> Edition:
    """The catalog without one message."""
    return _with_messages(edition, (m for m in edition.catalog.messages if m.key.source != source_of(name)))


def with_message(edition: Edition, source: str, target: str) -> Edition:
    """The catalog with one message more."""
    return _with_messages(edition, (*edition.catalog.messages, Message(Key(source), targets=(target,))))


def _with_messages(edition: Edition, messages: Iterable[Message]) -> Edition:
    return replace(edition, catalog=replace(edition.catalog, messages=tuple(messages)))


def with_header(edition: Edition, name: str, value: str | None) -> Edition:
    """The catalog with another value in its header, or without that field."""
    header = tuple((field, old if field != name else value) for field, old in edition.catalog.header)
    kept = tuple((field, new) for field, new in header if new is not None)
    return replace(edition, catalog=replace(edition.catalog, header=kept))


def with_plural(edition: Edition, targets: tuple[str, ...]) -> Edition:
    """The theme with a plural message whose header announces two forms."""
    message = Message(Key("%(n)s result"), "%(n)s results", targets)
    header = (("Language", edition.locale.folder), ("Plural-Forms", "nplurals=2; plural=n>1;"))
    return replace(edition, interface=replace(edition.interface, messages=(message,), header=header))


def with_role(edition: Edition, role: str, id: str | None) -> Edition:
    """The region's table with another helpline in a role, or without the role."""
    region = edition.locale.region
    roles = {name: value for name, value in edition.registry.roles[region].items() if name != role}
    table = {**edition.registry.roles, region: {**roles, **({role: id} if id else {})}}
    return replace(edition, registry=replace(edition.registry, roles=table))


def with_helpline(edition: Edition, id: str, **fields: Any) -> Edition:
    """A registry entry with other fields, verified as before."""
    changed = {**edition.registry.helplines, id: replace(edition.registry.helplines[id], **fields)}
    return replace(edition, registry=replace(edition.registry, helplines=changed))


def with_number(edition: Edition, id: str, number: str) -> Edition:
    """A registry entry with another number, verified as before."""
    return with_helpline(edition, id, contacts=(Contact("voice", number, number),))


def sign(edition: Edition, safety: str, /, **fields: Any) -> Edition:
    """The sign-offs of one safety id with other fields."""
    records = tuple(replace(record, **fields) if record.safety == safety else record for record in edition.signoffs)
    return replace(edition, signoffs=records)


def second(edition: Edition, safety: str, **fields: Any) -> Edition:
    """A policy that asks for two reviewers of one safety id, and a second sign-off with other fields, if any."""
    again = [replace(record, **fields) for record in edition.signoffs if fields and record.safety == safety]
    policy = replace(edition.policy, second_reviewer=(safety,))
    return replace(edition, policy=policy, signoffs=(*edition.signoffs, *again))


def signers(edition: Edition, *names: str) -> Edition:
    """A policy that asks for the keys of some people; all of them have the same one."""
    return replace(edition, policy=replace(edition.policy, signers=tuple((name, _KEY) for name in names)))


def without_block(edition: Edition, safety: str, lacks: str = "") -> Edition:
    """The article without one safety block."""

    def stays(node: Node) -> bool:
        if not isinstance(node, Element):
            return True
        return (node.get("data-safety") or "", node.get("data-lacks") or "") != (safety, lacks)

    return replace(edition, article=replace(edition.article, body=tuple(filter(stays, edition.article.body))))


def resource(edition: Edition, safety: str, source: str = "") -> Edition:
    """The article, and the catalog with it, with another source for one safety text."""
    old, new = source_of(safety), source or f"{source_of(safety)} Do not hang up."
    body = tuple(
        replace(node, children=(replace(child, key=Key(new), content=inline.parse(new)),))
        if isinstance(node, Element) and isinstance(child := node.children[0], Segment) and child.key.source == old
        else node
        for node in edition.article.body
    )
    return change_message(replace(edition, article=replace(edition.article, body=body)), safety, key=Key(new))
