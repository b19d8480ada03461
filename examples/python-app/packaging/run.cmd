@echo off
rem Starts the application in this file's folder, with the Python next to it: run.cmd --help
setlocal
if not exist "%~dp0data" mkdir "%~dp0data"
cd /d "%~dp0data"
"%~dp0current\python\python.exe" -I -m @PACKAGE@ %*
