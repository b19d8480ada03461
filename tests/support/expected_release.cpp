// SPDX-License-Identifier: MIT
#include "support/expected_release.hpp"

#include <fmt/format.h>

#include <sstream>

#include "core/text/text.hpp"
#include "support/observer.hpp"
#include "support/rules.hpp"

namespace support {
namespace {

constexpr const char* sums_file = "SHA256SUMS";

class Comparison {
 public:
  Comparison(Server& server, const std::string& tag, const ExpectedRelease& final)
      : server_(server), tag_(tag), final_(final) {}

  Found run() {
    check_rows();
    if (!server_.has_release(tag_)) {
      found_.faults.emplace_back("NO RELEASE");
      return found_;
    }
    const Release release = server_.release(tag_);
    check_fields(release);
    check_assets(release);
    if (!final_.draft) expect(!server_.tag_commit(tag_).empty(), "NO TAG");
    return found_;
  }

 private:
  void expect(bool condition, const std::string& what) {
    if (!condition) found_.faults.push_back(what);
  }

  void expect_true(bool condition, const std::string& lie) {
    expect(condition, lie);
    if (!condition) found_.lies.push_back(lie);
  }

  void check_rows() {
    int releases = 0;
    for (const core::Json& row : server_.rows()) {
      if (core::lower(row.string("tag_name")) != core::lower(tag_)) continue;
      ++releases;
      if (row.boolean("is_tag")) continue;
      check_record(row);
      check_checksums(row);
    }
    expect(releases <= 1, fmt::format("{} rows for the tag", releases));
  }

  /// An entry of the record is proof: it may be missing, but never be wrong.
  void check_record(const core::Json& row) {
    const auto record = record_in(row.string("body"));
    for (const core::Json& asset : row.array("assets")) {
      const auto entry = record.find(asset.number("id"));
      if (entry == record.end()) {
        ++found_.entries_missing;
        continue;
      }
      const std::string truth =
          asset.string("uuid").substr(0, 8) + ":" + base64_of_hex(asset.string("sha256"));
      expect_true(entry->second == truth, "the record lies about " + asset.string("name"));
    }
  }

  /// A line of SHA256SUMS may be missing as well, and never be wrong.
  void check_checksums(const core::Json& row) {
    std::map<std::string, std::string> digests;
    for (const core::Json& asset : row.array("assets")) {
      digests[asset.string("name")] = asset.string("sha256");
    }
    if (digests.erase(sums_file) == 0) return;
    digests.erase("SHA256SUMS.minisig");
    std::istringstream sums(server_.download(tag_, sums_file).body);
    for (std::string digest, name; sums >> digest && std::getline(sums >> std::ws, name);) {
      const auto asset = digests.find(name);
      expect_true(asset != digests.end() && asset->second == digest, "WRONG SUM of " + name);
      digests.erase(name);
    }
    found_.sums_missing = static_cast<int>(digests.size());
  }

  void check_fields(const Release& release) {
    expect(release.draft == final_.draft, release.draft ? "LEFT A DRAFT" : "PUBLIC");
    expect(mark_in(release.body).empty(), "MARK LEFT");
    expect(final_.titles.empty() || final_.titles.contains(release.name), "TITLE " + release.name);
    const std::string text = text_of(release.body);
    expect(final_.texts.empty() || final_.texts.contains(text), "NOTES " + text);
    expect(!final_.prerelease || *final_.prerelease == release.prerelease, "PRERELEASE FLAG");
  }

  void check_assets(const Release& release) {
    std::vector<std::string> wanted;
    for (const auto& [name, contents] : final_.assets) wanted.push_back(name);
    expect(release.names() == wanted,
           fmt::format("ASSETS {} instead of {}", core::join(release.names(), ", "),
                       core::join(wanted, ", ")));
    for (const auto& [name, contents] : final_.assets) {
      const auto answer = server_.download(tag_, name);
      const bool is_right = contents.empty() || contents.contains(answer.body);
      expect(answer.status == 200 && is_right,
             fmt::format("DOWNLOAD of {}: {}, {} bytes that nobody brought", name, answer.status,
                         answer.body.size()));
    }
  }

  Server& server_;
  const std::string& tag_;
  const ExpectedRelease& final_;
  Found found_;
};

}  // namespace

Found compare(Server& server, const std::string& tag, const ExpectedRelease& final) {
  return Comparison(server, tag, final).run();
}

}  // namespace support
