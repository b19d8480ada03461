// SPDX-License-Identifier: MIT
#include "commands/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "commands/job_signing.hpp"
#include "core/problems.hpp"
#include "core/release/changelog.hpp"
#include "core/release/checksums.hpp"
#include "core/release/fan_in.hpp"
#include "core/release/notes.hpp"
#include "core/text/text.hpp"
#include "core/version/version.hpp"
#include "disk/files.hpp"
#include "disk/workspace.hpp"
#include "gitea/http.hpp"

namespace commands {
namespace {

constexpr const char* notes_file = "RELEASE_NOTES.md";
constexpr std::size_t max_title_length = 255;  // characters; servers shorten longer titles

using core::Problems;

class Gathering {
 public:
  Gathering(const inputs::Publish& inputs, const Context& context)
      : inputs_(inputs),
        context_(context),
        problems_(context.problems),
        log_(context.log),
        job_{inputs, context.facts} {}

  Job run() {
    const std::string& directory = inputs_.working_directory;
    job_.destination = find_destination(inputs_.server, directory, context_);
    problems_.collect([&] { workspace_ = open_workspace(context_.facts, directory); });
    job_.desired.tag = find_tag_name(inputs_.tag_name, context_);
    problems_.collect([&] { find_text(); });
    find_fields();
    find_assets();
    problems_.collect([&] { find_checksums(); });
    problems_.collect([&] { find_required(); });
    problems_.collect([&] {
      find_signing(inputs_, job_.destination.repository.full(), job_.desired, problems_);
    });
    problems_.throw_if_any();
    warn();
    return std::move(job_);
  }

 private:
  void find_text() {
    std::vector<std::string> given;
    if (!inputs_.text.body.empty()) given.emplace_back("body");
    if (!inputs_.text.body_path.empty()) given.emplace_back("body_path");
    if (!inputs_.text.changelog_path.empty()) given.emplace_back("changelog_path");
    if (given.size() > 1) {
      problems_.add(core::join(given, ", ") + " each set the notes", "Use only one of them.");
      return;
    }
    core::DesiredText text;
    text.append = inputs_.text.append_body;
    text.prepend = inputs_.text.prepend_body;
    if (text.append && text.prepend) {
      problems_.add("append_body and prepend_body contradict each other", "Use only one of them.");
    }
    if (!inputs_.text.changelog_path.empty()) {
      text.text = read_section();
    } else if (!inputs_.text.body_path.empty()) {
      text.text = read(inputs_.text.body_path, "body_path");
    } else if (!inputs_.text.body.empty()) {
      text.text = inputs_.text.body;
    } else if (const auto found = read_found_notes()) {
      text.text = *found;
      text.only_where_empty = true;
      text.append = text.prepend = false;
    } else {
      return;
    }
    if (!core::is_utf8(text.text) || text.text.find('\0') != std::string::npos) {
      problems_.add("the notes are not valid UTF-8 text", "Save the file as UTF-8.");
      return;
    }
    text.text = core::incoming_text(text.text);
    if (!text.text.empty()) job_.desired.text = text;
  }

  /// Empty without a workspace; that problem has already been added.
  std::string read(const std::string& path, const std::string& option) const {
    return workspace_ ? workspace_->read(path, option) : "";
  }

  std::optional<std::string> read_found_notes() const {
    return workspace_ ? workspace_->read_if_there(notes_file, notes_file) : std::nullopt;
  }

  std::string read_section() const {
    const std::string& path = inputs_.text.changelog_path;
    const std::string text = read(path, "changelog_path");
    // Without a tag there is no section to find; that problem has already been added.
    if (job_.desired.tag.empty() || !workspace_) return {};
    return core::changelog_section(text, job_.desired.tag, "changelog_path: " + path);
  }

  void find_fields() {
    core::Desired& desired = job_.desired;
    if (!inputs_.name.empty()) {
      desired.name = std::string(core::trim(inputs_.name));
      if (!core::is_utf8(*desired.name) || core::characters(*desired.name) > max_title_length) {
        problems_.add(
            fmt::format("name: a title can have at most {} characters, but this one has {}",
                        max_title_length, core::characters(*desired.name)));
      }
    }
    desired.draft = inputs_.draft;
    desired.only_sign = inputs_.only_sign;
    desired.prerelease_when_new = core::is_prerelease(desired.tag);
    if (inputs_.prerelease == inputs::Prerelease::by_version)
      desired.prerelease = desired.prerelease_when_new;
    if (inputs_.prerelease == inputs::Prerelease::yes) desired.prerelease = true;
    if (inputs_.prerelease == inputs::Prerelease::no) desired.prerelease = false;
    if (inputs_.text.downloads.value_or(false)) desired.downloads = inputs_.text.downloads_table;
    desired.tag_message = inputs_.tag_message;
    desired.target = core::trim(inputs_.target_commitish);
    desired.upload_before_publish = inputs_.upload_before_publish;
    desired.overwrite = inputs_.assets.overwrite_files;
    desired.remove_others = inputs_.assets.remove_other_files;
    desired.edit_for_record_alone = job_.facts.event != "release";
  }

  void find_assets() {
    if (core::trim(inputs_.assets.files).empty() || !workspace_) return;
    disk::FileSearch search;
    search.patterns = inputs_.assets.files;
    search.home = runner::value_of(context_.environment, "HOME");
    search.fail_on_unmatched = inputs_.assets.fail_on_unmatched_files;
    search.max_size = gitea::max_file;
    search.say = [this](const std::string& text) { log_.line(text); };
    disk::FoundFiles found = disk::find_files(*workspace_, search, problems_);
    job_.desired.files = std::move(found.files);
    for (const std::string& warning : found.warnings) log_.warning(warning);
  }

  void find_checksums() {
    core::Desired& desired = job_.desired;
    std::string algorithms = inputs_.assets.checksums;
    if (inputs_.assets.sha256sum) algorithms += " sha256";
    if (inputs_.assets.md5sum) algorithms += " md5";
    const core::RequestedChecksums requested = core::parse_requested_checksums(algorithms);
    desired.checksums = requested.algorithms;
    const std::string_view name_pattern = core::trim(inputs_.assets.checksums_name);
    if (!name_pattern.empty())
      desired.checksum_names = core::ChecksumNames(name_pattern, desired.checksums);
    if (requested.per_file) desired.checksum_names.add_per_file(desired.checksums);
    for (const core::LocalFile& file : desired.files) {
      if (!desired.checksum_names.asset_of(file.name)) continue;
      problems_.add(
          fmt::format("checksums: 'files' contains {}, but with 'per-file' this run writes "
                      "such files itself",
                      core::one_line(file.name)),
          "Exclude it from 'files' with a pattern such as '!**/*.sha256'.");
    }
    for (const core::Algorithm algorithm : desired.checksums) {
      const std::string& name = desired.checksum_names.of(algorithm);
      const bool clash =
          std::any_of(desired.files.begin(), desired.files.end(),
                      [&](const core::LocalFile& file) { return file.name == name; });
      if (clash) {
        problems_.add(fmt::format("checksums: 'files' already contains a file named {}", name),
                      "Remove one of them, or set a different name with 'checksums_name'.");
      }
    }
  }

  void find_required() {
    job_.desired.required = core::parse_required(inputs_.assets.required_files);
    if (!job_.desired.required.empty() && !inputs_.upload_before_publish) {
      problems_.add("required_files and upload_before_publish: false contradict each other",
                    "Remove one of them: a release that waits for files cannot be published before "
                    "they are uploaded.");
    }
  }

  void warn() {
    if (!inputs_.make_latest.empty()) {
      log_.warning(
          "make_latest: ignored, because Gitea has no such setting; it shows the newest stable "
          "release as the latest");
    }
    if (!core::trim(inputs_.assets.checksums_name).empty() && job_.desired.checksums.empty()) {
      log_.warning("checksums_name: ignored, because 'checksums' is not set");
    }
    const bool adds = inputs_.text.append_body || inputs_.text.prepend_body;
    if (adds && !job_.desired.text) {
      log_.warning(
          fmt::format("{}: ignored, because there is no text to add (body, body_path or "
                      "changelog_path)",
                      inputs_.text.append_body ? "append_body" : "prepend_body"));
    }
    if (job_.desired.text && job_.desired.text->text.size() > core::notes_limit) {
      log_.warning(fmt::format("the notes have {} bytes; a server with MySQL stores at most 65,535",
                               job_.desired.text->text.size()));
    }
  }

  const inputs::Publish& inputs_;
  const Context& context_;
  Problems& problems_;
  runner::Log& log_;
  Job job_;
  std::optional<disk::Workspace> workspace_;  ///< absent if it cannot be opened
};

}  // namespace

Job gather(const inputs::Publish& inputs, const Context& context) {
  return Gathering(inputs, context).run();
}

}  // namespace commands
