// SPDX-License-Identifier: MIT
#include "gitea/wire.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

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

TEST_CASE("a release may lack everything but its id and its tag") {
  const auto release =
      parse_release(Json::parse(R"({"id":7,"tag_name":"v1","assets":null,"body":null})"));
  CHECK(release.assets.empty());
  CHECK(release.body.empty());
  CHECK_FALSE(release.draft);
}

TEST_CASE("an answer without an id is no release and no asset") {
  for (const char* text : {"{}", "[]", "null", R"({"id":0})", R"({"id":null})", R"({"id":"7"})",
                           R"({"id":-1})", R"({"message":"ok"})"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_release(Json::parse(text)), core::Error);
    CHECK_THROWS_AS(parse_asset(Json::parse(text)), core::Error);
  }
  CHECK_THROWS_AS(parse_release(Json::parse(R"({"id":1,"assets":[{}]})")), core::Error);
}

TEST_CASE("an id is not enough: it may be that of something else") {
  for (const char* text : {R"({"id":7})", R"({"id":7,"tag_name":""})"}) {
    CHECK_THROWS_AS(parse_release(Json::parse(text)), core::Error);
  }
  for (const char* text : {R"({"id":7})", R"({"id":7,"name":"a"})", R"({"id":7,"size":0})",
                           R"({"id":7,"name":"","size":1})"}) {
    CHECK_THROWS_AS(parse_asset(Json::parse(text)), core::Error);
  }
  CHECK(parse_asset(Json::parse(R"({"id":7,"name":"a","size":0})")).id == 7);
}

TEST_CASE("a member of the wrong type is refused, by its name") {
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

TEST_CASE("of an annotated tag the commit is read, not the tag object") {
  const auto tag =
      parse_tag(Json::parse(R"({"name":"v1","id":"0b1ec7","commit":{"sha":"c0ffee"}})"));
  CHECK(tag.name == "v1");
  CHECK(tag.commit == "c0ffee");
}

TEST_CASE("a tag without a commit is refused: an empty commit would be believed") {
  CHECK_THROWS_AS(parse_tag(Json::parse("{}")), core::Error);
  CHECK_THROWS_AS(parse_tag(Json::parse(R"({"name":"v1","commit":{}})")), core::Error);
}

TEST_CASE("a new release is written with a target only where the tag does not exist") {
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

TEST_CASE("an edit is written with what is set, and nothing else") {
  core::EditRelease edit;
  edit.changes = {"words for people"};
  edit.entries = {5};
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
  const auto commit = parse_commit(Json::parse(
      R"({"sha":"c1","html_url":"https://h/o/r/commit/c1","author":null,
          "commit":{"message":"feat: x\n\nbody\n","author":{"name":"Ada","email":"a@h"}},
          "parents":[{"sha":"p1"},{"sha":"p2"}]})"));
  CHECK(commit.sha == "c1");
  CHECK(commit.url == "https://h/o/r/commit/c1");
  CHECK(commit.message == "feat: x\n\nbody\n");
  CHECK(commit.author == "Ada");
  CHECK(commit.parents == std::vector<std::string>{"p1", "p2"});
  CHECK(parse_commit(Json::parse(R"({"sha":"c1","parents":null})")).parents.empty());
  for (const char* text : {"{}", R"({"sha":""})", R"({"sha":1})", R"({"sha":"c","commit":[]})"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_commit(Json::parse(text)), core::Error);
  }
}

TEST_CASE("a repository is read with what keeps a release from being made") {
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

TEST_CASE("protected tags are read with who may make them") {
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

TEST_CASE("a commit without its sha is refused: an empty one would be believed") {
  CHECK(gitea::parse_sha(Json::parse(R"({"sha":"0123"})")) == "0123");
  CHECK_THROWS_AS(gitea::parse_sha(Json::parse(R"({"id":1})")), core::Error);
}
