// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A published release with three files. Two of them swap their contents: the record knows both
/// contents, and only the ids show that they are in the wrong place. There are no parallel uploads,
/// so that each exchange has a fixed number.
void prepare(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  const Files before = {
      {"app.tgz", bytes(20'000, 1)}, {"app.zip", bytes(20'000, 2)}, {"notice", "free"}};
  fixture.bring(before);
  fixture.job.input("jobs", "1");
  fixture.publish();
  fixture.downloadable = before;
  fixture.bring({{"app.tgz", before.at("app.zip")},
                 {"app.zip", before.at("app.tgz")},
                 {"notice", before.at("notice")}});
}

}  // namespace

TEST_CASE("replacing two of three files withstands every fault at every exchange") {
  sweep({.name = "2 of 3 files replaced", .prepare = prepare, .is_public = true});
}

}  // namespace faults
