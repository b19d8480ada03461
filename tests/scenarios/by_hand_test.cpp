// SPDX-License-Identifier: MIT
// A person runs the program: what the terminal shows, and what goes to standard output.
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <map>
#include <memory>

#include "core/text/json.hpp"
#include "has.hpp"
#include "support/process.hpp"
#include "support/server.hpp"
#include "support/terminal.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using support::Server;
using support::Terminal;

using support::has;

namespace {

using Words = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

/// A folder with two files, and a shell without anything that a runner sets.
class Person {
 public:
  explicit Person(const Server& server) : server_(server) {
    directory_.write("dist/a.tgz", "aaa");
    directory_.write("dist/b.tgz", "bbbbb");
  }

  void big_file() const { directory_.write("dist/b.tgz", std::string(40'000'000, 'b')); }

  /// The command with standard error at the terminal, and standard output in a file.
  std::unique_ptr<support::Process> at(const Terminal& terminal, const Words& arguments,
                                       const Variables& more = {}) const {
    return start({"/bin/sh", "-c", "terminal=$0; exec \"$@\" 2>\"$terminal\"", terminal.path()},
                 arguments, more);
  }
  /// The command with both streams in files.
  support::Ended without_terminal(const Words& arguments, const Variables& more = {}) const {
    return start({}, arguments, more)->wait();
  }
  std::string errors() const { return support::read_file(directory_ / "errors"); }

 private:
  std::unique_ptr<support::Process> start(Words command, const Words& arguments,
                                          const Variables& more) const {
    command.insert(command.end(), {GITEA_RELEASE, "--server-url", server_.url(), "--repository",
                                   server_.repository(), "--tag-name", "v1.0.0"});
    command.insert(command.end(), arguments.begin(), arguments.end());
    Variables environment = {
        {"GITEA_TOKEN", server_.token()}, {"TERM", "xterm"}, {"GITEA_RELEASE_BACKOFF_MS", "1"}};
    for (const auto& [name, value] : more) environment[name] = value;
    return std::make_unique<support::Process>(command, environment, directory_.path(),
                                              directory_ / "output", directory_ / "errors");
  }

  const Server& server_;
  TempDir directory_;
};

std::string address(const Server& server) {
  return server.url() + "/" + server.repository() + "/releases/tag/v1.0.0\n";
}

}  // namespace

TEST_CASE("by hand, standard output has the address of the release only") {
  Server server;
  server.needs_sandbox();
  const Person person(server);
  const auto ended = person.without_terminal({"--files", "dist/*"});
  INFO(person.errors());
  CHECK(ended.status == 0);
  CHECK(ended.output == address(server));
  CHECK(has(person.errors(), "Published v1.0.0: 2 files uploaded\n  a.tgz        3 B  uploaded\n"));
  CHECK_FALSE(has(person.errors(), "::"));
  CHECK_FALSE(has(person.errors(), "\x1b"));

  const auto quiet = person.without_terminal({"--files", "dist/*", "--quiet"});
  CHECK(quiet.output == address(server));
  CHECK(person.errors().empty());
}

TEST_CASE("the outputs are one JSON object if a person asks for it") {
  Server server;
  const Person person(server);
  const auto ended = person.without_terminal({"--files", "dist/*", "--json"});
  INFO(ended.output);
  const core::Json json = core::Json::parse(ended.output);
  CHECK(json.string("tag_name") == "v1.0.0");
  CHECK(json.string("state") == "created");
  REQUIRE(json.array("assets").size() == 2);
  CHECK(json.array("assets").front().string("name") == "a.tgz");
  CHECK(has(person.errors(), "Published v1.0.0"));
}

TEST_CASE("a pattern that the shell has expanded, and options that are cut short, are understood") {
  Server server;
  const Person person(server);
  CHECK(person.without_terminal({"--ta", "v2"}).status == 2);
  CHECK(
      has(person.errors(),
          "'--ta' can be --tag-name, --target-commitish, --tag-message. Write more of the name."));
  CHECK(person.without_terminal({"--fi", "dist/a.tgz", "dist/b.tgz", "--nam", "Title"}).status ==
        0);
  const auto release = server.release("v1.0.0");
  CHECK(release.names() == Words{"a.tgz", "b.tgz"});
  CHECK(release.name == "Title");
}

TEST_CASE("the beginning of a secret's name is not taken for the name of a file") {
  Server server;
  const Person person(server);
  const auto ended = person.without_terminal({"--tok", "word-of-mine"});
  CHECK(ended.status == 2);
  CHECK(has(person.errors(), "error: --token cannot be an option"));
  CHECK_FALSE(has(person.errors(), "word-of-mine"));
}

TEST_CASE("at a terminal, a transfer is one line that is drawn again, and errors have a colour") {
  Server server;
  server.needs_sandbox();
  server.fault(
      R"({"kind":"stall","method":"POST","path":"/assets?name=b","after":1000000,"ms":1500})");
  const Terminal terminal;
  const Person person(server);
  person.big_file();
  const auto ended = person.at(terminal, {"--files", "dist/*"})->wait();
  CHECK(ended.status == 0);
  CHECK(ended.output == address(server));
  REQUIRE(terminal.shows("b.tgz   38.1 MiB  uploaded"));
  const std::string seen = terminal.seen();
  INFO(seen);
  CHECK(has(seen, "uploading b.tgz: "));
  CHECK(has(seen, " % of 38.1 MiB"));
  CHECK(has(seen, "\x1b[1A\r\x1b[J"));  // one line up, and away with it
  CHECK(has(seen, "Uploaded b.tgz (38.1 MiB)\r\n"));

  CHECK(person.at(terminal, {"--files", "none/*"})->wait().status == 2);
  CHECK(terminal.shows("\x1b[1;31merror:\x1b[0m files: "));
  CHECK(person.at(terminal, {"--jobs", "99"}, {{"NO_COLOR", "1"}})->wait().status == 2);
  CHECK(terminal.shows("\nerror: jobs: "));
  CHECK(person.at(terminal, {"--draft", "x", "--color", "never"})->wait().status == 2);
  CHECK(terminal.shows("\nerror: draft: "));
}

TEST_CASE("Ctrl-C says what is left, and the same command continues") {
  Server server;
  server.needs_sandbox();
  server.fault(R"({"kind":"hold","method":"POST","path":"/assets?name=b","ms":20000})");
  const Terminal terminal;
  const Person person(server);
  const Words command = {"--files", "dist/*", "--jobs", "1"};
  const auto process = person.at(terminal, command);
  REQUIRE(terminal.shows("Uploaded a.tgz"));
  process->kill(SIGINT);
  CHECK(process->wait().status == 130);
  CHECK(terminal.shows(
      "Interrupted: v1.0.0 stays a draft with 1 of 2 files. Run the same command again: it does "
      "the rest."));
  CHECK(server.release("v1.0.0").draft);
  server.release_held();
  CHECK(person.at(terminal, command)->wait().status == 0);
  CHECK_FALSE(server.release("v1.0.0").draft);
  CHECK(server.release("v1.0.0").names() == Words{"a.tgz", "b.tgz"});
}

TEST_CASE("Ctrl-C before the first write says that nothing was written") {
  Server server;
  server.needs_sandbox();
  server.fault(R"({"kind":"hold","method":"GET","path":"/releases/tags/","ms":20000})");
  const Terminal terminal;
  const Person person(server);
  const auto process = person.at(terminal, {"--files", "dist/*"});
  REQUIRE(terminal.shows("waiting for the response for 1 s"));
  process->kill(SIGINT);
  CHECK(process->wait().status == 130);
  CHECK(terminal.shows("Interrupted: nothing was written."));
  server.release_held();
}

TEST_CASE("in a job, a terminal and options of a person change nothing") {
  Server server;
  const Terminal terminal;
  const Person person(server);
  const Variables job = {{"GITHUB_ACTIONS", "true"}};
  const auto ended = person.at(terminal, {"--files", "dist/*", "--color", "always"}, job)->wait();
  CHECK(ended.status == 0);
  CHECK(has(ended.output, "::group::Publishing v1.0.0\n"));
  CHECK_FALSE(has(ended.output, "\x1b"));
  CHECK(terminal.seen().empty());
}

TEST_CASE("by hand, the doctor says that there is no job, and where `uses:` finds the action") {
  Server server;
  server.needs_sandbox();
  const TempDir directory;
  const auto look = [&] {
    support::Process doctor({GITEA_RELEASE, "doctor", "--server-url", server.url(), "--repository",
                             server.repository(), "--tag-name", "v1.0.0"},
                            {{"GITEA_TOKEN", server.token()}}, directory.path(),
                            directory / "output");
    return doctor.wait().output;
  };
  const std::string without = look();
  INFO(without);
  CHECK(without.find("OK    job: there is no job here (started by hand)") != std::string::npos);
  CHECK(without.find("outputs:") == std::string::npos);
  CHECK(without.find("WARN  uses: " + server.url() + " has no ") != std::string::npos);
  server.rename_repository("gitea-release");
  CHECK(look().find("WARN  uses: " + server.repository() + " on " + server.url() +
                    " has no tag v1. Push its tags, too: git push --tags.") != std::string::npos);
  server.create_tag("v1");
  CHECK(look().find("OK    uses: " + server.url() + "/" + server.repository() +
                    "@v1. Write this full address.") != std::string::npos);
}
