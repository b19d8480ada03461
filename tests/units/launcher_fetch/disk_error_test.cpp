// SPDX-License-Identifier: MIT
#include "launcher/fetch/disk_error.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cerrno>

#include "launcher/fetch/fetch_error.hpp"

namespace {

fetch::Obstacle obstacle_of(int error) {
  try {
    fetch::throw_disk_error(error, "updater/ready");
  } catch (const fetch::FetchError& thrown) {
    return thrown.obstacle;
  }
}

}  // namespace

TEST_CASE("a full disk and a missing permission have exit statuses of their own") {
  for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
    CHECK(obstacle_of(error) == fetch::Obstacle::no_room);
  }
  for (const int error : {EACCES, EPERM, EROFS}) {
    CHECK(obstacle_of(error) == fetch::Obstacle::no_permission);
  }
  CHECK_THROWS_AS(obstacle_of(EIO), core::Error);
}
