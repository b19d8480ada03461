// SPDX-License-Identifier: MIT
#include "inputs/aliases.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/text/text.hpp"

namespace inputs {
namespace {

using Use = Alias::Use;

constexpr const char* forgejo_release = "actions/forgejo-release";
constexpr const char* gitea_action = "actions/release-action";
constexpr const char* create_release = "actions/create-release";
constexpr const char* upload_asset = "actions/upload-release-asset";
constexpr const char* ncipollo = "ncipollo/release-action";
constexpr const char* softprops = "softprops/action-gh-release";
constexpr const char* svenstaro = "svenstaro/upload-release-action";
constexpr const char* drone = "drone-gitea-release";

constexpr const char* no_gpg =
    "This action does not sign with GPG. Remove the input, and sign the files in an earlier step.";
constexpr const char* is_upload =
    "This action only publishes. Download files of a release from the server "
    "(…/releases/download/TAG/NAME).";

/// Puts the parts of "a,b" on separate lines, but keeps commas within braces.
std::string between_commas(const std::string& value) {
  std::string result;
  int depth = 0;
  for (const char c : value) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    result += c == ',' && depth <= 0 ? '\n' : c;
  }
  return result;
}

std::string files_below(const std::string& directory) {
  std::string path(core::trim(directory));
  while (path.ends_with('/')) path.pop_back();
  return path + "/*";
}

std::string skip_if_true(const std::string& value) {
  return core::lower(core::trim(value)) == "true" ? "skip" : "update";
}

/// Drone's `file_exists`.
std::string overwrite_word(const std::string& value) {
  const std::string word = core::lower(core::trim(value));
  if (word == "overwrite") return "true";
  return word == "skip" ? "false" : word;
}

std::string variable_of(const std::string& prefix, std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return prefix + core::upper(name);
}

/// A runner that starts a container keeps dashes in the name of an input.
std::string input_of(const runner::Environment& environment, const std::string& name) {
  std::string value = runner::value_of(environment, variable_of("INPUT_", name));
  if (!value.empty()) return value;
  return runner::value_of(environment, "INPUT_" + core::upper(name));
}

class Application {
 public:
  Application(Values& values, const runner::Environment& environment, core::Problems& problems)
      : values_(values), environment_(environment), problems_(problems) {}

  std::vector<std::string> run() {
    join_owner_and_repository();
    join_path_and_name();
    for (const Alias& alias : alias_table()) {
      if (!is_taken(alias.name)) apply(alias, input_of(environment_, alias.name));
    }
    take_plugin_settings();
    return std::move(warnings_);
  }

 private:
  bool is_taken(std::string_view name) const {
    return std::find(taken_.begin(), taken_.end(), name) != taken_.end();
  }

  /// actions/create-release has both; `repo` alone is forgejo-release's "owner/name".
  void join_owner_and_repository() {
    const std::string owner = input_of(environment_, "owner");
    const std::string repository = input_of(environment_, "repo");
    if (owner.empty() || repository.empty()) return;
    set("repository", "owner and repo", owner + "/" + repository);
    taken_.insert(taken_.end(), {"owner", "repo"});
  }

  /// The single file of upload actions, with its asset name.
  void join_path_and_name() {
    const std::string name(core::trim(input_of(environment_, "asset_name")));
    if (name.empty()) return;
    taken_.emplace_back("asset_name");
    for (const char* path : {"asset_path", "file"}) {
      const std::string file(core::trim(input_of(environment_, path)));
      if (file.empty()) continue;
      set("files", fmt::format("{} and asset_name", path), file + " => " + name);
      taken_.emplace_back(path);
      return;
    }
    problems_.add("asset_name: 'asset_path' or 'file' is missing", "Write 'files: path => name'.");
  }

  void apply(const Alias& alias, const std::string& value) {
    if (core::trim(value).empty()) return;
    switch (alias.use) {
      case Use::same:
        return set(alias.option, alias.name, alias.convert ? alias.convert(value) : value);
      case Use::ignored:
        warnings_.push_back(fmt::format("{}: {}", alias.name, alias.says));
        return;
      case Use::refused:
        if (alias.accepted != nullptr && core::trim(value) == alias.accepted) return;
        problems_.add(fmt::format("{}: this input of {} is not supported", alias.name, alias.tools),
                      alias.says);
    }
  }

  void set(const std::string& option, const std::string& alias, const std::string& value) {
    std::string& present = values_[option].text;
    // The job's own token is the default of the input, and was not set by the user.
    const bool is_default = option == "token" && present == values_["job_token"].text;
    if (!core::trim(present).empty() && !is_default && core::trim(present) != core::trim(value)) {
      const std::string shown = option == "token" ? "" : ": '" + core::one_line(value) + "'";
      problems_.add(
          fmt::format("{} is another name for '{}', and both are set{}", alias, option, shown),
          fmt::format("Keep '{}'.", option));
      return;
    }
    present = value;
  }

  /// Drone and Woodpecker pass settings as PLUGIN_*, and lists separated by commas.
  void take_plugin_settings() {
    for (const Alias& alias : alias_table()) {
      const std::string value = runner::value_of(environment_, variable_of("PLUGIN_", alias.name));
      if (std::string_view(alias.tools).find(drone) != std::string_view::npos) apply(alias, value);
    }
    for (const char* name : {"files", "draft", "prerelease", "insecure", "checksums"}) {
      const std::string value = runner::value_of(environment_, variable_of("PLUGIN_", name));
      if (!value.empty()) set(name, variable_of("PLUGIN_", name), between_commas(value));
    }
  }

  Values& values_;
  const runner::Environment& environment_;
  core::Problems& problems_;
  std::vector<std::string> taken_;
  std::vector<std::string> warnings_;
};

}  // namespace

std::string Alias::variable() const { return variable_of("INPUT_", name); }

const std::vector<Alias>& alias_table() {
  constexpr const char* always_updated = "not needed, because an existing release is updated";
  constexpr const char* not_on_server = "ignored, because Gitea and Forgejo have no such feature";
  static const std::vector<Alias> table = {
      {"title", "actions/forgejo-release, actions/release-action, drone-gitea-release", Use::same,
       "name"},
      {"release_name", "actions/create-release, svenstaro/upload-release-action", Use::same,
       "name"},
      {"tag", "actions/forgejo-release, ncipollo/release-action, svenstaro/upload-release-action",
       Use::same, "tag_name"},
      {"sha", forgejo_release, Use::same, "target_commitish"},
      {"commit", ncipollo, Use::same, "target_commitish"},
      {"commitish", create_release, Use::same, "target_commitish"},
      {"target_commit", svenstaro, Use::same, "target_commitish"},
      {"url", forgejo_release, Use::same, "server_url"},
      {"base_url", drone, Use::same, "server_url"},
      {"repo", "actions/forgejo-release, actions/create-release", Use::same, "repository"},
      {"repo_name", svenstaro, Use::same, "repository"},
      {"owner", create_release, Use::refused, nullptr, nullptr, "Write 'repository: owner/name'."},
      {"api_key", "actions/release-action, drone-gitea-release", Use::same, "token"},
      {"repo_token", svenstaro, Use::same, "token"},
      {"note", drone, Use::same, "body"},
      {"release-notes", forgejo_release, Use::same, "body"},
      {"release-notes-file", forgejo_release, Use::same, "body_path"},
      {"bodyFile", ncipollo, Use::same, "body_path"},
      {"generateReleaseNotes", ncipollo, Use::same, "generate_release_notes"},
      {"generateReleaseNotesPreviousTag", ncipollo, Use::same, "previous_tag"},
      {"pre_release", gitea_action, Use::same, "prerelease"},
      {"release-dir", forgejo_release, Use::same, "files", files_below},
      {"artifacts", ncipollo, Use::same, "files", between_commas},
      {"artifact", ncipollo, Use::same, "files", between_commas},
      {"file", svenstaro, Use::same, "files"},
      {"asset_path", upload_asset, Use::same, "files"},
      {"asset_name", "actions/upload-release-asset, svenstaro/upload-release-action", Use::refused,
       nullptr, nullptr, "Write 'files: path => name'."},
      {"overwrite", svenstaro, Use::same, "overwrite_files"},
      {"replacesArtifacts", ncipollo, Use::same, "overwrite_files"},
      {"file_exists", drone, Use::same, "overwrite_files", overwrite_word},
      {"removeArtifacts", ncipollo, Use::same, "remove_other_files"},
      {"checksum", drone, Use::same, "checksums", between_commas},
      {"skipIfReleaseExists", ncipollo, Use::same, "if_exists", skip_if_true},
      {"makeLatest", ncipollo, Use::same, "make_latest"},
      {"override", forgejo_release, Use::ignored, nullptr, nullptr, always_updated},
      {"allowUpdates", ncipollo, Use::ignored, nullptr, nullptr, always_updated},
      {"upload_url", upload_asset, Use::ignored, nullptr, nullptr,
       "not needed, because the release is found by its tag"},
      {"asset_content_type", upload_asset, Use::ignored, nullptr, nullptr,
       "not needed, because the server detects it"},
      {"artifactContentType", ncipollo, Use::ignored, nullptr, nullptr,
       "not needed, because the server detects it"},
      {"artifactErrorsFailBuild", ncipollo, Use::ignored, nullptr, nullptr,
       "not needed, because a failed upload always fails the step"},
      {"file_glob", svenstaro, Use::ignored, nullptr, nullptr,
       "not needed, because 'files' accepts patterns"},
      {"verbose", forgejo_release, Use::ignored, nullptr, nullptr, "has no effect"},
      {"hide-archive-link", forgejo_release, Use::ignored, nullptr, nullptr, "has no effect"},
      {"preserve_order", softprops, Use::ignored, nullptr, nullptr,
       "has no effect, because the server sorts assets itself"},
      {"discussion_category_name", softprops, Use::ignored, nullptr, nullptr, not_on_server},
      {"discussionCategory", ncipollo, Use::ignored, nullptr, nullptr, not_on_server},
      {"direction", forgejo_release, Use::refused, nullptr, nullptr, is_upload, "upload"},
      {"gpg-private-key", forgejo_release, Use::refused, nullptr, nullptr, no_gpg},
      {"gpg-passphrase", forgejo_release, Use::refused, nullptr, nullptr, no_gpg},
      {"updateOnlyUnreleased", ncipollo, Use::refused, nullptr, nullptr,
       "Write 'if_exists: fail' or 'if_exists: skip', which do not change a published release."},
  };
  return table;
}

std::string option_of_alias(const std::string& name) {
  const std::string wanted = variable_of("", name);
  for (const Alias& alias : alias_table()) {
    if (alias.option != nullptr && variable_of("", alias.name) == wanted) return alias.option;
  }
  return {};
}

std::vector<std::string> apply_aliases(Values& values, const runner::Environment& environment,
                                       core::Problems& problems) {
  return Application(values, environment, problems).run();
}

}  // namespace inputs
