// SPDX-License-Identifier: MIT
// Malicious inputs: whatever they contain, the run ends by itself, says what is wrong in its own
// words, and does not reveal the token.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "adversarial/attack.hpp"
#include "adversarial/inert.hpp"
#include "inputs/table.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::Attack;
using adversarial::check_harmless;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

const std::vector<std::string> enemies = {
    adversarial::commands,
    "--draft",
    "-",
    "../../../../etc/passwd",
    "\x1b]0;title\x07\x7f \xff\xfe \xc3",
    "${{ github.token }} $(id) `id` %s%n {} {0}",
    std::string(100'000, 'x'),
    std::string(60'000, '{'),
};

}  // namespace

TEST_CASE("control characters and workflow commands in every input") {
  Attack attack;
  for (const inputs::Command& command : inputs::command_table()) {
    const bool is_publish = command.name == "publish";
    for (const inputs::Option& option : command.options) {
      // The other commands read the same inputs as publish: a few tests are enough for their own.
      for (std::size_t i = 0; i < (is_publish ? enemies.size() : 2); ++i) {
        INFO(command.name << " " << option.name << ", enemy " << i);
        constexpr std::size_t shortest_secret = 8;  // a shorter one would occur in any text
        if (!option.on_command_line() && enemies[i].size() < shortest_secret) continue;
        Workspace job(attack.server, "v1.0.0");
        job.file("a.txt", "a");
        job.input("files", "a.txt").input("retries", "0").input(option.name, enemies[i]);
        check_harmless(job.publish({std::string(command.name)}), attack.server);
      }
      if (!option.on_command_line()) continue;
      INFO(command.name << " " << option.flag());
      Workspace job(attack.server, "v1.0.0");
      job.file("a.txt", "a");
      job.input("files", "a.txt").input("retries", "0");
      check_harmless(job.publish({std::string(command.name), option.flag() + "=" + enemies[0]}),
                     attack.server);
    }
  }
}

TEST_CASE("a token from a file must be a single word, whatever the file contains") {
  Attack attack;
  attack.job.input("token", "");
  for (const std::string& text : {attack.server.token() + "\r\nX-Evil: 1", std::string("a\0b", 3),
                                  std::string(" \n"), std::string("\xff\xfe")}) {
    attack.job.file("token", text);
    const Run run = attack.job.publish({"--token-file", "token"});
    check_harmless(run, attack.server);
    CHECK(run.status == 2);
  }
  attack.job.file("token", "\r\n " + attack.server.token() + "\r\n");
  CHECK(attack.job.publish({"--token-file", "token"}).status == 0);
}

TEST_CASE("notes that contain a NUL are rejected: they are not text") {
  Attack attack;
  attack.job.file("RELEASE_NOTES.md", std::string("N\0o\0t\0e\0s\0", 10));
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  CHECK(run.status == 2);
  CHECK(run.log.find("UTF-8") != std::string::npos);
}

TEST_CASE("a tag that looks like an option is rejected before the first write") {
  Attack attack;
  attack.server.forget_requests();
  for (const std::string tag : {"--help", "-rf", "--", "-"}) {
    INFO(tag);
    for (const Run& run :
         {attack.job.publish({"--tag-name=" + tag}), attack.job.input("tag_name", tag).publish()}) {
      check_harmless(run, attack.server);
      CHECK(run.status == 2);
      CHECK(run.log.find("the tag '" + tag + "', because it begins with '-'") != std::string::npos);
    }
    attack.job.input("tag_name", "");
  }
  CHECK(attack.server.requests().empty());
}

TEST_CASE("a tag that looks like a command, an address or a path is an ordinary tag") {
  Server server;
  for (const std::string tag : {"$(id)", "%2e%2e", "##x", "a&b=c", "refs/tags/x"}) {
    INFO(tag);
    Workspace job(server, "v1.0.0");
    job.on_branch().variable("GITHUB_SHA", server.commit());
    job.file("a.txt", "a");
    const Run run = job.input("tag_name", tag).input("files", "a.txt").publish();
    check_harmless(run, server);
    CHECK(run.status == 0);
    CHECK(run.outputs.at("tag_name") == (tag[0] == 'r' ? "x" : tag));
    CHECK(server.release(run.outputs.at("tag_name")).asset("a.txt").size == 1);
  }
}

TEST_CASE("files whose names look like options, commands or markup are ordinary files") {
  Server server;
  server.create_tag("v1.0.0");
  Workspace job(server, "v1.0.0");
  const std::vector<std::string> names = {
      "-rf",    "--draft",     "$(id)",      "::error::forged", "##[add-path]x",
      "a|b`c`", "<script>",    "name=value", "a<<EOF",          "%2e%2e%2f",
      "\\",     "&name=other", "?x#y",       "[link](x)",       "\xc2\xa0"};
  for (const std::string& name : names) job.file("dist/" + name, name);
  const Run run = job.input("files", "dist/*").publish();
  check_harmless(run, server);
  REQUIRE(run.status == 0);
  for (const std::string& name : names) {
    INFO(name);
    CHECK(server.download("v1.0.0", name).body == name);
  }
}

TEST_CASE("asset names that contain path separators or line breaks are rejected before any write") {
  Attack attack;
  attack.job.file("line\nbreak", "x");
  attack.job.file("cr\r::error::forged", "x");
  attack.job.input("files", "a.txt => ../../etc/passwd\nline*\ncr*");
  attack.server.forget_requests();
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  CHECK(run.status == 2);
  CHECK(attack.server.requests().empty());
  CHECK(run.log.find("'../../etc/passwd'") != std::string::npos);
}
