// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// Started by hand on a branch: the tag does not exist, and the server creates it when the release
/// is published.
void prepare(Fixture& fixture) {
  fixture.bring({{"app.tgz", bytes(9'000, 1)}, {"app.zip", bytes(3'000, 2)}});
  fixture.job.on_branch().input("tag_name", fixture.tag);
}

/// The run creates it beforehand, with a message.
void prepare_annotated(Fixture& fixture) {
  fixture.bring({{"app.tgz", bytes(9'000, 1)}});
  fixture.job.on_branch().input("tag_name", fixture.tag).input("tag_message", "The first one");
}

}  // namespace

TEST_CASE("publishing for a tag that does not exist withstands every fault at every exchange") {
  sweep({.name = "a tag that is not there", .prepare = prepare, .has_tag = false});
}

TEST_CASE("creating an annotated tag withstands every fault at every exchange") {
  sweep({.name = "an annotated tag to be made", .prepare = prepare_annotated, .has_tag = false});
}

}  // namespace faults
