// SPDX-License-Identifier: MIT
#include "gitea/wire.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/dates.hpp"
#include "core/text/text.hpp"
#include "gitea/exchange.hpp"

namespace gitea {
namespace {

[[noreturn]] void lacks(const char* member) {
  throw core::Error(core::Fault::failed, fmt::format("the server's response has no '{}'", member),
                    strange_answer);
}

std::uint64_t required_id(const core::Json& json) {
  const std::uint64_t id = json.number("id");
  if (id == 0) lacks("id");
  return id;
}

std::string required_text(const core::Json& json, const char* member) {
  std::string text = json.string(member);
  if (text.empty()) lacks(member);
  return text;
}

/// Addresses are shown, linked to and passed to later steps. A control character, or a scheme other
/// than http(s), could be an attack. "" if the member is missing.
std::string parse_address(const core::Json& json, const char* member) {
  std::string text = json.string(member);
  const bool is_web = text.starts_with("https://") || text.starts_with("http://");
  const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte > ' ' && byte != 0x7F && c != '"' && c != '<' && c != '>' && c != '\\';
  });
  if (text.empty() || (is_web && is_plain)) return text;
  throw core::Error(core::Fault::failed,
                    fmt::format("in the server's response, '{}' is not a web address", member),
                    strange_answer);
}

}  // namespace

core::Asset parse_asset(const core::Json& json) {
  core::Asset asset;
  // A response with only an id may describe something else, which could then be deleted because of
  // its size.
  asset.id = required_id(json);
  asset.name = required_text(json, "name");
  if (!json.has("size")) lacks("size");
  asset.size = json.number("size");
  asset.uuid = json.string("uuid");
  asset.url = parse_address(json, "browser_download_url");
  asset.created = core::parse_timestamp(json.string("created_at")).value_or(asset.created);
  return asset;
}

core::Release parse_release(const core::Json& json) {
  core::Release release;
  release.id = required_id(json);
  release.tag = required_text(json, "tag_name");
  release.target = json.string("target_commitish");
  release.name = json.string("name");
  release.body = json.string("body");
  release.draft = json.boolean("draft");
  release.prerelease = json.boolean("prerelease");
  release.html_url = parse_address(json, "html_url");
  release.url = parse_address(json, "url");
  release.upload_url = parse_address(json, "upload_url");
  release.created = core::parse_timestamp(json.string("created_at")).value_or(release.created);
  for (const core::Json& asset : json.array("assets")) release.assets.push_back(parse_asset(asset));
  return release;
}

core::Release parse_listed_release(const core::Json& json) {
  constexpr std::size_t most = 16 << 10;  // bytes
  core::Release release = parse_release(json);
  release.body = core::shortened(release.body, most);
  return release;
}

core::Tag parse_tag(const core::Json& json) {
  const core::Json commit = json.object("commit");
  core::Tag tag{json.string("name"), parse_sha(commit)};
  tag.created = core::parse_timestamp(commit.string("created")).value_or(tag.created);
  // A lightweight tag has the id of its commit, and shows the message of the commit.
  if (json.string("id") != tag.commit) tag.message = json.string("message");
  return tag;
}

core::Commit parse_commit(const core::Json& json) {
  const core::Json details = json.object("commit");
  core::Commit commit;
  commit.sha = parse_sha(json);
  commit.message = details.string("message");
  commit.author = details.object("author").string("name");
  commit.url = parse_address(json, "html_url");
  commit.created = core::parse_timestamp(json.string("created")).value_or(commit.created);
  for (const core::Json& parent : json.array("parents")) {
    commit.parents.push_back(parse_sha(parent));
  }
  return commit;
}

std::optional<std::chrono::sys_seconds> parse_merged(const core::Json& json) {
  if (!json.boolean("merged")) return std::nullopt;
  return core::parse_timestamp(json.string("merged_at"));
}

std::chrono::sys_seconds parse_updated(const core::Json& json) {
  return core::parse_timestamp(json.string("updated_at")).value_or(std::chrono::sys_seconds{});
}

std::optional<core::PullRequest> parse_merged_pull(const core::Json& json) {
  const auto merged = parse_merged(json);
  if (!merged) return std::nullopt;
  core::PullRequest pull;
  pull.number = json.number("number");
  if (pull.number == 0) lacks("number");
  pull.title = required_text(json, "title");
  pull.author = json.object("user").string("login");
  if (core::lower(pull.author) == "ghost") pull.author.clear();  // stands for a deleted account
  for (const core::Json& label : json.array("labels")) pull.labels.push_back(label.string("name"));
  pull.merge_commit = json.string("merge_commit_sha");
  pull.merged = *merged;
  pull.updated = parse_updated(json);
  return pull;
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char c, char wanted) {
    return wanted == '-' ? c == '-' : core::is_hex_digit(c);
  });
}

std::string parse_sha(const core::Json& json) {
  constexpr std::size_t sha1 = 40;
  constexpr std::size_t sha256 = 64;
  std::string sha = required_text(json, "sha");
  const bool is_whole = sha.size() == sha1 || sha.size() == sha256;
  if (is_whole && std::all_of(sha.begin(), sha.end(), core::is_hex_digit)) return sha;
  throw core::Error(core::Fault::failed,
                    "in the server's response, 'sha' is not the id of a commit", strange_answer);
}

RepositoryInfo parse_repository(const core::Json& json) {
  RepositoryInfo info;
  info.default_branch = json.string("default_branch");
  info.archived = json.boolean("archived");
  info.empty = json.boolean("empty");
  if (json.has("has_releases")) info.has_releases = json.boolean("has_releases");
  info.mirror = json.boolean("mirror");
  info.administered = json.object("permissions").boolean("admin");
  return info;
}

std::vector<core::TagProtection> parse_tag_protections(const core::Json& json) {
  std::vector<core::TagProtection> protections;
  for (const core::Json& rule : json.elements()) {
    protections.push_back({rule.string("name_pattern"), rule.strings("whitelist_usernames"),
                           !rule.strings("whitelist_teams").empty()});
  }
  return protections;
}

std::string render(const core::CreateRelease& create) {
  core::JsonObject json;
  json.add("tag_name", create.tag);
  if (!create.target.empty()) json.add("target_commitish", create.target);
  json.add("name", create.name).add("body", create.body);
  json.add("draft", create.draft).add("prerelease", create.prerelease);
  return json.text();
}

std::string render(const core::EditRelease& edit) {
  core::JsonObject json;
  if (edit.name) json.add("name", *edit.name);
  if (edit.body) json.add("body", *edit.body);
  if (edit.draft) json.add("draft", *edit.draft);
  if (edit.prerelease) json.add("prerelease", *edit.prerelease);
  if (edit.target) json.add("target_commitish", *edit.target);
  return json.text();
}

std::string render(const core::CreateTag& create) {
  core::JsonObject json;
  json.add("tag_name", create.tag).add("message", create.message).add("target", create.target);
  return json.text();
}

}  // namespace gitea
