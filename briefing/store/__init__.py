"""The library on disk: the catalog (the truth), and the vectors and full text derived from it."""

from briefing.store.fingerprints import fingerprint
from briefing.store.store import Entry, Store

__all__ = ["Entry", "Store", "fingerprint"]
