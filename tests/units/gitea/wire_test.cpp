// SPDX-License-Identifier: MIT
#include "gitea/wire.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "core/text/dates.hpp"

using core::Json;
using gitea::parse_asset;
using gitea::parse_commit;
using gitea::parse_release;
using gitea::parse_tag;

TEST_CASE("a release is read with its assets") {
  const auto release = parse_release(Json::parse(
      R"({"id":7,"tag_name":"v1","target_commitish":"main","name":"One","body":"a\r\nb",
          "draft":true,"prerelease":true,"html_url":"https://h/r","url":"https://h/api/r",
          "upload_url":"https://h/api/r/assets","author":{"id":3},"assets":[
          {"id":11,"name":"a.tgz","size":5000000000,"uuid":"u-1","browser_download_url":"https://h/a"},
          {"id":12,"name":"b","size":0}]})"));
  CHECK(release.id == 7);
  CHECK(release.tag == "v1");
  CHECK(release.target == "main");
  CHECK(release.name == "One");
  CHECK(release.body == "a\r\nb");
  CHECK(release.draft);
  CHECK(release.prerelease);
  CHECK(release.html_url == "https://h/r");
  CHECK(release.url == "https://h/api/r");
  CHECK(release.upload_url == "https://h/api/r/assets");
  REQUIRE(release.assets.size() == 2);
  CHECK(release.assets[0].id == 11);
  CHECK(release.assets[0].name == "a.tgz");
  CHECK(release.assets[0].size == 5'000'000'000U);
  CHECK(release.assets[0].uuid == "u-1");
  CHECK(release.assets[0].url == "https://h/a");
  CHECK(release.assets[1].uuid.empty());
}

TEST_CASE("in a release only the id and the tag are required") {
  const auto release =
      parse_release(Json::parse(R"({"id":7,"tag_name":"v1","assets":null,"body":null})"));
  CHECK(release.assets.empty());
  CHECK(release.body.empty());
  CHECK_FALSE(release.draft);
}

TEST_CASE("a response without an id is neither a release nor an asset") {
  for (const char* text : {"{}", "[]", "null", R"({"id":0})", R"({"id":null})", R"({"id":"7"})",
                           R"({"id":-1})", R"({"message":"ok"})"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_release(Json::parse(text)), core::Error);
    CHECK_THROWS_AS(parse_asset(Json::parse(text)), core::Error);
  }
  CHECK_THROWS_AS(parse_release(Json::parse(R"({"id":1,"assets":[{}]})")), core::Error);
}

TEST_CASE("an id is not enough: it may belong to something else") {
  for (const char* text : {R"({"id":7})", R"({"id":7,"tag_name":""})"}) {
    CHECK_THROWS_AS(parse_release(Json::parse(text)), core::Error);
  }
  for (const char* text : {R"({"id":7})", R"({"id":7,"name":"a"})", R"({"id":7,"size":0})",
                           R"({"id":7,"name":"","size":1})"}) {
    CHECK_THROWS_AS(parse_asset(Json::parse(text)), core::Error);
  }
  CHECK(parse_asset(Json::parse(R"({"id":7,"name":"a","size":0})")).id == 7);
}

TEST_CASE("a member of the wrong type is rejected, by its name") {
  CHECK_THROWS_AS(parse_release(Json::parse(R"({"id":1,"tag_name":5})")), core::Error);
  for (const char* member : {"body", "draft", "prerelease", "assets"}) {
    try {
      parse_release(Json::parse(std::string(R"({"id":1,"tag_name":"v1",")") + member + R"(":5})"));
      FAIL_CHECK(member << " was accepted");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::failed);
      CHECK(error.message.find(member) != std::string::npos);
    }
  }
  CHECK_THROWS_AS(parse_asset(Json::parse(R"({"id":1,"name":"a","size":"5"})")), core::Error);
}

TEST_CASE("for an annotated tag the commit is read, not the tag object") {
  const std::string commit(40, 'c');
  const auto tag = parse_tag(Json::parse(
      core::JsonObject()
          .add("name", "v1")
          .add("id", std::string(40, 'b'))
          .text()
          .insert(1, R"("commit":{"created":"2026-01-05T10:00:00Z","sha":")" + commit + R"("},)")));
  CHECK(tag.created == core::parse_timestamp("2026-01-05T10:00:00Z"));
  CHECK(tag.name == "v1");
  CHECK(tag.commit == commit);
}

TEST_CASE("a tag without a commit is rejected: an empty commit would be believed") {
  CHECK_THROWS_AS(parse_tag(Json::parse("{}")), core::Error);
  CHECK_THROWS_AS(parse_tag(Json::parse(R"({"name":"v1","commit":{}})")), core::Error);
}

TEST_CASE("a new release is written with a target only if the tag does not exist") {
  core::CreateRelease create{"v1", "", "One \"1\"", "a\nb", true, false};
  CHECK(gitea::render(create) ==
        R"({"tag_name":"v1","name":"One \"1\"","body":"a\nb","draft":true,"prerelease":false})");
  create.target = "c0ffee";
  create.draft = false;
  create.prerelease = true;
  const Json json = Json::parse(gitea::render(create));
  CHECK(json.string("target_commitish") == "c0ffee");
  CHECK(json.has("draft"));
  CHECK_FALSE(json.boolean("draft"));
  CHECK(json.boolean("prerelease"));
}

TEST_CASE("an edit contains the fields that are set, and nothing else") {
  core::EditRelease edit;
  edit.changes = {"words for people"};
  edit.recorded = {5};
  CHECK(gitea::render(edit) == "{}");
  edit.draft = false;
  edit.body = " ";
  CHECK(gitea::render(edit) == R"({"body":" ","draft":false})");
  edit.name = "N";
  edit.prerelease = true;
  CHECK(gitea::render(edit) == R"({"name":"N","body":" ","draft":false,"prerelease":true})");
}

TEST_CASE("an annotated tag is written with its message and target") {
  CHECK(gitea::render(core::CreateTag{"v1", "m\n", "c0ffee"}) ==
        R"({"tag_name":"v1","message":"m\n","target":"c0ffee"})");
}

TEST_CASE("a commit is read with its author and its parents") {
  const std::string own(40, 'c');
  const std::string first(40, '1');
  const std::string second(64, '2');  // of a repository with SHA-256
  const auto commit = parse_commit(
      Json::parse(R"({"sha":")" + own + R"(","html_url":"https://h/o/r/commit/c1","author":null,
          "commit":{"message":"feat: x\n\nbody\n","author":{"name":"Ada","email":"a@h"}},
          "parents":[{"sha":")" +
                  first + R"("},{"sha":")" + second + R"("}]})"));
  CHECK(commit.sha == own);
  CHECK(commit.url == "https://h/o/r/commit/c1");
  CHECK(commit.message == "feat: x\n\nbody\n");
  CHECK(commit.author == "Ada");
  CHECK(commit.parents == std::vector<std::string>{first, second});
  CHECK(parse_commit(Json::parse(R"({"sha":")" + own + R"(","parents":null})")).parents.empty());
  for (const char* text : {"{}", R"({"sha":""})", R"({"sha":1})", R"({"sha":"c","commit":[]})"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_commit(Json::parse(text)), core::Error);
  }
}

TEST_CASE("a repository is read with the settings that prevent releases") {
  const auto open = gitea::parse_repository(Json::parse(R"({"default_branch":"main"})"));
  CHECK(open.default_branch == "main");
  CHECK_FALSE(open.archived);
  CHECK_FALSE(open.empty);
  CHECK(open.has_releases);
  CHECK_FALSE(open.administered);
  const auto closed = gitea::parse_repository(
      Json::parse(R"({"default_branch":"main","archived":true,"empty":true,"has_releases":false,
          "permissions":{"admin":true,"push":false,"pull":true}})"));
  CHECK(closed.archived);
  CHECK(closed.empty);
  CHECK_FALSE(closed.has_releases);
  CHECK(closed.administered);
}

TEST_CASE("protected tags are read with the users who may create them") {
  const auto rules = gitea::parse_tag_protections(Json::parse(
      R"([{"name_pattern":"v*","whitelist_usernames":["ann","bob"],"whitelist_teams":[]},
          {"name_pattern":"/x/","whitelist_usernames":null,"whitelist_teams":["owners"]}])"));
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].pattern == "v*");
  CHECK(rules[0].users == std::vector<std::string>{"ann", "bob"});
  CHECK_FALSE(rules[0].has_teams);
  CHECK(rules[1].users.empty());
  CHECK(rules[1].has_teams);
}

TEST_CASE("a commit without its sha is rejected: an empty one would be believed") {
  const auto parse = [](const std::string& sha) {
    return gitea::parse_sha(Json::parse(core::JsonObject().add("sha", sha).text()));
  };
  for (const std::string& whole : {std::string(40, '0'), std::string(64, 'F')}) {
    CHECK(parse(whole) == whole);
  }
  CHECK_THROWS_AS(gitea::parse_sha(Json::parse(R"({"id":1})")), core::Error);
  for (const std::string& other :
       {std::string("0123"), std::string(41, '0'), std::string(40, 'g'),
        std::string(39, '0') + "\n", "../" + std::string(37, '0'), std::string(40, ' ')}) {
    INFO(other);
    CHECK_THROWS_AS(parse(other), core::Error);
  }
}

TEST_CASE("an address that is not a web page, or could be a command, is rejected when read") {
  const auto release = [](const char* member, const std::string& address) {
    return parse_release(Json::parse(core::JsonObject()
                                         .add("id", std::uint64_t{7})
                                         .add("tag_name", "v1")
                                         .add(member, address)
                                         .text()));
  };
  for (const char* member : {"html_url", "url", "upload_url"}) {
    INFO(member);
    CHECK_NOTHROW(release(member, ""));
    CHECK_NOTHROW(release(member, "https://git.example.org/o/r/releases/tag/v1%20a?x=1&y=ü#z"));
    CHECK_NOTHROW(release(member, "http://[::1]:3000/"));
    for (const char* address :
         {"http://x\n::set-env name=PATH::/evil\n/1", "http://x\r::y", "http://x\t", "http://x y",
          "javascript:alert(1)", "file:///etc/passwd", "ftp://x", "//x", "x", "http://x\"><b>",
          "http://x\x7f", "http://x\\y"}) {
      INFO(address);
      CHECK_THROWS_AS(release(member, address), core::Error);
    }
  }
  const auto asset = [](const std::string& address) {
    return parse_asset(Json::parse(core::JsonObject()
                                       .add("id", std::uint64_t{7})
                                       .add("name", "a")
                                       .add("size", std::uint64_t{1})
                                       .add("browser_download_url", address)
                                       .text()));
  };
  CHECK(asset("https://h/a").url == "https://h/a");
  CHECK_THROWS_AS(asset("https://h/a\n"), core::Error);
}
