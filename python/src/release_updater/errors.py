# SPDX-License-Identifier: MIT
"""What can go wrong. Every message is a sentence for the user."""

from __future__ import annotations


class UpdateError(Exception):
    """Each error of this package."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LauncherError(UpdateError):
    """The launcher could not do it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        """The exit status of the command: 1 failed, 2 wrong use, 20 a signature, a digest or an
        archive was refused, 30 in use, 31 no room, 32 no permission."""


class NotPossible(UpdateError):
    """It cannot be done now."""


class TooSoon(UpdateError):
    """A manual check was made a moment ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"A check was made a moment ago. Try again in {seconds} s.")
        self.seconds = seconds
