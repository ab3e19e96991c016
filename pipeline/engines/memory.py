"""What people accepted before, in every article, offered again.

An SQLite file that can be deleted at any time: ``learn`` makes it anew from the catalogs. A near match
is offered with the source that it was made for, so that its translator sees the difference.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz, process

from pipeline.errors import EngineError
from pipeline.merge.danger import differences
from pipeline.merge.wording import changed
from pipeline.model import Catalog, Key, Locale, Refusal, State, Suggestion
from pipeline.prefill import Answer

__all__ = ["Memory"]

_NEAR = 75.0
"""The least likeness of a near match in percent; Weblate's and the toolkit's default is about the same."""

_WORDS = 6
"""How many of its rarest words find the candidates for a text."""

_CANDIDATES = 500
_COMMON = 5000
"""Words are looked up, rarest first, until they stand in more messages than this."""

_LAYOUT = 1
"""Version of the tables."""

_TABLES = f"""
CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    article TEXT NOT NULL,
    source_locale TEXT NOT NULL,
    target_locale TEXT NOT NULL,
    source TEXT NOT NULL,
    context TEXT NOT NULL,
    target TEXT NOT NULL
);
CREATE INDEX exact ON message (target_locale, source_locale, source);
CREATE INDEX catalog ON message (target_locale, source_locale, article);
CREATE VIRTUAL TABLE words USING fts5 (
    source, content=message, content_rowid=id, tokenize='unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE frequency USING fts5vocab (words, 'row');
CREATE TRIGGER added AFTER INSERT ON message BEGIN
    INSERT INTO words (rowid, source) VALUES (new.id, new.source);
END;
CREATE TRIGGER removed AFTER DELETE ON message BEGIN
    INSERT INTO words (words, rowid, source) VALUES ('delete', old.id, old.source);
END;
PRAGMA user_version = {_LAYOUT};
"""


class Memory:
    """Accepted messages of every article and locale in one file."""

    name = "memory"
    machine = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def learn(self, catalogs: Iterable[Catalog], source: Locale) -> None:
        """Make what is known of these catalogs what they hold now: translated messages, nothing else.

        Raises EngineError if the file cannot be written.
        """
        with self._open() as database:
            for catalog in catalogs:
                article = PurePosixPath(catalog.path).stem
                database.execute(
                    "DELETE FROM message WHERE target_locale = ? AND source_locale = ? AND article = ?",
                    (catalog.locale, source.tag, article),
                )
                database.executemany(
                    "INSERT INTO message (article, source_locale, target_locale, source, context, target)"
                    " VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (article, source.tag, catalog.locale, message.key.source, message.key.context, message.target)
                        for message in catalog.messages
                        if message.state is State.TRANSLATED and not message.source_plural
                    ],
                )

    def suggest(self, keys: Sequence[Key], source: Locale, target: Locale) -> list[Answer]:
        """For each key the text of the same source, the same context first, or of a near one.

        The answers depend on what was learned, never on its order. Raises EngineError for a broken file.
        """
        if not self.path.exists():
            return [Refusal("the memory is empty")] * len(keys)
        with self._open() as database:
            return [_exact(database, key, source, target) or _near(database, key, source, target) for key in keys]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept if nothing goes wrong."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
                _prepare(database)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise EngineError(
                f"The memory {self.path.name} cannot be used: {error}. Delete it: it is made anew from the catalogs."
            ) from error


def _prepare(database: sqlite3.Connection) -> None:
    """Make the tables in a new file; refuse those of another version of Handrail."""
    [version] = database.execute("PRAGMA user_version").fetchone()
    if version == 0:
        database.executescript(_TABLES)
    elif version != _LAYOUT:
        raise sqlite3.DatabaseError("another version of Handrail made it")


def _exact(database: sqlite3.Connection, key: Key, source: Locale, target: Locale) -> Suggestion | None:
    """Same context before another, then the text that most articles chose, then by text."""
    row = database.execute(
        """SELECT target, min(article) FROM message
        WHERE target_locale = ? AND source_locale = ? AND source = ?
        GROUP BY target ORDER BY max(context = ?) DESC, count(*) DESC, target LIMIT 1""",
        (target.tag, source.tag, key.source, key.context),
    ).fetchone()
    return Suggestion(row[0], f"memory: {row[1]}") if row else None


# --- near matches ---------------------------------------------------------------------------------


def _near(database: sqlite3.Connection, key: Key, source: Locale, target: Locale) -> Answer:
    """The most alike source whose difference cannot turn the meaning round."""
    if source.language != "en":  # the language of the words in `differences`
        return Refusal(f"the memory has nothing exact, and near matches are not safe to judge in {source.language}")
    candidates = _candidates(database, key, source, target)
    scored = process.extract(key.source, list(candidates), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
    ranked = sorted((-score, text) for text, score, _ in scored)
    if not ranked:
        return Refusal("the memory has nothing alike")
    dangers = {text: differences(text, key.source) for _, text in ranked}
    for score, text in ranked:
        if not dangers[text]:
            found, context, article = candidates[text]
            near = Key(text, context)
            origin = f"memory: {article}, {-score:.0f} % alike: the source {changed(near, key)}"
            return Suggestion(found, origin, near)
    return Refusal(f"what the memory has differs dangerously: {'; '.join(dangers[ranked[0][1]])}")


def _candidates(
    database: sqlite3.Connection, key: Key, source: Locale, target: Locale
) -> dict[str, tuple[str, str, str]]:
    """Source -> target, context, article of what shares one of the rarest words."""
    rarest = _rarest(database, key.source)
    if not rarest:
        return {}
    rows = database.execute(
        """SELECT message.source, target, context, article FROM words JOIN message ON message.id = words.rowid
        WHERE words MATCH ? AND target_locale = ? AND source_locale = ?
        ORDER BY rank, message.source, target DESC, context DESC, article DESC LIMIT ?""",
        (" OR ".join(f'"{word}"' for word in rarest), target.tag, source.tag, _CANDIDATES),
    )
    return {text: (found, context, article) for text, found, context, article in rows}


def _rarest(database: sqlite3.Connection, text: str) -> list[str]:
    """The rarest of its words that the memory knows, at least one of them, and no more than it pays to look up."""
    counted = []
    for word in set(re.findall(r"\w+", text.lower())):
        row = database.execute("SELECT doc FROM frequency WHERE term = ?", (word,)).fetchone()
        if row:
            counted.append((int(row[0]), word))
    words: list[str] = []
    messages = 0
    for count, word in sorted(counted)[:_WORDS]:
        messages += count
        if words and messages > _COMMON:
            break
        words.append(word)
    return words
