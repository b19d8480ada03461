; How the installer and the uninstaller deal with a running application.

; A running program cannot be opened for writing. $0: yes or no.
!macro AskWhetherFree program
  ${If} $0 == yes
  ${AndIf} ${FileExists} "$INSTDIR\${program}"
    ClearErrors
    FileOpen $1 "$INSTDIR\${program}" a
    ${If} ${Errors}
      StrCpy $0 no
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

!macro RunningFunctions un
; The last two are those of an installation from before there was the launcher.
  Function ${un}AskWhetherFree
    StrCpy $0 yes
    !insertmacro AskWhetherFree ${APP_NAME}.exe
    !insertmacro AskWhetherFree current\python\python.exe
    !insertmacro AskWhetherFree python\python.exe
    !insertmacro AskWhetherFree python\pythonw.exe
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

; Asks the application to end. The launcher waits for it, and kills it after the time that RELEASE.json gives it.
  Function ${un}StopApplication
    ${If} ${FileExists} "$INSTDIR\${APP_NAME}.exe"
      ExecWait '"$INSTDIR\${APP_NAME}.exe" --launcher stop'
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\python\python.exe"  ; from before there was the launcher
      FileOpen $1 "$INSTDIR\data\${PACKAGE}.quit" w
      FileClose $1
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
      MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "${TITLE} is running.$\n$\n${HOW_TO_END}$\nCancel: nothing is changed." \
        /SD IDCANCEL IDOK stop
      SetErrorLevel 3
      Abort
      stop:
      Call ${un}StopApplication
    ${Loop}
  FunctionEnd
!macroend
!insertmacro RunningFunctions ""
!insertmacro RunningFunctions un.
