// SPDX-License-Identifier: MIT
#include "commands/download.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "commands/failure_cause.hpp"
#include "commands/find_release.hpp"
#include "commands/heartbeat.hpp"
#include "commands/job.hpp"
#include "core/release/assets.hpp"
#include "core/release/assets_by_name.hpp"
#include "core/release/checksums.hpp"
#include "core/release/fan_in.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "core/update/newest.hpp"
#include "core/version/version.hpp"
#include "disk/digest.hpp"
#include "runner/interrupt.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using disk::Incoming;

/// An asset to download, with what is known about its content.
struct Selected {
  core::Asset asset;
  std::optional<core::Digest> sha256;
  std::optional<std::string> content;  ///< the content, if it has already been read and verified
};

class Downloading {
 public:
  Downloading(const inputs::Download& inputs, const Context& context)
      : inputs_(inputs), context_(context), log_(context.log) {
    core::Problems& problems = context.problems;
    destination_ = find_destination(inputs.server, "", context, TokenUse::optional);
    tag_ = find_tag_name(inputs.tag_name, context);
    trust_ = find_trust(inputs.trust, destination_.repository.full(), problems);
    problems.collect([&] { patterns_ = core::parse_required(inputs.files); });
    problems.collect([&] { open_folder(); });
    problems.throw_if_any();
  }

  void run() {
    gitea::Api api(destination_.server, destination_.repository);
    runner::Interrupt interrupt(log_);
    Heartbeat heartbeat(log_);
    Heartbeat::Pulse pulse(heartbeat, api, fmt::format("downloading {}", tag_));
    try {
      found_ = find_release(api, destination_, tag_, inputs_.prerelease, trust_, log_);
      const core::Release& release = found_.release;
      log_.line(fmt::format("gitea-release {}: release {} of {} on {}", GITEA_RELEASE_VERSION,
                            core::one_line(release.tag), destination_.repository.full(),
                            destination_.server.root().text()));
      const auto selected = choose(read_digests(api));
      for (const Selected& one : selected) {
        pulse.now(fmt::format("downloading {}", one.asset.name), one.asset.size);
        pulse_ = &pulse;
        interrupt.say(
            fmt::format("Interrupted: {} of {} files were downloaded. Run the same command "
                        "again: it continues where this one has stopped.",
                        files_.size(), selected.size()));
        fetch(api, one);
        files_.push_back(folder_->absolute(one.asset.name));
      }
    } catch (const Error& error) {
      throw with_cause(error, destination_.server);
    }
    report();
  }

 private:
  void open_folder() {
    const std::string directory(core::trim(inputs_.directory));
    if (!core::is_rooted_path(directory)) {
      const disk::Workspace workspace(workspace_of(context_.facts));
      workspace.make_directories(directory, "directory");
    }
    folder_.emplace(workspace_of(context_.facts), directory);
    folder_->check_directory();
  }

  /// The digests in SHA256SUMS, which is verified if there are keys.
  std::map<std::string, core::Digest> read_digests(gitea::Api& api) {
    if (found_.sums) return found_.sums->digests;
    log_.line("'public_key' is not set: the origin of the files is not verified");
    const core::Asset* sums = core::newest_named(found_.release.assets, sums_name);
    if (sums == nullptr) {
      log_.line(
          fmt::format("the release has no {}: only the sizes of files are checked", sums_name));
      return {};
    }
    const auto text = api.content_of_asset(*sums, core::max_signed_checksums);
    if (!text) throw unreadable_asset(sums_name);
    return core::parse_checksums(*text);
  }

  std::vector<Selected> choose(const std::map<std::string, core::Digest>& digests) {
    std::vector<Selected> selected;
    std::vector<std::string> names;
    for (const core::Asset& asset : core::highest_of_each_name(found_.release.assets)) {
      if (!patterns_.empty() && !core::is_required(patterns_, asset.name)) continue;
      Selected one{asset, std::nullopt, std::nullopt};
      if (const auto digest = digests.find(asset.name); digest != digests.end()) {
        one.sha256 = digest->second;
      }
      if (found_.sums && asset.name == sums_name) one.content = found_.sums->sums;
      if (found_.sums && asset.name == core::signature_name) {
        one.content = found_.sums->signature;
      }
      if (!may_be_written(one)) continue;
      names.push_back(asset.name);
      selected.push_back(std::move(one));
    }
    const auto unmatched = core::unmatched(patterns_, names);
    if (!unmatched.empty() || selected.empty()) {
      throw Error(
          Fault::failed,
          fmt::format("the release {} has no {}file{}", core::one_line(found_.release.tag),
                      found_.sums ? "signed " : "",
                      unmatched.empty() ? "" : " that matches " + core::join(unmatched, ", ")),
          fmt::format("It has {}.", names_of_assets()));
    }
    return selected;
  }

  std::string names_of_assets() const {
    std::vector<std::string> names;
    for (const core::Asset& asset : found_.release.assets)
      names.push_back(core::one_line(asset.name));
    return names.empty() ? "no files" : core::join(names, ", ");
  }

  bool may_be_written(const Selected& one) {
    const std::string& name = one.asset.name;
    if (const std::string fault = core::fault_of_signed_name(name); !fault.empty()) {
      log_.warning(fmt::format("the name '{}' {}: the file was not downloaded",
                               core::one_line(name), fault));
      return false;
    }
    if (found_.sums && !one.sha256 && !one.content) {
      log_.warning(fmt::format("{} is not covered by the signature and was not downloaded", name));
      return false;
    }
    return true;
  }

  void fetch(gitea::Api& api, const Selected& one) {
    const std::string& name = one.asset.name;
    if (one.content) {
      auto file = folder_->replacement(name, "directory", disk::Workspace::Links::none);
      file.write(*one.content);
      file.commit();
    } else if (is_there(one)) {
      log_.line(fmt::format("{}: already exists with the same content", name));
      return;
    } else {
      receive(api, one);
    }
    log_.line(fmt::format("Downloaded {} ({})", name, core::human_size(one.asset.size)));
  }

  bool is_there(const Selected& one) const {
    if (!one.sha256) return false;
    const auto opened = folder_->try_open(one.asset.name);
    const auto* file = std::get_if<disk::File>(&opened);
    if (file == nullptr || file->identity().size != one.asset.size) return false;
    return disk::digest_of_file(file->path(), file->identity()) == *one.sha256;
  }

  /// Continues the download of an earlier run if there is a digest with which to check the result.
  void receive(gitea::Api& api, const Selected& one) {
    const auto begin = one.sha256 ? Incoming::Begin::go_on : Incoming::Begin::anew;
    Incoming file = folder_->incoming(one.asset.name, "directory", one.asset.uuid, begin);
    if (file.size() > one.asset.size) file.restart();
    const std::uint64_t before = file.size();
    if (before > 0) {
      log_.line(fmt::format("{}: continuing after {}", one.asset.name, core::human_size(before)));
      pulse_->now(fmt::format("downloading the rest of {}", one.asset.name),
                  one.asset.size - before);
    }
    receive_rest(api, one, file);
    if (one.sha256 && file.digest() != *one.sha256) {
      file.discard();
      throw Error(Fault::failed,
                  fmt::format("{} does not match its digest in {}", one.asset.name, sums_name),
                  before > 0 ? "The part that an earlier run downloaded may be wrong: run it again."
                             : "It was changed after it was published: do not use it.");
    }
    file.commit();
  }

  void receive_rest(gitea::Api& api, const Selected& one, Incoming& file) {
    if (file.size() == one.asset.size && one.asset.size > 0) return;
    gitea::Resume resume;
    resume.offset = file.size();
    std::optional<Error> of_disk;
    const auto open = [&]() -> gitea::Sink {
      return [&, is_first = true](std::string_view bytes) mutable {
        try {
          if (std::exchange(is_first, false) && !resume.continued) file.restart();
          file.append(bytes);
          return true;
        } catch (const Error& error) {
          of_disk = error;
          return false;
        }
      };
    };
    const bool whole = api.read_on(one.asset, resume, open);
    if (of_disk) throw *of_disk;
    if (whole) return;
    file.discard();
    if (resume.offset == 0) throw unreadable_asset(one.asset.name);
    throw Error(Fault::failed,
                fmt::format("{} does not have the size that the server reports: {} bytes",
                            one.asset.name, one.asset.size),
                "It was changed after it was uploaded: do not use it.");
  }

  void report() {
    const std::string& tag = found_.release.tag;
    const auto version = core::parse_version(tag);
    context_.set_outputs({{"tag_name", tag},
                          {"version", version ? version->text : ""},
                          {"files", core::join(files_, "\n")},
                          {"directory", folder_->directory()}});
    log_.line(fmt::format("Downloaded {} files of {} to {}{}", files_.size(), core::one_line(tag),
                          folder_->directory(), found_.sums ? " and verified the signature" : ""));
    if (!log_.style().by_hand) return;
    for (const std::string& file : files_) log_.result(file);
  }

  const inputs::Download& inputs_;
  const Context& context_;
  runner::Log& log_;
  Destination destination_;
  std::string tag_;  ///< or "latest"
  Trust trust_;
  std::vector<std::string> patterns_;
  std::optional<disk::Workspace> folder_;
  FoundRelease found_;
  std::vector<std::string> files_;
  Heartbeat::Pulse* pulse_ = nullptr;
};

}  // namespace

void download(const inputs::Download& inputs, const Context& context) {
  Downloading(inputs, context).run();
}

}  // namespace commands
