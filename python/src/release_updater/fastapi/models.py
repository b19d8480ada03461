# SPDX-License-Identifier: MIT
"""What the API receives and sends."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ..launcher import VERSION
from ..launcher_status import SettledKind
from ..limits import InstallType, ReasonCode
from ..settings import MAX_HOURS, MIN_HOURS, Auto
from ..status import State


class ReasonModel(BaseModel):
    """Why this installation cannot update itself."""

    code: ReasonCode
    message: str
    instructions: str = Field(description="What the user can do instead.")


class NoteModel(BaseModel):
    version: str
    text: str = Field(description="As the server has it: not signed.")


class UpdateModel(BaseModel):
    """A release that can be installed here."""

    version: str
    tag: str
    summary: str = Field(description="A line from the project, signed.")
    critical: bool
    size: int = Field(description="Bytes of the download; 0 if unknown.")
    page: str = Field(description="The address of the release.")
    notes: list[NoteModel] = Field(
        description="Of all releases above the installed one, newest first."
    )


class ProgressModel(BaseModel):
    """Of a download."""

    done: int = Field(description="Bytes.")
    total: int = Field(description="Bytes.")


class ErrorModel(BaseModel):
    """How the last operation failed."""

    status: int = Field(description="Exit status of the launcher's command.")
    message: str


class LastResultModel(BaseModel):
    """How the last update ended."""

    model_config = ConfigDict(serialize_by_alias=True)

    kind: SettledKind
    version: str = Field(description="In use since then.")
    from_version: str = Field(alias="from", description="The other version of the update.")
    message: str


class SettingsModel(BaseModel):
    enabled: bool = Field(description="Whether it is looked for releases without being asked.")
    check_interval_hours: float = Field(ge=MIN_HOURS, le=MAX_HOURS)
    auto: Auto = Field(description="What happens with a release that was found.")
    include_prerelease: bool = Field(description="Cannot be changed here.")


class StatusModel(BaseModel):
    state: State
    reason: ReasonModel | None
    app: str
    current: str = Field(description="The version in use.")
    install_type: InstallType
    channel: str
    can_auto_update: bool
    can_check: bool
    is_admin: bool = Field(description="Whether the caller may do more than read.")
    update: UpdateModel | None
    progress: ProgressModel | None
    last_check: str | None = Field(description="Time of the last successful check, UTC.")
    error: ErrorModel | None
    last_result: LastResultModel | None
    failed: list[str] = Field(
        description="Versions that did not work here. They are not offered again."
    )
    previous: str | None = Field(description="The version that a rollback returns to.")
    dismissed: str | None = Field(description="The version that the user was not interested in.")
    settings: SettingsModel
    run: str | None = Field(description="Different after each start of the application.")


class ProblemModel(BaseModel):
    detail: str


class VersionModel(BaseModel):
    version: str = Field(
        default="", pattern=f"^({VERSION})?$", description="The newest by default."
    )
    retry: bool = Field(
        default=False, description="Whether the user wants a version that has failed here."
    )


class RollbackModel(BaseModel):
    data: Literal["with", "keep"] | None = Field(
        default=None,
        description="What becomes of data that was saved before the update: `with` returns it.",
    )


class DismissModel(BaseModel):
    version: str = Field(pattern=f"^{VERSION}$")
