// SPDX-License-Identifier: MIT
// What users read if the server rejects a write, or if a problem is found before the first write.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/message_case.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using scenarios::Case;
using support::Run;

// --- a rejected upload, creation or edit ---

TEST_CASE("500 for an upload: the server's disk, not tags, permissions or notes") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":500,"times":-1,
      "read_body":true,"body":{"message":"","url":"http://h/api/swagger"}})");
  one.check("upload-500", 1);
}

TEST_CASE("500 for an upload, with the reason that administrators see") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":500,"times":-1,
      "read_body":true,"body":{"message":"write /data/attachments/4/f: no space left on device",
      "url":"http://h/api/swagger"}})");
  one.check("disk-full", 1);
}

TEST_CASE("500 for an edit on a full disk is not attributed to long notes") {
  Case one;
  one.job.file("notes.md", std::string(70'000, 'n')).input("body_path", "notes.md");
  one.server.create_tag("v1.0.0");
  one.server.fault(R"({"method":"POST","path":"/releases","kind":"status","status":500,"times":-1,
      "body":{"message":"write /data/gitea.db: No Space Left on device",
      "url":"http://h/api/swagger"}})");
  one.check("disk-full-notes", 1);
}

TEST_CASE("500 for long notes: possible causes") {
  Case one;
  one.job.file("notes.md", std::string(70'000, 'n')).input("body_path", "notes.md");
  one.server.create_tag("v1.0.0");
  one.server.fault(R"({"method":"POST","path":"/releases","kind":"status","status":500,"times":-1,
      "body":{"message":"","url":"http://h/api/swagger"}})");
  one.check("notes-long", 2);
}

TEST_CASE("500 for an edit of a release that already has long notes: they are not the cause") {
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
  CHECK(run.log.find("If the server uses MySQL") == std::string::npos);
  CHECK(run.log.find("shorter") == std::string::npos);
}

TEST_CASE("403 from a firewall for an upload") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":403,"times":-1,
      "read_body":true,"content_type":"text/html",
      "body":"<html><head><title>Request blocked</title></head><body>ModSecurity</body></html>"})");
  one.check("firewall", 1);
}

TEST_CASE("404 and 403 for an upload while attachments are disabled") {
  Case one;
  one.server.set(R"({"attachments_enabled":false})");
  one.check("attachments-off", 2);

  Case other;
  other.server.set(R"({"attachments_enabled":false})");
  other.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":403,"times":-1,
      "read_body":true,"body":{"message":"not allowed","url":"http://h/api/swagger"}})");
  other.check("attachments-off-403", 2);
}

TEST_CASE("403 for reading the tag: a token without access to Code") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/tags/","skip":1,"kind":"status","status":403,
      "times":-1,"body":{"message":
      "user should have specific read permission or be a repo admin or a site admin",
      "url":"http://h/api/swagger"}})");
  one.check("code-closed", 2);
}

TEST_CASE("403 and 404 for a creation with an unknown target") {
  Case one;
  one.job.input("upload_before_publish", "false");
  one.job.input("target_commitish", "0123456789abcdef0123456789abcdef01234567");
  one.check("target-unknown-404", 2);
}

TEST_CASE("403 because of the account of the token's user") {
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

TEST_CASE("the permissions for Code do not decide about Releases") {
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

TEST_CASE("413 without a text comes from a proxy") {
  for (const char* answer :
       {R"("content_type":"text/plain","body":"Payload Too Large")", R"("body":"")"}) {
    Case one;
    one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":413,"times":-1,
        "read_body":true,)" +
                     std::string(answer) + "}");
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.status == 2);
    CHECK(run.log.find("a proxy in front of the server rejected the upload (2.9 KiB)") !=
          std::string::npos);
    CHECK(run.log.find("client_max_body_size") != std::string::npos);
    CHECK(run.log.find("app.ini") == std::string::npos);
  }
}

TEST_CASE("400 from Forgejo for a form that arrived incomplete is retried") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":400,
      "read_body":true,"body":{"message":"One of 'attachment' or 'external_url' is required",
      "url":"http://h/api/swagger"}})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").names() == std::vector<std::string>{"app.exe"});
}

// --- problems that are found beforehand ---

TEST_CASE(
    "an archived repository is reported before a write, or at the first write if the tag exists") {
  Case one;
  one.server.create_tag("v1.0.0");
  one.server.edit_repository(R"({"archived":true})");
  one.check("archived-tag-pushed", 2);
}

TEST_CASE("a protected tag that the token may see is reported before any write") {
  Case one;
  one.server.add_collaborator("chief", "admin");
  one.server.protect_tags("v*");
  one.job.input("token", one.server.token_of("chief"));
  one.server.forget_requests();
  one.check("tag-protected-seen", 2);
  for (const auto& request : one.server.requests()) CHECK(request.method == "GET");
  CHECK_FALSE(one.server.has_release("v1.0.0"));
}

TEST_CASE("a protected tag is no problem for allowed users, for existing tags or for drafts") {
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

TEST_CASE("facts about the repository are read once, and not for an existing release") {
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
