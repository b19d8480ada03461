// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "core/checksums.hpp"
#include "faults/sweep.hpp"

namespace faults {
namespace {

/// Two jobs have brought their files; the third completes the set, and publishes it with sums and
/// table over all of them.
void prepare(Scene& scene) {
  scene.server.create_tag(scene.tag);
  const Files files = {
      {"app.dmg", bytes(9'000, 1)}, {"app.tgz", bytes(9'000, 2)}, {"app.zip", bytes(9'000, 3)}};
  scene.job.input("required_files", "*.dmg\n*.tgz\n*.zip");
  scene.job.input("checksums", "sha256").input("downloads", "true");
  std::map<std::string, core::Digest> digests;
  for (const auto& [name, content] : files) {
    digests[name] = core::digest_of(content);
    scene.bring({{name, content}});
    if (name != files.rbegin()->first) scene.publish();
  }
  for (const auto& [name, content] : files) scene.wanted.assets[name] = {content};
  scene.wanted.assets["SHA256SUMS"] = {core::render_sums(digests)};
}

}  // namespace

TEST_CASE("the job that completes a set withstands every fault at every exchange") {
  sweep({"the last of three jobs", prepare});
}

}  // namespace faults
