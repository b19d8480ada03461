// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A draft that was being filled for the commit before: its files must not come out under this one.
void prepare(Scene& scene) {
  scene.build(scene.server.new_commit());
  scene.server.create_tag(scene.tag);
  core::JsonObject json;
  json.add("tag_name", scene.tag).add("name", "The title").add("draft", true);
  json.add("body",
           "What is new\n\n<!-- gitea-release: being filled for commit " + scene.commit + " -->");
  const auto draft = scene.server.create_release(json.text());
  scene.server.upload(draft.id, "app.tgz", "of the commit before");
  scene.server.upload(draft.id, "left-over.txt", "of the commit before");
  scene.bring({{"app.tgz", bytes(20'000, 1)}, {"app.zip", bytes(3'000, 2)}});
  scene.names_may_go = true;
  scene.usual_warning = "it is started over";
  scene.wanted.titles = {"The title"};
  scene.wanted.texts = {"What is new"};
}

}  // namespace

TEST_CASE("starting over a draft of another commit withstands every fault at every exchange") {
  sweep({"a marked draft of another commit", prepare});
}

}  // namespace faults
