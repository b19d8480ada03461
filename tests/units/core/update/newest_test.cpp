// SPDX-License-Identifier: MIT
#include "core/update/newest.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/text/text.hpp"
#include "core/version/build_version.hpp"

using Catch::Matchers::ContainsSubstring;
using core::Channel;
using core::Release;
using core::Wanted;

namespace {

core::Version version(const std::string& text) { return core::parse_version(text).value(); }

Release release(const std::string& tag, bool is_signed = true) {
  static std::uint64_t id = 0;
  Release result;
  result.id = ++id;
  result.tag = tag;
  if (is_signed) result.assets.push_back({1, core::signature_name, 300, "", ""});
  return result;
}

std::vector<Release> releases(const std::string& tags) {
  std::vector<Release> result;
  for (std::string tag; char c : tags + " ") {
    if (c != ' ') {
      tag += c;
    } else {
      result.push_back(release(tag));
      tag.clear();
    }
  }
  return result;
}

std::string tags_of(const core::Candidates& candidates) {
  std::vector<std::string> tags;
  for (const auto& one : candidates.ordered) tags.push_back(one.release.tag);
  return core::join(tags, " ");
}

core::Manifest manifest(const std::string& tag) {
  core::Manifest result;
  result.app = "app";
  result.tag = tag;
  result.version = version(tag).text;
  result.payloads = {{"linux-x86_64", {"app.tar.gz", 1}}};
  return result;
}

core::NewestSearch search(const std::string& tags, const std::string& current = "1.0.0") {
  Wanted wanted;
  wanted.above = version(current);
  return {core::candidates(releases(tags), wanted).ordered,
          core::Installation{"app", "linux-x86_64", 1, version(current)}};
}

std::string next_of(const core::NewestSearch& search) {
  return search.next() == nullptr ? "" : search.next()->release.tag;
}

std::string found_by(const core::NewestSearch& search) {
  return search.found() == nullptr ? "" : search.found()->release.tag;
}

}  // namespace

TEST_CASE("the version decides which releases are candidates, and their order") {
  struct Case {
    const char* what;
    const char* there;
    Wanted wanted;
    const char* expected;
  };
  const std::vector<Case> cases = {
      {"a back-port that was published last", "v1.2.9 v1.10.0 v1.9.0", {}, "v1.10.0 v1.9.0 v1.2.9"},
      {"tags that are no versions", "nightly latest v1.0 v v1.x 2024/v9", {}, "v1.0"},
      {"with and without v", "1.1.0 v1.2.0", {}, "v1.2.0 1.1.0"},
      {"another prefix", "app/v1.0.0 v2.0.0 lib/v3.0.0", {"app/"}, "app/v1.0.0"},
      {"a prefix that goes on", "app/v1.0.0 app/x/v2.0.0 app/nightly", {"app/"}, "app/v1.0.0"},
      {"a prefix with its v", "v1.0.0 1.1.0", {"v"}, "v1.0.0"},
      {"stable only", "v2.0.0-rc.1 v1.0.0 v2.0.0.dev1", {}, "v1.0.0"},
      {"rc takes stable",
       "v2.0.0-rc.1 v2.0.0-beta v1.0.0",
       {"", Channel::rc},
       "v2.0.0-rc.1 v1.0.0"},
      {"beta takes rc and stable",
       "v2.0.0-rc.1 v2.0.0-beta v2.0.0-alpha v1.0.0",
       {"", Channel::beta},
       "v2.0.0-rc.1 v2.0.0-beta v1.0.0"},
      {"dev takes all",
       "v2.0.0-rc.1 v2.0.0-x.1 v1.0.0",
       {"", Channel::dev},
       "v2.0.0-x.1 v2.0.0-rc.1 v1.0.0"},
      {"nothing that is not higher",
       "v1.0.0 v1.1.0 v1.1 v1.2.0",
       {"", Channel::stable, true, version("1.1.0")},
       "v1.2.0"},
      {"nothing that failed or was skipped",
       "v1.1.0 v1.2.0 v1.3.0",
       {"", Channel::stable, true, version("1.0.0"), {version("1.3.0"), version("1.1")}},
       "v1.2.0"},
      {"rc10 after rc9", "v1.0.0-rc9 v1.0.0-rc10", {"", Channel::rc}, "v1.0.0-rc10 v1.0.0-rc9"},
      {"none", "", {}, ""},
  };
  for (const Case& one : cases) {
    INFO(one.what);
    CHECK(tags_of(core::candidates(releases(one.there), one.wanted)) == one.expected);
  }
}

TEST_CASE("the order of the server does not matter, even between equal versions") {
  const Release first = release("v1.2.0");
  const Release second = release("1.2");
  CHECK(tags_of(core::candidates({first, second}, {})) == "1.2 v1.2.0");
  CHECK(tags_of(core::candidates({second, first}, {})) == "1.2 v1.2.0");
}

TEST_CASE("drafts and releases marked as prereleases are not stable releases") {
  Release draft = release("v3.0.0");
  draft.draft = true;
  Release marked = release("v2.0.0");
  marked.prerelease = true;
  CHECK(tags_of(core::candidates({draft, marked, release("v1.0.0")}, {})) == "v1.0.0");
  CHECK(tags_of(core::candidates({draft, marked}, {"", Channel::rc})) == "v2.0.0");
}

TEST_CASE("releases without a signature are listed, and tags without a version counted") {
  const std::vector<Release> there = {release("v1.3.0", false), release("v1.2.0"),
                                      release("v0.9", false), release("nightly", false),
                                      release("v-next", false)};
  Wanted wanted;
  wanted.above = version("1.0.0");
  const auto found = core::candidates(there, wanted);
  CHECK(tags_of(found) == "v1.2.0");
  CHECK(found.without_signature == std::vector<std::string>{"v1.3.0"});
  CHECK(found.without_version == 2);
  wanted.signed_only = false;
  CHECK(tags_of(core::candidates(there, wanted)) == "v1.3.0 v1.2.0");
}

TEST_CASE("the first release that is verified and suitable is the newest") {
  auto newest = search("v1.1.0 v1.3.0 v1.2.0");
  CHECK(next_of(newest) == "v1.3.0");
  newest.verified(manifest("v1.3.0"));
  CHECK(next_of(newest).empty());
  CHECK(found_by(newest) == "v1.3.0");
}

TEST_CASE("releases that fail verification are listed, and five of them end the search") {
  auto newest = search("v1.1.0 v1.2.0 v1.3.0 v1.4.0 v1.5.0 v1.6.0");
  newest.refused("the signature is wrong");
  newest.verified(manifest("v1.4.0"));  // the next one, v1.5.0, is an older release under its name
  CHECK(next_of(newest) == "v1.4.0");
  CHECK(newest.all_refused() ==
        std::vector<std::string>{"v1.6.0: the signature is wrong",
                                 "v1.5.0: its update.json is that of v1.4.0"});
  SECTION("the release after them is found") {
    newest.verified(manifest("v1.4.0"));
    CHECK(found_by(newest) == "v1.4.0");
    CHECK_FALSE(newest.gave_up());
  }
  SECTION("no release is found") {
    for (int i = 0; i < 3; ++i) newest.refused("cut");
    CHECK(newest.gave_up());
    CHECK(next_of(newest).empty());
    CHECK(found_by(newest).empty());
  }
}

TEST_CASE("a manifest of another application or version does not match the signature") {
  auto newest = search("v1.1.0 v1.2.0");
  auto other = manifest("v1.2.0");
  SECTION("another application") { other.app = "other"; }
  SECTION("another version") { other.version = "1.9.0"; }
  newest.verified(other);
  CHECK(newest.all_refused().size() == 1);
  CHECK(next_of(newest) == "v1.1.0");
}

TEST_CASE("a release for other installations is skipped, and is no failed verification") {
  auto newest = search("v1.1.0 v1.2.0 v1.3.0 v1.4.0 v1.5.0 v1.6.0 v1.7.0", "1.0.5");
  auto launcher = manifest("v1.7.0");
  launcher.launcher = 2;
  newest.verified(launcher);
  auto platform = manifest("v1.6.0");
  platform.payloads = {{"windows-x86_64", {"app.zip", 1}}};
  newest.verified(platform);
  newest.verified(std::nullopt);
  auto withdrawing = manifest("v1.4.0");
  withdrawing.withdrawn = {"1.3.0"};
  withdrawing.from = ">=1.1.0";
  newest.verified(withdrawing);
  newest.verified(manifest("v1.3.0"));
  auto step = manifest("v1.2.0");
  step.from = ">=1.0.5";
  newest.verified(step);
  CHECK(found_by(newest) == "v1.2.0");
  CHECK(newest.all_refused().empty());
  CHECK(newest.passed_over() ==
        std::vector<std::string>{
            "v1.7.0: it needs a newer launcher", "v1.6.0: it has nothing for linux-x86_64",
            "v1.5.0: it has no update.json",
            "v1.4.0: it can only be installed over 1.1.0 or higher", "v1.3.0: it was withdrawn"});
  REQUIRE(newest.withdrawn().size() == 1);
  CHECK(newest.withdrawn()[0] == version("1.3.0"));
}

TEST_CASE("a withdrawn version stays withdrawn, and a release may withdraw itself") {
  const auto ordered = core::candidates(releases("v1.1.0 v1.2.0 v1.3.0"), {}).ordered;
  core::NewestSearch newest(ordered, core::Installation{"app", "linux-x86_64", 1, version("1.0")},
                            {version("1.2.0")});
  auto itself = manifest("v1.3.0");
  itself.withdrawn = {"1.3.0"};
  newest.verified(itself);
  newest.verified(manifest("v1.2.0"));
  newest.verified(manifest("v1.1.0"));
  CHECK(found_by(newest) == "v1.1.0");
  CHECK(newest.withdrawn().size() == 2);
}

TEST_CASE("a mere download needs no update.json") {
  core::NewestSearch newest(core::candidates(releases("v1.1.0 v1.2.0"), {}).ordered, std::nullopt);
  newest.verified(std::nullopt);
  CHECK(found_by(newest) == "v1.2.0");
}

TEST_CASE("'is_latest' of a version has the order of the newest release") {
  const std::vector<std::string> tags = {
      "v1.2.0", "v1.10.0",        "v1.9.9",  "1.2",        "v2.0.0-rc.1", "2.0.0rc1",
      "v2.0.0", "v2.0.0+build.7", "nightly", "app/v1.5.0", "app/v1.10.0", "v1.10.0.post1"};
  for (const std::string& tag : tags) {
    const auto build = core::from_tag(tag, "git");
    if (!build || build->version.is_prerelease()) continue;
    for (const std::string& other : tags) {
      for (const int kind : {0, 1, 2}) {
        Release one = release(other, false);
        one.draft = kind == 1;
        one.prerelease = kind == 2;
        const Wanted wanted{std::string(core::version_prefix(tag)), Channel::stable, false,
                            build->version};
        INFO(tag << " " << other << " " << kind);
        CHECK(core::is_overtaken_by(*build, one) ==
              !core::candidates({one}, wanted).ordered.empty());
      }
    }
  }
}
