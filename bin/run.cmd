@echo off
rem SPDX-License-Identifier: MIT
rem Starts gitea-release on Windows: the binary that is part of the action (in dist\, on release tags), or else one in PATH.
rem Needs nothing but cmd. There are no labels, because cmd does not find each one in a file whose lines end in LF. A program
rem is never started by its name alone: cmd would look for it in the current directory first, which is the job's checkout.
setlocal DisableDelayedExpansion
set "binary=%~dp0..\dist\gitea-release-windows-amd64.exe"
if not exist "%binary%" for %%P in (gitea-release.exe) do set "binary=%%~$PATH:P"
if defined binary "%binary%" %*
if defined binary exit /b %ERRORLEVEL%
echo ::error::there is no gitea-release for Windows here. Use a release tag of this action (v1, v1.2.3), which carries the binary for Windows on amd64, or put a gitea-release.exe into PATH.
exit /b 2
