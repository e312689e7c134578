"""The app as `dashboard serve` runs it: app.py behind two small additions to Streamlit's own server.

1. A page opened by its own address is told where its server is. Streamlit 1.67 otherwise asks below
   the page's path first, which leaves two 404 errors in the console of every deep link.
2. A content security policy: the browser may talk to this server and to nothing else, so that no
   request leaves the user's machine whatever a page or a library tries.

`streamlit run app.py` serves the same pages without these.
"""

import json
from typing import Final

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from dashboard.paths import PROJECT

_POLICY: Final = (
    "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'self'; "
    "form-action 'self'; base-uri 'self'"
)
_REWRITTEN = (b"content-length", b"etag")


class PageAddress:
    """Middleware over the HTML of the pages: adds the server's address and the policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but the pages' HTML, which is one small response."""
        if scope["type"] != "http" or "/_stcore/" in scope["path"] or "/static/" in scope["path"]:
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        started: list[Message] = []
        body = bytearray()

        async def rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                start, page = _with_address(started[0], bytes(body))
                await send(start)
                await send({"type": "http.response.body", "body": page})

        await self.app({**scope, "headers": plain}, receive, rewritten)


def _with_address(start: Message, body: bytes) -> tuple[Message, bytes]:
    headers = dict(start["headers"])
    if not headers.get(b"content-type", b"").startswith(b"text/html"):
        return start, body
    base = json.dumps(f"/{config.get_option('server.baseUrlPath').strip('/')}".rstrip("/"))
    script = f"<head><script>window.__streamlit={{BACKEND_BASE_URL:location.origin+{base}}}</script>"
    page = body.replace(b"<head>", script.encode(), 1)
    kept = [(name, value) for name, value in start["headers"] if name not in _REWRITTEN]
    added = [(b"content-length", str(len(page)).encode()), (b"content-security-policy", _POLICY.encode())]
    return {**start, "headers": [*kept, *added]}, page


app = st.App(PROJECT / "app.py", middleware=[Middleware(PageAddress)])
