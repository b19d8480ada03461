"""How the application updates itself. Without the package release-updater it does not: README.md,
"Let it update itself"."""

from fastapi import FastAPI

from . import __name__ as package
from . import __version__

try:
    from release_updater import UpdateService
    from release_updater.fastapi import create_router, local_user
except ImportError:
    UpdateService = None

BASE = "/system/update"


def are_possible() -> bool:
    return UpdateService is not None


def add_updates(app: FastAPI) -> bool:
    """Whether the page can show the element <update-center>."""
    if not are_possible():
        return False
    # /health shows the launcher that this version works, so the service need not confirm it.
    service = UpdateService(app=package, version=__version__, confirm=False)
    app.router.lifespan_context = service.lifespan
    # Whoever uses this machine may install updates. With accounts of your own, ask for a right.
    rights = {"require_admin": local_user, "require_user": local_user}
    app.include_router(create_router(service, prefix=BASE, **rights))
    return True
