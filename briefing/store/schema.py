"""The tables of the catalog. A change here needs a new VERSION."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

VERSION = 4

# The last word of a speaker's name, its ASCII letters in lower case.
LAST_WORD = "lower(substr(speaker, length(rtrim(speaker, replace(speaker, ' ', ''))) + 1))"

metadata = MetaData()


def _article_id(primary_key: bool = False) -> Column[str]:
    owner = ForeignKey("articles.id", ondelete="CASCADE")
    return Column("article_id", Text, owner, nullable=False, primary_key=primary_key)


# schema, embedder, dimensions, and generation: a number that grows with every change of articles.
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("published", Text, nullable=False),  # ISO 8601 as the article gives it, or empty
    Column("day", Text),  # its day; NULL without a date
    Column("url", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Index("articles_by_day", "day", "id"),
    Index("articles_by_fingerprint", "fingerprint"),
    Index("articles_by_outlet", "outlet", "day"),
)

# The text of a sentence is article.text[start:end], so it is not stored twice.
sentences = Table(
    "sentences",
    metadata,
    _article_id(primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("paragraph", Integer, nullable=False),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    metadata,
    Column("number", Integer, primary_key=True),
    _article_id(),
    Column("start", Integer, nullable=False),  # the first offset of any of its spans
    Column("content_start", Integer, nullable=False, server_default="0"),  # from the first to the last
    Column("content_end", Integer, nullable=False, server_default="0"),  # character of what is said
    Column("source_spans", Text, nullable=False),  # spans are JSON: [[start, end], ...]
    Column("cue_spans", Text, nullable=False),
    Column("content_spans", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("mention", Text, nullable=False),
    Column("speaker", Text),
    Column("party", Text),
    Column("affiliation", Text),
    Column("status", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("act", Text, nullable=False),
    Column("stance", Text, nullable=False, server_default="states"),
    Column("nested", Text, nullable=False, server_default="[]"),  # JSON: statements inside the content
    Index("statements_by_article", "article_id", "start"),
    Index("statements_by_party", "party", "article_id"),
    Index("statements_by_speaker", "speaker", "article_id"),
    Index("statements_by_surname", text(LAST_WORD), "speaker"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Text, primary_key=True),
    _article_id(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # little-endian float16
    Column("generation", Integer, nullable=False),
    Index("passages_by_article", "article_id", "start"),
    Index("passages_by_generation", "generation"),
)

# What brings a catalog of an earlier version to the next one, statement by statement.
UPGRADES = {
    1: (
        "ALTER TABLE statements ADD COLUMN stance TEXT NOT NULL DEFAULT 'states'",
        "ALTER TABLE statements ADD COLUMN nested TEXT NOT NULL DEFAULT '[]'",
    ),
    2: (
        "ALTER TABLE statements ADD COLUMN content_start INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE statements ADD COLUMN content_end INTEGER NOT NULL DEFAULT 0",
        "UPDATE statements SET "
        "content_start = coalesce("
        "(SELECT min(json_extract(value, '$[0]')) FROM json_each(content_spans)), 0), "
        "content_end = coalesce("
        "(SELECT max(json_extract(value, '$[1]')) FROM json_each(content_spans)), 0)",
        "CREATE INDEX articles_by_outlet ON articles (outlet, day)",
        "DROP INDEX statements_by_party",
        "CREATE INDEX statements_by_party ON statements (party, article_id)",
        "CREATE INDEX statements_by_speaker ON statements (speaker, article_id)",
        f"CREATE INDEX statements_by_surname ON statements ({LAST_WORD}, speaker)",
    ),
    3: (
        "CREATE TABLE replies (number INTEGER NOT NULL PRIMARY KEY, key TEXT NOT NULL UNIQUE, "
        "text TEXT NOT NULL)",
        "CREATE TABLE spending (day TEXT NOT NULL PRIMARY KEY, tokens INTEGER NOT NULL, cost FLOAT NOT NULL)",
    ),
}

# Passages that are gone from the catalog and may still be in the derived indexes.
removals = Table(
    "removals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("passage_id", Text, nullable=False),
    Column("generation", Integer, nullable=False),
)

briefings = Table(
    "briefings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("payload", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("conversation", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("turns_by_conversation", "conversation", "number"),
)

# Whole replies of language models by what was asked, and what each day took.
replies = Table(
    "replies",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
)

spending = Table(
    "spending",
    metadata,
    Column("day", Text, primary_key=True),
    Column("tokens", Integer, nullable=False),
    Column("cost", Float, nullable=False),
)
