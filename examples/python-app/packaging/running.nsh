; How the installer and the uninstaller deal with a running application.

; A running program cannot be opened for writing. $0: yes or no.
!macro AskWhetherFree program
  ${If} $0 == yes
  ${AndIf} ${FileExists} "$INSTDIR\python\${program}"
    ClearErrors
    FileOpen $1 "$INSTDIR\python\${program}" a
    ${If} ${Errors}
      StrCpy $0 no
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!macro RunningFunctions un
  Function ${un}AskWhetherFree
    StrCpy $0 yes
    !insertmacro AskWhetherFree python.exe
    !insertmacro AskWhetherFree pythonw.exe
  FunctionEnd

; Waits until the application has ended, at most $2 half seconds. $0: yes or no.
  Function ${un}WaitUntilFree
    ${Do}
      Call ${un}AskWhetherFree
      ${If} $0 == yes
      ${OrIf} $2 <= 0
        ${Break}
      ${EndIf}
      IntOp $2 $2 - 1
      Sleep 500
    ${Loop}
  FunctionEnd

; Asks the application to end. If it does not, ends the process in its pid file, but only if that runs from this folder.
  Function ${un}StopApplication
    FileOpen $1 "$INSTDIR\data\${PACKAGE}.quit" w
    FileClose $1
    StrCpy $2 20
    Call ${un}WaitUntilFree
    ${If} $0 == yes
      Return
    ${EndIf}
    ClearErrors
    FileOpen $1 "$INSTDIR\data\${PACKAGE}.pid" r
    ${IfNot} ${Errors}
      FileRead $1 $3
      FileClose $1
      System::Call 'kernel32::OpenProcess(i 0x101001, i 0, i r3) p.r4'  ; SYNCHRONIZE, QUERY_LIMITED_INFORMATION, TERMINATE
      System::Call 'kernel32::QueryFullProcessImageNameW(p r4, i 0, w.r5, *i ${NSIS_MAX_STRLEN})'
      StrLen $6 "$INSTDIR\python\"
      StrCpy $5 $5 $6
      ${If} $5 == "$INSTDIR\python\"
        System::Call 'kernel32::TerminateProcess(p r4, i 1)'
      ${EndIf}
      System::Call 'kernel32::CloseHandle(p r4)'
    ${EndIf}
    StrCpy $2 20
    Call ${un}WaitUntilFree
  FunctionEnd

; Returns when the application is not running. Silent mode does not ask: the caller of an update ends the application.
  Function ${un}NeedFree
    ${GetParameters} $7
    ClearErrors
    ${GetOptions} $7 /STOP $8
    ${IfNot} ${Errors}
      Call ${un}AskWhetherFree
      ${If} $0 == no
        Call ${un}StopApplication
      ${EndIf}
    ${EndIf}
    StrCpy $2 0
    ${If} ${Silent}
      IntOp $2 ${WAIT_SECONDS} * 2
    ${EndIf}
    Call ${un}WaitUntilFree
    ${DoWhile} $0 == no
      MessageBox MB_YESNOCANCEL|MB_ICONEXCLAMATION "${TITLE} is running.$\n$\nYes: end it and go on$\nNo: I have ended it, look again$\nCancel: change nothing" \
        /SD IDCANCEL IDYES stop IDNO again
      SetErrorLevel 3
      Abort
      stop:
      Call ${un}StopApplication
      ${Continue}
      again:
      Call ${un}AskWhetherFree
    ${Loop}
  FunctionEnd
!macroend
!insertmacro RunningFunctions ""
!insertmacro RunningFunctions un.
