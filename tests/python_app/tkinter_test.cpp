// SPDX-License-Identifier: MIT
// tkinter in the Windows tree, from an MSI with the layout of python.org's tcltk.msi, made with wixl of what that holds.
#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::environment;
using python_app::Project;

namespace fs = std::filesystem;

namespace {

std::string xml_of(const fs::path& folder) {
  std::string result;
  static int number = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string id = std::to_string(++number);
    const std::string name = entry.path().filename();
    if (entry.is_directory()) {
      result += "<Directory Id='d" + id + "' Name='" + name + "'>" + xml_of(entry.path()) +
                "</Directory>\n";
    } else if (folder.filename() != "tzdata") {
      result += "<Component Id='c" + id + "' Guid='*'><File Id='f" + id + "' Name='" + name +
                "' Source='" + entry.path().string() + "'/></Component>\n";
    }
  }
  return result;
}

std::string references(const std::string& xml) {
  std::string result;
  for (auto at = xml.find("<Component Id='"); at != std::string::npos;
       at = xml.find("<Component Id='", at + 1)) {
    const auto start = at + 15;
    result += "<ComponentRef Id='" + xml.substr(start, xml.find('\'', start) - start) + "'/>";
  }
  return result;
}

/// A small MSI: the libraries, and of Tcl and tkinter a few files each.
fs::path make_msi(const TempDir& directory) {
  const fs::path from = fs::path(GITEA_RELEASE_SOURCE) / ".deps/python-standin/tcltk";
  for (const char* file : {"DLLs/_tkinter.pyd", "DLLs/tcl86t.dll", "DLLs/tk86t.dll",
                           "tcl/tcl8.6/init.tcl", "tcl/tk8.6/tk.tcl", "Lib/tkinter/__init__.py"}) {
    directory.write("content/" + std::string(file), support::read_file(from / file));
  }
  const std::string xml = xml_of(directory.path() / "content");
  const std::string wxs = directory.write(
      "tcltk.wxs",
      "<Wix xmlns='http://schemas.microsoft.com/wix/2006/wi'><Product Id='*' Name='t' "
      "Language='1033' Version='1.0' "
      "Manufacturer='m' UpgradeCode='6e2a1b10-0000-4000-8000-000000000001'><Package/><Media Id='1' "
      "Cabinet='c.cab' "
      "EmbedCab='yes'/><Directory Id='TARGETDIR' Name='SourceDir'>" +
          xml + "</Directory><Feature Id='all' Level='1'>" + references(xml) +
          "</Feature></Product></Wix>");
  const auto made = python_app::run({"wixl", "-o", directory / "tcltk.msi", wxs}, "/");
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
