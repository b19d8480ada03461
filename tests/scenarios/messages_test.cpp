// SPDX-License-Identifier: MIT
// What people meet, and what they read: each case's whole log stands in tests/data/messages/.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

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
    server.clear_faults();
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

// --- a refused upload, creation or edit ---

TEST_CASE("500 to an upload speaks of the server's disk, not of tags, rights or notes", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":500,"times":-1,
      "read_body":true,"body":{"message":"","url":"http://h/api/swagger"}})");
  one.check("upload-500", 1);
}

TEST_CASE("500 to an upload, with the reason that administrators see", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":500,"times":-1,
      "read_body":true,"body":{"message":"write /data/attachments/4/f: no space left on device",
      "url":"http://h/api/swagger"}})");
  one.check("disk-full", 1);
}

TEST_CASE("500 to an edit with the words of a full disk is not about long notes", "[1.25]") {
  Case one;
  one.job.file("notes.md", std::string(70'000, 'n')).input("body_path", "notes.md");
  one.server.create_tag("v1.0.0");
  one.server.fault(R"({"method":"POST","path":"/releases","kind":"status","status":500,"times":-1,
      "body":{"message":"write /data/gitea.db: No Space Left on device",
      "url":"http://h/api/swagger"}})");
  one.check("disk-full-notes", 1);
}

TEST_CASE("500 to long notes: what it can be", "[1.25]") {
  Case one;
  one.job.file("notes.md", std::string(70'000, 'n')).input("body_path", "notes.md");
  one.server.create_tag("v1.0.0");
  one.server.fault(R"({"method":"POST","path":"/releases","kind":"status","status":500,"times":-1,
      "body":{"message":"","url":"http://h/api/swagger"}})");
  one.check("notes-long", 2);
}

TEST_CASE("500 to an edit of a release that has long notes already: they are not the reason",
          "[1.25]") {
  Case one;
  one.job.file("notes.md", std::string(70'000, 'n')).input("body_path", "notes.md");
  one.server.create_tag("v1.0.0");
  const auto release = one.server.create_release(R"({"tag_name":"v1.0.0"})");
  one.server.edit_release(release.id, R"({"body":")" + std::string(70'001, 'o') + R"("})");
  one.server.fault(R"({"method":"PATCH","kind":"status","status":500,"times":-1,
      "body":{"message":"","url":"http://h/api/swagger"}})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("If the server has MySQL") == std::string::npos);
  CHECK(run.log.find("shorter") == std::string::npos);
}

TEST_CASE("403 of a firewall to an upload", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":403,"times":-1,
      "read_body":true,"content_type":"text/html",
      "body":"<html><head><title>Request blocked</title></head><body>ModSecurity</body></html>"})");
  one.check("firewall", 1);
}

TEST_CASE("404 and 403 to an upload where attachments are switched off", "[1.25]") {
  Case one;
  one.server.set(R"({"attachments_enabled":false})");
  one.check("attachments-off", 2);

  Case other;
  other.server.set(R"({"attachments_enabled":false})");
  other.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":403,"times":-1,
      "read_body":true,"body":{"message":"not allowed","url":"http://h/api/swagger"}})");
  other.check("attachments-off-403", 2);
}

TEST_CASE("403 to a question about the tag: a token that may not read Code", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/tags/","skip":1,"kind":"status","status":403,
      "times":-1,"body":{"message":
      "user should have specific read permission or be a repo admin or a site admin",
      "url":"http://h/api/swagger"}})");
  one.check("code-closed", 2);
}

TEST_CASE("403 and 404 to a creation with an unknown target", "[1.25]") {
  Case one;
  one.job.input("upload_before_publish", "false");
  one.job.input("target_commitish", "0123456789abcdef0123456789abcdef01234567");
  one.check("target-unknown-404", 2);
}

TEST_CASE("403 about the account of the token's user", "[1.25]") {
  const std::pair<const char*, const char*> accounts[] = {
      {"This account is prohibited from signing in, please contact your site administrator.",
       "the token's user may not sign in"},
      {"You must change your password. Change it at: http://h//user/change_password",
       "the token's user has to change the password first"},
      {"Two-factor authentication is required", "has to set up two-factor authentication"}};
  for (const auto& [words, meaning] : accounts) {
    Case one;
    one.server.fault(R"({"kind":"status","status":403,"times":-1,"body":{"message":")" +
                     std::string(words) + R"("}})");
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find(meaning) != std::string::npos);
    CHECK(run.log.find("Releases") == std::string::npos);
  }
}

TEST_CASE("the rights of Code say nothing of Releases", "[1.25]") {
  Case one;
  one.server.add_collaborator("reader", "read");  // permissions.push is false
  one.job.input("token", one.server.token_of("reader"));
  one.server.fault(R"({"method":"POST","path":"/releases","kind":"status","status":500,"times":-1,
      "body":{"message":"","url":"http://h/api/swagger"}})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("not write its Releases") == std::string::npos);
}

TEST_CASE("413 without words is a proxy's", "[1.25]") {
  for (const char* answer :
       {R"("content_type":"text/plain","body":"Payload Too Large")", R"("body":"")"}) {
    Case one;
    one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":413,"times":-1,
        "read_body":true,)" +
                     std::string(answer) + "}");
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find("a proxy in front of the server refused 2.9 KiB") != std::string::npos);
    CHECK(run.log.find("client_max_body_size") != std::string::npos);
    CHECK(run.log.find("app.ini") == std::string::npos);
  }
}

TEST_CASE("400 of Forgejo to a form that arrived broken is repeated", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":400,
      "read_body":true,"body":{"message":"One of 'attachment' or 'external_url' is required",
      "url":"http://h/api/swagger"}})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").names() == std::vector<std::string>{"app.exe"});
}

// --- somebody in between ---

TEST_CASE("301 with a page: the address to set", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"redirect","status":301,
      "location":"https://new.example.org/git/api/v1/repos/owner/app/releases/tags/v1.0.0",
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>301 Moved Permanently</title></head></html>"})");
  one.check("redirect-to-https", 2);
}

TEST_CASE("a web server's own 404 is no missing repository", "[1.25]") {
  Case one;
  one.server.fault(R"({"path":"/api/v1/","kind":"status","status":404,"times":-1,
      "content_type":"text/html",
      "body":"<html><head><title>404 Not Found</title></head><body>nginx</body></html>"})");
  one.check("web-server", 1);
}

TEST_CASE("what Cloudflare says", "[1.25]") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":522,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>git.example.org | 522: Connection timed out</title></head>"})");
  one.check("cloudflare", 1);
}

// --- what can be known beforehand ---

TEST_CASE("an archived repository is told before a write, and where the tag is there at the first",
          "[1.25]") {
  Case one;
  one.server.create_tag("v1.0.0");
  one.server.edit_repository(R"({"archived":true})");
  one.check("archived-tag-pushed", 2);
}

TEST_CASE("a protected tag that the token may see is told before any write", "[1.25]") {
  Case one;
  one.server.add_collaborator("chief", "admin");
  one.server.protect_tags("v*");
  one.job.input("token", one.server.token_of("chief"));
  one.server.forget_requests();
  one.check("tag-protected-seen", 2);
  for (const auto& request : one.server.requests()) CHECK(request.method == "GET");
  CHECK_FALSE(one.server.has_release("v1.0.0"));
}

TEST_CASE(
    "a protected tag is no obstacle to who may make it, nor where it is there, nor to a draft",
    "[1.25]") {
  Case one;
  one.server.protect_tags("v*");  // allowed to the owner
  CHECK(one.job.publish().status == 0);

  Case pushed;
  pushed.server.protect_tags("v*");
  pushed.server.create_tag("v1.0.0");
  pushed.server.add_collaborator("chief", "admin");
  pushed.job.input("token", pushed.server.token_of("chief"));
  CHECK(pushed.job.publish().status == 0);

  Case draft;
  draft.server.protect_tags("v*");
  draft.server.add_collaborator("chief", "admin");
  draft.job.input("token", draft.server.token_of("chief")).input("draft", "true");
  CHECK(draft.job.publish().status == 0);
}

TEST_CASE("what can be known is asked once, and not for a release that is there", "[1.25]") {
  const auto looks = [](Case& one) {
    one.server.forget_requests();
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.status == 0);
    const auto requests = one.server.requests();
    return std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
      return request.path == "/api/v1/repos/" + one.server.repository();
    });
  };
  Case one;
  CHECK(looks(one) == 1);
  CHECK(looks(one) == 0);
  one.job.file("dist/app.exe", "another");
  CHECK(looks(one) == 0);
  Case pushed;
  pushed.server.create_tag("v1.0.0");
  CHECK(looks(pushed) == 0);
}
