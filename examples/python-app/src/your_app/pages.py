"""The pages, as HTML. layout.html is around all of them."""

import sys
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from tzlocal import get_localzone

from . import __name__ as package
from . import __version__
from .store import Note, Start

LAYOUT = Template(Path(__file__).with_name("layout.html").read_text(encoding="utf-8"))
SCRIPT = '<script type="module" src="{base}/update-center.js"></script>'
BADGE = '<update-center base="{base}" view="badge"></update-center>'
BANNER = '<update-center base="{base}" view="banner overlay"></update-center>'
PANEL = '<update-center base="{base}" view="settings"></update-center>'
VERSION = '<span class="version">v{version}</span>'
WITHOUT_UPDATES = """<p class="card">This copy does not look for updates. README.md of the
project says how it learns to update itself, in “Let it update itself”.</p>"""


@cache
def title() -> str:
    """TITLE in app.env: in scripts/ beside a packed Python, in packaging/ of a checkout."""
    for folder in (Path(sys.prefix).parent / "scripts", Path("packaging")):
        file = folder / "app.env"
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                if line.startswith("TITLE="):
                    return line.removeprefix("TITLE=").strip('"')
    return package


def page(here: str, content: str, base: str) -> str:
    """`here`: home or settings. `base`: of the updates' routes; empty if there are none."""
    return LAYOUT.substitute(
        title=escape(title()),
        content=content,
        script=SCRIPT.format(base=base) if base else "",
        badge=BADGE.format(base=base) if base else VERSION.format(version=escape(__version__)),
        banner=BANNER.format(base=base) if base else "",
        home='aria-current="page"' if here == "home" else "",
        settings='aria-current="page"' if here == "settings" else "",
    )


def when(time: datetime) -> str:
    return f"{time.astimezone(get_localzone()):%Y-%m-%d %H:%M}"


def home(starts: list[Start], notes: list[Note]) -> str:
    lines = "".join(
        f"<li><span>{escape(note.text)}</span><time>{when(note.at)}</time></li>" for note in notes
    )
    history = "".join(
        f"<li><span>Version {escape(start.version)}</span><time>{when(start.at)}</time></li>"
        for start in starts[:5]
    )
    return f"""<h1>{escape(title())} {escape(__version__)}</h1>
<section class="card">
<h2>Notes</h2>
<form method="post" action="notes">
<input name="text" aria-label="Note" placeholder="Something to remember" maxlength="200" required>
<button>Add</button>
</form>
<ul>{lines or '<li class="empty">No notes yet. They survive updates.</li>'}</ul>
</section>
<section class="card">
<h2>Starts</h2>
<p>Starts from this folder: {len(starts)}</p>
<ul>{history}</ul>
</section>"""


def settings(base: str) -> str:
    content = PANEL.format(base=base) if base else WITHOUT_UPDATES
    return f"""<h1>Settings</h1>
<nav class="tabs" aria-label="Settings"><a href="settings" aria-current="page">Updates</a></nav>
{content}"""
