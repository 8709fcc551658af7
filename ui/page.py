"""What `streamlit run ui/page.py` serves: the page behind its security middleware."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

_FOLDER = Path(__file__).resolve().parent
# Streamlit puts the folder of the script on the path; `ui` lies in the one above, in a checkout and a wheel.
sys.path.insert(0, str(_FOLDER.parent))

from ui.shield import SecurityHeaders, inline_script_hashes, served_hosts  # noqa: E402

_HOSTS = served_hosts(st.get_option("server.address") or "")
_SHELL = Path(st.__file__).parent / "static" / "index.html"


def _tell(error: Exception) -> bool:
    """One line for what nobody foresaw, in place of Streamlit's; the traceback goes to the terminal."""
    logging.getLogger("briefing").error("The page failed", exc_info=error)
    st.error("Something failed that should not. The terminal that serves this page has the details.")
    return True


app = st.App(
    _FOLDER / "app.py",
    on_script_error=_tell,
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS, www_redirect=False),
        Middleware(SecurityHeaders, script_hashes=inline_script_hashes(_SHELL)),
    ],
)
