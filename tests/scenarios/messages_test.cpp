// SPDX-License-Identifier: MIT
// What users read if a run fails: settings, tokens, and something between runner and server.
#include <catch2/catch_test_macros.hpp>

#include "scenarios/message_case.hpp"
#include "support/golden.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using scenarios::Case;

TEST_CASE("401: an invalid token") {
  Case one;
  one.job.input("token", "0123456789012345678901234567890123456789");
  one.check("token-not-accepted", 2);
}

TEST_CASE("403: a token without the scope") {
  Case one;
  one.job.input("token", one.server.token_of("demo", R"(["read:repository"])"));
  one.check("token-scope", 2);
}

TEST_CASE("403: a read-only token") {
  Case one;
  one.server.add_collaborator("reader", "read");
  one.job.input("token", one.server.token_of("reader"));
  one.check("token-may-only-read", 2);
}

TEST_CASE("404: a private repository that the token may not see") {
  Case one;
  one.server.edit_repository(R"({"private":true})");
  one.job.input("token", one.server.token_of("stranger"));
  one.check("repository-not-seen", 2);
}

TEST_CASE("404: a repository that does not exist") {
  Case one;
  one.job.input("repository", "demo/nowhere");
  one.check("repository-unknown", 2);
}

TEST_CASE("Releases are disabled") {
  Case one;
  one.server.add_collaborator("writer", "write");
  one.server.edit_repository(R"({"has_releases":false})");
  one.job.input("token", one.server.token_of("writer"));
  one.check("releases-off", 2);
}

TEST_CASE("an archived repository") {
  Case one;
  one.server.edit_repository(R"({"archived":true})");
  one.check("archived", 2);
}

TEST_CASE("413: a file above the server's limit") {
  Case one;
  one.server.set(R"({"max_size_bytes":1000})");
  one.check("file-too-large", 2);
}

TEST_CASE("413: a proxy's limit") {
  Case one;
  one.server.fault(R"({"method":"POST","path":"/assets","kind":"status","status":413,"times":-1,
      "content_type":"text/html","read_body":true,
      "body":"<html><head><title>413 Request Entity Too Large</title></head></html>"})");
  one.check("file-too-large-for-proxy", 2);
}

TEST_CASE("a connection that is reset in the middle of every upload") {
  Case one;
  one.job.input("upload_encoding", "raw");
  one.server.fault(
      R"({"method":"POST","path":"/assets","kind":"reset_mid_body","after":1000,"times":-1})");
  one.check("reset-while-uploading", 1);
}

TEST_CASE("400: a forbidden file type") {
  Case one;
  one.server.set(R"({"allowed_types":".txt,.zip"})");
  one.check("type-not-allowed", 2);
}

TEST_CASE("500 when publishing: a protected tag") {
  Case one;
  one.server.add_collaborator("writer", "write");
  one.server.protect_tags("v*");
  one.job.input("token", one.server.token_of("writer"));
  one.check("tag-protected", 2);
}

TEST_CASE("500 when publishing: an unknown target") {
  Case one;
  one.job.input("target_commitish", "0123456789abcdef0123456789abcdef01234567");
  one.check("target-unknown", 2);
}

TEST_CASE("a target that does not exist in the repository is reported before any write") {
  Case one;
  one.job.input("target_commitish", "nowhere");
  one.check("target-is-nothing", 2);
}

TEST_CASE("a draft that this action did not create") {
  Case one;
  one.server.create_release(
      R"({"tag_name":"v1.0.0","target_commitish":"main","name":"Theirs","draft":true})");
  one.check("foreign-draft", 0);
}

TEST_CASE("an HTML page instead of JSON") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":200,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>Sign in</title></head></html>"})");
  one.check("html-page", 1);
}

TEST_CASE("502 from a proxy whose server is down") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":502,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>502 Bad Gateway</title></head></html>"})");
  one.check("bad-gateway", 1);
}

TEST_CASE("429 that does not end") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":429,
      "headers":{"Retry-After":"0"},"times":-1})");
  one.check("too-many-requests", 1);
}

TEST_CASE("a redirect to another host is not followed") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"redirect","status":302,
      "location":"https://elsewhere.example.org/login","times":-1})");
  one.check("redirect-elsewhere", 2);
}

TEST_CASE("a response that is not JSON") {
  Case one;
  one.server.fault(
      R"({"method":"GET","path":"/releases/tags","kind":"garbage","status":200,"times":-1})");
  one.check("garbage", 1);
}

TEST_CASE("a server that does not respond") {
  Case one;
  one.job.input("answer_timeout", "1").input("retries", "1");
  one.server.fault(
      R"({"method":"GET","path":"/releases/tags","kind":"stall","ms":5000,"times":-1})");
  one.check("no-answer", 1);
}

TEST_CASE("a tag that differs from another one only in case") {
  Case one;
  one.server.create_release(R"({"tag_name":"v1.0.0","target_commitish":"main"})");
  one.job.input("tag_name", "V1.0.0");
  one.check("tag-case", 2);
}

// --- something between runner and server ---

TEST_CASE("301 with a page: the address to set") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"redirect","status":301,
      "location":"https://new.example.org/git/api/v1/repos/owner/app/releases/tags/v1.0.0",
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>301 Moved Permanently</title></head></html>"})");
  one.check("redirect-to-https", 2);
}

TEST_CASE("404 from a web server does not mean a missing repository") {
  Case one;
  one.server.fault(R"({"path":"/api/v1/","kind":"status","status":404,"times":-1,
      "content_type":"text/html",
      "body":"<html><head><title>404 Not Found</title></head><body>nginx</body></html>"})");
  one.check("web-server", 1);
}

TEST_CASE("error pages of Cloudflare") {
  Case one;
  one.server.fault(R"({"method":"GET","path":"/releases/tags","kind":"status","status":522,
      "content_type":"text/html","times":-1,
      "body":"<html><head><title>git.example.org | 522: Connection timed out</title></head>"})");
  one.check("cloudflare", 1);
}
