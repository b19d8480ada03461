// SPDX-License-Identifier: MIT
// What people meet, and what they read: each case's whole log stands in tests/data/messages/.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// A sandbox and a job that brings one file for a tag that does not exist yet.
struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    job.file("dist/app.exe", std::string(3000, 'x'));
    job.on_branch().input("tag_name", "v1.0.0").input("files", "dist/*").input("retries", "2");
    job.variable("GITHUB_SHA", server.commit());
  }

  /// Runs the job; its log, with what differs from run to run replaced, is the golden file.
  void check(const std::string& name, int status) {
    const Run run = job.publish();
    std::string text = support::replaced(run.log, server.url(), "https://git.example.org");
    text = support::replaced(text, server.repository(), "owner/app");
    text = support::replaced(text, server.commit(), "<commit>");
    CHECK(run.status == status);
    CHECK(text.find(server.token()) == std::string::npos);
    support::check_golden("messages/" + name + ".txt", text);
  }

  Server server;
  Workspace job;
};

}  // namespace

TEST_CASE("401: a token that is not accepted", "[1.25]") {
  Case one;
  one.job.input("token", "0123456789012345678901234567890123456789");
  one.check("token-not-accepted", 2);
}

TEST_CASE("403: a token without the scope", "[1.25]") {
  Case one;
  one.job.input("token", one.server.token_of("demo", R"(["read:repository"])"));
  one.check("token-scope", 2);
}

TEST_CASE("403: a token that may only read", "[1.25]") {
  Case one;
  one.server.add_collaborator("reader", "read");
  one.job.input("token", one.server.token_of("reader"));
  one.check("token-may-only-read", 2);
}

TEST_CASE("404: a private repository that the token may not see", "[1.25]") {
  Case one;
  one.server.edit_repository(R"({"private":true})");
  one.job.input("token", one.server.token_of("stranger"));
  one.check("repository-not-seen", 2);
}

TEST_CASE("404: a repository that does not exist", "[1.25]") {
  Case one;
  one.job.input("repository", "demo/nowhere");
  one.check("repository-unknown", 2);
}

TEST_CASE("Releases are switched off", "[1.25]") {
  Case one;
  one.server.add_collaborator("writer", "write");
  one.server.edit_repository(R"({"has_releases":false})");
  one.job.input("token", one.server.token_of("writer"));
  one.check("releases-off", 2);
}

TEST_CASE("an archived repository", "[1.25]") {
  Case one;
  one.server.edit_repository(R"({"archived":true})");
  one.check("archived", 2);
}

TEST_CASE("413: a file above the server's limit", "[1.25]") {
  Case one;
  one.server.set(R"({"max_size_bytes":1000})");
  one.check("file-too-large", 2);
}

TEST_CASE("413: a proxy's limit", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":413,"times":-1,
      "content_type":"text/html","read_body":true,
      "body":"<html><head><title>413 Request Entity Too Large</title></head></html>"})");
  one.check("file-too-large-for-proxy", 2);
}

TEST_CASE("a connection that is reset in the middle of every upload", "[1.25]") {
  Case one;
  one.job.input("upload_encoding", "raw");
  one.server.fault(
      R"({"method":"POST","path":"/assets","kind":"reset_mid_body","after":1000,"times":-1})");
  one.check("reset-while-uploading", 1);
}

TEST_CASE("400: a type of file that is not allowed", "[1.25]") {
  Case one;
  one.server.set(R"({"allowed_types":".txt,.zip"})");
  one.check("type-not-allowed", 2);
}

TEST_CASE("500 when publishing: a protected tag", "[1.25]") {
  Case one;
  one.server.add_collaborator("writer", "write");
  one.server.protect_tags("v*");
  one.job.input("token", one.server.token_of("writer"));
  one.check("tag-protected", 2);
}

TEST_CASE("500 when publishing: an unknown target", "[1.25]") {
  Case one;
  one.job.input("target_commitish", "0123456789abcdef0123456789abcdef01234567");
  one.check("target-unknown", 2);
}

TEST_CASE("a target that is nothing of the repository is told before any write", "[1.25]") {
  Case one;
  one.job.input("target_commitish", "nowhere");
  one.check("target-is-nothing", 2);
}

TEST_CASE("a draft that is not this action's", "[1.25]") {
  Case one;
  one.server.create_release(
      R"({"tag_name":"v1.0.0","target_commitish":"main","name":"Theirs","draft":true})");
  one.check("foreign-draft", 0);
}

TEST_CASE("an HTML page instead of JSON", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":200,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>Sign in</title></head></html>"})");
  one.check("html-page", 1);
}

TEST_CASE("502 from a proxy whose server is away", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":502,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>502 Bad Gateway</title></head></html>"})");
  one.check("bad-gateway", 1);
}

TEST_CASE("429 that does not end", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":429,
      "headers":{"Retry-After":"0"},"times":-1})");
  one.check("too-many-requests", 1);
}

TEST_CASE("a redirect to another host is not followed", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"redirect","status":302,
      "location":"https://elsewhere.example.org/login","times":-1})");
  one.check("redirect-elsewhere", 2);
}

TEST_CASE("an answer that is no JSON", "[1.25]") {
  Case one;
  one.server.fault(
      R"({"method":"GET","path":"/releases/tags","kind":"garbage","status":200,"times":-1})");
  one.check("garbage", 1);
}

TEST_CASE("a server that does not answer", "[1.25]") {
  Case one;
  one.job.input("answer_timeout", "1").input("retries", "1");
  one.server.fault(
      R"({"method":"GET","path":"/releases/tags","kind":"stall","ms":5000,"times":-1})");
  one.check("no-answer", 1);
}

TEST_CASE("a tag that differs from another one in its case only", "[1.25]") {
  Case one;
  one.server.create_release(R"({"tag_name":"v1.0.0","target_commitish":"main"})");
  one.job.input("tag_name", "V1.0.0");
  one.check("tag-case", 2);
}
