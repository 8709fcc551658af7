"""What came in: files and folders of articles to `Article`s. Nothing in here reads a setting or a network."""

from briefing.ingest.files import SUPPORTED_SUFFIXES, read_articles, scan_articles

__all__ = ["SUPPORTED_SUFFIXES", "read_articles", "scan_articles"]
