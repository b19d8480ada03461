// SPDX-License-Identifier: MIT
// The configuration file: what a run reads from it, and what takes precedence over it.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

const char* const default_file = ".gitea/release.yml";

/// A job for the tag v1.0.0, with two files.
struct Job {
  Job() : workspace(server, "v1.0.0") {
    workspace.on_branch().variable("GITHUB_SHA", server.commit()).input("tag_name", "v1.0.0");
    workspace.file("dist/a.txt", "a");
    workspace.file("dist/b.txt", "b");
  }

  Run publish(const std::vector<std::string>& arguments = {}) {
    const Run run = workspace.publish(arguments);
    INFO(run.log);
    CHECK(run.status == 0);
    return run;
  }

  Server server;
  Workspace workspace;
};

}  // namespace

TEST_CASE(".gitea/release.yml sets what no input sets", "[profiles]") {
  Job job;
  job.workspace.file(default_file,
                     "name: From the file\nprerelease: yes\nbody: |\n  Two\n\n  lines\n"
                     "files:\n  - dist/a.txt => first.txt\n  - dist/b.txt\n");
  const Run run = job.publish();
  const auto release = job.server.release("v1.0.0");
  CHECK(release.name == "From the file");
  CHECK(release.prerelease);
  CHECK(release.names() == std::vector<std::string>{"b.txt", "first.txt"});
  CHECK(run.outputs.at("body") == "Two\n\nlines");
  CHECK(job.publish().outputs.at("state") == "unchanged");
}

TEST_CASE("an input takes precedence over the file, and the command line over both") {
  Job job;
  job.workspace.file(default_file,
                     "name: From the file\nprerelease: true\nfiles: dist/*\ndraft: true\n");
  job.workspace.input("name", "From the input").input("files", "dist/a.txt");
  job.workspace.input("prerelease", "true");
  job.publish({"--prerelease", "false"});
  const auto release = job.server.release("v1.0.0");
  CHECK(release.name == "From the input");
  CHECK_FALSE(release.prerelease);
  CHECK(release.draft);
  CHECK(release.names() == std::vector<std::string>{"a.txt"});
}

TEST_CASE("any input that gives the notes takes precedence over the file's notes", "[profiles]") {
  Job job;
  job.workspace.file(default_file, "changelog_path: CHANGELOG.md\n");
  job.workspace.file("CHANGELOG.md", "## 1.0.0\n\n- from the changelog\n");
  CHECK(job.publish({"--body", "From the input"}).outputs.at("body") == "From the input");
  CHECK(job.publish().outputs.at("body") == "- from the changelog");
}

TEST_CASE("the file is searched in the working directory, then in the workspace", "[profiles]") {
  Job job;
  job.workspace.file(default_file, "name: Of the workspace\n");
  job.workspace.file("sub/x", "");
  job.workspace.input("working_directory", "sub");
  job.publish();
  CHECK(job.server.release("v1.0.0").name == "Of the workspace");
  job.workspace.file("sub/.gitea/release.yml", "name: Of the directory\n");
  job.publish();
  CHECK(job.server.release("v1.0.0").name == "Of the directory");
}

TEST_CASE("another file can be named, and must exist", "[profiles]") {
  Job job;
  job.workspace.file(default_file, "name: Of the default\n");
  job.workspace.file("ci/release.yaml", "name: Of the other\n");
  job.workspace.input("config", "ci/release.yaml");
  job.publish();
  CHECK(job.server.release("v1.0.0").name == "Of the other");
  const Run run = job.workspace.publish({"--config", "ci/nowhere.yml"});
  CHECK(run.status == 2);
  CHECK(
      run.log.starts_with("::error::config: " + (job.workspace.path() / "ci/nowhere.yml").string() +
                          " cannot be read (No such file or directory)"));
}

TEST_CASE("the file's categories group the notes that are generated from commits") {
  Job job;
  job.server.new_commit("feat: exports");
  job.server.new_commit("chore: tidy");
  job.workspace.variable("GITHUB_SHA", job.server.commit());
  job.workspace.file(default_file,
                     "files: dist/*\nnotes:\n  categories:\n    - {title: Neu, types: [feat]}\n"
                     "  exclude: [chore, other]\n");
  const Run run = job.publish({"notes"});
  CHECK(run.log.starts_with("### Neu\n\n- exports ("));
  CHECK(run.log.find("tidy") == std::string::npos);
}

TEST_CASE("the file lists rows of the Downloads table, and an input switches the table off",
          "[profiles]") {
  Job job;
  job.workspace.file(default_file,
                     "files: dist/*\nrequired_files: [a.txt, b.txt]\nchecksums: [sha256, sha512]\n"
                     "downloads:\n  rows:\n    - {label: The first one, file: 'a.*'}\n");
  const Run run = job.publish();
  CHECK(run.outputs.at("body").find("The first one") != std::string::npos);
  CHECK(job.server.release("v1.0.0").names() ==
        std::vector<std::string>{"SHA256SUMS", "SHA512SUMS", "a.txt", "b.txt"});
  Job without;
  without.workspace.file(default_file,
                         "downloads: {rows: [{label: The first one, file: 'a.*'}]}\n");
  CHECK(without.publish({"--downloads", "false"}).outputs.at("body").empty());
}

TEST_CASE(
    "every mistake in the file is reported with its position, together with mistakes in inputs") {
  Job job;
  job.workspace.file(default_file,
                     "name: v1\n"
                     "drafft: true\n"
                     "draft: maybe\n"
                     "token: 0123456789\n"
                     "files: {a: b}\n"
                     "jobs: many\n"
                     "name: v2\n"
                     "downloads:\n"
                     "  rows:\n"
                     "    - {label: Windows, files: '*.exe'}\n"
                     "notes: {categories: [{title: Features, types: feat}]}\n");
  job.workspace.input("if_exists", "perhaps");
  const Run run = job.workspace.publish();
  CHECK(run.status == 2);
  CHECK_FALSE(job.server.has_release("v1.0.0"));
  support::check_golden("messages/config-file.txt", run.log);
}

TEST_CASE("a checkout cannot redirect the token to another server") {
  Job job;
  for (const char* key : {"server_url", "repository", "ca_cert", "insecure", "working_directory",
                          "config", "token", "notes_path"}) {
    job.workspace.file(default_file, std::string(key) + ": \"true\"\n");
    const Run run = job.workspace.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find(std::string(".gitea/release.yml:1:1: ") + key +
                       ": not allowed in this file") != std::string::npos);
  }
  CHECK_FALSE(job.server.has_release("v1.0.0"));
}

TEST_CASE("a checkout cannot publish files from elsewhere on the runner", "[profiles]") {
  Job job;
  for (const char* entry :
       {"body_path: /etc/hostname", "body_path: ../secret", "changelog_path: a/../../secret",
        "files: /etc/hostname", "files: ['~/.ssh/*']", "files: [dist/a.txt, '{/etc/hostname,b}']",
        "files: '../* => x'", "files: 'dist/{../..,x}/a'", "files: '\\.\\./x'"}) {
    job.workspace.file(default_file, entry);
    const Run run = job.workspace.publish();
    INFO(entry << "\n" << run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find("may lead out of the workspace, which is not allowed because this file "
                       "comes from the checkout. Set "
                       "it as an input in the workflow.") != std::string::npos);
    CHECK(run.log.find("::error::.gitea/release.yml:1:") != std::string::npos);
  }
  CHECK_FALSE(job.server.has_release("v1.0.0"));
  job.workspace.file(default_file,
                     "files: ['./dist/..a.txt', 'dist/{a,b}.txt']\nbody_path: dist/a.txt\n");
  job.workspace.file("dist/..a.txt", "dots");
  CHECK(job.publish().outputs.at("body") == "a");
}
