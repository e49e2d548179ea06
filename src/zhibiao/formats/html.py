"""What the project's HTML reports share: how templates are read, one stylesheet, and the one script that a page lets run."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined


def make_environment() -> Environment:
    """Make the environment of the templates: texts are escaped, and a name that is misspelt fails instead of leaving a hole.

    Examples
    --------
    >>> make_environment().from_string("{{ text }}").render(text="高企<b>")
    '高企&lt;b&gt;'
    """
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def read_style() -> str:
    """Read the stylesheet: colours by day and night, sections, tiles, tables, narrow screens, print; a page adds its own behind it."""
    return (files("zhibiao.formats") / "data" / "page.css").read_text("utf-8")


def hash_script(script: str) -> str:
    """Name a script as a Content-Security-Policy does, so that a page runs it and no other.

    Examples
    --------
    >>> hash_script("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
