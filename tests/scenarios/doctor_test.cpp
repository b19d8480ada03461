// SPDX-License-Identifier: MIT
// The command `doctor`, on every server: each finding with its remedy, and that it writes nothing.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "core/text/text.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

constexpr const char* nobody = "0123456789012345678901234567890123456789";

struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.input("retries", "1");
    server.forget_requests();
  }

  /// The doctor's output; it writes nothing, and sends no request that would.
  Run look(int status) {
    Run run = job.run({"doctor"});
    INFO(run.log);
    CHECK(run.status == status);
    CHECK(run.log.find(server.token()) == std::string::npos);
    CHECK((run.log.find("::error::publishing would fail") != std::string::npos) == (status != 0));
    sent = server.requests();
    for (const Logged& one : sent) {
      if (!one.write()) continue;
      INFO(one.method << " " << one.path << ": " << one.status);
      CHECK(one.path == "/api/v1/repos/" + server.repository() + "/releases");
      CHECK(one.status >= 400);
    }
    CHECK_FALSE(server.has_release("v1.0.0"));
    server.forget_requests();
    return run;
  }

  /// One of its lines begins with this and contains `words`.
  void has(int status, const std::string& beginning, const std::string& words) {
    const Run run = look(status);
    const auto lines = core::lines(run.log);
    INFO(run.log << "\nwanted: " << beginning << " … " << words);
    CHECK(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
      return line.starts_with(beginning) && line.find(words) != std::string::npos;
    }));
  }

  bool shows_protection() const {
    static const std::set<std::string> silent = {"gitea-1.20", "gitea-1.22", "forgejo-7"};
    return !silent.contains(server.profile());
  }

  Server server;
  Workspace job;
  std::vector<Logged> sent;  ///< by the latest run
};

}  // namespace

TEST_CASE("with a correct configuration nothing fails", "[profiles]") {
  Case one;
  const Run run = one.look(0);
  INFO(run.log);
  CHECK(run.log.find("FAIL") == std::string::npos);
  const bool forgejo = one.server.profile().starts_with("forgejo");
  for (const std::string& line :
       {std::string("OK    job: event push at refs/tags/v1.0.0 in " + one.server.repository()),
        std::string("OK    tag: v1.0.0"),
        std::string("OK    outputs: GITHUB_OUTPUT can be written"),
        "OK    server: " + std::string(forgejo ? "Forgejo " : "Gitea "),
        std::string("WARN  TLS: not used"),
        std::string("OK    clock: it differs from the server's clock by"),
        std::string("OK    repository: " + one.server.repository()),
        std::string("OK    rights: this token may write Releases"),
        std::string("OK    files: the server accepts attachments"),
        std::string("OK    protected tags: the tag v1.0.0 already exists")}) {
    INFO(line);
    CHECK(run.log.find("\n" + line) != std::string::npos);
  }
}

TEST_CASE("the job's own token is recognized", "[profiles]") {
  Case one;
  const std::string token = one.server.job_token();
  one.job.input("token", token).input("job_token", token);
  one.has(0, "OK    rights:", "the job's own token may write Releases");
  one.job.input("tag_name", "v2.0.0");
  one.has(0, "OK    protected tags:", "ask an owner to check Tags");
}

TEST_CASE("a run without a tag gets a warning", "[profiles]") {
  Case one;
  one.job.on_branch();
  one.has(0, "WARN  tag:",
          "the run was not triggered by a tag (ref: refs/heads/main). Publishing needs a tag");
  one.job.input("tag_name", "v1.0.0");
  one.has(0, "OK    tag:", "v1.0.0");
}

TEST_CASE("unwritable outputs are a failure, and everything else is still checked", "[profiles]") {
  Case one;
  one.job.file("output/in-the-way", "a folder of that name");
  const auto process =
      one.job.variable("GITHUB_OUTPUT", (one.job.path() / "output").string()).start({"doctor"});
  const auto ended = process->wait();
  INFO(ended.output);
  CHECK(ended.status == 2);
  CHECK(ended.output.find("FAIL  outputs: the outputs of the step cannot be written to ") !=
        std::string::npos);
  CHECK(ended.output.find("OK    rights:") != std::string::npos);
}

TEST_CASE("mistakes in the inputs are reported, and no request is sent", "[profiles]") {
  Case one;
  one.job.input("server_url", "ftp://h").input("repository", "nothing").input("retries", "x");
  one.has(2, "FAIL  inputs:", "is not a valid server address");
  one.has(2, "FAIL  inputs:", "'nothing' does not have the form owner/name");
  one.has(2, "FAIL  inputs:", "retries: 'x' is not a whole number");
  CHECK(one.sent.empty());
}

TEST_CASE("the job's own token is not sent to another server", "[profiles]") {
  Case one;
  one.job.input("job_token", one.server.token()).input("repository", "demo/app");
  one.has(2, "FAIL  inputs:", "the job's own token does not work on another repository");
  CHECK(one.sent.empty());
}

TEST_CASE("an unreachable server is the only finding", "[profiles]") {
  Case one;
  one.job.input("server_url", "http://127.0.0.1:1");
  one.has(1, "FAIL  server:", "the connection was refused (2 attempts). Check that the runner");
  CHECK(one.look(1).log.find("rights") == std::string::npos);
}

TEST_CASE("a login page in front of the server is reported as such", "[profiles]") {
  Case one;
  one.server.fault(R"({"path":"/version","kind":"status","status":200,"content_type":"text/html",
      "times":-1,"body":"<html><title>Sign in</title></html>"})");
  one.has(1, "FAIL  server:", "A proxy or a login page may be in front of the API");
}

TEST_CASE("a server older than the supported versions gets a warning", "[profiles]") {
  Case one;
  one.server.set(R"({"version":"1.19.4"})");
  one.has(0, "WARN  server: Gitea 1.19.4", "This program supports Gitea 1.20 and later");
}

TEST_CASE("a server that requires a sign-in is asked with the token", "[profiles]") {
  Case one;
  one.server.set(R"({"require_signin":true})");
  one.has(0, "OK    server:", "at " + one.server.url());
}

TEST_CASE("an invalid token is a finding", "[profiles]") {
  Case one;
  one.job.input("token", nobody);
  one.has(2, "FAIL  repository:", "the server does not accept the token");
  one.has(2, "OK    server:", "");
}

TEST_CASE("a token without the scope is a finding", "[profiles]") {
  Case one;
  one.job.input("token", one.server.token_of("demo", R"(["read:repository"])"));
  one.has(2, "FAIL  rights:", "it requires write:repository");
}

TEST_CASE("a read-only token is a finding", "[profiles]") {
  Case one;
  one.server.add_collaborator("reader", "read");
  one.job.input("token", one.server.token_of("reader"));
  one.has(2, "FAIL  rights:", "the token may not write Releases in this repository");
  one.has(2, "FAIL  rights:", "permissions: contents: write");
}

TEST_CASE("a repository that the token may not see, or that does not exist", "[profiles]") {
  Case one;
  one.job.input("repository", "demo/nowhere");
  one.has(2, "FAIL  repository:", "the repository demo/nowhere does not exist");
}

TEST_CASE("a repository that has moved is reported with its new name", "[profiles]") {
  Case one;
  const std::string before = one.server.repository();
  one.server.rename_repository("renamed");
  one.server.forget_requests();
  one.has(0, "OK    repository:", before + " has moved to demo/renamed");
}

TEST_CASE("an archived repository is a finding", "[profiles]") {
  Case one;
  one.server.edit_repository(R"({"archived":true})");
  one.server.forget_requests();
  one.has(2, "FAIL  repository:", "is archived. Ask the owner to unarchive it");
}

TEST_CASE("an empty repository is a finding", "[profiles]") {
  Case one;
  const auto made = one.server.connect()->send("POST", "/api/v1/user/repos", R"({"name":"bare"})");
  REQUIRE(made.status == 201);
  one.server.forget_requests();
  one.job.input("repository", "demo/bare");
  one.has(2, "FAIL  repository:", "is empty. Push a first commit");
}

TEST_CASE("disabled Releases stop everybody but administrators, who get a warning", "[profiles]") {
  Case one;
  one.server.edit_repository(R"({"has_releases":false})");
  one.server.forget_requests();
  one.has(0, "WARN  releases:", "Enable them in the repository's settings");
  one.job.input("token", one.server.job_token());
  one.has(2, "FAIL  rights:", "Releases are disabled in this repository");
}

TEST_CASE("a server without attachments gets a warning", "[profiles]") {
  Case one;
  one.server.set(R"({"attachments_enabled":false})");
  one.has(0, "WARN  files:", "'[attachment] ENABLED'");
}

TEST_CASE("a protected tag that does not exist yet gets a warning, if the rule is visible",
          "[profiles]") {
  Case one;
  one.job.input("tag_name", "v2.0.0");
  if (!one.shows_protection()) {
    one.has(0, "OK    protected tags:", "cannot be checked with this token or on this server");
    return;
  }
  one.has(0, "OK    protected tags:", "no rule applies");
  one.server.protect_tags("v2.*");
  one.server.forget_requests();
  one.has(0, "WARN  protected tags:",
          "only users and teams that are listed in the settings may create tags that match v2.*");
  one.job.input("tag_name", "refs/tags/v2.0.0");
  one.has(0, "WARN  protected tags:", "create tags that match v2.*");
  one.has(0, "OK    tag:", "v2.0.0");
  one.job.input("tag_name", "v3.0.0");
  one.has(0, "OK    protected tags:", "no rule applies");
  one.job.input("tag_name", "").on_branch();
  one.has(0, "WARN  protected tags:", "v2.*");
}

TEST_CASE("a wrong clock is reported, with the difference", "[profiles]") {
  Case one;
  one.server.fault(R"({"path":"/version","kind":"status","status":200,"times":-1,
      "content_type":"application/json","body":"{\"version\":\"1.25.4\"}",
      "headers":{"Date":"Thu, 01 Jan 1970 00:00:00 GMT"}})");
  one.has(0, "WARN  clock:", "days ahead of that of the server. Correct it (NTP)");
}

TEST_CASE("a server error may be temporary, and the message says so", "[profiles]") {
  Case one;
  one.server.fault(
      R"({"method":"POST","path":"/releases","kind":"status","status":503,"times":-1})");
  one.has(1, "FAIL  rights:", "run it again later");
}

TEST_CASE("the output of the doctor") {
  Case one;
  one.server.add_collaborator("reader", "read");
  one.server.protect_tags("v*");
  one.job.input("token", one.server.token_of("reader")).input("tag_name", "v2.0.0");
  one.server.forget_requests();
  const Run run = one.look(2);
  std::string text = support::replaced(run.log, one.server.url(), "https://git.example.org");
  support::check_golden("messages/doctor.txt",
                        support::replaced(text, one.server.repository(), "owner/app"));
}
