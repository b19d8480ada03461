// SPDX-License-Identifier: MIT
#include "units/core/release/simulated_server.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/digest.hpp"
#include "core/text/glob.hpp"
#include "core/text/text.hpp"

namespace simulation {

using core::Asset;
using core::Release;

bool is_announcement(const Asset& asset) { return asset.name.starts_with(".sha256."); }

std::optional<Release> Server::create(const core::CreateRelease& request) {
  if (release) return std::nullopt;
  Release made;
  made.id = 1;
  made.tag = request.tag;
  made.target = request.target;
  if (tag_commit) made.target = table_is_behind ? "main" : "";
  made.name = request.name;
  made.body = request.body;
  made.draft = request.draft;
  made.prerelease = request.prerelease;
  if (!made.draft && !tag_commit) tag_commit = request.target;
  release = made;
  account.push_back("create");
  check();
  return release;
}

std::optional<Asset> Server::upload(const std::string& name, const std::string& content,
                                    bool late) {
  if (!release) return std::nullopt;
  Asset asset;
  asset.id = next_id_++;
  asset.name = name;
  asset.size = content.size();
  asset.uuid = fmt::format("{:08x}-0000", asset.id * 7919);
  asset.created = clock;
  release->assets.push_back(asset);
  contents[asset.id] = content;
  if (late) came_late_.insert(asset.id);
  account.push_back(
      fmt::format("upload {} {} = {}{}", asset.id, name, content, late ? " (late)" : ""));
  if (is_announcement(asset) && is_published() && !late && !has_silent_runs)
    fail("an entry went into a public release");
  check();
  return asset;
}

void Server::remove(std::uint64_t id) {
  if (!release) return;
  const auto found = std::find_if(release->assets.begin(), release->assets.end(),
                                  [id](const Asset& asset) { return asset.id == id; });
  if (found == release->assets.end()) return;
  const Asset gone = *found;
  release->assets.erase(found);
  account.push_back(fmt::format("delete {} {}", id, gone.name));
  if (is_published() && !is_announcement(gone) && named(gone.name).empty()) {
    fail("a published file is gone: " + gone.name);
  }
  check();
}

Release Server::finish_edit(Release row, const core::EditRelease& request, bool late) {
  const bool was_draft = release->draft;
  const bool was_published = is_published();
  if (request.name) row.name = *request.name;
  if (request.body) row.body = *request.body;
  if (request.draft) row.draft = *request.draft;
  if (request.prerelease) row.prerelease = *request.prerelease;
  if (request.target) row.target = *request.target;
  row.assets = release->assets;
  release = row;
  account.push_back(fmt::format("edit{}{}: {}",
                                request.draft ? *request.draft ? " draft" : " public" : "",
                                late ? " (late)" : "", core::join(request.changes, ", ")));
  // A read may show an earlier state: the release has been published again.
  const bool puts_back = request.draft == true && !request.target;
  // Digests that are announced in the notes may be overwritten, whatever has happened meanwhile.
  if (release->draft && was_published && !late && !puts_back && takes_entries)
    fail("a published release was hidden");
  if (was_draft && !release->draft) {
    if (!tag_commit) tag_commit = release->target;
    if (!late && request.draft == false) {
      const std::string wrong = fault_in_public();
      if (!wrong.empty()) fail("published: " + wrong);
    }
  }
  check();
  return *release;
}

void Server::flip() {
  table_is_behind = false;
  if (!release || !release->draft) return;
  release->draft = false;
  account.emplace_back("the server publishes the draft");
}

std::vector<Asset> Server::named(const std::string& name) const {
  std::vector<Asset> result;
  for (const Asset& asset : release->assets) {
    if (asset.name == name) result.push_back(asset);
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return result;
}

bool Server::is_published() const {
  return release && !release->draft && !core::parse_notes(release->body, true).mark;
}

std::string Server::fault_in_checksums(bool with_foreign) const {
  std::string wanted;
  std::map<std::string, std::uint64_t> highest;
  for (const Asset& asset : release->assets) {
    if (!is_announcement(asset)) highest[asset.name] = std::max(highest[asset.name], asset.id);
  }
  for (const auto& [name, id] : highest) {
    if (name != "SHA256SUMS") wanted += core::digest_of(contents.at(id)) + "  " + name + "\n";
  }
  const auto have = named("SHA256SUMS");
  if (have.empty()) return "there is no SHA256SUMS";
  const std::string& there = contents.at(have.back().id);
  if (there == wanted) return "";
  if (with_foreign) return "SHA256SUMS is wrong";
  // Files that no job announces, and that cannot be read, are left out, unless the release waits
  // for them.
  for (const std::string& line : core::lines(there)) {
    if (wanted.find(line + "\n") == std::string::npos) return "SHA256SUMS has a wrong line";
  }
  for (const std::string& line : core::lines(wanted)) {
    const bool required = core::is_required(demands_.required, line.substr(line.find("  ") + 2));
    if (required && all_can_be_told && there.find(line) == std::string::npos) {
      return "SHA256SUMS is short";
    }
  }
  return "";
}

std::string Server::fault_in_public() const {
  for (const std::string& pattern : demands_.required) {
    const bool there =
        std::any_of(release->assets.begin(), release->assets.end(),
                    [&](const Asset& asset) { return core::matches_segment(pattern, asset.name); });
    if (!there) return "nothing matches " + pattern;
  }
  for (const Asset& asset : release->assets) {
    if (is_announcement(asset) && !came_late_.contains(asset.id) && !has_silent_runs)
      return "an entry can be seen";
  }
  if (release->body.find("being filled") != std::string::npos) return "the mark can be seen";
  if (demands_.checksums && !demands_.required.empty()) return fault_in_checksums(false);
  return "";
}

/// At every moment: the record is correct.
void Server::check() {
  if (!release) return;
  const core::Notes notes = core::parse_notes(release->body, !release->draft);
  for (const Asset& asset : release->assets) {
    const auto told = notes.record.find(asset.id);
    if (told == notes.record.end()) continue;
    if (told->second != core::record_entry(asset, core::digest_of(contents.at(asset.id)))) {
      fail(fmt::format("the record lies about {}", asset.id));
    }
  }
}

void Server::fail(const std::string& what) {
  if (fault.empty()) fault = what;
  account.push_back("FAULT: " + what);
}

}  // namespace simulation
