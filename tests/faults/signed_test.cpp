// SPDX-License-Identifier: MIT
// A signed release with an update.json: the files that the run generates are uploaded last, and an answer
// that was lost must not make it upload them again.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/update/manifest.hpp"
#include "faults/sweep.hpp"
#include "support/signer.hpp"

namespace faults {
namespace {

const Files files = {{"app.tgz", bytes(9'000, 1)}, {"app.zip", bytes(3'000, 2)}};

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

}  // namespace

TEST_CASE("a signed release with an update.json withstands every fault at every exchange") {
  sweep({.name = "a signed release", .prepare = prepare_one, .is_signed = true});
}

}  // namespace faults
