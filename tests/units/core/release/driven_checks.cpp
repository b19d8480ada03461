// SPDX-License-Identifier: MIT
#include "units/core/release/driven_checks.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "core/release/checksums.hpp"

namespace driven {

using core::Action;
using core::Algorithm;
using core::Desired;
using core::Result;

Desired one_of_set(const Server& server, const std::string& name,
                   const std::vector<std::string>& set) {
  Desired desired = desired_for(server, {name});
  desired.required = set;
  return desired;
}

Desired desired_without_room(const Server& server, const Lines& names) {
  Desired desired = desired_for(server, names);
  desired.text = core::DesiredText{std::string(core::notes_limit - 100, 'x')};
  desired.checksums = {Algorithm::sha256};
  return desired;
}

Files numbered_files(int count) {
  Files files;
  for (int i = 0; i < count; ++i) files[fmt::format("file-{:04}", i)] = fmt::format("{:09}", i);
  return files;
}

Lines names_in(const Files& files) {
  Lines names;
  for (const auto& [name, content] : files) names.push_back(name);
  return names;
}

std::string checksums_of(const Files& files, Algorithm algorithm) {
  std::map<std::string, core::Digest> digests;
  for (const auto& [name, content] : files) digests[name] = core::digest_of(content, algorithm);
  return core::render_checksums(digests);
}

std::optional<Result> unreadable(const Action& action) {
  const bool reads = std::holds_alternative<core::ReadAsset>(action) ||
                     std::holds_alternative<core::ReadChecksums>(action);
  return reads ? std::optional<Result>(core::Ok{}) : std::nullopt;
}

core::Notes notes_of(const Server& server) {
  return core::parse_notes(server.release->body, !server.release->draft);
}

Lines asset_names(const Server& server) {
  Lines names;
  for (const core::Asset& asset : server.release->assets) names.push_back(asset.name);
  return names;
}

std::string content_of(const Server& server, const std::string& name) {
  std::string content;
  int count = 0;
  for (const core::Asset& asset : server.release->assets) {
    if (asset.name != name) continue;
    content = server.contents.at(asset.id);
    ++count;
  }
  CHECK(count <= 1);
  return content;
}

void check_asset(const Server& server, const std::string& name, const std::string& content) {
  std::vector<core::Asset> have = server.release->assets;
  std::erase_if(have, [&](const core::Asset& one) { return one.name != name; });
  REQUIRE(have.size() == 1);
  CHECK(server.contents.at(have[0].id) == content);
  CHECK(is_recorded(notes_of(server).record, have[0], core::digest_of(content)));
}

}  // namespace driven
