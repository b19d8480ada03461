// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A tag that was pushed, without a release.
void prepare(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  fixture.bring({{"app.tgz", bytes(70'000, 1)}, {"app.zip", bytes(3'000, 2)}, {"notice", "free"}});
  fixture.job.input("name", "The title").input("body", "What is new");
  fixture.wanted.titles = {"The title"};
  fixture.wanted.texts = {"What is new"};
}

}  // namespace

TEST_CASE("a new release with three files withstands every fault at every exchange") {
  sweep({"a new release with 3 files", prepare});
}

}  // namespace faults
