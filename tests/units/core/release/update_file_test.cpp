// SPDX-License-Identifier: MIT
#include "core/release/update_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/update/manifest.hpp"

using core::fault_of_payloads;
using core::Update;

namespace {

Update update() {
  Update result;
  result.app = "app";
  result.payloads = {{"linux", "*.{tgz,tar.gz}"}, {"windows", "*-win.zip"}};
  return result;
}

core::Asset asset(const std::string& name, std::uint64_t size) { return {1, name, size, "", ""}; }

}  // namespace

TEST_CASE("each payload matches exactly one name, or none as long as files are missing") {
  CHECK(fault_of_payloads(update(), {"app.tgz", "app-win.zip", "app.zip"}, true).empty());
  CHECK(fault_of_payloads(update(), {"app.tgz"}, false).empty());
  CHECK(fault_of_payloads(update(), {"app.tgz"}, true) ==
        "'*-win.zip', the payload for windows, matches no file");
  CHECK(fault_of_payloads(update(), {"a.tgz", "a.tar.gz"}, false) ==
        "'*.{tgz,tar.gz}', the payload for linux, matches 2 files: a.tgz, a.tar.gz");
  CHECK(core::is_payload(update(), "x.tar.gz"));
  CHECK_FALSE(core::is_payload(update(), "x.zip"));
}

TEST_CASE("update.json is made once each payload is there, and depends on nothing else") {
  const std::vector<core::Asset> assets = {asset("notes.txt", 1), asset("app.tgz", 20),
                                           asset("app-win.zip", 30)};
  const auto text = core::update_file(update(), "app/v1.3.0-beta.2", assets);
  REQUIRE(text);
  const core::Manifest manifest = core::parse_manifest(*text);
  CHECK(manifest.version == "1.3.0-beta.2");
  CHECK(manifest.tag == "app/v1.3.0-beta.2");
  CHECK(manifest.channel == core::Channel::beta);
  CHECK(manifest.payloads.at("windows") == core::Payload{"app-win.zip", 30});
  CHECK(core::update_file(update(), "app/v1.3.0-beta.2", {assets[2], assets[1]}) == text);
  CHECK_FALSE(core::update_file(update(), "v1.3.0", {assets[1]}));
  CHECK_FALSE(core::update_file(update(), "v1.3.0", {assets[1], assets[2], asset("b.tgz", 1)}));
}

TEST_CASE("what is wrong with the settings does not depend on the assets") {
  CHECK(core::fault_of(update(), "v1.3.0").empty());
  CHECK(core::fault_of(update(), "nightly") == "the tag 'nightly' is not a version");
  Update other = update();
  other.from = "1.0";
  CHECK(core::fault_of(other, "v1.3.0") == "from: '1.0' is not '>=VERSION'");
  other = update();
  other.payloads.clear();
  CHECK(core::fault_of(other, "v1.3.0") == "it has no payload");
}
