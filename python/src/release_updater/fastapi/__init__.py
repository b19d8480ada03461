# SPDX-License-Identifier: MIT
"""The API for FastAPI applications."""

from .models import SettingsModel, StatusModel
from .rights import local_user
from .router import create_router

__all__ = ["SettingsModel", "StatusModel", "create_router", "local_user"]
