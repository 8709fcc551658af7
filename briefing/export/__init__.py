"""The same answer or briefing as Markdown, plain text or JSON. Article text is escaped on every surface."""

from briefing.export.markdown import markdown
from briefing.export.plain import plain
from briefing.export.records import record, to_json

__all__ = ["markdown", "plain", "record", "to_json"]
