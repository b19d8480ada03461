// SPDX-License-Identifier: MIT
// Histories: what the list of commits shows, and how histories are created.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "sandbox_tests/profiles.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::check;
using sandbox_tests::number;
using sandbox_tests::Row;
using sandbox_tests::Sandbox;

namespace {

/// The subjects of a list of commits, in its order.
std::string subjects_of(const Answer& list) {
  std::string out;
  for (int i = 0; std::to_string(i) != list.at("#"); ++i) {
    const std::string message = list.at(std::to_string(i) + ".commit.message");
    out += (i == 0 ? "" : ", ") + message.substr(0, message.find('\n'));
  }
  return out;
}

void add_commits(const Sandbox& server, const std::string& list) {
  server.control("POST", "repos/demo/app/commits", R"({"commits":[)" + list + "]}");
}

const std::string merged_history =
    R"({"message":"A","author":"Ada","email":"ada@example.org","date":"2026-01-01T00:00:00Z"},
       {"branch":"side","message":"B\n\nBody","date":"2026-01-02T00:00:00Z"},
       {"message":"C","date":"2026-01-03T00:00:00Z"},
       {"message":"Merge","parents":["main","side"],"date":"2026-01-04T00:00:00Z"})";

}  // namespace

TEST_CASE("commits are listed newest first, with author, parents and both sides of a merge") {
  const Sandbox server;
  add_commits(server, merged_history);
  const Answer list = server.app("GET", "/commits?sha=main");
  CHECK(subjects_of(list) == "Merge, C, B, A, Initial commit");
  CHECK(list.at("0.parents.#") == "2");
  CHECK(list.at("0.parents.0.sha") == list.at("1.sha"));
  CHECK(list.at("0.parents.1.sha") == list.at("2.sha"));
  CHECK(list.at("2.commit.message") == "B\n\nBody\n");
  CHECK(list.at("3.commit.author.name") == "Ada");
  CHECK(list.at("3.commit.author.email") == "ada@example.org");
  CHECK(list.at("3.commit.author.date") == "2026-01-01T00:00:00Z");
  CHECK(list.at("3.html_url") == server.url() + "/demo/app/commit/" + list.at("3.sha"));
  CHECK(subjects_of(server.app("GET", "/commits?sha=side")) == "B, A, Initial commit");
}

TEST_CASE("'not' leaves out everything that the other commit contains") {
  const Sandbox server;
  add_commits(server, merged_history);
  CHECK(subjects_of(server.app("GET", "/commits?sha=main&not=side")) == "Merge, C");
  CHECK(subjects_of(server.app("GET", "/commits?sha=side&not=main")).empty());
  const std::string tip = server.app("GET", "/branches/side").at("commit.id");
  CHECK(server.app("GET", "/commits?sha=main&not=" + tip).header("x-total-count") == "2");
}

TEST_CASE("the files of a commit are listed unless the request says not to") {
  const Sandbox server;
  const Answer whole = server.app("GET", "/commits");
  CHECK(whole.at("0.files.#") == "0");
  CHECK(whole.at("0.stats.total") == "0");
  const Answer without = server.app("GET", "/commits?stat=false&files=false&verification=false");
  CHECK(without.at("0.files") == "null");
  CHECK(without.at("0.stats") == "null");
}

TEST_CASE("an unknown commit is 404, an unknown commit in 'not' is a server error") {
  check(Row{"404", "404", "404", "404", "404", "404", "404", "404", "404"},
        [](const Sandbox& server) { return number(server.app("GET", "/commits?sha=nowhere")); });
  check(Row{"500", "500", "500", "500", "500", "500", "500", "500", "500"},
        [](const Sandbox& server) { return number(server.app("GET", "/commits?not=nowhere")); });
}

TEST_CASE("a history of 5,000 commits is created at once and read in pages of 50") {
  const Sandbox server;
  add_commits(server, R"({"message":"feat: {n}","count":5000})");
  const Answer first = server.app("GET", "/commits?limit=100&page=1");
  CHECK(first.at("#") == "50");
  CHECK(first.at("0.commit.message") == "feat: 5000\n");
  CHECK(first.header("x-total-count") == "5001");
  CHECK(first.header("x-total") == "5001");
  CHECK(first.header("x-hasmore") == "true");
  const Answer last = server.app("GET", "/commits?limit=50&page=101");
  CHECK(last.at("#") == "1");
  CHECK(last.header("x-hasmore") == "false");
}

TEST_CASE("a job's token lists the commits and tags of its private repository") {
  const Sandbox server;
  server.app("PATCH", "", R"({"private":true})");
  const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  CHECK(server.app("GET", "/commits?sha=main", "", job).status == 200);
  CHECK(server.app("GET", "/tags", "", job).status == 200);
  CHECK(server.app("GET", "/commits?sha=main", "", "").status == 404);
}

TEST_CASE("a file that is created through the API is a commit") {
  const Sandbox server;
  const Answer made = server.app(
      "POST", "/contents/docs/a.txt",
      R"({"content":"bmV3Cg==","message":"docs: a","branch":"main","author":{"name":"Ada","email":"a@h"}})");
  CHECK(made.status == 201);
  CHECK(made.at("content.path") == "docs/a.txt");
  CHECK(made.at("content.name") == "a.txt");
  CHECK(made.at("content.size") == "4");
  CHECK(made.at("commit.message") == "docs: a\n");
  CHECK(made.at("commit.author.name") == "Ada");
  CHECK(made.at("commit.sha") == server.app("GET", "/branches/main").at("commit.id"));
  const Answer again = server.app("POST", "/contents/docs/a.txt", R"({"content":""})");
  CHECK(again.status == 422);
  CHECK(again.at("message") == "repository file already exists [path: docs/a.txt]");
  CHECK(server.app("POST", "/contents/b", R"({"content":"","branch":"none"})").status == 404);
  const std::string reader = server.collaborator("reader", "read");
  CHECK(server.app("POST", "/contents/b", R"({"content":""})", reader).status == 403);
  CHECK(subjects_of(server.app("GET", "/commits")) == "docs: a, Initial commit");
}

TEST_CASE("a history that refers to an unknown parent is rejected") {
  const Sandbox server;
  CHECK(server
            .ask("POST", "/_sandbox/repos/demo/app/commits", {},
                 R"({"commits":[{"parents":["none"]}]})")
            .status == 422);
  CHECK(server.ask("POST", "/_sandbox/repos/demo/app/commits", {}, "{}").status == 422);
}
