// SPDX-License-Identifier: MIT
// Responses of a server, or of something in front of it, with the worst texts that their author
// could think of.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "gitea/answer_text.hpp"
#include "gitea/explain.hpp"
#include "gitea/features.hpp"
#include "gitea/redirect.hpp"
#include "gitea/server.hpp"
#include "gitea/url.hpp"
#include "gitea/wire.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::nested;
using linear::numbered;

/// `body` as the server's text for each kind of refusal.
void refusal(const std::string& body, const std::string& type) {
  gitea::Answer answer;
  answer.delivery = gitea::Delivery::answered;
  answer.body = body;
  answer.content_type = type;
  const gitea::Request request(gitea::Operation::list_releases, "/releases");
  for (const int status : {200, 400, 401, 403, 404, 413, 422, 500, 502}) {
    answer.status = status;
    gitea::explain("looking", request, answer, gitea::Server());
  }
}

void page(const std::string& body) { refusal(body, "text/html"); }
void text(const std::string& body) { refusal(body, "text/plain"); }
void json(const std::string& body) { refusal(body, "application/json"); }

void release(const std::string& body) { gitea::parse_release(core::Json::parse(body)); }
void commits(const std::string& body) {
  for (const core::Json& one : core::Json::parse(body).elements()) gitea::parse_commit(one);
}

void redirect(const std::string& location) {
  const gitea::Url base = gitea::parse_url("https://h/git", "x");
  gitea::same_origin_path(location, base);
  gitea::other_origin(location, base);
  gitea::without_credentials(location);
  gitea::parse_url(location, "a redirect");
}

void protections(const std::string& body) { gitea::parse_tag_protections(core::Json::parse(body)); }

/// A response that quotes the token.
void secrets(const std::string& body) { core::Token("0123456789abcdef").redacted(body); }

void server_version(const std::string& version) {
  gitea::is_known(version);
  gitea::name_of_server(version);
}

}  // namespace

TEST_CASE("reading a response takes time in proportion to its length") {
  linear::check({
      {"titles that begin", many("<title"), page},
      {"titles without an end", many("<title>"), page},
      {"titles", many("<title></title>"), page},
      {"a long title", many("x", "<title>", "</title>"), page},
      {"tags", many("<"), page},
      {"blanks", many(" "), page},
      {"blanks of a text", many(" "), text},
      {"digits", many("1"), text},
      {"scopes", many("["), text},
      {"required scopes", many("token scope="), text},
      {"messages", many("\"message\":\"scope\",", "{", "\"x\":1}"), json},
      {"a long message", many("[", "{\"message\":\"scope", "\"}"), json},
      {"objects", nested("{\"message\":", "}"), json},
      {"assets",
       many(R"({"id":1,"name":"a","size":1},)", R"({"id":1,"tag_name":"v1","assets":[)",
            R"({"id":1,"name":"a","size":1}]})"),
       release},
      {"members of a release", numbered("\"m", "\":1,", "{"), release},
      {"parents", many(R"({"sha":"a"},)", R"([{"sha":"a","parents":[)", R"({"sha":"a"}]}])"),
       commits},
      {"rules of tags",
       many(R"({"name_pattern":"v*","whitelist_usernames":["a"]},)", "[",
            R"({"name_pattern":"v*","whitelist_teams":["a"]}])"),
       protections},
      {"tokens", many("0123456789abcdef"), secrets},
      {"starts of tokens", many("0123456789abcde"), secrets},
      {"paths", many("/..", "https://h/git"), redirect},
      {"fragments", many("#", "https://h/git/"), redirect},
      {"addresses", many("http://"), redirect},
      {"ports", many(":1", "http://h"), redirect},
      {"slashes", many("/", "http://h"), redirect},
      {"brackets", many("[", "http://"), redirect},
      {"names of users", many("a@", "http://"), redirect},
      {"versions", many("1.+gitea-"), server_version},
      {"a long version", many("1"), server_version},
  });
}
