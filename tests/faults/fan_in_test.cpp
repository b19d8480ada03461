// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "core/checksums.hpp"
#include "faults/sweep.hpp"

namespace faults {
namespace {

const Files files = {
    {"app.dmg", bytes(9'000, 1)}, {"app.tgz", bytes(9'000, 2)}, {"app.zip", bytes(9'000, 3)}};

/// The jobs of the others; what is left to the job of the scene is the last file.
void run_others(Scene& scene) {
  const std::string& last = files.rbegin()->first;
  for (const auto& [name, content] : files) {
    scene.bring({{name, content}});
    if (name != last) scene.publish();
  }
}

/// Two jobs have brought their files; the third completes the set, and publishes it with sums and
/// table over all of them.
void prepare(Scene& scene) {
  scene.server.create_tag(scene.tag);
  scene.is_fan_in = true;
  scene.run_others = run_others;
  scene.job.input("required_files", "*.dmg\n*.tgz\n*.zip");
  scene.job.input("checksums", "sha256").input("downloads", "true");
  run_others(scene);
  std::map<std::string, core::Digest> digests;
  for (const auto& [name, content] : files) {
    digests[name] = core::digest_of(content);
    scene.wanted.assets[name] = {content};
  }
  scene.wanted.assets["SHA256SUMS"] = {core::render_sums(digests)};
}

}  // namespace

TEST_CASE("the job that completes a set withstands every fault at every exchange") {
  sweep({"the last of three jobs", prepare});
}

}  // namespace faults
