// SPDX-License-Identifier: MIT
#include "launcher/changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/digest.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "core/update/swap.hpp"
#include "core/version/version.hpp"
#include "launcher/reads.hpp"
#include "launcher/snapshot.hpp"

namespace launcher {
namespace {

using core::Error;
using core::Fault;
using core::Phase;

constexpr std::size_t digest_digits = 64;  // of SHA-256

/// Of the archive that the version came from, which whoever unpacked it noted beside it.
core::Digest payload_of(const Folder& folder, const std::string& version) {
  constexpr std::size_t most = 128;  // bytes
  const auto text = text_of(folder.ready(version) / "payload", most);
  const std::string digest(core::trim(text.value_or("")));
  return digest.size() == digest_digits ? digest : std::string(digest_digits, '0');
}

void check_may_change(const Folder& folder, const core::Journal& journal) {
  if (config_of(folder).type == core::InstallType::docker) {
    throw Error(Fault::workflow, "a container is not updated from inside",
                "Pull the image of the new version, and start a container of it.");
  }
  if (journal.phase != Phase::idle && journal.phase != Phase::asked) {
    throw Error(Fault::failed,
                fmt::format("the update to {} has not ended yet", journal.new_version),
                "Start the application, and try again once it runs well.");
  }
  if (!is_same_file_system(folder.current(), folder.updater())) {
    throw Error(Fault::workflow,
                "current and updater are on different file systems, so that versions "
                "cannot be exchanged");
  }
}

void add_once(std::vector<std::string>& versions, const std::string& version) {
  if (std::find(versions.begin(), versions.end(), version) == versions.end()) {
    versions.push_back(version);
  }
}

/// An update that was only asked for is forgotten.
core::Journal idle_again(core::Journal journal) {
  core::Journal idle;
  idle.adopt_after = std::move(journal.adopt_after);
  idle.failed = std::move(journal.failed);
  idle.skipped = std::move(journal.skipped);
  idle.withdrawn = std::move(journal.withdrawn);
  return idle;
}

}  // namespace

std::string ready_version(const Folder& folder) {
  std::string highest = version_in(folder.current());
  const std::string in_use = highest;
  for (const std::string& name : names_in(folder.updater() / "ready")) {
    if (core::is_higher(name, highest) && version_in(folder.ready(name) / "current") == name) {
      highest = name;
    }
  }
  return highest == in_use ? "" : highest;
}

core::Journal asking_for(const Folder& folder, const core::Journal& journal,
                         const std::string& version) {
  check_may_change(folder, journal);
  const std::string wanted = version.empty() ? ready_version(folder) : version;
  if (wanted.empty()) {
    throw Error(Fault::failed, "no newer version has been downloaded", "Use download first.");
  }
  const std::string in_use = version_in(folder.current());
  const auto release = release_in(folder.ready(wanted) / "current");
  if (!release || release->version != wanted) {
    throw Error(Fault::failed, fmt::format("{} has not been downloaded", wanted),
                "Use download first.");
  }
  if (!core::is_higher(wanted, in_use)) {
    throw Error(Fault::failed,
                fmt::format("{} is not above {}, the version in use", wanted, in_use),
                "To return to the version before, use rollback.");
  }
  if (journal.has_failed(wanted)) {
    throw Error(Fault::failed, fmt::format("{} has failed here", wanted),
                fmt::format("To try it once more, use download {} first.", wanted));
  }
  if (release->app != release_in_use(folder).app) {
    throw Error(Fault::failed, fmt::format("{} is of another application", wanted));
  }
  return core::ask_for(idle_again(journal), in_use, wanted, payload_of(folder, wanted),
                       !release->snapshot.empty());
}

core::Journal going_back(const Folder& folder, const core::Journal& journal, DataChoice data) {
  if (journal.phase == Phase::trial) {  // no try is left to it
    core::Journal back = journal;
    back.phase = Phase::back;
    if (data == DataChoice::keep_data) back.with_snapshot = false;
    return back;
  }
  check_may_change(folder, journal);
  const std::string in_use = version_in(folder.current());
  const std::string previous = previous_version(folder);
  if (previous.empty() || previous == in_use) {
    throw Error(Fault::failed, "there is no previous version to go back to");
  }
  const Path list = folder.snapshot(in_use) / "list.json";
  const bool has_snapshot = entry_at(list) == Entry::file;
  if (has_snapshot && data == DataChoice::none) {
    throw Error(
        Fault::workflow, fmt::format("{} may have changed the data", in_use),
        fmt::format("Choose --keep-data, or --with-data to return to the data from before {}.",
                    in_use));
  }
  if (!has_snapshot && data == DataChoice::with_data) {
    throw Error(Fault::failed, fmt::format("no data was saved before {} was installed", in_use));
  }
  return core::roll_back(idle_again(journal), in_use, previous, data == DataChoice::with_data);
}

core::Journal remembering(const core::Journal& journal, const std::vector<std::string>& withdrawn) {
  core::Journal after = journal;
  for (const std::string& version : withdrawn) add_once(after.withdrawn, version);
  return after;
}

core::Journal forgetting_failure(const core::Journal& journal, const std::string& version) {
  core::Journal after = journal;
  std::erase_if(after.failed,
                [&](const core::FailedVersion& one) { return one.version == version; });
  return after;
}

core::Journal skipping(const core::Journal& journal, const std::string& version) {
  core::Journal after = journal;
  add_once(after.skipped, version);
  return after;
}

}  // namespace launcher
