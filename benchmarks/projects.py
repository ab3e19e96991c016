"""Projects of any size, made of a handful of sentences: the same seed and number, the same bytes.

    python benchmarks/projects.py /tmp/project --articles 1000
    python benchmarks/projects.py /tmp/project --articles 100000 --shape small

Articles are those of a small health site, in English and in Spanish, complete and signed off, so that every page goes
out. Which sentences stand in which article is drawn; each article has some that no other has, and links to another.
Small articles are in English alone and have a sentence of their own beside the safety texts: they are what hundreds of
thousands of pages can be made of in the time that a benchmark has.
Sign-offs and verifications are those of the starter project: demonstrations, which say so.
"""

from __future__ import annotations

import argparse
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from pipeline import extract, locales, po, readers, signoff
from pipeline.model import Article

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "pipeline" / "starter"

TOPICS = (
    ("sleep", "el sueño"),
    ("grief", "el duelo"),
    ("stress at work", "el estrés en el trabajo"),
    ("moving house", "la mudanza"),
    ("caring for a parent", "el cuidado de un padre"),
    ("a new baby", "un bebé recién nacido"),
    ("living alone", "la vida en soledad"),
    ("long journeys", "los viajes largos"),
)
SENTENCES = (
    ("Many people find {topic} hard at first.", "A muchas personas les cuesta {topic} al principio."),
    ("Talk about {topic} with someone who listens.", "Hable sobre {topic} con alguien que escuche."),
    ("A short walk each day helps more than it seems.", "Una caminata corta cada día ayuda más de lo que parece."),
    ("Write down what went well, however small it was.", "Escriba lo que salió bien, por pequeño que sea."),
    ("Eat at the same times, and drink enough water.", "Coma a las mismas horas y beba suficiente agua."),
    ("Rest is work that your body does for you.", "El descanso es un trabajo que su cuerpo hace por usted."),
    ("Ask a friend to come along.", "Pida a una amistad que le acompañe."),
    ("What helps one person may tire another.", "Lo que ayuda a una persona puede cansar a otra."),
    ("Keep the evenings quiet and the screens away.", "Mantenga las noches tranquilas y lejos de las pantallas."),
    ("Give yourself time with {topic}.", "Dese tiempo con {topic}."),
    ("Music that you know well can calm you.", "La música que conoce bien puede calmarle."),
    ("Plan one pleasant thing for the week.", "Planee algo agradable para la semana."),
)
ADJECTIVES = ("calm", "slow", "clear", "small", "warm", "steady", "simple", "kind")
HEADINGS = (("What may help", "Lo que puede ayudar"), ("Day by day", "Día a día"), ("With others", "Con los demás"))

_SIGNED = """\
[[signoff]]
article = "{article}"
locale = "{locale}"
safety = "{safety}"
source_hash = "{source}"
target_hash = "{target}"
kind = "demonstration"
translator = "Handrail project, translation (demonstration)"
reviewer = "Handrail project, review (demonstration)"
qualification = "none: nobody qualified has read this"
method = "none: shows how the process works"
date = 2026-11-24
"""


SHAPES = ("whole", "small")


def make(folder: Path, articles: int, seed: int = 7, shape: str = "whole") -> Path:
    """Write a project with so many articles of a shape into an empty folder."""
    shutil.copytree(STARTER, folder)
    for path in ("source/articles/feeling-low.md", "locales/es_US/LC_MESSAGES/feeling-low.po"):
        (folder / path).unlink()
    shutil.rmtree(folder / "locales" / "templates")
    for tag in ("en_US", "es_US"):
        (folder / "locales" / tag / "signoffs.toml").unlink()
        (folder / "locales" / tag / "signoffs").mkdir()
    if shape == "small":
        settings = folder / "handrail.toml"
        lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
        settings.write_text("".join(line for line in lines if not line.startswith("es-US")), encoding="utf-8")
        shutil.rmtree(folder / "locales" / "es_US")
        _write_small(folder, articles, seed)
        return folder
    known = dict(_starter())
    for number in range(articles):
        _write(folder, number, articles, random.Random(f"{seed} {number}"), known)
    return folder


def _write_small(folder: Path, articles: int, seed: int) -> None:
    """Articles of one sentence and the safety texts, whose sign-offs are those of the first one."""
    signed = ""
    for number in range(articles):
        slug, draw = f"article-{number:06}", random.Random(f"{seed} {number}")
        topic, sentence = draw.choice(TOPICS)[0], draw.choice(SENTENCES)[0]
        head = f"---\ntitle: About {topic}, part {number + 1}\n---"
        other = f"Read [the next part](article-{(number + 1) % articles:06}.md)."
        text = "\n\n".join((head, sentence.format(topic=topic), other, _safety()))
        path = f"source/articles/{slug}.md"
        (folder / path).write_text(text, encoding="utf-8")
        signed = signed or _signed(readers.read(text.encode(), path, "en-US"), "{article}", "en-US", {})
        (folder / f"locales/en_US/signoffs/{slug}.toml").write_text(signed.replace("{article}", slug), encoding="utf-8")


def _starter() -> Iterator[tuple[str, str]]:
    """Source -> target of the starter's safety texts."""
    path = "locales/es_US/LC_MESSAGES/feeling-low.po"
    for message in po.load((STARTER / path).read_bytes(), path).messages:
        yield message.key.source, message.target


def _write(folder: Path, number: int, articles: int, draw: random.Random, known: dict[str, str]) -> None:
    """One article, its catalog, and the sign-offs of both locales."""
    slug = f"article-{number:06}"
    text, targets = _article(number, articles, draw)
    path = f"source/articles/{slug}.md"
    (folder / path).write_text(text, encoding="utf-8")
    article = readers.read(text.encode(), path, "en-US")
    template = extract.template(article)
    targets = {**known, **targets}
    messages = tuple(replace(message, targets=(targets[message.key.source],)) for message in template.messages)
    catalog = replace(po.new(locales.locale("es-US")), messages=messages)
    (folder / f"locales/es_US/LC_MESSAGES/{slug}.po").write_bytes(po.dump(catalog))
    for tag, found in (("en_US", {}), ("es_US", targets)):
        signed = _signed(article, slug, tag.replace("_", "-"), found)
        (folder / f"locales/{tag}/signoffs/{slug}.toml").write_text(signed, encoding="utf-8")


def _signed(article: Article, slug: str, tag: str, targets: dict[str, str]) -> str:
    """The sign-offs of an article's safety texts in a locale."""
    return "\n".join(
        _SIGNED.format(
            article=slug,
            locale=tag,
            safety=segment.safety,
            source=signoff.source_hash(segment.key, segment.safety),
            target=signoff.target_hash(targets.get(segment.key.source, segment.key.source)),
        )
        for segment in extract.segments(article)
        if segment.safety
    )


def _article(number: int, articles: int, draw: random.Random) -> tuple[str, dict[str, str]]:
    """An article, and its sentences with their translations."""
    topic, tema = draw.choice(TOPICS)
    targets: dict[str, str] = {}

    def say(source: str, target: str) -> str:
        source, target = source.format(topic=topic), target.format(topic=tema)
        targets[source] = target
        return source

    title = say(f"About {topic}, part {number + 1}", f"Sobre {tema}, parte {number + 1}")
    description = say(
        "What helps with {topic}, and when to ask for help.", "Qué ayuda con {topic} y cuándo pedir ayuda."
    )
    parts = [f"---\ntitle: {title}\ndescription: {description}\n---"]
    for heading in draw.sample(HEADINGS, 2):
        parts.append("## " + say(*heading))
        pairs = draw.sample(SENTENCES, 6)
        parts.append(_run(say, pairs[:3]))
        parts.append("\n".join("- " + say(*pair) for pair in pairs[3:]))
    other = f"article-{(number + 1) % articles:06}.md"
    parts.append(say(f"Read [the next part]({other}).", f"Lea [la parte siguiente]({other})."))
    return "\n\n".join([*parts, _safety()]), targets


@cache
def _safety() -> str:
    """The safety texts of the starter's article, from their heading on."""
    text = (STARTER / "source/articles/feeling-low.md").read_text(encoding="utf-8")
    return "".join(text.partition("## When to ask")[1:])


def _run(say: object, pairs: list[tuple[str, str]]) -> str:
    assert callable(say)
    text: str = say(" ".join(source for source, _ in pairs), " ".join(target for _, target in pairs))
    return text


def main() -> None:
    """Write the project that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a project of any size.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--shape", choices=SHAPES, default=SHAPES[0])
    arguments = parser.parse_args()
    make(arguments.folder, arguments.articles, arguments.seed, arguments.shape)


if __name__ == "__main__":
    main()
