; The installer for Windows; build-windows.sh builds it from its tree. By hand, after that script has run once:
;   makensis -DVERSION=1.2.0 packaging/installer.nsi
; It installs for the current user, without administrator rights. Silent mode:
;   setup.exe /S [/STOP] [/AUTOSTART] [/START] [/D=C:\folder]
;   /STOP       asks a running application to end instead of waiting for its end; uninstall.exe has it too
;   /AUTOSTART  starts with Windows from now on
;   /START      starts the application afterwards
; Exit status: 0 installed; 1 cancelled by the user; 3 the application did not end; 4 a file could not be written.
; The folder is laid out as in the zip. An application that has the launcher updates itself; this is for the first installation and
; for repair.
Unicode true
!searchparse /file "app.env" 'APP_NAME="' APP_NAME '"'
!searchparse /file "app.env" 'PACKAGE="' PACKAGE '"'
!searchparse /file "app.env" 'TITLE="' TITLE '"'
!searchparse /file "app.env" 'PUBLISHER="' PUBLISHER '"'
!ifndef VERSION
  !error "say which version: makensis -DVERSION=1.2.0"
!endif
!ifndef NUMBERS
  !define NUMBERS 0.0.0.0
!endif
!ifndef TREE
  !define TREE "../build/windows/${APP_NAME}"
!endif
; What says where updates come from; build-windows.sh writes it beside the tree.
!ifndef CONFIG
  !define CONFIG "${TREE}/../config.json"
!endif
!ifndef OUTPUT
  !define OUTPUT "../build/${APP_NAME}-v${VERSION}-setup.exe"
!endif
!ifndef COMPRESSOR
  !define COMPRESSOR lzma
!endif

; The 64-bit stub, if this NSIS has one (Debian's has). The application itself is 64-bit in any case.
!if /FileExists "${NSISDIR}/Stubs/zlib-amd64-unicode"
  Target amd64-unicode
!endif
SetCompressor /SOLID ${COMPRESSOR}
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

; How the application is started: by the launcher, or in a console window.
!if /FileExists "${TREE}/${APP_NAME}.exe"
  !define LAUNCHER
  !define PROGRAM "$INSTDIR\${APP_NAME}.exe"
  !define ARGUMENTS ""
  !define HOW_TO_END "It is ended when you click OK."
!else
  !define PROGRAM "$INSTDIR\current\python\python.exe"
  !define ARGUMENTS "-I -m ${PACKAGE} "
  !define HOW_TO_END "Close its window, and click OK."
!endif

!define SETTINGS "Software\${APP_NAME}"
!define ENTRY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_NAME}"
!define AUTOSTART_LINK "$SMSTARTUP\${TITLE}.lnk"
!define DESKTOP_LINK "$DESKTOP\${TITLE}.lnk"
!define MENU_LINK "$SMPROGRAMS\${TITLE}.lnk"
!define WAIT_SECONDS 30  ; how long to wait for a running application

Name "${TITLE}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\${APP_NAME}"
InstallDirRegKey HKCU "${SETTINGS}" InstallDir
VIProductVersion "${NUMBERS}"
VIAddVersionKey ProductName "${TITLE}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey CompanyName "${PUBLISHER}"
VIAddVersionKey FileDescription "${TITLE} ${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "${PUBLISHER}"

!define MUI_FINISHPAGE_RUN ""
!define MUI_FINISHPAGE_RUN_TEXT "Start ${TITLE}"
!define MUI_FINISHPAGE_RUN_FUNCTION StartApplication
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

!include running.nsh

; Files that are replaced are moved aside first, so that they can be restored.
!macro PutAside folder
  RMDir /r "$INSTDIR\${folder}.old"
  ${If} ${FileExists} "$INSTDIR\${folder}\*"
    Rename "$INSTDIR\${folder}" "$INSTDIR\${folder}.old"
  ${EndIf}
!macroend
!macro BringBack folder
  ${If} ${FileExists} "$INSTDIR\${folder}.old\*"
    RMDir /r "$INSTDIR\${folder}"
    Rename "$INSTDIR\${folder}.old" "$INSTDIR\${folder}"
  ${EndIf}
!macroend

Function BringBackAndStop
  !insertmacro BringBack current
  !insertmacro BringBack python
  !insertmacro BringBack app
  !insertmacro BringBack scripts
  DetailPrint "The files could not be written; what was there before is there again."
  SetErrorLevel $9
  Abort
FunctionEnd

; Until there was the launcher, python, app and scripts lay in the folder itself.
Section "-Application" SecApplication
  Call NeedFree  ; in the folder that has been chosen
  StrCpy $9 3
  ClearErrors
  !insertmacro PutAside current
  !insertmacro PutAside python
  !insertmacro PutAside app
  !insertmacro PutAside scripts
  ${If} ${Errors}
    Call BringBackAndStop
  ${EndIf}
  StrCpy $9 4
  ClearErrors
  Call WriteFiles
  ${If} ${Errors}
    Call BringBackAndStop
  ${EndIf}
  RMDir /r "$INSTDIR\current.old"
  RMDir /r "$INSTDIR\python.old"
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\scripts.old"
  RMDir /r "$INSTDIR\logs"
; A downloaded version may be lower than this one.
  RMDir /r "$INSTDIR\updater\ready"
  SetOutPath "$INSTDIR\data"  ; where the application works
  CreateShortCut "${MENU_LINK}" "${PROGRAM}" "${ARGUMENTS}--open"

  WriteRegStr HKCU "${SETTINGS}" InstallDir "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" DisplayName "${TITLE}"
  WriteRegStr HKCU "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" Publisher "${PUBLISHER}"
  WriteRegStr HKCU "${ENTRY}" DisplayIcon "${PROGRAM}"
  WriteRegStr HKCU "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" NoModify 1
  WriteRegDWORD HKCU "${ENTRY}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" EstimatedSize $0
SectionEnd

; current\RELEASE.json is the last: the launcher takes a folder without it for one that was not written to the end.
Function WriteFiles
  SetOutPath "$INSTDIR"
!ifdef LAUNCHER
  File "${TREE}/${APP_NAME}.exe"
!else
  File "${TREE}/run.cmd"
!endif
  WriteUninstaller "$INSTDIR\uninstall.exe"
  SetOutPath "$INSTDIR\updater"
; Keys and addresses may have changed since the first installation.
  ${IfNot} ${FileExists} "$INSTDIR\updater\config.json"
    File "${CONFIG}"
    File "${TREE}/updater/trusted.pub"
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r /x RELEASE.json "${TREE}/current"
  SetOutPath "$INSTDIR\current"
  File "${TREE}/current/RELEASE.json"
FunctionEnd

Section "Desktop shortcut" SecDesktop
  SetOutPath "$INSTDIR\data"
  CreateShortCut "${DESKTOP_LINK}" "${PROGRAM}" "${ARGUMENTS}--open"
SectionEnd

Section /o "Start with Windows" SecAutostart
  SetOutPath "$INSTDIR\data"
  CreateShortCut "${AUTOSTART_LINK}" "${PROGRAM}" "${ARGUMENTS}"
SectionEnd

; Remembers the choices, and deletes a shortcut that is no longer selected.
Section "-Remember"
  ${If} ${SectionIsSelected} ${SecDesktop}
    WriteRegDWORD HKCU "${SETTINGS}" Desktop 1
  ${Else}
    WriteRegDWORD HKCU "${SETTINGS}" Desktop 0
    Delete "${DESKTOP_LINK}"
  ${EndIf}
  ${If} ${SectionIsSelected} ${SecAutostart}
    WriteRegDWORD HKCU "${SETTINGS}" Autostart 1
  ${Else}
    WriteRegDWORD HKCU "${SETTINGS}" Autostart 0
    Delete "${AUTOSTART_LINK}"
  ${EndIf}
SectionEnd

Function StartApplication
  SetOutPath "$INSTDIR\data"
  Exec '"${PROGRAM}" ${ARGUMENTS}--open'
FunctionEnd

!macro Recall value section
  ClearErrors
  ReadRegDWORD $0 HKCU "${SETTINGS}" ${value}
  ${IfNot} ${Errors}
    ${If} $0 == 1
      !insertmacro SelectSection ${section}
    ${Else}
      !insertmacro UnselectSection ${section}
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  !insertmacro Recall Desktop ${SecDesktop}
  !insertmacro Recall Autostart ${SecAutostart}
; A shortcut that the user has deleted by hand is not created again.
  ReadRegDWORD $0 HKCU "${SETTINGS}" Desktop
  ${If} $0 == 1
  ${AndIfNot} ${FileExists} "${DESKTOP_LINK}"
    !insertmacro UnselectSection ${SecDesktop}
  ${EndIf}
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 /AUTOSTART $R1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${SecAutostart}
  ${EndIf}
  ${IfNot} ${Silent}
    Call NeedFree  ; before the first page; the section checks again
  ${EndIf}
FunctionEnd

Function .onInstSuccess
  ${If} ${Silent}
    ClearErrors
    ${GetOptions} $R0 /START $R1
    ${IfNot} ${Errors}
      SetOutPath "$INSTDIR\data"
      Exec '"${PROGRAM}" ${ARGUMENTS}'
    ${EndIf}
  ${EndIf}
FunctionEnd

Section Uninstall
  Call un.NeedFree
  RMDir /r "$INSTDIR\current"
  RMDir /r "$INSTDIR\updater"
  RMDir /r "$INSTDIR\data\.launcher"
  Delete "$INSTDIR\${APP_NAME}.exe"
  Delete "$INSTDIR\${APP_NAME}.old.exe"
  Delete "$INSTDIR\run.cmd"
  Delete "$INSTDIR\uninstall.exe"
  Delete "${MENU_LINK}"
  Delete "${DESKTOP_LINK}"
  Delete "${AUTOSTART_LINK}"
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey HKCU "${SETTINGS}"
  RMDir "$INSTDIR\data"  ; stays if anything is in it
  RMDir "$INSTDIR"
SectionEnd
