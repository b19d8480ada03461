// SPDX-License-Identifier: MIT
// tkinter in the Windows tree, from an MSI with the layout of python.org's tcltk.msi, made with wixl of what that holds.
#include <catch2/catch_test_macros.hpp>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::environment;
using python_app::Project;

namespace fs = std::filesystem;

namespace {

const char* const package = R"(<Wix xmlns='http://schemas.microsoft.com/wix/2006/wi'>
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
  <Directory Id='lib' Name='Lib'><Directory Id='tkinter' Name='tkinter'><Component Id='c4' Guid='*'>
    <File Id='f6' Name='__init__.py' Source='Lib/tkinter/__init__.py'/></Component></Directory></Directory>
</Directory>
<Feature Id='all' Level='1'><ComponentRef Id='c1'/><ComponentRef Id='c2'/><ComponentRef Id='c3'/>
  <ComponentRef Id='c4'/></Feature></Product></Wix>)";

fs::path make_msi(const TempDir& directory) {
  const fs::path standin = fs::path(GITEA_RELEASE_SOURCE) / ".deps/python-standin/tcltk";
  for (const char* file :
       {"DLLs/_tkinter.pyd", "DLLs/tcl86t.dll", "DLLs/tk86t.dll", "Lib/tkinter/__init__.py"}) {
    directory.write(file, support::read_file(standin / file));
  }
  for (const char* file : {"tcl/tcl8.6/init.tcl", "tcl/tk8.6/tk.tcl"}) directory.write(file);
  const std::string wxs = directory.write("tcltk.wxs", package);
  const auto made = python_app::run({"wixl", "-o", "tcltk.msi", wxs}, directory.path());
  INFO(made.output);
  REQUIRE(made.status == 0);
  return directory / "tcltk.msi";
}

}  // namespace

// Rows "4.4": files lie in the MSI's folders, Lib has to be on the path, Tcl in python/tcl.
TEST_CASE("tkinter lies where Windows' Python finds it") {
  python_app::need_standins();
  python_app::program("msiextract");
  const Project project;
  const TempDir directory;
  const fs::path msi = make_msi(directory);
  const auto ended = project.shell(
      ". packaging/embed.sh; . packaging/tkinter.sh\n"
      "PYTHON_TCLTK_SHA256=$(sha256sum \"$PYTHON_TCLTK_MSI\" | cut -d ' ' -f 1)\n"
      "begin windows v1.0.0; add_embedded_python; add_tkinter",
      environment({{"TKINTER", "yes"}, {"PYTHON_TCLTK_MSI", msi}}));
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  const fs::path python = project.path() / "build/windows/your-app/python";
  for (const char* file : {"_tkinter.pyd", "tcl86t.dll", "tk86t.dll", "tcl/tcl8.6/init.tcl",
                           "tcl/tk8.6/tk.tcl", "Lib/tkinter/__init__.py"}) {
    INFO(file);
    CHECK(fs::exists(python / file));
  }
  CHECK(support::read_file(python / "python311._pth") ==
        "python311.zip\r\n.\r\n..\\app\r\nLib\r\nimport site\r\n");
}

TEST_CASE("tkinter without a sum of its package stops the build") {
  python_app::need_standins();
  const Project project;
  const auto ended =
      project.packaging("build-windows.sh", {"v1.0.0"}, environment({{"TKINTER", "yes"}}));
  INFO(ended.output);
  CHECK(ended.status == 1);
  CHECK(ended.output.find("tkinter for Windows has no SHA-256: set it in packaging/python.env") !=
        std::string::npos);
}
