// SPDX-License-Identifier: MIT
#include "launcher/adoption.hpp"

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/span.hpp"
#include "core/update/update_config.hpp"
#include "core/version/json_scan.hpp"
#include "launcher/installed_entry.hpp"
#include "launcher/reads.hpp"
#include "launcher/trusted_keys.hpp"

namespace launcher {
namespace {

/// Written only if it changes.
void replace_text(FileSystem& files, const Path& file, const std::string& before,
                  const std::string& after) {
  if (before != after) files.write_durably(file, after);
}

/// As it is written in a JSON document, without its quotes.
std::string json_text(const std::string& text) {
  const std::string object = core::JsonObject().add("", text).text();
  constexpr std::size_t before = 5;  // {"":"
  constexpr std::size_t after = 2;   // "}
  return object.substr(before, object.size() - before - after);
}

void replace_member(std::string& document, const char* member, const std::string& value) {
  std::vector<core::Replacement> replacements;
  for (const core::Span& span : core::json_strings(document, {member})) {
    replacements.push_back({span, json_text(value)});
  }
  document = core::with_replacements(document, replacements);
}

void keep_only(FileSystem& files, const Path& folder, const std::string& version) {
  for (const std::string& name : names_in(folder)) {
    if (name != version) files.to_trash(folder / name);
  }
}

/// A version that was installed has left its note and its launcher there.
void clean_ready(const Folder& folder, FileSystem& files) {
  for (const std::string& name : names_in(folder.updater() / "ready")) {
    if (entry_at(folder.ready(name) / "current") == Entry::absent) {
      files.to_trash(folder.ready(name));
    }
  }
}

}  // namespace

std::string with_source(std::string_view config, const core::ReleaseFile& before,
                        const core::ReleaseFile& after) {
  std::string text(config);
  const core::Json json = core::Json::parse(text);
  const bool is_of_user =
      !before.server.empty() &&
      (json.string("server") != before.server || json.string("repository") != before.repository);
  if (after.server.empty() || is_of_user) return text;
  replace_member(text, "server", after.server);
  replace_member(text, "repository", after.repository);
  return text;
}

void adopt_release(const Folder& folder, FileSystem& files, const std::string& old_version) {
  const core::ReleaseFile after = release_in_use(folder);
  const auto before = release_in(folder.previous(old_version)).value_or(core::ReleaseFile());
  const std::string trusted = text_of(folder.trusted(), max_trusted).value_or("");
  TrustedKeys keys = TrustedKeys::parse(trusted);
  keys.adopt(before.keys, after.keys);
  if (keys.keys() != TrustedKeys::parse(trusted).keys()) {
    replace_text(files, folder.trusted(), trusted, keys.text());
  }
  const std::string config = text_of(folder.config(), core::max_update_config).value_or("");
  if (!config.empty()) {
    replace_text(files, folder.config(), config, with_source(config, before, after));
    if (core::parse_update_config(config).type == core::InstallType::installer)
      show_installed_version(after.app, after.version);
  }
  keep_only(files, folder.all_previous(), old_version);
  keep_only(files, folder.all_failed(), "");
  keep_only(files, folder.snapshots(), after.version);
  clean_ready(folder, files);
}

}  // namespace launcher
