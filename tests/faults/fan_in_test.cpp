// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "core/release/checksums.hpp"
#include "faults/sweep.hpp"

namespace faults {
namespace {

const Files files = {
    {"app.dmg", bytes(9'000, 1)}, {"app.tgz", bytes(9'000, 2)}, {"app.zip", bytes(9'000, 3)}};

/// The jobs of the others; only the last file is left to the job of the fixture.
void run_others(Fixture& fixture) {
  const std::string& last = files.rbegin()->first;
  for (const auto& [name, content] : files) {
    fixture.bring({{name, content}});
    if (name != last) fixture.publish();
  }
}

/// Two jobs have uploaded their files; the third completes the set, and publishes it with checksums
/// and a table for all of them.
void prepare(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  fixture.is_fan_in = true;
  fixture.run_others = run_others;
  fixture.job.input("required_files", "*.dmg\n*.tgz\n*.zip");
  fixture.job.input("checksums", "sha256").input("downloads", "true");
  run_others(fixture);
  std::map<std::string, core::Digest> digests;
  for (const auto& [name, content] : files) {
    digests[name] = core::digest_of(content);
    fixture.wanted.assets[name] = {content};
  }
  fixture.wanted.assets["SHA256SUMS"] = {core::render_checksums(digests)};
}

}  // namespace

TEST_CASE("the job that completes a set withstands every fault at every exchange") {
  sweep({"the last of three jobs", prepare});
}

}  // namespace faults
