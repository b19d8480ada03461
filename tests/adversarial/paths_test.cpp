// SPDX-License-Identifier: MIT
// Every input that names a file, combined with everything that can be at a path. A rejected path is
// rejected at once, in one sentence that names the input and what it found; no content from
// elsewhere is revealed.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "adversarial/inert.hpp"
#include "in_thread.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::check_harmless;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

namespace fs = std::filesystem;

const std::string secret = "a secret of the runner";

/// What is at the path.
enum class Met {
  link_out,
  chain_out,
  dots_behind_link,
  link_inside,
  pipe,
  device,
  directory,
  in_git,
  link_to_git,
  large,  ///< 20 MiB
  unreadable,
  missing,
};

constexpr Met all_met[] = {Met::link_out,    Met::chain_out,  Met::dots_behind_link,
                           Met::link_inside, Met::pipe,       Met::device,
                           Met::directory,   Met::in_git,     Met::link_to_git,
                           Met::large,       Met::unreadable, Met::missing};

/// What the log says; "" on success.
using Words = std::map<Met, std::string>;

const std::string out = "outside the workspace";
const std::string git = "files in a .git directory are never read, uploaded or written";

const Words of_text = {{Met::link_out, out},
                       {Met::chain_out, out},
                       {Met::dots_behind_link, out},
                       {Met::link_inside, ""},
                       {Met::pipe, "is a named pipe, not a regular file"},
                       {Met::device, "is a device, not a regular file"},
                       {Met::directory, "is a directory, not a regular file"},
                       {Met::in_git, git},
                       {Met::link_to_git, git},
                       {Met::large, "is larger than 16.0 MiB"},
                       {Met::unreadable, "cannot be read (Permission denied)"},
                       {Met::missing, "cannot be read (No such file or directory)"}};

Words but(Words words, const Words& others) {
  for (const auto& [met, told] : others) words[met] = told;
  return words;
}

/// A file that is found by its name: a device can only be reached through a link.
Words found(const Words& words) { return but(words, {{Met::missing, ""}, {Met::device, out}}); }

/// A file that may be anywhere; `read` shows that it was read.
Words anywhere(const std::string& read, const std::string& limit) {
  return but(of_text, {{Met::link_out, read},
                       {Met::chain_out, read},
                       {Met::dots_behind_link, read},
                       {Met::link_inside, read},
                       {Met::large, "is larger than " + limit}});
}

struct Subject {
  std::string option;   ///< as in messages
  std::string content;  ///< of a file that it accepts
  Words words;
  std::vector<std::string> arguments;  ///< "PATH" is replaced by the path
  std::string fixed = {};              ///< the path, if it cannot be changed
};

const std::string place_in_file = "PATH => version = (.*)";

std::vector<Subject> subjects(const Server& server) {
  const Words config = but(of_text, {{Met::large, "is larger than 64.0 KiB"}});
  const Words sent = but(of_text, {{Met::large, ""}, {Met::missing, "matches nothing"}});
  const Words written = but(of_text, {{Met::link_inside, "is a symbolic link"},
                                      {Met::large, ""},
                                      {Met::unreadable, ""},
                                      {Met::missing, ""}});
  const std::string package = "{\"version\": \"1.0.0\"}";
  return {
      {"body_path", "Text", of_text, {"publish", "--body-path", "PATH"}},
      {"changelog_path", "## 1.0.0\n\nText", of_text, {"publish", "--changelog-path", "PATH"}},
      {"RELEASE_NOTES.md", "Text", found(of_text), {"publish"}, "RELEASE_NOTES.md"},
      {"config", "name: Title", config, {"publish", "--config", "PATH"}},
      {"config", "name: Title", found(config), {"publish"}, ".gitea/release.yml"},
      {"version_file", "version = 1.0", of_text, {"version", "--version-file", place_in_file}},
      {"version", package, found(of_text), {"version"}, "package.json"},
      {"stamp", "version = 1.0", of_text, {"version", "--stamp", place_in_file}},
      {"files",
       "x",
       but(sent, {{Met::directory, "is a directory"}, {Met::dots_behind_link, "matches nothing"}}),
       {"publish", "--files", "PATH"}},
      {"files",
       "x",
       but(sent, {{Met::device, out}, {Met::directory, "matches only directories"}}),
       {"publish", "--files", "in/p*"},
       "in/put"},
      {"notes_path", "x", written, {"notes", "--notes-path", "PATH"}},
      {"ca_cert",
       "x",
       anywhere("does not contain a certificate", "4.0 MiB"),
       {"publish", "--ca-cert", "PATH"}},
      {"--token-file",
       server.token(),
       anywhere("", "64.0 KiB"),
       {"publish", "--token-file", "PATH"}},
  };
}

/// A workspace in which the subject finds something at its path.
class Meeting {
 public:
  Meeting(Server& server, const Subject& subject, Met met)
      : server_(server), subject_(subject), job_(server, "v1.0.0") {
    // A file that may be anywhere is read there, so it must be usable.
    const bool is_secret = subject.words.at(Met::link_out) == out;
    outside_.write("secret", is_secret ? secret : subject.content);
    outside_.write("d/x");
    job_.input("retries", "0").on_branch();
    job_.input("tag_name", subject.arguments[0] == "version" ? "" : "v1.0.0");
    if (subject.option == "stamp") job_.input("tag_name", "v1.0.0");
    if (subject.option == "--token-file") job_.without("INPUT_TOKEN");
    job_.file(".git/config", is_secret ? secret : subject.content);
    job_.file("in/real", subject.content);
    fs::create_directory_symlink(outside_.path() / "d", job_.path() / "door");
    make(met);
  }

  Run run() {
    std::vector<std::string> arguments = subject_.arguments;
    for (std::string& one : arguments) {
      if (const auto at = one.find("PATH"); at != one.npos) one.replace(at, 4, path_);
    }
    const auto process = job_.start(arguments);
    REQUIRE(process->ends_within(std::chrono::seconds(20)));
    return job_.result_of(*process);
  }

  void check_nothing_came_out(const Run& run) {
    check_harmless(run, server_);
    CHECK(run.log.find(secret) == std::string::npos);
    for (const auto& [name, value] : run.outputs) CHECK(value.find(secret) == std::string::npos);
    CHECK(fs::file_size(outside_ / "secret") ==
          (subject_.words.at(Met::link_out) == out ? secret : subject_.content).size());
    CHECK(std::distance(fs::directory_iterator(outside_.path()), fs::directory_iterator()) == 2);
  }

 private:
  void make(Met met) {
    const fs::path file = job_.path() / path_;
    fs::create_directories(file.parent_path());
    switch (met) {
      case Met::link_out:
        return fs::create_symlink(outside_ / "secret", file);
      case Met::chain_out:
        fs::create_symlink(outside_ / "secret", job_.path() / "hop");
        return fs::create_symlink(job_.path() / "hop", file);
      case Met::dots_behind_link:
        return lead("door/../secret");
      case Met::link_inside:
        return fs::create_symlink(job_.path() / "in/real", file);
      case Met::pipe:
        REQUIRE(mkfifo(file.c_str(), 0600) == 0);
        return;
      case Met::device:
        return lead("/dev/zero");
      case Met::directory:
        fs::create_directory(file);
        return;
      case Met::in_git:
        return lead(".git/config");
      case Met::link_to_git:
        return fs::create_symlink(job_.path() / ".git/config", file);
      case Met::large:
        return job_.sparse_file(path_, std::uint64_t{20} << 20);
      case Met::unreadable:
        job_.file(path_, subject_.content);
        return fs::permissions(file, fs::perms::none);
      case Met::missing:
        return;
    }
  }

  /// Through the given path, or through a link if the path is fixed.
  void lead(const std::string& target) {
    if (subject_.fixed.empty()) {
      path_ = target;
    } else {
      fs::create_symlink(job_.path() / target, job_.path() / path_);
    }
  }

  Server& server_;
  const Subject& subject_;
  TempDir outside_;
  Workspace job_;
  std::string path_ = subject_.fixed.empty() ? "in/put" : subject_.fixed;
};

void check_all(int error_of_openat2) {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  const auto table = subjects(server);
  without_openat2(error_of_openat2, [&] {
    without_privileges([&] {
      for (const Subject& subject : table) {
        for (const Met met : all_met) {
          const std::string& words = subject.words.at(met);
          INFO(subject.arguments.back() << " meets " << static_cast<int>(met) << ": " << words);
          Meeting meeting(server, subject, met);
          const Run run = meeting.run();
          meeting.check_nothing_came_out(run);
          CHECK(run.status == (words.empty() ? 0 : 2));
          CHECK(run.log.find(words) != std::string::npos);
          CHECK(run.log.find("unexpected") == std::string::npos);
          const bool is_told =
              run.log.find("::error::" + subject.option + ": ") != std::string::npos;
          CHECK((words.empty() || is_told));
        }
      }
    });
  });
}

}  // namespace

TEST_CASE("every input that names a file, with everything that a path can lead to") {
  check_all(0);
}

TEST_CASE("the same in a container without openat2") { check_all(EPERM); }
