// SPDX-License-Identifier: MIT
// The step of the action as each runner makes it, with each `sh` that images have.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "runner/job.hpp"
#include "support/server.hpp"

namespace {

using Names = std::vector<std::string>;
using runner_tests::Job;
using support::Server;

/// A word at the start of every external text in these tests.
const std::string foreign = "FOREIGN";

bool begins_a_line(const std::string& text, const std::string& word) {
  const auto lines = core::lines(text);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.starts_with(word); });
}

}  // namespace

TEST_CASE("the step publishes in every runner's environment, with every sh") {
  const std::string runner = GENERATE("gitea-container", "gitea-host", "gitea-newest", "forgejo");
  const std::string shell = GENERATE("dash", "busybox", "bash");
  INFO(runner << " with " << shell);
  Server server;
  Job job(server, runner, shell, "app/v1.2.0-rc.1");
  job.file("dist/a.txt", "a");
  job.file("dist/b c.txt", "b");
  const Job::Ended ended = job.input("files", "dist/*").input("body", "One\n\nTwo\n").run();
  INFO(ended.log);
  REQUIRE(ended.status == 0);
  const support::Release release = server.release("app/v1.2.0-rc.1");
  CHECK_FALSE(release.draft);
  CHECK(release.prerelease);
  CHECK(release.names() == Names{"a.txt", "b c.txt"});
  CHECK(ended.outputs.at("id") == std::to_string(release.id));
  CHECK(ended.outputs.at("tag_name") == "app/v1.2.0-rc.1");
  CHECK(ended.outputs.at("body") == "One\n\nTwo");
  CHECK(ended.outputs.at("state") == "created");
}

TEST_CASE("an expression in an input stays text") {
  Server server;
  Job job(server, "gitea-newest", "dash");
  const std::string text = "${{ github.token }} and ${{ bad syntax end";
  const Job::Ended ended = job.input("body", text).run();
  REQUIRE(ended.status == 0);
  CHECK(ended.outputs.at("body") == text);
}

TEST_CASE("external text never begins a line of the log") {
  Server server;
  Job job(server, "gitea-container", "dash");
  job.file("dist/" + foreign + ".txt", "a");
  job.file("dist/::set-env name=PATH::x.txt", "b");
  job.file("dist/##[add-path]x.txt", "c");
  job.input("name", foreign + " ::add-mask::a").input("files", "dist/*");
  job.input("body", foreign + "\n::stop-commands::x\n##[set-env name=PATH]x");
  const Job::Ended published = job.run();
  INFO(published.log);
  REQUIRE(published.status == 0);
  CHECK(published.log.find(foreign) != std::string::npos);
  CHECK_FALSE(begins_a_line(published.log, foreign));

  SECTION("in a response of the server") {
    server.fault(R"({"kind":"status","method":"GET","path":"/releases/tags/","times":-1,)"
                 R"("status":422,"body":"{\"message\":\"FOREIGN\\n::set-env name=PATH::x\\n)"
                 R"(FOREIGN\\u001b[2J\"}"})");
  }
  SECTION("in a page from elsewhere") {
    server.fault(R"({"kind":"status","method":"GET","path":"/releases/tags/","times":-1,)"
                 R"("status":200,"content_type":"text/html",)"
                 R"("body":"FOREIGN<title>FOREIGN\n::set-env name=PATH::x</title>"})");
  }
  SECTION("in a pattern that matches nothing") {
    job.input("files", foreign + "/*.exe\n::set-env name=PATH::y\n##[add-path]y");
  }
  const Job::Ended failed = job.run();
  INFO(failed.log);
  CHECK(failed.status != 0);
  CHECK(failed.log.find(foreign) != std::string::npos);
  CHECK_FALSE(begins_a_line(failed.log, foreign));
}

TEST_CASE("notes with a line beyond 64 KiB only leave the output 'body' empty") {
  Server server;
  Job job(server, "gitea-container", "dash");
  job.file("NOTES.md", "First\n" + std::string(70'000, 'x') + "\n");
  const Job::Ended ended = job.input("body_path", "NOTES.md").run();
  INFO(ended.log);
  REQUIRE(ended.status == 0);
  CHECK(ended.outputs.at("body").empty());
  CHECK(ended.outputs.at("id") == std::to_string(server.release("v1.0.0").id));
  CHECK(ended.log.find("::warning::the output 'body' is too large") != std::string::npos);
}

TEST_CASE("an input of 100 KiB arrives complete") {
  Server server;
  Job job(server, "gitea-host", "busybox");
  std::string body;
  while (body.size() < 102'400)
    body += "One line of many, and " + std::to_string(body.size()) + "\n";
  const Job::Ended ended = job.input("body", body).run();
  REQUIRE(ended.status == 0);
  CHECK(ended.outputs.at("body") + "\n" == body);
}

TEST_CASE("a failed step sets every output as far as it is known") {
  Server server;
  Job job(server, "forgejo", "bash");
  const Job::Ended ended = job.input("files", "nothing/*").run();
  CHECK(ended.status == 2);
  CHECK(ended.outputs.contains("id"));
  CHECK(ended.outputs.at("assets").empty());
}
