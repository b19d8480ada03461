// SPDX-License-Identifier: MIT
// Reading assets back: items 42 and 43 of the checklist, for Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

constexpr const char* address = "/demo/app/releases/download/v1/f";

struct Shop {
  explicit Shop(const std::string& more = {}) : id(server.release("v1", more)) {}

  Sandbox server;
  std::string id;
  std::string content = "0123456789abcdefghij";
  std::string uuid = server.upload(id, "f", content).at("uuid");

  Answer get(const sandbox_tests::Headers& headers) const {
    return server.ask("GET", address, headers);
  }
};

}  // namespace

TEST_CASE("a download says what it is, but has no digest") {  // 42
  const Shop shop;
  const Answer whole = shop.get({});
  CHECK(whole.status == 200);
  CHECK(whole.body == shop.content);
  CHECK(whole.header("etag") == "\"" + shop.uuid + "\"");
  CHECK(whole.header("content-length") == "20");
  CHECK(whole.header("accept-ranges") == "bytes");
  CHECK(whole.header("cache-control") == "private, max-age=0");
  CHECK(whole.header("content-disposition").starts_with("inline; filename=\"f\""));
  CHECK(whole.header("content-type") == "text/plain; charset=utf-8");
  CHECK(whole.header("last-modified").ends_with(" GMT"));
  CHECK(whole.header("digest") == "(absent)");
  const Answer head = shop.server.ask("HEAD", address);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "20");
}

TEST_CASE("a download can be a part of the file, or nothing where it is known") {  // 42
  const Shop shop;
  const std::string etag = "\"" + shop.uuid + "\"";
  const std::tuple<std::string, std::string, std::string> parts[] = {
      {"bytes=0-3", "0123", "bytes 0-3/20"},
      {"bytes=15-", "fghij", "bytes 15-19/20"},
      {"bytes=-3", "hij", "bytes 17-19/20"},
      {"bytes=18-99", "ij", "bytes 18-19/20"}};
  for (const auto& [range, bytes, shown] : parts) {
    const Answer part = shop.get({{"Range", range}});
    INFO(range);
    CHECK(part.status == 206);
    CHECK(part.body == bytes);
    CHECK(part.header("content-range") == shown);
  }
  const Answer beyond = shop.get({{"Range", "bytes=20-"}});
  CHECK(beyond.status == 416);
  CHECK(beyond.header("content-range") == "bytes */20");
  CHECK(shop.get({{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}).status == 200);
  CHECK(shop.get({{"Range", "bytes=0-1"}, {"If-Range", etag}}).status == 206);
  const Answer known = shop.get({{"If-None-Match", etag}});
  CHECK(known.status == 304);
  CHECK(known.body.empty());
  CHECK(shop.get({{"If-None-Match", "\"other\""}}).status == 200);
}

TEST_CASE("every way to ask for a file counts as a download") {  // 42
  const Shop shop;
  shop.get({});
  shop.server.ask("HEAD", address);
  shop.get({{"Range", "bytes=0-1"}});
  shop.get({{"If-None-Match", "\"" + shop.uuid + "\""}});
  shop.server.get("/attachments/" + shop.uuid, "");
  CHECK(shop.server.show(shop.id).at("assets.0.download_count") == "5");
}

TEST_CASE("a file has four addresses, which look at the case of tag and name") {  // 2j
  const Shop shop;
  for (const std::string& path :
       {std::string(address), "/attachments/" + shop.uuid, "/demo/app/attachments/" + shop.uuid,
        std::string("/demo/app/releases/download/latest/f"),
        std::string("/DEMO/App/releases/download/v1/f")}) {
    INFO(path);
    CHECK(shop.server.get(path, "").body == shop.content);
  }
  for (const char* path : {"/demo/app/releases/download/V1/f", "/demo/app/releases/download/v1/F",
                           "/demo/app/releases/download/v2/f", "/attachments/nope"}) {
    const Answer none = shop.server.get(path, "");
    INFO(path);
    CHECK(none.status == 404);
    CHECK(none.body == "Not Found\n");
  }
  shop.server.release("latest");  // a tag of that name wins
  CHECK(shop.server.get("/demo/app/releases/download/latest/f", "").status == 404);
}

TEST_CASE("a bad token spoils the download of a public file") {  // 2j
  const Shop shop;
  for (const std::string& path : {std::string(address), "/attachments/" + shop.uuid}) {
    const Answer refused = shop.server.get(path, "wrong");
    CHECK(refused.status == 401);
    CHECK(refused.body == "Failed to authenticate user\n");
  }
  CHECK(shop.server.ask("HEAD", "/attachments/" + shop.uuid, with_token("wrong")).status == 200);
}

TEST_CASE("the files of a draft are for writers, and for whoever has their uuid") {  // 43
  const Shop shop(R"(,"draft":true)");
  const std::string writer = shop.server.collaborator("writer", "write");
  const std::string reader = shop.server.collaborator("reader", "read");
  const std::string job = shop.server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  CHECK(shop.server.get(address, writer).status == 200);
  for (const std::string& token : {reader, job, std::string()}) {
    CHECK(shop.server.get(address, token).status == 404);
    CHECK(shop.server.get("/attachments/" + shop.uuid, token).status == 200);
  }
}

TEST_CASE("a job cannot read the files of its own private repository") {  // 43
  const Shop shop;
  const std::string job = shop.server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  CHECK(shop.server.get(address, job).status == 200);
  shop.server.app("PATCH", "", R"({"private":true})");
  for (const std::string& path : {std::string(address), "/attachments/" + shop.uuid}) {
    CHECK(shop.server.get(path, job).status == 404);
    CHECK(shop.server.get(path, "").status == 404);
    CHECK(shop.server.get(path).status == 200);
  }
  CHECK(shop.server.app("GET", "/releases", "", job).status == 200);
  // HEAD of an attachment is not authenticated: a private one is 404 for its owner.
  CHECK(shop.server.ask("HEAD", "/attachments/" + shop.uuid, with_token(shop.server.token()))
            .status == 404);
}

TEST_CASE("downloads ask for a sign-in where the server does, by a redirect") {  // 44
  const Shop shop;
  shop.server.set(R"({"require_signin":true})");
  const Answer away = shop.get({});
  CHECK(away.status == 303);
  CHECK(away.header("location") == "/user/login");
  CHECK(shop.server.get(address).status == 200);
  CHECK(shop.server.get("/user/login", "").header("content-type").starts_with("text/html"));
}

TEST_CASE("a reader during the deletion of an asset gets 500 for a moment, then 404") {  // A7
  const Shop shop;
  shop.server.set(R"({"delete_window_ms":150})");
  const std::string asset = shop.server.show(shop.id).at("assets.0.id");
  sandbox_tests::Socket deleting(shop.server.port());
  deleting.send(sandbox_tests::request_head(
      "DELETE", sandbox_tests::releases_path + "/" + shop.id + "/assets/" + asset,
      with_token(shop.server.token())));
  int status = 200;
  while (status == 200 && !deleting.has_input(1)) status = shop.get({}).status;
  CHECK(status == 500);
  CHECK(shop.server.show(shop.id).at("assets.#") == "1");  // the row is still there
  CHECK(deleting.read().status == 204);
  CHECK(shop.get({}).status == 404);
}
