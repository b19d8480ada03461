// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// Somebody's own draft, with a file in it. `draft: false` fills and publishes it; title and notes
/// stay theirs. One file is sent raw, larger than what fits between two sockets.
void prepare(Scene& scene) {
  scene.server.create_tag(scene.tag);
  core::JsonObject json;
  json.add("tag_name", scene.tag).add("name", "Their title").add("body", "Their notes");
  const auto draft = scene.server.create_release(json.add("draft", true).text());
  scene.server.upload(draft.id, "theirs.bin", "theirs");
  scene.bring({{"large.img", bytes(std::size_t{4} << 20, 1)}, {"small.txt", "small"}});
  scene.keep("theirs.bin", "theirs");
  scene.job.input("draft", "false").input("upload_encoding", "raw");
  scene.wanted.titles = {"Their title"};
  scene.wanted.texts = {"Their notes"};
}

}  // namespace

TEST_CASE("publishing the user's draft withstands every fault at every exchange") {
  sweep({"the user's draft published", prepare});
}

}  // namespace faults
