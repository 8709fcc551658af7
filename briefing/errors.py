"""The exceptions a caller can act on. "Nothing found" and "not supported" are values, never exceptions.

BriefingError            catch this to catch all of them; its text is one sentence for the user
  x InputError           something given to us cannot be read: a file, a page, a row, a date, a question
  x LibraryError         the library folder cannot be opened, locked, read or written
  x ModelFileError       a weights file under briefing/models/ is missing or broken
  x SettingError         a setting has a value that cannot work
  x WriterError          the language model failed, and no extractive answer could take its place
"""


class BriefingError(Exception):
    """One clear sentence: what is wrong, where, and how to mend it."""


class InputError(BriefingError):
    """An input cannot be read: missing, empty, binary, broken, in an unknown encoding, too large."""


class LibraryError(BriefingError):
    """The library folder cannot be used: full or read-only disk, held lock, a newer schema."""


class ModelFileError(BriefingError):
    """A weights file that ships with the package is missing or damaged; reinstalling mends it."""


class SettingError(BriefingError):
    """A setting is outside what it may be."""


class WriterError(BriefingError):
    """The configured language model cannot be used, with the reason the server gave."""
