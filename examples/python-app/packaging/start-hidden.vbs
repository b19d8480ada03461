' Starts the application without a console window: installed or unpacked, it lies in scripts\ and the Python is in
' python\; in a checkout it lies in packaging\ and the Python is that of `uv sync`. Never another Python of the machine.
Option Explicit
Dim files, shell, here, root, python
Set files = CreateObject("Scripting.FileSystemObject")
Set shell = CreateObject("WScript.Shell")
here = files.GetParentFolderName(WScript.ScriptFullName)
root = files.GetParentFolderName(here)
shell.CurrentDirectory = root

python = root & "\python\pythonw.exe"
If Not files.FileExists(python) Then python = root & "\.venv\Scripts\pythonw.exe"
If Not files.FileExists(python) Then
  MsgBox "There is no Python in " & root & "\python. Unpack or install the application again.", vbExclamation
  WScript.Quit 1
End If
shell.Run """" & python & """ -m " & NameOf("PACKAGE") & " --open", 0, False

' The value of a line NAME="value" in app.env.
Function NameOf(name)
  Dim text, line
  Set text = files.OpenTextFile(here & "\app.env")
  Do Until text.AtEndOfStream
    line = text.ReadLine
    If Left(line, Len(name) + 2) = name & "=""" Then NameOf = Mid(line, Len(name) + 3, Len(line) - Len(name) - 3)
  Loop
  text.Close
End Function
