// SPDX-License-Identifier: MIT
#include "commands/job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/changelog.hpp"
#include "core/checksums.hpp"
#include "core/notes.hpp"
#include "core/problems.hpp"
#include "core/release/fan_in.hpp"
#include "core/text.hpp"
#include "core/version.hpp"
#include "disk/files.hpp"
#include "disk/workspace.hpp"

namespace commands {
namespace {

constexpr const char* notes_file = "RELEASE_NOTES.md";
constexpr std::size_t longest_title = 255;  // characters; servers shorten what is longer

using core::Problems;

class Gathering {
 public:
  Gathering(const Config& config, const runner::Environment& environment, Problems& problems,
            runner::Log& log)
      : config_(config), environment_(environment), problems_(problems), log_(log) {
    static_cast<Destination&>(job_) = find_destination(config, environment, problems);
    problems_.collect([&] { workspace_ = open_workspace(job_); });
  }

  Job run() {
    job_.desired.tag = find_tag_name(job_, problems_);
    problems_.collect([&] { find_text(); });
    find_fields();
    find_assets();
    problems_.collect([&] { find_checksums(); });
    problems_.collect([&] { find_required(); });
    problems_.throw_if_any();
    warn();
    return std::move(job_);
  }

 private:
  void find_text() {
    std::vector<std::string> given;
    if (!config_.body.empty()) given.emplace_back("body");
    if (!config_.body_path.empty()) given.emplace_back("body_path");
    if (!config_.changelog_path.empty()) given.emplace_back("changelog_path");
    if (given.size() > 1) {
      problems_.add(core::join(given, ", ") + " each give the notes", "Keep one of them.");
      return;
    }
    core::WishedText wish;
    wish.append = config_.append_body;
    if (!config_.changelog_path.empty()) {
      wish.text = read_section();
    } else if (!config_.body_path.empty()) {
      wish.text = read(config_.body_path, "body_path");
    } else if (!config_.body.empty()) {
      wish.text = config_.body;
    } else if (const auto found = read_found_notes()) {
      wish.text = *found;
      wish.only_where_empty = true;
      wish.append = false;
    } else {
      return;
    }
    if (!core::is_utf8(wish.text) || wish.text.find('\0') != std::string::npos) {
      problems_.add("the notes are not text in UTF-8", "Save the file as UTF-8.");
      return;
    }
    wish.text = core::incoming_text(wish.text);
    if (!wish.text.empty()) job_.desired.text = wish;
  }

  /// Empty without a workspace: that has been told.
  std::string read(const std::string& path, const std::string& option) const {
    return workspace_ ? workspace_->read(path, option) : "";
  }

  std::optional<std::string> read_found_notes() const {
    return workspace_ ? workspace_->read_if_there(notes_file, notes_file) : std::nullopt;
  }

  std::string read_section() const {
    const std::string& path = config_.changelog_path;
    const std::string text = read(path, "changelog_path");
    // Without a tag there is nothing to look for, and that has been said.
    if (job_.desired.tag.empty() || !workspace_) return {};
    return core::changelog_section(text, job_.desired.tag, "changelog_path: " + path);
  }

  void find_fields() {
    core::Desired& desired = job_.desired;
    if (!config_.name.empty()) {
      desired.name = std::string(core::trim(config_.name));
      if (!core::is_utf8(*desired.name) || core::characters(*desired.name) > longest_title) {
        problems_.add(fmt::format("name: a title has {} characters at most, and this one has {}",
                                  longest_title, core::characters(*desired.name)));
      }
    }
    desired.draft = config_.draft;
    desired.prerelease_when_new = core::is_prerelease(desired.tag);
    if (config_.prerelease == Prerelease::by_version)
      desired.prerelease = desired.prerelease_when_new;
    if (config_.prerelease == Prerelease::yes) desired.prerelease = true;
    if (config_.prerelease == Prerelease::no) desired.prerelease = false;
    if (config_.downloads.value_or(false)) desired.downloads = config_.downloads_table;
    desired.tag_message = config_.tag_message;
    desired.target = core::trim(config_.target_commitish);
    desired.upload_before_publish = config_.upload_before_publish;
    desired.overwrite = config_.overwrite_files;
    desired.remove_others = config_.remove_other_files;
    desired.edit_for_record_alone = job_.facts.event != "release";
  }

  void find_assets() {
    if (core::trim(config_.files).empty() || !workspace_) return;
    disk::FileSearch search;
    search.patterns = config_.files;
    search.home = runner::value_of(environment_, "HOME");
    search.fail_on_unmatched = config_.fail_on_unmatched_files;
    search.say = [this](const std::string& text) { log_.line(text); };
    disk::FoundFiles found = disk::find_files(*workspace_, search, problems_);
    job_.desired.files = std::move(found.files);
    for (const std::string& warning : found.warnings) log_.warning(warning);
  }

  void find_checksums() {
    core::Desired& desired = job_.desired;
    std::string words = config_.checksums;
    if (config_.sha256sum) words += " sha256";
    if (config_.md5sum) words += " md5";
    desired.checksums = core::parse_algorithms(words);
    const std::string_view name_pattern = core::trim(config_.checksums_name);
    if (!name_pattern.empty()) desired.sums = core::SumsNames(name_pattern, desired.checksums);
    for (const core::Algorithm algorithm : desired.checksums) {
      const std::string& name = desired.sums.of(algorithm);
      const bool clash =
          std::any_of(desired.files.begin(), desired.files.end(),
                      [&](const core::LocalFile& file) { return file.name == name; });
      if (clash) {
        problems_.add(fmt::format("checksums: 'files' brings a {} of its own", name),
                      "Leave one of the two out, or give the other a name by 'checksums_name'.");
      }
    }
  }

  void find_required() {
    job_.desired.required = core::parse_required(config_.required_files);
    if (!job_.desired.required.empty() && !config_.upload_before_publish) {
      problems_.add("required_files and upload_before_publish: false contradict each other",
                    "A release that waits for files cannot be published before they are there.");
    }
  }

  void warn() {
    if (!config_.make_latest.empty()) {
      log_.warning(
          "make_latest: Gitea has no such flag; it shows the newest stable release as the latest");
    }
    if (!core::trim(config_.checksums_name).empty() && job_.desired.checksums.empty()) {
      log_.warning("checksums_name: there is no file to name; 'checksums' asks for one");
    }
    if (config_.append_body && !job_.desired.text) {
      log_.warning("append_body: there is no text to add (body, body_path or changelog_path)");
    }
    if (job_.desired.text && job_.desired.text->text.size() > core::notes_limit) {
      log_.warning(fmt::format("the notes have {} bytes; a server with MySQL takes 65,535 at most",
                               job_.desired.text->text.size()));
    }
  }

  const Config& config_;
  const runner::Environment& environment_;
  Problems& problems_;
  runner::Log& log_;
  Job job_;
  std::optional<disk::Workspace> workspace_;  ///< absent where it cannot be opened
};

}  // namespace

std::string find_tag_name(const Destination& destination, Problems& problems) {
  const runner::Facts& facts = destination.facts;
  const std::string& wanted = destination.config.tag_name;
  std::string tag(core::trim(wanted.empty() ? facts.tag : wanted));
  constexpr std::string_view prefix = "refs/tags/";
  if (tag.starts_with(prefix)) tag.erase(0, prefix.size());
  if (tag.empty()) {
    problems.add(facts.in_runner() ? fmt::format("no tag is known: this run's ref ({}) is none",
                                                 core::one_line(facts.ref))
                                   : "no tag is known: this does not run in a job",
                 "Give it as 'tag_name' (--tag-name), or start the workflow with the push of a "
                 "tag.");
  }
  if (tag.starts_with('-')) {
    problems.add(fmt::format("tag_name: '{}' begins with '-'", core::one_line(tag)),
                 "Git has no such tags; Gitea would drop the dashes, and release another one.");
  }
  if (core::one_line(tag, tag.size()) != tag || !core::is_utf8(tag)) {
    problems.add(
        fmt::format("tag_name: '{}' has characters that no tag can have", core::one_line(tag)));
  }
  return tag;
}

Job gather(const Config& config, const runner::Environment& environment, core::Problems& problems,
           runner::Log& log) {
  return Gathering(config, environment, problems, log).run();
}

}  // namespace commands
