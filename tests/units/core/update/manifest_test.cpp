// SPDX-License-Identifier: MIT
#include "core/update/manifest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/error.hpp"

using Catch::Matchers::ContainsSubstring;
using core::Channel;
using core::Manifest;

namespace {

Manifest sample() {
  Manifest manifest;
  manifest.app = "your-app";
  manifest.version = "1.3.0";
  manifest.tag = "v1.3.0";
  manifest.payloads = {{"linux-x86_64", {"your-app-linux.tar.gz", 48211021}},
                       {"windows-x86_64", {"your-app \"win\".zip", 5}}};
  manifest.from = ">=1.0.0";
  manifest.withdrawn = {"1.2.9", "1.2.8"};
  manifest.summary = "One line \xE2\x80\x93 signed.";
  return manifest;
}

std::string refusal(const std::string& text) {
  try {
    core::parse_manifest(text);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    CHECK_THAT(error.message, ContainsSubstring("update.json cannot be used: "));
    return error.message;
  }
  return "";
}

/// The sample with one part of it as JSON replaced.
std::string with(const std::string& what, const std::string& by) {
  std::string text = core::render_manifest(sample());
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("update.json is read back as it was written") {
  CHECK(core::parse_manifest(core::render_manifest(sample())) == sample());
  CHECK(
      core::render_manifest(sample()) ==
      "{\"format\":1,\"app\":\"your-app\",\"version\":\"1.3.0\",\"tag\":\"v1.3.0\",\"channel\":"
      "\"stable\","
      "\"launcher\":1,\"payloads\":{\"linux-x86_64\":{\"name\":\"your-app-linux.tar.gz\",\"size\":"
      "48211021},"
      "\"windows-x86_64\":{\"name\":\"your-app \\\"win\\\".zip\",\"size\":5}},\"from\":\">=1.0.0\","
      "\"critical\":false,\"withdrawn\":[\"1.2.9\",\"1.2.8\"],"
      "\"summary\":\"One line \xE2\x80\x93 signed.\"}\n");
  Manifest least = sample();
  least.from.clear();
  least.withdrawn.clear();
  least.summary.clear();
  CHECK(core::parse_manifest(core::render_manifest(least)) == least);
}

TEST_CASE("members of later versions are ignored, another format is rejected") {
  CHECK(core::parse_manifest(with("\"app\"", "\"later\":[1,{}],\"app\"")) == sample());
  CHECK_THAT(refusal(with("\"format\":1", "\"format\":2")),
             ContainsSubstring("its format is 2, and this program knows 1"));
  CHECK_THAT(refusal(with("\"format\":1,", "")), ContainsSubstring("its format is 0"));
}

TEST_CASE("anything that is not an update.json is rejected with a message") {
  CHECK_THAT(refusal(""), ContainsSubstring("invalid JSON"));
  CHECK_THAT(refusal("[]"), ContainsSubstring("it is not an object"));
  CHECK_THAT(refusal(with("\"critical\":false", "\"critical\":1")),
             ContainsSubstring("'critical' is not true or false"));
  CHECK_THAT(refusal(with("\"size\":5", "\"size\":-5")), ContainsSubstring("'size'"));
  CHECK_THAT(refusal(with("{\"name\":\"your-app-linux.tar.gz\",\"size\":48211021}", "7")),
             ContainsSubstring("'linux-x86_64'"));
  CHECK_THAT(refusal(std::string(70'000, ' ')), ContainsSubstring("larger than 64 KiB"));
  CHECK_THAT(refusal(with("your-app", "your app")),
             ContainsSubstring("not the name of an application"));
  CHECK_THAT(refusal(with("\"tag\":\"v1.3.0\"", "\"tag\":\"v1.3.1\"")),
             ContainsSubstring("does not belong to version"));
  CHECK_THAT(refusal(with("\"version\":\"1.3.0\"", "\"version\":\"v1.3.0\"")),
             ContainsSubstring("'v1.3.0' is not a version"));
  CHECK_THAT(refusal(with("stable", "beta")),
             ContainsSubstring("does not belong to the channel beta"));
  CHECK_THAT(refusal(with("\"launcher\":1", "\"launcher\":0")),
             ContainsSubstring("which launcher"));
  CHECK_THAT(refusal(with("linux-x86_64", "linux/x86_64")),
             ContainsSubstring("not the name of a platform"));
  CHECK_THAT(refusal(with("your-app-linux.tar.gz", "")), ContainsSubstring("has no name"));
  CHECK_THAT(refusal(with(">=1.0.0", ">1.0.0")), ContainsSubstring("is not '>=VERSION'"));
  CHECK_THAT(refusal(with("1.2.9", "nightly")), ContainsSubstring("withdrawn: 'nightly'"));
  CHECK_THAT(refusal(with("One line", "Two\\nlines")),
             ContainsSubstring("summary: it has to be one line"));
  CHECK_THAT(refusal(with("One line", std::string(500, 'x'))), ContainsSubstring("summary"));
}

TEST_CASE("nothing is written that would be rejected by the reader") {
  Manifest manifest = sample();
  SECTION("without payloads") { manifest.payloads.clear(); }
  SECTION("of another tag") { manifest.tag = "nightly"; }
  SECTION("of another channel") { manifest.channel = Channel::rc; }
  SECTION("too large") {
    for (int i = 0; i < 10'000; ++i) manifest.withdrawn.push_back("1.2." + std::to_string(i));
  }
  CHECK_THROWS_AS(core::render_manifest(manifest), core::Error);
}

TEST_CASE("'from' says which versions may update directly") {
  const auto admits = [](const std::string& from, const std::string& current) {
    Manifest manifest;
    manifest.from = from;
    return manifest.admits(core::parse_version(current).value());
  };
  CHECK(admits("", "0.1"));
  CHECK(admits(">=1.0.0", "1.0.0"));
  CHECK(admits(">=1.0.0", "1.10"));
  CHECK(admits(">= 1.0.0", "1.0.1"));
  CHECK_FALSE(admits(">=1.0.0", "1.0.0-rc.1"));
  CHECK_FALSE(admits(">=1.0.0", "0.9"));
}

TEST_CASE("a version's channel follows from its prerelease") {
  const auto check = [](const std::string& version, Channel channel) {
    INFO(version);
    CHECK(core::channel_of(core::parse_version(version).value()) == channel);
  };
  check("1.0.0", Channel::stable);
  check("1.0.0+build", Channel::stable);
  check("1.0.post1", Channel::stable);
  check("1.0.0-rc.1", Channel::rc);
  check("1.0.0-RC1", Channel::rc);
  check("1.0c1", Channel::rc);
  check("1.0.0-beta", Channel::beta);
  check("1.0b2", Channel::beta);
  check("1.0.0-alpha.1", Channel::alpha);
  check("1.0.0-nightly.5", Channel::dev);
  check("1.0.0-1", Channel::dev);
  check("1.0.dev3", Channel::dev);
  check("1.0rc1.dev3", Channel::dev);
  for (const char* name : {"stable", "rc", "beta", "alpha", "dev"}) {
    CHECK(core::name_of(core::parse_channel(name).value()) == name);
  }
  CHECK_FALSE(core::parse_channel("Stable"));
  CHECK(core::admits(Channel::beta, Channel::stable));
  CHECK(core::admits(Channel::beta, Channel::beta));
  CHECK_FALSE(core::admits(Channel::beta, Channel::alpha));
}
