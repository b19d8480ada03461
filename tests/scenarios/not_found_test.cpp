// SPDX-License-Identifier: MIT
// Only a 404 from the API itself means "not found". A router while a container restarts, a web
// server's page or an empty response may return 404, too, and is never believed.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <string>

#include "core/text/json.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

struct Impostor {
  const char* type;
  const char* body;
};

constexpr Impostor impostors[] = {
    {"text/plain; charset=utf-8", "404 page not found\n"},
    {"text/html", "<html><head><title>404 Not Found</title></head><body>nginx</body></html>"},
    {"", ""},
    {"application/json", R"({"message":"no Route matched with those values"})"},
};

/// A sandbox with a pushed tag, and a job with one file.
struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.file("app.tgz", "the program");
    job.input("files", "app.tgz").input("retries", "2");
  }

  /// Requests with `method` to `path` are answered by the impostor, `times` times (-1: always)
  /// after `skip`.
  void answer(const Impostor& impostor, const std::string& method, const std::string& path,
              int times, int skip = 0) {
    core::JsonObject fault;
    fault.add("kind", "status").add("status", std::uint64_t{404});
    fault.add("method", method).add("path", path);
    fault.add("content_type", impostor.type).add("body", impostor.body);
    const std::string text = fault.text();
    server.fault(text.substr(0, text.size() - 1) +
                 fmt::format(R"(,"times":{},"skip":{}}})", times, skip));
  }

  /// Published, with another app.tgz; returns the id of that asset.
  std::uint64_t published() {
    const auto release = server.create_release(R"({"tag_name":"v1.0.0","name":"Theirs"})");
    return server.upload(release.id, "app.tgz", "the old program").id;
  }

  bool wrote() {
    const auto requests = server.requests();
    return std::any_of(requests.begin(), requests.end(),
                       [](const auto& one) { return one.write(); });
  }

  void is_told(const Run& run) {
    INFO(run.log);
    CHECK(run.status == 1);
    CHECK(run.log.find("does not come from the server's API") != std::string::npos);
    CHECK(run.log.find("'server_url'") != std::string::npos);
    CHECK(run.log.find("deleted") == std::string::npos);
    CHECK(run.log.find("no repository") == std::string::npos);
  }

  Server server;
  Workspace job;
};

}  // namespace

TEST_CASE("if_exists and overwrite_files hold even if a router answers a read with 404") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  struct Setting {
    const char* input;
    const char* value;
    int status;
    const char* words;
  };
  const Setting& setting = GENERATE(Setting{"if_exists", "fail", 2, "is already published"},
                                    Setting{"if_exists", "skip", 0, "skipped"},
                                    Setting{"overwrite_files", "fail", 2, "app.tgz"});
  Case one;
  const std::uint64_t asset = one.published();
  one.job.input(setting.input, setting.value);
  one.server.forget_requests();

  one.answer(impostor, "GET", "/releases/tags/", 2);
  const Run run = one.job.publish();
  INFO(setting.input << ": " << setting.value << "\n" << run.log);
  CHECK(run.status == setting.status);
  CHECK((run.log + run.outputs.at("state")).find(setting.words) != std::string::npos);

  one.answer(impostor, "GET", "/releases/tags/", -1);
  one.is_told(one.job.publish());

  one.server.clear_faults();
  CHECK_FALSE(one.wrote());
  CHECK(one.server.release("v1.0.0").asset("app.tgz").id == asset);
}

TEST_CASE("an existing tag counts as existing even if a router answers a read with 404") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  const bool annotated = GENERATE(false, true);
  Case one;
  if (annotated) one.job.input("tag_message", "Version 1");
  one.server.forget_requests();

  one.answer(impostor, "GET", "/tags/v1.0.0", -1, 1);  // the first read is that of the release
  one.is_told(one.job.publish());
  CHECK_FALSE(one.wrote());

  one.server.clear_faults();
  one.answer(impostor, "GET", one.server.repository() + "/tags/", 1);
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  for (const auto& request : one.server.requests()) {
    CHECK_FALSE((request.method == "POST" && request.path.ends_with("/tags")));
    if (request.method == "POST") CHECK(request.body.find("target_commitish") == std::string::npos);
  }
}

TEST_CASE("an old asset is deleted even if a router answers the deletion with 404") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  Case one;
  one.published();
  one.answer(impostor, "DELETE", "/assets/", -1);
  one.is_told(one.job.publish());
  one.server.clear_faults();
  CHECK(one.server.release("v1.0.0").assets.size() == 2);

  one.answer(impostor, "DELETE", "/assets/", 2);
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").assets.size() == 1);
  CHECK(one.server.download("v1.0.0", "app.tgz").body == "the program");
}

TEST_CASE("an asset that another user has deleted is gone if the API itself says 404") {
  Case one;
  one.published();
  one.server.fault(R"({"kind":"status","status":404,"method":"DELETE","path":"/assets/",
      "body":{"message":"not found","url":"http://h/api/swagger"}})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
}

TEST_CASE("a 404 from any router for any read of a run is not believed") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  const bool exists = GENERATE(false, true);
  for (int look = 0; look < 9; ++look) {
    Case one;
    if (exists) one.published();
    one.answer(impostor, "GET", "", 1, look);
    const Run run = one.job.publish();
    one.server.clear_faults();  // if there were fewer reads
    INFO(look << "\n" << run.log);
    CHECK(run.status == 0);
    CHECK(one.server.download("v1.0.0", "app.tgz").body == "the program");
    CHECK(one.server.release("v1.0.0").assets.size() == 1);
    CHECK(one.server.rows().size() == 1);
  }
}

TEST_CASE("a write that a router answers with 404 is checked and sent again") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  for (const char* write : {"POST /releases", "POST /assets", "PATCH /releases/"}) {
    Case one;
    const std::string text = write;
    const auto blank = text.find(' ');
    one.answer(impostor, text.substr(0, blank), text.substr(blank + 1), 1);
    const Run run = one.job.publish();
    INFO(write << "\n" << run.log);
    CHECK(run.status == 0);
    CHECK(one.server.download("v1.0.0", "app.tgz").body == "the program");
    CHECK(one.server.release("v1.0.0").assets.size() == 1);
  }
}

TEST_CASE("a repository and a branch count as existing even if a router answers 404") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  const bool is_elsewhere = GENERATE(false, true);
  Case one;
  one.job.on_branch().input("tag_name", "v2.0.0");
  if (is_elsewhere) {
    one.job.input("repository", one.server.repository());  // its default branch is read
  } else {
    one.job.input("target_commitish", "main");
  }
  one.answer(impostor, "GET", "", -1, 2);  // after the release and the tag
  one.is_told(one.job.publish());
  one.server.clear_faults();
  CHECK_FALSE(one.server.has_release("v2.0.0"));
}

TEST_CASE("the other commands do not believe a 404 from a router either") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  Case one;
  one.answer(impostor, "GET", "/repos/", -1);
  one.is_told(one.job.run({"notes"}));
  const Run doctor = one.job.run({"doctor"});
  INFO(doctor.log);
  CHECK(doctor.status == 1);
  CHECK(doctor.log.find("FAIL  repository: reading the repository") != std::string::npos);
  CHECK(doctor.log.find("no repository") == std::string::npos);
  const Run version = one.job.run({"version"});
  CHECK(version.outputs.at("is_latest") == "false");
  CHECK(version.log.find("no repository") == std::string::npos);
}

TEST_CASE("a branch with a slash is found behind a proxy that decodes the slash") {
  const Impostor& impostor = GENERATE(from_range(impostors));
  Case one;
  one.server.push("refs/heads/feature/x", "main");
  one.job.on_branch().input("tag_name", "v2.0.0");
  one.answer(impostor, "GET", "/git/commits/", -1);
  one.job.input("target_commitish", "feature/x");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.tag_commit("v2.0.0") == one.server.commit());

  one.job.input("tag_name", "v3.0.0").input("target_commitish", "feature/y");
  const Run unknown = one.job.publish();
  INFO(unknown.log);
  CHECK(unknown.status == 2);
  CHECK(unknown.log.find("'feature/y' is not a branch") != std::string::npos);
}
