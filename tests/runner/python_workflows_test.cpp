// SPDX-License-Identifier: MIT
// The workflows of a Python project, unchanged, run by act from the push to the result on the
// server.
// Programs that the steps would download are replaced by programs of the test in PATH:
//   pip3            uv, from PyPI
//   uv              the project's dependencies, ruff, pytest, and the building of a library
//   sudo, apt-get   the system's packages, if the image has no pip3, curl or makensis
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "runner/project.hpp"
#include "runner/tools.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;
using runner_tests::examples;
using runner_tests::Project;
using runner_tests::push_of;
using support::Release;

const fs::path template_folder = fs::path(GITEA_RELEASE_SOURCE) / "examples/python-app";

/// pip3 install --quiet --target FOLDER uv==…
constexpr const char* pip = R"sh(echo "pip3 $*" >>"$REPORT/fetched"
mkdir -p "$4/bin"
cp "$(command -v uv-of-the-test)" "$4/bin/uv"
)sh";

/// The build of a library, with the version in its pyproject.toml.
constexpr const char* uv_build = R"sh(mkdir dist
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
echo '*' >dist/.gitignore  # as the real one does
echo sdist >"dist/your_library-$version.tar.gz"
echo wheel >"dist/your_library-$version-py3-none-any.whl"
)sh";

/// A project whose uv does what `uv` says.
struct PythonProject : Project {
  explicit PythonProject(const std::string& uv = {}) {
    consumer.program("pip3", pip);
    consumer.program("makensis", "");
    consumer.program("uv-of-the-test", "echo \"$*\" >>\"$REPORT/uv\"\n" + uv);
  }

  std::vector<std::string> lines_of(const std::string& report) const {
    return core::lines(support::read_file(consumer.report() / report));
  }
};

/// An application with everything that release.yml needs: the two scripts of packaging/, which
/// write small files, and the template's rows of the Downloads table.
struct Application : PythonProject {
  Application() {
    consumer.script("packaging/build-windows.sh",
                    "[ $# = 1 ] && mkdir build\n"
                    "uv export windows\n"
                    "echo \"the installer of $1\" >\"build/your-app-$1-setup.exe\"\n"
                    "echo \"the zip of $1\" >\"build/your-app-$1-win-x64.zip\"\n");
    consumer.script("packaging/build-linux.sh",
                    "[ $# = 1 ] && mkdir build\n"
                    "uv export linux\n"
                    "echo \"the tarball of $1\" >\"build/your-app-$1-linux-x64.tar.gz\"\n");
    consumer.file(".gitea/release.yml", support::read_file(template_folder / ".gitea/release.yml"));
    consumer.file("RELEASE_NOTES.md", "## What is new\n\nEverything.\n");
  }
};

/// Downloads all assets, and compares them with SHA256SUMS by sha256sum.
void check_sums(Project& project, const Release& release) {
  const TempDir directory;
  for (const std::string& name : release.names()) {
    directory.write(name, project.server.download(release.tag, name).body);
  }
  support::Process sums({"/usr/bin/env", "sha256sum", "--check", "--strict", "SHA256SUMS"},
                        {{"PATH", std::getenv("PATH")}}, directory.path(), directory / "log");
  const support::Ended ended = sums.wait();
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(core::lines(ended.output).size() + 1 == release.names().size());
}

/// What the library prints after pip has installed it from `index`, or the error of pip.
std::string installed_greeting(const std::string& index, const std::string& requirement) {
  const TempDir directory;
  support::Process install(
      {"/usr/bin/env", "sh", "-ec",
       "\"$0\" -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps "
       "--index-url \"$1\" --target library \"$2\"\n"
       "cd library\nexec \"$0\" -c 'import your_library; print(your_library.greeting)'",
       (fs::path(runner_tests::tool("uv")).parent_path() / "../uv/bin/python").string(), index,
       requirement},
      {{"PATH", std::getenv("PATH")}}, directory.path(), directory / "log");
  return install.wait().output;
}

}  // namespace

TEST_CASE("release.yml: two jobs turn a tag into a published release with three files") {
  Application application;
  const std::string log = application.push_tag(examples / "release.yml", "v1.2.0");
  const Release release = application.server.release("v1.2.0");
  CHECK_FALSE(release.draft);
  CHECK_FALSE(release.prerelease);
  CHECK(release.names() == Names{"SHA256SUMS", "your-app-v1.2.0-linux-x64.tar.gz",
                                 "your-app-v1.2.0-setup.exe", "your-app-v1.2.0-win-x64.zip"});
  CHECK(application.server.download("v1.2.0", "your-app-v1.2.0-setup.exe").body ==
        "the installer of v1.2.0\n");
  check_sums(application, release);

  CHECK(release.body.starts_with("## What is new\n\nEverything.\n\n<!-- gitea-release: downloads"));
  for (const char* row : {"| Windows (installer) | [your-app-v1.2.0-setup.exe](",
                          "| Windows (portable) | [your-app-v1.2.0-win-x64.zip](",
                          "| Linux | [your-app-v1.2.0-linux-x64.tar.gz]("}) {
    INFO(release.body);
    CHECK(release.body.find(row) != std::string::npos);
  }

  for (const std::string& line : application.lines_of("fetched")) {
    CHECK(line.starts_with("pip3 install --quiet --target "));
  }
  CHECK(application.lines_of("uv").size() == 2);
  // The output of the publishing job, as act prints it.
  const std::string page =
      application.server.url() + "/" + application.server.repository() + "/releases/tag/v1.2.0";
  for (const std::string& output :
       {"id=" + std::to_string(release.id), "html_url=" + page, std::string("draft=false"),
        std::string("prerelease=false"), std::string("version=1.2.0"), std::string("assets=[")}) {
    INFO(output << "\n" << log);
    CHECK(log.find("::set-output:: " + output) != std::string::npos);
  }
}

TEST_CASE("release.yml: an image without pip, curl and NSIS installs them from its system") {
  Application application;
  // The programs that the scripts and the launcher need; the launcher copies itself if a runner
  // still has it open.
  application.consumer.only({"sh", "bash", "cat", "chmod", "cp", "dirname", "id", "ln", "mkdir",
                             "mktemp", "mv", "rm", "uname"});
  fs::rename(application.consumer.programs() / "pip3",
             application.consumer.programs() / "the-pip3");
  fs::remove(application.consumer.programs() / "makensis");
  application.consumer.program("sudo", "exec \"$@\"\n");
  application.consumer.program("apt-get", R"sh(echo "apt-get $*" >>"$REPORT/fetched"
[ "$1" = install ] || exit 0
new=$(dirname "$0")/pip3
ln -s the-pip3 "$new.$$"
mv "$new.$$" "$new"  # at once, since both jobs may do it
)sh");
  application.push_tag(examples / "release.yml", "v1.2.0");
  CHECK(application.server.release("v1.2.0").assets.size() == 4);
  const std::string fetched = support::read_file(application.consumer.report() / "fetched");
  INFO(fetched);
  CHECK(fetched.find("apt-get update -qq\n") != std::string::npos);
  CHECK(fetched.find("--no-install-recommends python3-pip curl nsis\n") != std::string::npos);
}

TEST_CASE("release.yml: a prerelease version makes a prerelease, and both jobs may run again") {
  Application application;
  application.push_tag(examples / "release.yml", "v1.2.0-rc.1");
  const Release first = application.server.release("v1.2.0-rc.1");
  CHECK(first.prerelease);
  application.run(examples / "release.yml",
                  push_of("refs/tags/v1.2.0-rc.1", application.server.commit()));
  const Release second = application.server.release("v1.2.0-rc.1");
  CHECK(second.id == first.id);
  CHECK(second.body == first.body);
  CHECK(second.assets.size() == 4);
  for (const auto& asset : second.assets) CHECK(asset.id == first.asset(asset.name).id);
}

TEST_CASE(
    "release.yml: after one failed build the release stays a draft, and the next run completes "
    "it") {
  Application application;
  application.consumer.script("packaging/build-linux.sh", "exit 1\n");
  application.server.push_tag("v1.2.0");
  const auto event = push_of("refs/tags/v1.2.0", application.server.commit());
  const auto failed = application.consumer.run(examples / "release.yml", event);
  INFO(failed.log);
  CHECK(failed.status != 0);
  CHECK(application.server.release("v1.2.0").draft);

  application.consumer.script("packaging/build-linux.sh",
                              "mkdir build && echo x >build/your-app-v1.2.0-linux-x64.tar.gz\n");
  application.run(examples / "release.yml", event);
  CHECK_FALSE(application.server.release("v1.2.0").draft);
  CHECK(application.server.release("v1.2.0").assets.size() == 4);
}

TEST_CASE("library.yml: the sdist and the wheel have the tag's version in Python's form") {
  PythonProject library(uv_build);
  library.consumer.file("pyproject.toml",
                        "[project]\nname = \"your-library\"\nversion = \"0.0.0\"\n");
  library.push_tag(examples / "library.yml", "v1.2.0-rc.1");
  const Release release = library.server.release("v1.2.0-rc.1");
  CHECK(release.prerelease);
  CHECK_FALSE(release.draft);
  CHECK(release.names() == Names{"SHA256SUMS", "your_library-1.2.0rc1-py3-none-any.whl",
                                 "your_library-1.2.0rc1.tar.gz"});
  check_sums(library, release);
}

TEST_CASE("library.yml: with a token, pip installs from the owner's Python registry") {
  Project library;
  library.install_real_uv();
  library.consumer.file("pyproject.toml",
                        "[project]\nname = \"your-library\"\nversion = \"0.0.0\"\n[build-system]\n"
                        "requires = [\"setuptools\"]\nbuild-backend = \"setuptools.build_meta\"\n");
  library.consumer.file("your_library.py", "greeting = 'hello'\n");
  library.push_tag(examples / "library.yml", "v1.2.0");
  CHECK(library.server.release("v1.2.0").assets.size() == 3);

  const std::string repository = library.server.repository();
  const std::string owner = repository.substr(0, repository.find('/'));
  library.consumer.secret("DEPLOY_TOKEN", library.server.token_of(owner, R"(["write:package"])"));
  library.push_tag(examples / "library.yml", "v1.2.1");
  CHECK(library.server.release("v1.2.1").assets.size() == 3);
  const std::string index = library.server.url() + "/api/packages/" + owner + "/pypi/simple";
  CHECK(installed_greeting(index, "your-library==1.2.1") == "hello\n");
  CHECK(installed_greeting(index, "your-library==1.2.0").find("from versions: 1.2.1") !=
        std::string::npos);

  // A second run builds other bytes; both the release and the registry keep those of the first.
  const auto before = library.server.release("v1.2.1");
  const std::string log =
      library.run(examples / "library.yml", push_of("refs/tags/v1.2.1", library.server.commit()));
  INFO(log);
  CHECK(log.find("your_library-1.2.1.tar.gz is in the registry already") != std::string::npos);
  const auto after = library.server.release("v1.2.1");
  for (const auto& asset : after.assets) CHECK(asset.id == before.asset(asset.name).id);
  CHECK(installed_greeting(index, "your-library==1.2.1") == "hello\n");
}

TEST_CASE("test.yml: lock file, linter, formatter and tests are checked in this order") {
  PythonProject project;
  const auto commands =
      Names{"sync --locked", "run ruff check", "run ruff format --check", "run pytest"};
  for (const char* event : {"push", "pull_request"}) {
    INFO(event);
    fs::remove(project.consumer.report() / "uv");
    runner_tests::Event happened = push_of("refs/heads/main", project.server.commit());
    happened.name = event;
    project.run(examples / "test.yml", happened);
    CHECK(project.lines_of("uv") == commands);
  }
}

TEST_CASE("test.yml: the first failed check fails the run, and the next is not started") {
  PythonProject project("[ \"$2\" != ruff ] || exit 1\n");
  const auto run = project.consumer.run(examples / "test.yml",
                                        push_of("refs/heads/main", project.server.commit()));
  CHECK(run.status != 0);
  CHECK(project.lines_of("uv") == Names{"sync --locked", "run ruff check"});
}
