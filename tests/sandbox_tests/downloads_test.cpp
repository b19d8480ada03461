// SPDX-License-Identifier: MIT
// Reading assets back, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

constexpr const char* address = "/demo/app/releases/download/v1/f";

struct Fixture {
  explicit Fixture(const std::string& more = {}) : id(server.release("v1", more)) {}

  Sandbox server;
  std::string id;
  std::string content = "0123456789abcdefghij";
  std::string uuid = server.upload(id, "f", content).at("uuid");

  Answer get(const sandbox_tests::Headers& headers) const {
    return server.ask("GET", address, headers);
  }
};

}  // namespace

TEST_CASE("a download has type and name headers, but no digest") {
  const Fixture fixture;
  const Answer whole = fixture.get({});
  CHECK(whole.status == 200);
  CHECK(whole.body == fixture.content);
  CHECK(whole.header("etag") == "\"" + fixture.uuid + "\"");
  CHECK(whole.header("content-length") == "20");
  CHECK(whole.header("accept-ranges") == "bytes");
  CHECK(whole.header("cache-control") == "private, max-age=0");
  CHECK(whole.header("content-disposition").starts_with("inline; filename=\"f\""));
  CHECK(whole.header("content-type") == "text/plain; charset=utf-8");
  CHECK(whole.header("last-modified").ends_with(" GMT"));
  CHECK(whole.header("digest") == "(absent)");
  const Answer head = fixture.server.ask("HEAD", address);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "20");
}

TEST_CASE("a download can be a range of the file, or empty if the client has it already") {
  const Fixture fixture;
  const std::string etag = "\"" + fixture.uuid + "\"";
  const std::tuple<std::string, std::string, std::string> parts[] = {
      {"bytes=0-3", "0123", "bytes 0-3/20"},
      {"bytes=15-", "fghij", "bytes 15-19/20"},
      {"bytes=-3", "hij", "bytes 17-19/20"},
      {"bytes=18-99", "ij", "bytes 18-19/20"}};
  for (const auto& [range, bytes, shown] : parts) {
    const Answer part = fixture.get({{"Range", range}});
    INFO(range);
    CHECK(part.status == 206);
    CHECK(part.body == bytes);
    CHECK(part.header("content-range") == shown);
  }
  const Answer beyond = fixture.get({{"Range", "bytes=20-"}});
  CHECK(beyond.status == 416);
  CHECK(beyond.header("content-range") == "bytes */20");
  CHECK(fixture.get({{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}).status == 200);
  CHECK(fixture.get({{"Range", "bytes=0-1"}, {"If-Range", etag}}).status == 206);
  const Answer known = fixture.get({{"If-None-Match", etag}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(fixture.get({{"If-None-Match", "\"other\""}}).status == 200);
}

TEST_CASE("every kind of request for a file counts as a download") {
  const Fixture fixture;
  fixture.get({});
  fixture.server.ask("HEAD", address);
  fixture.get({{"Range", "bytes=0-1"}});
  fixture.get({{"If-None-Match", "\"" + fixture.uuid + "\""}});
  fixture.server.get("/attachments/" + fixture.uuid, "");
  CHECK(fixture.server.show(fixture.id).at("assets.0.download_count") == "5");
}

TEST_CASE("a file has four addresses, which distinguish case in tag and name") {
  const Fixture fixture;
  for (const std::string& path : {std::string(address), "/attachments/" + fixture.uuid,
                                  "/demo/app/attachments/" + fixture.uuid,
                                  std::string("/demo/app/releases/download/latest/f"),
                                  std::string("/DEMO/App/releases/download/v1/f")}) {
    INFO(path);
    CHECK(fixture.server.get(path, "").body == fixture.content);
  }
  for (const char* path : {"/demo/app/releases/download/V1/f", "/demo/app/releases/download/v1/F",
                           "/demo/app/releases/download/v2/f", "/attachments/nope"}) {
    const Answer none = fixture.server.get(path, "");
    INFO(path);
    CHECK(none.status == 404);
    CHECK(none.body == "Not Found\n");
  }
  fixture.server.release("latest");  // a tag of that name takes precedence
  CHECK(fixture.server.get("/demo/app/releases/download/latest/f", "").status == 404);
}

TEST_CASE("an invalid token makes the download of a public file fail") {
  const Fixture fixture;
  for (const std::string& path : {std::string(address), "/attachments/" + fixture.uuid}) {
    const Answer refused = fixture.server.get(path, "wrong");
    CHECK(refused.status == 401);
    CHECK(refused.body == "Failed to authenticate user\n");
  }
  CHECK(fixture.server.ask("HEAD", "/attachments/" + fixture.uuid, with_token("wrong")).status ==
        200);
}

TEST_CASE("the files of a draft are for writers, and for everybody who knows their uuid") {
  const Fixture fixture(R"(,"draft":true)");
  const std::string writer = fixture.server.collaborator("writer", "write");
  const std::string reader = fixture.server.collaborator("reader", "read");
  const std::string job = fixture.server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  CHECK(fixture.server.get(address, writer).status == 200);
  for (const std::string& token : {reader, job, std::string()}) {
    CHECK(fixture.server.get(address, token).status == 404);
    CHECK(fixture.server.get("/attachments/" + fixture.uuid, token).status == 200);
  }
}

TEST_CASE("a job cannot read the files of its own private repository") {
  const Fixture fixture;
  const std::string job = fixture.server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  CHECK(fixture.server.get(address, job).status == 200);
  fixture.server.app("PATCH", "", R"({"private":true})");
  for (const std::string& path : {std::string(address), "/attachments/" + fixture.uuid}) {
    CHECK(fixture.server.get(path, job).status == 404);
    CHECK(fixture.server.get(path, "").status == 404);
    CHECK(fixture.server.get(path).status == 200);
  }
  CHECK(fixture.server.app("GET", "/releases", "", job).status == 200);
  // HEAD of an attachment is not authenticated: a private one is 404 for its owner.
  CHECK(
      fixture.server.ask("HEAD", "/attachments/" + fixture.uuid, with_token(fixture.server.token()))
          .status == 404);
}

TEST_CASE("downloads redirect to the sign-in if the server requires one") {
  const Fixture fixture;
  fixture.server.set(R"({"require_signin":true})");
  const Answer away = fixture.get({});
  CHECK(away.status == 303);
  CHECK(away.header("location") == "/user/login");
  CHECK(fixture.server.get(address).status == 200);
  CHECK(fixture.server.get("/user/login", "").header("content-type").starts_with("text/html"));
}

TEST_CASE("a read during the deletion of an asset gets 500 for a moment, then 404") {
  const Fixture fixture;
  fixture.server.set(R"({"delete_window_ms":150})");
  const std::string asset = fixture.server.show(fixture.id).at("assets.0.id");
  sandbox_tests::Socket deleting(fixture.server.port());
  deleting.send(sandbox_tests::request_head(
      "DELETE", sandbox_tests::releases_path + "/" + fixture.id + "/assets/" + asset,
      with_token(fixture.server.token())));
  int status = 200;
  while (status == 200 && !deleting.has_input(1)) status = fixture.get({}).status;
  CHECK(status == 500);
  CHECK(fixture.server.show(fixture.id).at("assets.#") == "1");  // the row still exists
  CHECK(deleting.read().status == 204);
  CHECK(fixture.get({}).status == 404);
}
