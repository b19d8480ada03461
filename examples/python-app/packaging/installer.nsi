; The installer for Windows; build-windows.sh builds it from its tree. By hand, after that script has run once:
;   makensis -DVERSION=1.2.0 packaging/installer.nsi
; It installs for the current user, without administrator rights. Silent mode:
;   setup.exe /S [/STOP] [/AUTOSTART] [/START] [/D=C:\folder]
;   /STOP       ends a running application instead of waiting for its end; uninstall.exe has it too
;   /AUTOSTART  starts with Windows from now on
;   /START      starts the application afterwards
; Exit status: 0 installed; 1 cancelled by the user; 3 the application did not end; 4 a file could not be written.
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
  !insertmacro BringBack python
  !insertmacro BringBack app
  !insertmacro BringBack scripts
  DetailPrint "The files could not be written; what was there before is there again."
  SetErrorLevel $9
  Abort
FunctionEnd

Section "-Application" SecApplication
  Call NeedFree  ; in the folder that has been chosen
  StrCpy $9 3
  ClearErrors
  !insertmacro PutAside python
  !insertmacro PutAside app
  !insertmacro PutAside scripts
  ${If} ${Errors}
    Call BringBackAndStop
  ${EndIf}
  StrCpy $9 4
  SetOutPath "$INSTDIR"
  ClearErrors
  File /r "${TREE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    Call BringBackAndStop
  ${EndIf}
  RMDir /r "$INSTDIR\python.old"
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\scripts.old"
  CreateShortCut "${MENU_LINK}" "$INSTDIR\python\pythonw.exe" "-m ${PACKAGE} --open"

  WriteRegStr HKCU "${SETTINGS}" InstallDir "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" DisplayName "${TITLE}"
  WriteRegStr HKCU "${ENTRY}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${ENTRY}" Publisher "${PUBLISHER}"
  WriteRegStr HKCU "${ENTRY}" DisplayIcon "$INSTDIR\python\pythonw.exe"
  WriteRegStr HKCU "${ENTRY}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${ENTRY}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${ENTRY}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${ENTRY}" NoModify 1
  WriteRegDWORD HKCU "${ENTRY}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${ENTRY}" EstimatedSize $0
SectionEnd

Section "Desktop shortcut" SecDesktop
  CreateShortCut "${DESKTOP_LINK}" "$INSTDIR\python\pythonw.exe" "-m ${PACKAGE} --open"
SectionEnd

Section /o "Start with Windows" SecAutostart
  CreateShortCut "${AUTOSTART_LINK}" "$INSTDIR\python\pythonw.exe" "-m ${PACKAGE}"
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
  SetOutPath "$INSTDIR"
  Exec '"$INSTDIR\python\pythonw.exe" -m ${PACKAGE} --open'
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
      SetOutPath "$INSTDIR"
      Exec '"$INSTDIR\python\pythonw.exe" -m ${PACKAGE}'
    ${EndIf}
  ${EndIf}
FunctionEnd

Section Uninstall
  Call un.NeedFree
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\scripts"
  RMDir /r "$INSTDIR\logs"
  Delete "$INSTDIR\uninstall.exe"
  Delete "${MENU_LINK}"
  Delete "${DESKTOP_LINK}"
  Delete "${AUTOSTART_LINK}"
  DeleteRegKey HKCU "${ENTRY}"
  DeleteRegKey HKCU "${SETTINGS}"
  RMDir "$INSTDIR"  ; stays if data\ is in it
SectionEnd
