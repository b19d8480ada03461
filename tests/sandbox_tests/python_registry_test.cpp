// SPDX-License-Identifier: MIT
// The Python registry of an owner, as uv, twine and pip use it.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::basic;
using sandbox_tests::form_type;
using sandbox_tests::Sandbox;

namespace {

constexpr const char* registry = "/api/packages/demo/pypi";
constexpr const char* simple_index = "/api/packages/demo/pypi/simple/your-library/";
constexpr const char* wheel = "your_library-1.0-py3-none-any.whl";
// Of the content "wheel".
constexpr const char* digest = "ba59926159d2aa256eb8739b8da7e2b574b960e1202c6d624cbe981cef996c91";

std::string field(const std::string& name, const std::string& value) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

Answer upload(const Sandbox& server, const std::string& authorization,
              const std::string& sha256 = digest, const std::string& name = "your_library") {
  const std::string body = field(":action", "file_upload") + field("name", name) +
                           field("version", "1.0") + field("requires_python", ">=3.9") +
                           field("sha256_digest", sha256) +
                           sandbox_tests::form("wheel", wheel, "content");
  sandbox_tests::Headers headers = {{"Content-Type", form_type}};
  if (!authorization.empty()) headers.emplace_back("Authorization", authorization);
  return server.ask("POST", registry, headers, body);
}

Answer upload(const Sandbox& server) { return upload(server, basic("demo", server.token())); }

}  // namespace

TEST_CASE("an uploaded Python package is in the simple index and can be downloaded by anybody") {
  const Sandbox server;
  CHECK(server.get(simple_index, "").status == 404);
  CHECK(upload(server).status == 201);
  const Answer shown = server.get(simple_index, "");
  const std::string address = server.url() + registry + "/files/your-library/1.0/" + wheel;
  INFO(shown.body);
  CHECK(shown.body.find("<a href=\"" + address + "#sha256=" + digest +
                        "\" data-requires-python=\"&gt;=3.9\">" + wheel + "</a>") !=
        std::string::npos);
  CHECK(server.get(std::string(registry) + "/files/your-library/1.0/" + wheel, "").body == "wheel");
  CHECK(server.get(std::string(registry) + "/files/your-library/1.1/" + wheel, "").status == 404);
  const Answer list = server.get("/api/v1/packages/demo?type=pypi");
  CHECK(list.at("0.name") == "your-library");
  CHECK(list.at("0.version") == "1.0");
}

TEST_CASE("a file of a Python package is accepted once: the second upload is a conflict") {
  const Sandbox server;
  CHECK(upload(server).status == 201);
  const std::size_t stored = server.stored_files();
  CHECK(upload(server).status == 409);
  CHECK(server.stored_files() == stored);
}

TEST_CASE("a wrong digest or name of a Python package is refused and leaves nothing") {
  const Sandbox server;
  const std::string owner = basic("demo", server.token());
  CHECK(upload(server, owner, std::string(64, '0')).body.starts_with("hash mismatch"));
  CHECK(upload(server, owner, digest, "-x").body.starts_with("invalid name or version"));
  CHECK(server
            .ask("POST", registry, {{"Content-Type", form_type}, {"Authorization", owner}},
                 field("name", "x") + "--b--\r\n")
            .status == 400);
  CHECK(server.stored_files() == 0);
  CHECK(server.get("/api/v1/packages/demo").at("#") == "0");
}

TEST_CASE("only the owner uploads Python packages, with a token that may write packages") {
  const Sandbox server;
  const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  const std::string reads = server.token_of(R"({"user":"demo","scopes":["write:repository"]})");
  const std::string other = server.collaborator("writer", "write");
  for (const std::string& refused : {std::string(), basic("demo", job), basic("demo", reads),
                                     basic("writer", other), basic("demo", "wrong")}) {
    INFO(refused);
    const Answer answer = upload(server, refused);
    CHECK(answer.status == 401);
  }
  CHECK(upload(server, "").header("www-authenticate") == "Basic realm=\"Gitea Package API\"");
  const std::string scoped = server.token_of(R"({"user":"demo","scopes":["write:package"]})");
  CHECK(upload(server, basic("demo", scoped)).status == 201);
}
