# SPDX-License-Identifier: MIT
"""A Django application that updates itself by the launcher's commands."""

import hmac
import json
import os
import secrets
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponseForbidden, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
)
NEWER_RELEASE = 10  # exit status of `check`; the others are in docs/updates.md


def launcher(*words: str) -> dict[str, Any]:
    """What a command of the launcher says. The last line has its result."""
    command = [os.environ["LAUNCHER"], "--launcher", *words, "--json"]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


def for_admins(
    view: Callable[[HttpRequest], JsonResponse],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A view that needs the token, which no browser sends by itself. With Django's users, ask for
    `is_superuser` instead, and leave out `csrf_exempt`."""

    @csrf_exempt
    @require_POST
    def checked(request: HttpRequest) -> HttpResponseBase:
        expected = f"Bearer {os.environ['ADMIN_TOKEN']}"
        if not hmac.compare_digest(request.headers.get("Authorization", ""), expected):
            return HttpResponseForbidden("You may not install updates.")
        return view(request)

    return checked


def about(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"version": os.environ["LAUNCHER_VERSION"]})


@for_admins
def check(_: HttpRequest) -> JsonResponse:
    result = launcher("check")
    return JsonResponse({"found": result["status"] == NEWER_RELEASE, "message": result["message"]})


@for_admins
def install(_: HttpRequest) -> JsonResponse:
    downloaded = launcher("download")
    if downloaded["status"] != 0:
        return JsonResponse(downloaded, status=409)
    # The launcher ends this process, so that there may be nobody left to answer afterwards.
    threading.Timer(0.5, launcher, ["apply", "--now"]).start()
    result = {"status": 0, "message": "The application will be restarted."}
    return JsonResponse(result, status=202)


@csrf_exempt  # `install` looks at the token
def update(request: HttpRequest) -> HttpResponseBase:
    return JsonResponse(launcher("status")) if request.method == "GET" else install(request)


urlpatterns = [path("about", about), path("update", update), path("update/check", check)]
application = get_wsgi_application()

# A version that gets here has read its settings, and works.
threading.Thread(target=launcher, args=["confirm"]).start()
