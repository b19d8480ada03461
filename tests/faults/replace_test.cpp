// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A published release with three files. Two of them are replaced, each by what the other one was:
/// the record knows both contents, and only under which id tells that they are in the wrong place.
/// One at a time, so that each exchange has its number.
void prepare(Scene& scene) {
  scene.server.create_tag(scene.tag);
  const Files before = {
      {"app.tgz", bytes(20'000, 1)}, {"app.zip", bytes(20'000, 2)}, {"notice", "free"}};
  scene.bring(before);
  scene.job.input("jobs", "1");
  scene.publish();
  scene.downloadable = before;
  scene.bring({{"app.tgz", before.at("app.zip")},
               {"app.zip", before.at("app.tgz")},
               {"notice", before.at("notice")}});
}

}  // namespace

TEST_CASE("replacing two of three files withstands every fault at every exchange") {
  sweep({.name = "2 of 3 files replaced", .prepare = prepare, .is_public = true});
}

}  // namespace faults
