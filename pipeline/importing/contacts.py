"""Phone numbers and sentences that send readers to help: proposed as safety text, for a person to confirm."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import helplines
from pipeline.errors import RegistryError
from pipeline.importing.blocks import Block, Remark, changed, shown
from pipeline.model import Element, Locale, Node, Registry, Text, Variable
from pipeline.placeables import phone_digits, phones

__all__ = ["propose"]

_HELP = re.compile(
    r"\b(?:help ?lines?|hotlines?|lifelines?|crisis (?:line|text|centers?)|poison control|emergency room"
    r"|emergency (?:services?|number)|suicid\w+|kill (?:your|them)sel(?:f|ves)|harm(?:ing)? (?:yourself|themselves)"
    r"|samaritans)\b",
    re.IGNORECASE,
)
_PROVIDER = re.compile(
    r"\b(?:if|when)\b.{0,400}\b(?:see|call|contact|talk to|speak (?:to|with)|tell|ask|seek)\b.{0,60}"
    r"\b(?:doctor|health ?care (?:provider|professional)|provider|therapist|medical (?:care|attention|help))\b",
    re.IGNORECASE,
)
_IDS = (
    ("crisis", re.compile(r"suicid|crisis|lifeline|harm(?:ing)? (?:yourself|themselves)|kill ", re.IGNORECASE)),
    ("emergency", re.compile(r"\bemergency|poison control|life-threatening", re.IGNORECASE)),
    ("referral", re.compile(r"help ?line|hotline|referr|treatment|support", re.IGNORECASE)),
)


def propose(blocks: list[Block], registry: Registry | None, locale: Locale) -> tuple[list[Block], list[Remark]]:
    """The blocks with safety ids proposed, and the numbers that the registry knows made variables of it."""
    remarks: list[Remark] = []
    proposed: list[Block] = []
    used: set[str] = set()
    for one in blocks:
        if one.kind not in ("source", "raw") and not one.kind.startswith("h"):
            safe, more = _proposed(one, registry, locale, used)
            remarks += more
            above = proposed[-1] if proposed else one
            in_list = safe.kind in ("li", "oli") and above.kind == safe.kind and above.safety and safe.safety
            one = replace(safe, safety=above.safety) if in_list else safe
        proposed.append(one)
    return proposed, remarks


def _proposed(one: Block, registry: Registry | None, locale: Locale, used: set[str]) -> tuple[Block, list[Remark]]:
    text = one.text
    calls = phones(text)
    is_help = bool(_HELP.search(text)) and not text.endswith("?")
    is_referral = bool(_PROVIDER.search(text[:1000]))
    if not (calls or is_help or is_referral):
        return one, []
    roles = {phone_digits(call.text): _role(call.text, registry, locale) for call in calls}
    remarks = [_number_remark(one.line, call.text, roles[phone_digits(call.text)]) for call in calls]
    role = next((role for role in roles.values() if role), "")
    if not (calls or is_help):
        role = "see-a-provider"
    name = _unused(role or next((name for name, words in _IDS if words.search(text)), "helpline"), used)
    remarks += _name_remarks(one.line, text, roles)
    why = f"proposed as safety text “{name}”; confirm the mark, or take it away"
    remarks.append(Remark(one.line, "look", shown(text), why))
    content = changed(_without_links(one.content), lambda value: _filled(value, roles))
    return replace(one, content=content, safety=name), remarks


def _number_remark(line: int, number: str, role: str) -> Remark:
    if role:
        return Remark(line, "guessed", number, f"replaced by {{{role}.phone}}, whose helpline has this very number")
    why = "a phone number that the registry does not show in this region; verify it and enter it there, or remove it"
    return Remark(line, "look", number, why)


def _name_remarks(line: int, text: str, roles: dict[str, str]) -> list[Remark]:
    """The name of a helpline whose number was replaced differs from region to region as well."""
    why = "say {%s.name} in place of the helpline's name: other regions have other helplines"
    return [Remark(line, "look", shown(text), why % role) for role in dict.fromkeys(roles.values()) if role]


def _role(number: str, registry: Registry | None, locale: Locale) -> str:
    """The one role whose ``{role.phone}`` shows this number in the region; empty where there is none."""
    if registry is None:
        return ""
    digits = phone_digits(number)
    for role in helplines.roles(registry, locale.region, locale.language):
        try:
            helpline = helplines.resolve(registry, locale, role)
            contact = helplines.phone_contact(helpline) if helpline else None
        except RegistryError:
            continue
        if contact and digits in (contact.dial, contact.e164, phone_digits(contact.display)):
            return role
    return ""


def _filled(value: str, roles: dict[str, str]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    at = 0
    for call in phones(value):
        role = roles.get(phone_digits(call.text))
        if role:
            nodes += [Text(value[at : call.start]), Variable(f"{role}.phone")]
            at = call.end
    return (*nodes, Text(value[at:]))


def _without_links(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes without links that dial: a variable brings its own."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and (node.get("href") or "").startswith(("tel:", "sms:")):
            result += node.children
        elif isinstance(node, Element):
            result.append(replace(node, children=_without_links(node.children)))
        else:
            result.append(node)
    return tuple(result)


def _unused(name: str, used: set[str]) -> str:
    number = 1
    while (name if number == 1 else f"{name}-{number}") in used:
        number += 1
    chosen = name if number == 1 else f"{name}-{number}"
    used.add(chosen)
    return chosen
