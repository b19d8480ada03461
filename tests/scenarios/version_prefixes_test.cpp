// SPDX-License-Identifier: MIT
// Tags in other forms than v1.2.0, for the commands that read a version from them.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// Of a job for `tag` that was not started by its push.
Run notes(Server& server, const std::string& tag) {
  Workspace job(server, tag);
  job.on_branch().variable("GITHUB_SHA", server.commit());
  const Run run = job.run({"notes", "--tag-name", tag});
  INFO(run.log);
  CHECK(run.status == 0);
  return run;
}

}  // namespace

TEST_CASE("every output called 'version' has the same value for a tag", "[profiles]") {
  Server server;
  for (const char* tag : {"v1.2.0", "app/1.2.0", "widget-1.2.0-rc.1", "x-1_2_0", "4.1.Final"}) {
    INFO(tag);
    Workspace job(server, tag);
    const Run version = job.run({"version"});
    const Run publish = job.run({"publish"});
    REQUIRE(publish.status == 0);
    CHECK(publish.outputs.at("version") == version.outputs.at("version"));
    CHECK(publish.outputs.at("prerelease") == version.outputs.at("is_prerelease"));
  }
  Workspace nightly(server, "nightly");
  CHECK(nightly.run({"publish"}).outputs.at("version").empty());
}

TEST_CASE("notes begin at the last version with the same prefix, in any form") {
  Server server;
  for (const char* tag : {"widget-1.1.0", "gadget-v9.0.0", "release-1.2", "v1.0.0"}) {
    server.create_tag(tag);
    server.new_commit(std::string("feat: after ") + tag);
  }
  CHECK(notes(server, "widget-1.2.0").outputs.at("previous_tag") == "widget-1.1.0");
  CHECK(notes(server, "release-1.3").outputs.at("previous_tag") == "release-1.2");
  CHECK(notes(server, "v1.1.0").outputs.at("previous_tag") == "v1.0.0");
  CHECK(notes(server, "gizmo-1.0").outputs.at("previous_tag").empty());
}

TEST_CASE("notes of a tag without a version begin at the last tag with its prefix, and say so") {
  Server server;
  server.create_tag("lib-v9.0.0");
  server.new_commit("feat: in the library");
  server.create_tag("v1.0.0");
  server.new_commit("feat: tonight");
  const Run nightly = notes(server, "nightly");
  CHECK(nightly.outputs.at("previous_tag") == "v1.0.0");
  CHECK(
      nightly.log.starts_with("::notice::there is no version in nightly: its notes begin at "
                              "v1.0.0, the last tag before it by date\n"));
  CHECK(nightly.log.find("- tonight (") != std::string::npos);
  CHECK(nightly.log.find("library") == std::string::npos);
  CHECK(notes(server, "lib-nightly").outputs.at("previous_tag") == "lib-v9.0.0");
}
