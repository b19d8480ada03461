# SPDX-License-Identifier: MIT
"""tkinter in the Windows tree, from an MSI with the layout of python.org's tcltk.msi, which wixl
makes from its files."""

import shutil
from pathlib import Path

from project import STANDINS, Project, environment, need_standins, program, run

LIBRARIES = ("DLLs/_tkinter.pyd", "DLLs/tcl86t.dll", "DLLs/tk86t.dll", "Lib/tkinter/__init__.py")
SCRIPTS = ("tcl/tcl8.6/init.tcl", "tcl/tk8.6/tk.tcl")
PACKAGE = """<Wix xmlns='http://schemas.microsoft.com/wix/2006/wi'>
<Product Id='*' Name='tcltk' Language='1033' Version='1.0' Manufacturer='test'
    UpgradeCode='6e2a1b10-0000-4000-8000-000000000001'>
<Package/><Media Id='1' Cabinet='files.cab' EmbedCab='yes'/>
<Directory Id='TARGETDIR' Name='SourceDir'>
  <Directory Id='dlls' Name='DLLs'><Component Id='c1' Guid='*'>
    <File Id='f1' Name='_tkinter.pyd' Source='DLLs/_tkinter.pyd'/>
    <File Id='f2' Name='tcl86t.dll' Source='DLLs/tcl86t.dll'/>
    <File Id='f3' Name='tk86t.dll' Source='DLLs/tk86t.dll'/></Component></Directory>
  <Directory Id='tcl' Name='tcl'>
    <Directory Id='tcl86' Name='tcl8.6'><Component Id='c2' Guid='*'>
      <File Id='f4' Name='init.tcl' Source='tcl/tcl8.6/init.tcl'/></Component></Directory>
    <Directory Id='tk86' Name='tk8.6'><Component Id='c3' Guid='*'>
      <File Id='f5' Name='tk.tcl' Source='tcl/tk8.6/tk.tcl'/></Component></Directory></Directory>
  <Directory Id='lib' Name='Lib'><Directory Id='tkinter' Name='tkinter'>
    <Component Id='c4' Guid='*'>
      <File Id='f6' Name='__init__.py' Source='Lib/tkinter/__init__.py'/></Component></Directory>
  </Directory></Directory>
<Feature Id='all' Level='1'><ComponentRef Id='c1'/><ComponentRef Id='c2'/><ComponentRef Id='c3'/>
  <ComponentRef Id='c4'/></Feature></Product></Wix>"""


def make_msi(folder: Path) -> Path:
    for file in (*LIBRARIES, *SCRIPTS):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        if file in LIBRARIES:
            shutil.copy(STANDINS / "tcltk" / file, folder / file)
        else:
            (folder / file).write_text("x")
    (folder / "tcltk.wxs").write_text(PACKAGE)
    ended = run("wixl", "-o", "tcltk.msi", "tcltk.wxs", cwd=folder)
    assert ended.returncode == 0, ended.stdout
    return folder / "tcltk.msi"


# Files are in the MSI's folders, Lib must be on the path, and Tcl in python/tcl.
def test_tkinter_is_placed_where_python_for_windows_finds_it(
    project: Project, tmp_path: Path
) -> None:
    need_standins()
    program("msiextract")
    ended = project.shell(
        ". packaging/embed.sh; . packaging/tkinter.sh\n"
        "PYTHON_TCLTK_SHA256=$(sha256sum \"$PYTHON_TCLTK_MSI\" | cut -d ' ' -f 1)\n"
        "begin windows v1.0.0; add_embedded_python; add_tkinter",
        env=environment(TKINTER="yes", PYTHON_TCLTK_MSI=make_msi(tmp_path / "msi")),
    )
    assert ended.returncode == 0, ended.stdout
    python = project.path / "build/windows/your-app/current/python"
    for file in (*LIBRARIES, *SCRIPTS):
        assert (python / file.removeprefix("DLLs/")).exists(), file
    path_file = (python / "python311._pth").read_bytes()
    assert path_file == b"python311.zip\r\n.\r\n..\\app\r\nLib\r\nimport site\r\n"


def test_tkinter_without_a_checksum_of_its_package_stops_the_build(project: Project) -> None:
    need_standins()
    ended = project.packaging("build-windows.sh", "v1.0.0", env=environment(TKINTER="yes"))
    assert ended.returncode == 1, ended.stdout
    wanted = "tkinter for Windows has no SHA-256: set it in packaging/python.env"
    assert wanted in ended.stdout
