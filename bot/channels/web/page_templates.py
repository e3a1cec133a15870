"""Templates → pages. Everything that is put into a template is escaped."""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from bot.channels.web.assets import StaticAssets
from bot.wording import Console, Web

FOLDER = Path(__file__).parent
_ADDRESS = re.compile(r"https://[\w./-]*\w|(?<![\w/])/read(?!\w)", re.ASCII)


class PageTemplates:
    """All templates, ready to be filled. ``site``: the address that members reach the page at, if it is known."""

    def __init__(self, assets: StaticAssets, site: str = "") -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters["linked"] = linkify
        self._environment.globals.update(words=Web, console=Console, asset=assets.url, site=site.rstrip("/"))

    def page(
        self, name: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: object
    ) -> HTMLResponse:
        """The template ``name`` filled with ``values``; never kept by a browser unless ``headers`` say so."""
        body = self._environment.get_template(name).render(values)
        return HTMLResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


def linkify(text: str) -> Markup:
    """``text`` escaped, its addresses to be pressed, that of the whole text too."""
    link = r'<a href="\g<0>" rel="noopener">\g<0></a>'  # an address of these characters needs no escaping
    return Markup(_ADDRESS.sub(link, str(escape(text))))  # noqa: S704 - escaped before
