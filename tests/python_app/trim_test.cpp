// SPDX-License-Identifier: MIT
// finish.py cuts what trim.txt names, and refuses what would not run.
#include <catch2/catch_test_macros.hpp>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::Project;

namespace fs = std::filesystem;

namespace {

constexpr char x86_64 = '\x3e';
constexpr char arm64 = '\xb7';

/// As much of a library of Linux for this processor as says so: ELF, and its e_machine.
std::string library_for(char processor) {
  return std::string("\x7f") + "ELF" + std::string(14, '\0') + processor + std::string(64, '\0');
}

/// A tree as a build leaves it, with an interpreter of this machine and what a test puts in it.
class Tree {
 public:
  Tree() {
    must(python_app::run({"python3", "-m", "venv", "--without-pip", python().string()}, "/"));
    site_ = python() / "lib";
    for (const auto& entry : fs::directory_iterator(site_)) site_ = entry.path() / "site-packages";
    package("app.pth", "../../../../app\n");
    write("app/your_app/__init__.py", "");
    write("app/your_app-1.0.0.dist-info/METADATA", "Name: your_app\n");
    write("app/your_app-1.0.0.dist-info/RECORD", "your_app/__init__.py,,\n");
  }

  void write(const std::string& file, const std::string& text) const {
    directory_.write("tree/" + file, text);
  }
  void package(const std::string& file, const std::string& text = {}) const {
    write(fs::relative(site_ / file, path()), text);
  }
  void install(const std::vector<std::string>& names) const {
    std::vector<std::string> command = {"uv",       "pip", "install",       "--quiet",
                                        "--target", site_, "--only-binary", ":all:"};
    command.insert(command.end(), names.begin(), names.end());
    const auto ended =
        python_app::run(command, "/", python_app::environment({{"UV_LINK_MODE", "copy"}}));
    if (ended.status != 0) SKIP("no package index can be reached: " << ended.output);
  }
  support::Ended finish(const Project& project, const std::string& version = "1.0.0") const {
    return project.run({"python3", "packaging/finish.py", path(), site_, version, "--run", "env",
                        (python() / "bin/python3").string()});
  }

  fs::path path() const { return directory_.path() / "tree"; }
  fs::path python() const { return path() / "python"; }
  const fs::path& site() const { return site_; }

 private:
  static void must(const support::Ended& ended) {
    INFO(ended.output);
    REQUIRE(ended.status == 0);
  }

  TempDir directory_;
  fs::path site_;
};

bool says(const support::Ended& ended, const std::string& text) {
  return ended.output.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("the list cuts tests, caches and stubs, and the records say what is left") {
  const Project project;
  const Tree tree;
  tree.package("thing/__init__.py", "one = 1\n");
  tree.package("thing/core.pyi");
  tree.package("thing/deep/tests/test_core.py");
  tree.package("thing/__pycache__/core.cpython-311.pyc");
  tree.package("bin/thing", "#!/home/builder/python\n");
  tree.package("thing-1.dist-info/METADATA");
  tree.package("thing-1.dist-info/direct_url.json", "{}");
  tree.package("thing-1.dist-info/RECORD",
               "thing/core.pyi,,\nthing/__init__.py,,\nbin/thing,,\nthing-1.dist-info/RECORD,,\n");
  const auto ended = tree.finish(project);
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(says(ended, "2 modules can be imported, as before the cut"));
  CHECK(fs::exists(tree.site() / "thing/__init__.py"));
  for (const char* gone : {"thing/core.pyi", "thing/deep/tests", "thing/__pycache__", "bin",
                           "thing-1.dist-info/direct_url.json"}) {
    INFO(gone);
    CHECK(!fs::exists(tree.site() / gone));
  }
  CHECK(support::read_file(tree.site() / "thing-1.dist-info/RECORD") ==
        "thing-1.dist-info/RECORD,,\nthing/__init__.py,,\n");
}

// Rows "4.3, delete numpy/…", "zeroconf/_services", "delete *.py": each was seen to break the import or, worse, the
// first use.
TEST_CASE("a list that takes what a package needs, or what it offers, stops the build") {
  const Tree tree;
  tree.install({"numpy>=2,<3", "zeroconf"});
  struct Cut {
    std::string patterns;
    std::vector<std::string> lost;
  };
  const TempDir copies;
  const auto copy = [](const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  };
  copy(tree.site(), copies.path() / "site");
  for (const Cut& cut : {Cut{"numpy/ma", {"  numpy.ma: "}},
                         Cut{"numpy/linalg\nzeroconf/_services", {"  numpy: ", "  zeroconf: "}},
                         Cut{"**/[!_]*.py", {"  numpy"}}}) {
    const Project project;
    project.append("packaging/trim.txt", cut.patterns + "\n");
    copy(copies.path() / "site", tree.site());
    const auto ended = tree.finish(project);
    INFO(cut.patterns << ": " << ended.output);
    CHECK(ended.status == 1);
    CHECK(says(ended, "trim.txt takes away what could be imported before"));
    for (const std::string& lost : cut.lost) CHECK(says(ended, lost));
  }
}

// Without f2py `from numpy import *` fails.
TEST_CASE("the list as it is leaves numpy whole") {
  const Project project;
  const Tree tree;
  tree.install({"numpy>=2,<3"});
  const auto ended = tree.finish(project);
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(!fs::exists(tree.site() / "numpy/_core/include"));
  const auto used =
      python_app::run({(tree.python() / "bin/python3").string(), "-c",
                       "from numpy import *\n"
                       "import numpy.testing\n"
                       "assert linalg.inv([[2.0]]) == 0.5 and ma.zeros(2).sum() == 0\n"
                       "assert abs(fft.ifft(fft.fft([1, 2]))[1] - 2) < 1e-9\n"
                       "assert 0 <= random.default_rng().random() < 1\n"},
                      "/");
  INFO(used.output);
  CHECK(used.status == 0);
}

TEST_CASE("a library of another platform or processor stops the build") {
  const Project project;
  const Tree tree;
  tree.package("wrong.so", library_for(arm64));
  const auto arm = tree.finish(project);
  INFO(arm.output);
  CHECK(arm.status == 1);
  CHECK(says(arm, "wrong.so is not for x86-64"));
}

TEST_CASE("a library of Linux in the tree for Windows stops the build") {
  const Project project;
  const Tree tree;
  tree.write("python/python.exe", "MZ");
  tree.package("native.cpython-311-x86_64-linux-gnu.so", library_for(x86_64));
  fs::remove_all(tree.python() / "bin");
  const auto windows =
      project.run({"python3", "packaging/finish.py", tree.path(), tree.site(), "1.0.0"});
  INFO(windows.output);
  CHECK(windows.status == 1);
  CHECK(says(windows, "-linux-gnu.so is a library of Linux"));
}

TEST_CASE("a package without metadata, and the project in another version, stop the build") {
  const Project project;
  const Tree tree;
  const auto other = tree.finish(project, "1.0.1");
  CHECK(other.status == 1);
  CHECK(says(other, "app/ should hold this project as 1.0.1"));
  tree.package("thing-1.dist-info/RECORD");
  const auto lost = tree.finish(project);
  CHECK(lost.status == 1);
  CHECK(says(lost, "thing-1.dist-info has lost its METADATA"));
}
