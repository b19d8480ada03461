// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A draft that was being filled for the commit before: its files must not be published under this
/// one.
void prepare(Fixture& fixture) {
  fixture.build(fixture.server.new_commit());
  fixture.server.create_tag(fixture.tag);
  core::JsonObject json;
  json.add("tag_name", fixture.tag).add("name", "The title").add("draft", true);
  json.add("body",
           "What is new\n\n<!-- gitea-release: being filled for commit " + fixture.commit + " -->");
  const auto draft = fixture.server.create_release(json.text());
  fixture.server.upload(draft.id, "app.tgz", "of the commit before");
  fixture.server.upload(draft.id, "left-over.txt", "of the commit before");
  fixture.bring({{"app.tgz", bytes(20'000, 1)}, {"app.zip", bytes(3'000, 2)}});
  fixture.names_may_vanish = true;
  fixture.usual_warning = "starting over";
  fixture.wanted.titles = {"The title"};
  fixture.wanted.texts = {"What is new"};
}

}  // namespace

TEST_CASE("starting over a draft of another commit withstands every fault at every exchange") {
  sweep({"a marked draft from another commit", prepare});
}

}  // namespace faults
