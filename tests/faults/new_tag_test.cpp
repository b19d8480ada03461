// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// Started by hand on a branch: there is no tag, and the server makes it as the release is published.
void prepare(Scene& scene) {
  scene.bring({{"app.tgz", bytes(9'000, 1)}, {"app.zip", bytes(3'000, 2)}});
  scene.job.on_branch().input("tag_name", scene.tag);
}

/// The run makes it beforehand, with a message.
void prepare_annotated(Scene& scene) {
  scene.bring({{"app.tgz", bytes(9'000, 1)}});
  scene.job.on_branch().input("tag_name", scene.tag).input("tag_message", "The first one");
}

}  // namespace

TEST_CASE("publishing for a tag that does not exist withstands every fault at every exchange") {
  sweep({.name = "a tag that is not there", .prepare = prepare, .has_tag = false});
}

TEST_CASE("making an annotated tag withstands every fault at every exchange") {
  sweep({.name = "an annotated tag to be made", .prepare = prepare_annotated, .has_tag = false});
}

}  // namespace faults
