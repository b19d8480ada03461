// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A tag that was pushed, and no release of it.
void prepare(Scene& scene) {
  scene.server.create_tag(scene.tag);
  scene.bring({{"app.tgz", bytes(70'000, 1)}, {"app.zip", bytes(3'000, 2)}, {"notice", "free"}});
  scene.job.input("name", "The title").input("body", "What is new");
  scene.wanted.titles = {"The title"};
  scene.wanted.texts = {"What is new"};
}

}  // namespace

TEST_CASE("a new release with three files withstands every fault at every exchange") {
  sweep({"a new release with 3 files", prepare});
}

}  // namespace faults
