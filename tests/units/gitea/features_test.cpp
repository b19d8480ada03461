// SPDX-License-Identifier: MIT
#include "gitea/features.hpp"

#include <catch2/catch_test_macros.hpp>

using gitea::is_known;
using gitea::links_packages;
using gitea::name_of_server;
using gitea::spools_uploads;
using gitea::takes_raw_uploads;

TEST_CASE("Gitea from 1.25 and Forgejo from 11 write an upload to disk while it arrives") {
  for (const char* version : {"1.25.0", "1.25.4", "1.25.0+dev-1", "1.27.0-rc0", "1.100", "2.0.0",
                              "11.0.1+gitea-1.22.0", "15.0.0+gitea-1.22.0"}) {
    INFO(version);
    CHECK(spools_uploads(version));
  }
  for (const char* version : {"1.24.9", "1.22.6", "1.3.0", "1", "", "7.0.16+gitea-1.21.11",
                              "10.0.3+gitea-1.22.0", "development", "0.30.1"}) {
    INFO(version);
    CHECK_FALSE(spools_uploads(version));
  }
}

TEST_CASE("Gitea from 1.22 and Forgejo from 7 accept a file as the whole body") {
  for (const char* version : {"1.22.0", "7.0.16+gitea-1.21.11"}) CHECK(takes_raw_uploads(version));
  for (const char* version : {"1.21.11", "6.0.0+gitea-1.21.0"}) {
    CHECK_FALSE(takes_raw_uploads(version));
  }
}

TEST_CASE("Gitea from 1.24 and Forgejo from 11 link packages") {
  for (const char* version : {"1.24.0", "1.27.1", "11.0.15+gitea-1.22.0"}) {
    CHECK(links_packages(version));
  }
  for (const char* version : {"1.23.8", "7.0.16+gitea-1.21.11", "10.0.0+gitea-1.22.0", ""}) {
    CHECK_FALSE(links_packages(version));
  }
}

TEST_CASE("Gitea from 1.20 and Forgejo from 7 are supported") {
  for (const char* version : {"1.20.6", "2.0.0", "7.0.16+gitea-1.21.11"}) CHECK(is_known(version));
  for (const char* version : {"1.19.4", "6.0.0+gitea-1.21.0", "", "main"}) {
    CHECK_FALSE(is_known(version));
  }
}

TEST_CASE("a server is named with its own version") {
  CHECK(name_of_server("1.25.4") == "Gitea 1.25.4");
  CHECK(name_of_server("7.0.16+gitea-1.21.11") == "Forgejo 7.0.16");
  CHECK(name_of_server("1.26.0+dev-12-gabc") == "Gitea 1.26.0+dev-12-gabc");
}
