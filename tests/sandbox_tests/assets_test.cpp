// SPDX-License-Identifier: MIT
// Assets on Gitea 1.25. Tests of the wire format are in uploads_test.cpp.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::releases_path;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

struct Fixture {
  Sandbox server;
  std::string id = server.release("v1");

  Answer post(const std::string& query, const std::string& type, const std::string& body) const {
    sandbox_tests::Headers headers = with_token(server.token());
    if (!type.empty()) headers.emplace_back("Content-Type", type);
    return server.ask("POST", releases_path + "/" + id + "/assets" + query, headers, body);
  }
  Answer asset(const std::string& method, const std::string& asset_id,
               const std::string& json = {}) const {
    return server.app(method, "/releases/" + id + "/assets/" + asset_id, json);
  }
  Answer list() const { return server.app("GET", "/releases/" + id + "/assets"); }
  std::string bytes(const std::string& name) const {
    return server.get("/demo/app/releases/download/v1/" + name).body;
  }
};

constexpr const char* forbidden =
    "This file cannot be uploaded or modified due to a forbidden file extension or type.";

}  // namespace

TEST_CASE("an uploaded form becomes an asset, with its own address and the release's") {
  const Fixture fixture;
  const Answer made = fixture.post("", form_type, form("hello", "a b.bin"));
  REQUIRE(made.status == 201);
  CHECK(made.at("name") == "a b.bin");
  CHECK(made.at("size") == "5");
  CHECK(made.at("download_count") == "0");
  const std::string by_uuid = fixture.server.url() + "/attachments/" + made.at("uuid");
  CHECK(made.at("browser_download_url") == by_uuid);
  CHECK(fixture.asset("GET", made.at("id")).at("browser_download_url") == by_uuid);
  const std::string pretty = fixture.server.url() + "/demo/app/releases/download/v1/a%20b.bin";
  CHECK(fixture.server.show(fixture.id).at("assets.0.browser_download_url") == pretty);
  CHECK(fixture.list().at("0.browser_download_url") == pretty);
  CHECK(fixture.bytes("a%20b.bin") == "hello");
}

TEST_CASE("two assets with one name have the same addresses until one is deleted") {
  const Fixture fixture;
  const std::string oldest = fixture.server.upload(fixture.id, "same", "one").at("id");
  const std::string newest = fixture.server.upload(fixture.id, "same", "two").at("id");
  fixture.server.upload(fixture.id, "other");
  for (const Answer& list : {fixture.list(), fixture.server.show(fixture.id)}) {
    const std::string prefix = list.body.starts_with("[") ? "" : "assets.";
    for (const char* index : {"0", "1", "2"}) {
      CHECK(list.at(prefix + index + ".browser_download_url").find("/attachments/") !=
            std::string::npos);
    }
  }
  CHECK(fixture.bytes("same") == "one");  // the oldest is sent
  fixture.asset("PATCH", oldest, R"({"name":"same"})");
  CHECK(fixture.bytes("same") == "one");
  fixture.asset("DELETE", oldest);
  CHECK(fixture.bytes("same") == "two");
  CHECK(fixture.list().body.find("/attachments/") == std::string::npos);
  fixture.asset("DELETE", newest);
  CHECK(fixture.server.get("/demo/app/releases/download/v1/same").status == 404);
}

TEST_CASE("a raw body needs a name, and any content type is accepted") {
  const Fixture fixture;
  const Answer made = fixture.post("?name=a%20b", binary_type, "xyz");
  CHECK(made.status == 201);
  CHECK(made.at("name") == "a b");
  CHECK(made.at("size") == "3");
  for (const char* query : {"", "?name="}) {
    const Answer refused = fixture.post(query, binary_type, "x");
    CHECK(refused.status == 400);
    CHECK(refused.at("message") == "Could not determine name of attachment.");
  }
  CHECK(fixture.post("?name=none", "", "bytes").at("size") == "5");
  CHECK(fixture.post("?name=json", "application/json", "{\"a\":1}").at("size") == "7");
  CHECK(fixture.bytes("json") == "{\"a\":1}");
  CHECK(fixture.list().at("#") == "3");
}

TEST_CASE("a raw body that is labelled as a form loses its first 10 MiB and a byte") {
  const Fixture fixture;
  const std::string type = "application/x-www-form-urlencoded";
  CHECK(fixture.post("?name=short", type, std::string(1000, 'x')).at("size") == "0");
  const std::string body = std::string(10 << 20, 'x') + "y" + std::string((1 << 20) - 1, 'z');
  CHECK(fixture.post("?name=long", type, body).at("size") == "1048575");
  CHECK(fixture.bytes("long").find_first_not_of('z') == std::string::npos);
  const Answer by_password = fixture.server.ask(
      "POST", releases_path + "/" + fixture.id + "/assets?name=basic",
      {{"Authorization", sandbox_tests::basic("demo", "demo")}, {"Content-Type", type}}, "abc");
  CHECK(by_password.status == 201);
  CHECK(by_password.at("size") == "0");
}

TEST_CASE("a form without its file, or an invalid one, is a server error") {
  const Fixture fixture;
  const Answer missing = fixture.post("", form_type, form("x", "f", "file"));
  CHECK(missing.status == 500);
  CHECK(missing.at("message").empty());
  const std::string whole = form("x");
  const std::pair<std::string, std::string> broken[] = {
      {form_type, "no form"},
      {"multipart/form-data", "x"},
      {form_type, whole.substr(0, whole.size() - 4)}};  // the last "--" is missing
  for (const auto& [type, body] : broken) {
    const Answer refused = fixture.post("", type, body);
    INFO(body);
    CHECK(refused.status == 500);
    CHECK(refused.header("content-type").starts_with("text/plain"));
    CHECK(refused.body == "failed to parse request multipart form\n");
  }
  CHECK(fixture.list().body == "[]\n");
}

TEST_CASE("a file above the limit is rejected, exact to the byte") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1048576})");
  const std::string fits(1 << 20, 'x');
  CHECK(fixture.post("?name=raw", binary_type, fits).status == 201);
  CHECK(fixture.post("", form_type, form(fits)).status == 201);
  const Answer raw = fixture.post("?name=raw", binary_type, fits + "x");
  const Answer multipart = fixture.post("", form_type, form(fits + "x"));
  for (const Answer& refused : {raw, multipart}) {
    CHECK(refused.status == 413);
    CHECK(refused.at("message") == "attachment exceeds limit 1048576");
  }
  CHECK(fixture.list().at("#") == "2");
  CHECK(fixture.server.get("/api/v1/settings/attachment").at("max_size") == "1");
}

TEST_CASE("a file type that is not allowed is rejected, also as a new name") {
  const Fixture fixture;
  fixture.server.set(R"({"allowed_types":".txt, .zip"})");
  for (const char* name : {"bad.exe", "none"}) {
    const Answer raw = fixture.post("?name=" + std::string(name), binary_type, "x");
    const Answer multipart = fixture.post("", form_type, form("x", name));
    for (const Answer& refused : {raw, multipart}) {
      CHECK(refused.status == 400);
      CHECK(refused.at("message") == forbidden);
    }
  }
  const Answer made = fixture.post("?name=GOOD.TXT", binary_type, "x");
  CHECK(made.status == 201);
  const Answer renamed = fixture.asset("PATCH", made.at("id"), R"({"name":"bad.exe"})");
  CHECK(renamed.status == 422);
  CHECK(renamed.at("message") == forbidden);
  CHECK(fixture.asset("PATCH", made.at("id"), R"({"name":"good.zip"})").status == 201);
  // The list for attachments of issues is another one.
  CHECK(fixture.server.get("/api/v1/settings/attachment").at("allowed_types").find(".docx") !=
        std::string::npos);
}

TEST_CASE("a type may be allowed by the file's content") {
  const Fixture fixture;
  fixture.server.set(R"({"allowed_types":"text/*"})");
  CHECK(fixture.post("?name=any.name", binary_type, "text").status == 201);
  CHECK(fixture.post("?name=any.name", binary_type, std::string("\0\1", 2)).status == 400);
}

TEST_CASE("an empty file is an asset") {
  const Fixture fixture;
  CHECK(fixture.post("?name=raw", binary_type, "").at("size") == "0");
  CHECK(fixture.post("", form_type, form("")).at("size") == "0");
  const Answer served = fixture.server.get("/demo/app/releases/download/v1/raw");
  CHECK(served.status == 200);
  CHECK(served.header("content-length") == "0");
}

TEST_CASE("an asset is renamed with 201, to any name, even an existing one") {
  const Fixture fixture;
  const Answer made = fixture.server.upload(fixture.id, "one", "bytes");
  fixture.server.upload(fixture.id, "two");
  const std::string id = made.at("id");
  const Answer renamed = fixture.asset("PATCH", id, R"({"name":"x/y"})");
  CHECK(renamed.status == 201);
  CHECK(renamed.at("name") == "x/y");
  CHECK(renamed.at("uuid") == made.at("uuid"));
  CHECK(renamed.at("size") == "5");
  for (const char* nothing : {"{}", R"({"name":""})"}) {
    const Answer same = fixture.asset("PATCH", id, nothing);
    CHECK(same.status == 201);
    CHECK(same.at("name") == "x/y");
  }
  CHECK(fixture.asset("PATCH", id, R"({"name":"two"})").at("name") == "two");
  CHECK(fixture.list().at("#") == "2");
  CHECK(fixture.list().at("0.name") == "two");
}

TEST_CASE("an asset is deleted once, and only under its own release") {
  const Fixture fixture;
  const std::string other = fixture.server.release("v2");
  const std::string id = fixture.server.upload(fixture.id, "one").at("id");
  const std::string astray = "/releases/" + other + "/assets/" + id;
  for (const char* method : {"GET", "PATCH", "DELETE"}) {
    CHECK(fixture.server.app(method, astray, "{}").status == 404);
  }
  CHECK(fixture.asset("DELETE", id).status == 204);
  CHECK(fixture.asset("DELETE", id).status == 404);
  CHECK(fixture.asset("GET", id).status == 404);
  CHECK(fixture.server.app("POST", "/releases/999999/assets?name=f", "{}").status == 404);
}

TEST_CASE("the list of assets is complete, and sorted by the bytes of the names") {
  const Fixture fixture;
  for (const char* name : {"b", "a", "B", "_", "A"}) fixture.server.upload(fixture.id, name);
  for (int i = 10; i < 70; ++i) fixture.server.upload(fixture.id, "n" + std::to_string(i));
  const Answer list = fixture.server.app("GET", "/releases/" + fixture.id + "/assets?limit=5");
  CHECK(list.at("#") == "65");
  std::string first;
  for (const char* index : {"0", "1", "2", "3", "4", "5"}) {
    first += list.at(std::string(index) + ".name") + " ";
  }
  CHECK(first == "A B _ a b n10 ");
}

TEST_CASE(
    "the name in the query takes precedence over the form's field, and that over the file's") {
  const Fixture fixture;
  const std::string field = "--b\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nfield\r\n";
  CHECK(fixture.post("?name=query", form_type, field + form("x")).at("name") == "query");
  CHECK(fixture.post("", form_type, field + form("x")).at("name") == "field");
  CHECK(fixture.post("", form_type, form("x", "a/b\\\"c")).at("name") == "b\"c");
  CHECK(fixture.post("", form_type, form("x", "a%22b")).at("name") == "a%22b");
}

TEST_CASE("attachments can be disabled") {
  const Fixture fixture;
  fixture.server.set(R"({"attachments_enabled":false})");
  const Answer refused = fixture.post("?name=f", binary_type, "x");
  CHECK(refused.status == 404);
  CHECK(refused.at("message") == "Attachment is not enabled");
  CHECK(fixture.server.get("/api/v1/settings/attachment").at("enabled") == "false");
}
