"""The application. Its version is that of the installed package: nothing here repeats it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version(__name__)
except PackageNotFoundError:
    __version__ = "0.0.0.dev0"  # a checkout that is not installed: `uv sync` installs it
