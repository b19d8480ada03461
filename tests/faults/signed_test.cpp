// SPDX-License-Identifier: MIT
// Signed releases. One has an update.json: the files that the run generates are uploaded last, and an
// answer that was lost must not make it upload them again. The other is completed by the last of three
// jobs, which must not lose what the other two have vouched for.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/update/manifest.hpp"
#include "faults/sweep.hpp"
#include "support/signer.hpp"

namespace faults {
namespace {

const Files files = {{"app.tgz", bytes(9'000, 1)}, {"app.zip", bytes(3'000, 2)}};
const Files files_of_set = {
    {"app.dmg", bytes(9'000, 1)}, {"app.tgz", bytes(9'000, 2)}, {"app.zip", bytes(9'000, 3)}};

std::string update_file(const Fixture& fixture) {
  core::Manifest manifest;
  manifest.app = "your-app";
  manifest.tag = fixture.tag;
  manifest.version = fixture.tag.substr(1);
  manifest.payloads["linux-x86_64"] = {"app.tgz", files.at("app.tgz").size()};
  return core::render_manifest(manifest);
}

/// A job with the key, whose configuration file asks for an update.json.
void give_key(Fixture& fixture) {
  const support::Signer signer;
  fixture.job.input("signing_key", signer.secret_key());
  fixture.job.file(".gitea/release.yml",
                   fmt::format("update: {{app: your-app, public_key: {}, payloads: {{linux-x86_64: "
                               "'*.tgz'}}}}\n",
                               signer.public_key()));
  support::Files all(files.begin(), files.end());
  all["update.json"] = update_file(fixture);
  for (const auto& [name, content] : signer.sign(all, fixture.tag, fixture.server.repository())) {
    fixture.wanted.assets[name] = {content};
  }
}

void prepare_one(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  fixture.bring(files);
  give_key(fixture);
}

/// All jobs but the last, each with the key.
void run_other_signers(Fixture& fixture) {
  const std::string& last = files_of_set.rbegin()->first;
  for (const auto& [name, content] : files_of_set) {
    fixture.bring({{name, content}});
    if (name != last) fixture.publish();
  }
}

void prepare_set(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  fixture.is_fan_in = true;
  fixture.run_others = run_other_signers;
  const support::Signer signer;
  fixture.job.input("signing_key", signer.secret_key());
  fixture.job.input("required_files", "*.dmg\n*.tgz\n*.zip");
  run_other_signers(fixture);
  for (const auto& [name, content] :
       signer.sign(files_of_set, fixture.tag, fixture.server.repository())) {
    fixture.wanted.assets[name] = {content};
  }
}

}  // namespace

TEST_CASE("a signed release with an update.json withstands every fault at every exchange") {
  sweep({.name = "a signed release", .prepare = prepare_one, .is_signed = true});
}

TEST_CASE("the job that completes a signed set withstands every fault at every exchange") {
  sweep({.name = "the last of three signers",
         .prepare = prepare_set,
         .is_signed = true,
         .keeps_its_commit = true});
}

}  // namespace faults
