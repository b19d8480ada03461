// SPDX-License-Identifier: MIT
// Versions, names, patterns and the parts of a release, each with the worst inputs that its author
// could think of.
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/problems.hpp"
#include "core/release/asset_name.hpp"
#include "core/release/checksums.hpp"
#include "core/release/downloads.hpp"
#include "core/release/fan_in.hpp"
#include "core/release/notes.hpp"
#include "core/release/record.hpp"
#include "core/release/tag_protection.hpp"
#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/text.hpp"
#include "core/version/build_version.hpp"
#include "core/version/docker_tags.hpp"
#include "core/version/pep440.hpp"
#include "core/version/tag_name.hpp"
#include "core/version/tags.hpp"
#include "core/version/version.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::numbered;
using linear::repeated;

void nearest(const std::string& word) {
  core::nearest(word, {"files", "fail_on_unmatched_files", "generate_release_notes"});
}

/// A mistake in each line.
void mistakes(const std::string& text) {
  core::Problems problems;
  for (const std::string& line : core::lines(text)) problems.add(line);
}

/// A name of an asset in each line.
std::vector<core::Asset> assets_named(const std::string& text) {
  std::vector<core::Asset> assets;
  for (const std::string& name : core::lines(text)) {
    core::Asset asset;
    asset.id = assets.size() + 1;
    asset.name = name;
    asset.uuid = "01234567-89ab-cdef-0123-456789abcdef";
    assets.push_back(asset);
  }
  return assets;
}

/// With a record of all of them.
void assets(const std::string& text) {
  const auto all = assets_named(text);
  core::Notes notes;
  for (const core::Asset& asset : all) {
    core::parse_announcement(asset);
    core::fault_of_asset_name(asset.name);
    notes.record[asset.id] = core::record_entry(asset, core::Digest(std::string(64, 'a')));
  }
  core::render_notes(notes, all);
  core::render_downloads({}, {}, all, notes.record, {});
}

void sums(const std::string& text) { core::render_checksums(core::parse_checksums(text)); }

/// A rule in each line.
void protections(const std::string& text) {
  std::vector<core::TagProtection> rules;
  for (const std::string& pattern : core::lines(text)) rules.push_back({pattern, {"ann"}, false});
  core::forbidding_pattern(rules, "v1.0.0", "bob");
  core::protecting_patterns(rules, "v1.0.0");
}

/// A tag of the commit in each line, as git prints them.
void tags_of_a_commit(const std::string& text) {
  core::pick_tag(core::lines(text), "v99999999.0.0");
  core::from_tag(text, "git");
}

void version(const std::string& text) {
  core::parse_version(text);
  core::is_prerelease(text);
  core::pep440(text);
  core::version_prefix(text);
}

/// A tag in each line.
void previous(const std::string& text) {
  std::vector<core::Tag> tags;
  for (const std::string& name : core::lines(text)) tags.push_back({name, "c"});
  core::previous_tag("v99999999.0.0", "d", tags);
  core::previous_tag("nightly", "d", tags);
}

void braces(const std::string& pattern) { core::expand_braces(pattern); }

void pattern(const std::string& text) {
  core::is_literal(text);
  core::unescaped(text);
  core::segments(text);
  core::matches_segment(text, "a");
  core::matches_path(text, "a/b");
}

void name(const std::string& text) {
  core::matches_segment("*a*a*a*b", text);
  core::matches_segment("*[!a-c]*[x-z]?", text);
  core::matches_path("**/a/**/a/b", text);
}

}  // namespace

TEST_CASE("reading versions takes time in proportion to their length") {
  linear::check({
      {"numbers", many("1."), version},
      {"one number", many("9"), version},
      {"zeros", many("0"), version},
      {"identifiers", many("a.", "1.0.0-"), version},
      {"one identifier", many("a", "1.0.0-"), version},
      {"hyphens", many("-", "1.0.0"), version},
      {"a local version", many("a.", "1.0.0+"), version},
      {"separators", many("._-", "1.0"), version},
      {"words of PEP 440", many("rc"), version},
      {"numbers of PEP 440", many("post1.dev1", "1.0"), version},
      {"prefixes", many("a/@"), version},
      {"an epoch", many("1!"), version},
      {"tags", numbered("v1.", ".0\n"), previous},
      {"one tag", many("v1.0.0\n"), previous},
      {"tags with long versions",
       [](std::size_t bytes) {
         return "v" + repeated("1.", bytes / 2) + "1\n" + repeated("v1.1.1\n", bytes / 2);
       },
       previous},
  });
}

TEST_CASE("handling a release takes time in proportion to its size") {
  const std::string digest(64, 'a');
  linear::check({
      {"assets", numbered("app-", ".zip\n"), assets},
      {"assets of one name", many("app.zip\n"), assets},
      {"names to be escaped", many("[a_b*c]"), assets},
      {"entries of assets", numbered(".sha256.", "." + digest + ".a\n"), assets},
      {"an entry with a long number", many("1", ".sha256."), assets},
      {"an entry with a long name", many("a", ".sha256.1." + digest + "."), assets},
      {"sums", numbered(digest + "  app-", ".zip\n"), sums},
      {"sums of one name", many(digest + "  a\n"), sums},
      {"a sum of a long name", many("\\", "\\" + digest + "  "), sums},
      {"a long sum", many("a"), sums},
      {"blanks of sums", many("  "), sums},
      {"rules of tags", many("w*\n"), protections},
      {"rules with braces", many("{a,b}{a,b}*\n"), protections},
      {"a long rule", many("*"), protections},
      {"a long expression", many("(a", "/", "/"), protections},
      {"tags of a commit", numbered("v1.", ".0\n"), tags_of_a_commit},
  });
}

TEST_CASE("matching patterns and names takes time in proportion to their length") {
  linear::check({
      {"brackets without an end", many("["), pattern},
      {"brackets without an end", many("["), braces},
      {"an open bracket and stars", many("*", "["), pattern},
      {"brackets", many("[a]"), pattern},
      {"a long bracket", many("a", "[", "]"), pattern},
      {"ranges", many("a-b", "[", "]"), pattern},
      {"stars", many("*"), pattern},
      {"stars of segments", many("**/"), pattern},
      {"question marks", many("?"), pattern},
      {"backslashes", many("\\"), pattern},
      {"slashes", many("/"), pattern},
      {"braces without an end", many("{"), braces},
      {"braces", many("{a}"), braces},
      {"braces that end alone", many("}"), braces},
      {"alternatives", many(",", "{", "}"), braces},
      {"a brace and much text", many("x", "{a,b}"), braces},
      {"a hundred braces and much text", many("x", repeated("{a}", 300)), braces},
      {"nested braces and much text", many("x", std::string(100, '{'), std::string(100, '}')),
       braces},
      {"escapes and braces", many("\\{"), braces},
      {"names of one letter", many("a"), name},
      {"names of two letters", many("ab"), name},
      {"names beyond ASCII", many("\xC3\xA4"), name},
      {"bytes that continue nothing", many("\x80"), name},
      {"paths", many("a/"), name},
      {"deep paths without a match", many("a/b/"), name},
  });
}

TEST_CASE("reporting mistakes takes time in proportion to their number") {
  linear::check({
      {"different mistakes", numbered("mistake ", "\n"), mistakes},
      {"one mistake", many("mistake\n"), mistakes},
  });
}

TEST_CASE("functions for texts take time in proportion to the length of their input") {
  const std::vector<std::pair<const char*, std::function<void(const std::string&)>>> helpers = {
      {"lines", [](const std::string& text) { core::lines(text); }},
      {"normalized", [](const std::string& text) { core::normalized(text); }},
      {"one_line", [](const std::string& text) { core::one_line(text, text.size()); }},
      {"one_line, cut", [](const std::string& text) { core::one_line(text); }},
      {"is_utf8", [](const std::string& text) { core::is_utf8(text); }},
      {"characters", [](const std::string& text) { core::characters(text); }},
      {"percent_encoded", [](const std::string& text) { core::percent_encoded(text); }},
      {"nearest", nearest},
      {"without_leading_zeros", [](const std::string& text) { core::without_leading_zeros(text); }},
      {"parse_requested_checksums",
       [](const std::string& text) { core::parse_requested_checksums(text); }},
      {"fault_of_tag_name", [](const std::string& text) { core::fault_of_tag_name(text); }},
      {"parse_required", [](const std::string& text) { core::parse_required(text); }},
      {"parse_images",
       [](const std::string& text) {
         core::Problems problems;
         core::parse_images(text, problems);
         problems.throw_if_any();
       }},
      {"with_appended", [](const std::string& text) { core::with_appended(text, text + "x"); }},
  };
  for (const auto& [helper, parse] : helpers) {
    for (const char* part : {"a", " ", "\n", "a\n", "\x80", "/"}) {
      linear::check({std::string(helper) + " of '" + part + "'", many(part), parse});
    }
  }
}
