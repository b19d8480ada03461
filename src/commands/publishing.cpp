// SPDX-License-Identifier: MIT
#include "commands/publishing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <thread>
#include <utility>

#include "commands/first_look.hpp"
#include "commands/generated.hpp"
#include "commands/upload.hpp"
#include "core/assets.hpp"
#include "core/text.hpp"
#include "disk/digest.hpp"
#include "gitea/features.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using std::chrono::seconds;
using std::chrono::steady_clock;

}  // namespace

Publishing::Publishing(Job& job, runner::Log& log)
    : job_(job),
      log_(log),
      heartbeat_(log),
      api_(job.server, job.repository),
      rounds_(job.server, log) {}

void Publishing::run() {
  const Heartbeat::Pulse pulse(heartbeat_, api_, fmt::format("release {}", job_.desired.tag));
  for (bool done = false; !done;) {
    rounds_.begin();
    try {
      done = round();
    } catch (const Error& error) {
      if (error.fault != Fault::uncertain) throw;
      rounds_.failed(error);
    }
  }
}

bool Publishing::round() {
  look();
  if (outcome_.skipped) return true;
  memory_.watching = watch_.on();
  const core::Plan plan = core::plan(job_.desired, outcome_.look, memory_);
  outcome_.waiting = plan.waiting;
  for (const std::string& warning : plan.warnings) warn(warning);
  if (plan.actions.empty()) return !keeps_watching();
  if (job_.config.dry_run) {
    show_dry_run(plan);
    return true;
  }
  rounds_.count(outcome_.look, plan);
  if (plan.starts_over && !std::exchange(start_over_confirmed_, !start_over_confirmed_)) {
    check_tag_has_not_moved();
    warn("the tag was moved since this draft was begun: it is started over");
    return false;  // the edit has to follow directly after a look
  }
  apply(plan);
  rounds_.succeeded();
  return false;
}

// --- looking ---

void Publishing::look() {
  const std::string& tag = job_.desired.tag;
  auto found = api_.find_release(tag);
  if (api_.moved()) {
    warn(fmt::format("the repository {} is now {}", job_.repository.full(),
                     api_.repository().full()));
  }
  if (found && found->tag != tag) {
    throw Error(
        Fault::workflow,
        fmt::format("there is a release {} already; Gitea takes {} for the same tag, since it "
                    "ignores case",
                    core::one_line(found->tag), core::one_line(tag)),
        "Release under another tag, or under the one that exists.");
  }
  const std::uint64_t id = found ? found->id : 0;
  if (memory_.release_id != 0 && id != memory_.release_id) {
    throw Error(Fault::failed,
                fmt::format("the release {} was deleted while this run was filling it{}", tag,
                            found ? "; another one is there now" : ""),
                "Run it again if that was not on purpose.");
  }
  memory_.release_id = id;
  outcome_.look = core::observed(std::move(found));
  if (!looked_) first_look();
  if (std::exchange(create_refused_, false) && outcome_.look.release) {
    warn(
        fmt::format("the release {} existed already when this run wanted to create it; going on "
                    "with what is there",
                    tag));
  }
  adopt_landed_uploads();
  take_digests();
  for (const std::string& warning : core::remember(memory_, job_.desired, outcome_.look)) {
    warn(warning);
  }
  watch_.note(outcome_.look, memory_);
}

void Publishing::first_look() {
  looked_ = true;
  const auto warning = [this](const std::string& text) { warn(text); };
  find_commit(job_, api_, memory_, warning);
  outcome_.skipped = may_be_skipped(job_, outcome_.look);
  if (outcome_.skipped) return;
  if (job_.config.generate_release_notes) {
    job_.desired.generated = generate_notes(job_, api_, memory_.commit, warning).text;
  }
  take_digests();
  check_clashes(job_, outcome_.look, memory_);
}

/// An upload without an answer that is there nevertheless, whole, is taken and not repeated.
void Publishing::adopt_landed_uploads() {
  if (lost_.empty() || !outcome_.look.release) return;
  const core::AssetsByName there(outcome_.look.release);
  for (const auto& [name, lost] : lost_) {
    const core::UploadAsset& upload = lost.upload;
    if (const auto asset = core::landed(there.named(name), upload.size, lost.highest_before)) {
      log_.line(fmt::format("{} has arrived, though no answer came", core::one_line(name)));
      memory_.sent[name] = {*asset, upload.content
                                        ? core::digest_of(*upload.content)
                                        : disk::digest_of_file(upload.path, upload.identity)};
    }
  }
  lost_.clear();
}

void Publishing::take_digests() {
  for (core::LocalFile& file : job_.desired.files) {
    for (const core::Algorithm algorithm : job_.desired.checksums) {
      if (algorithm == core::Algorithm::sha256) continue;  // taken as it is sent
      auto& digest = file.other_digests[algorithm];
      if (digest.empty()) digest = disk::digest_of_file(file.path, file.identity, algorithm);
    }
  }
  for (core::LocalFile* file :
       core::without_needed_digest(job_.desired.files, outcome_.look, memory_)) {
    file->sha256 = disk::digest_of_file(file->path, file->identity);
  }
}

// --- between looks ---

void Publishing::show_dry_run(const core::Plan& plan) {
  log_.line("dry run; this would be done:");
  for (const core::Action& action : plan.actions) log_.line("  " + core::describe(action));
}

void Publishing::warn(const std::string& text) {
  if (warned_.insert(text).second) log_.warning(text);
}

// --- doing ---

void Publishing::apply(const core::Plan& plan) {
  const std::size_t count = core::first_step(plan.actions);
  std::vector<core::UploadAsset> uploads;
  for (std::size_t i = 0; i < count; ++i) {
    const core::Action& action = plan.actions[i];
    if (const auto* one = std::get_if<core::UploadAsset>(&action)) {
      uploads.push_back(*one);
      continue;
    }
    log_.line(core::describe(action));
    ++outcome_.writes;
    if (const auto* tag = std::get_if<core::CreateTag>(&action)) {
      api_.create_tag(*tag);
      memory_.tag_exists = true;
    } else if (const auto* create_action = std::get_if<core::CreateRelease>(&action)) {
      create(*create_action);
    } else if (const auto* edit_action = std::get_if<core::EditRelease>(&action)) {
      edit(*edit_action, plan.starts_over);
    } else if (const auto* note = std::get_if<core::NoteDigest>(&action)) {
      api_.upload_asset(memory_.release_id, core::entry_name(note->asset, note->sha256),
                        core::text_source(""), job_.config.upload_encoding);
    } else if (const auto* gone = std::get_if<core::DeleteAsset>(&action)) {
      api_.delete_asset(memory_.release_id, gone->asset.id);
    }
  }
  if (!uploads.empty()) upload(uploads);
}

void Publishing::create(const core::CreateRelease& action) {
  try {
    outcome_.look = core::observed(api_.create_release(action));
  } catch (const Error& error) {
    create_refused_ = error.status == 409 || error.status == 500;
    throw;
  }
  memory_.release_id = release().id;
  memory_.created = true;
  memory_.name_settled = memory_.text_settled = memory_.prerelease_settled = true;
  core::remember(memory_, job_.desired, outcome_.look);
  watch_.note(outcome_.look, memory_);
}

void Publishing::edit(const core::EditRelease& action, bool starts_over) {
  const bool was_draft = release().draft;
  api_.edit_release(memory_.release_id, action);
  for (const std::string& name : action.entries) ++memory_.sent[name].entry_writes;
  if (starts_over) {
    // Moving a tag turns a draft of it public, within 3 s; this one may still be due.
    watch_.start_over(!was_draft);
    memory_.sent.clear();
  } else if (action.draft == true && !was_draft) {
    watch_.ended();
  }
}

void Publishing::upload(const std::vector<core::UploadAsset>& uploads) {
  std::uint64_t highest = 0;
  for (const core::Asset& asset : release().assets) highest = std::max(highest, asset.id);
  const core::AssetsByName there(outcome_.look.release);
  for (const core::UploadAsset& one : uploads) {
    if (!there.named(one.name).empty()) outcome_.replaced.insert(one.name);
    if (one.content) ++memory_.made[one.name];
  }
  outcome_.writes += static_cast<int>(uploads.size());
  const auto results =
      upload_all(job_, api_.repository(), memory_.release_id, uploads, one_large_at_a_time(uploads),
                 heartbeat_, log_, [this] { watch_during_uploads(); });
  std::optional<Error> failure;
  for (const Uploaded& result : results) {
    const std::string& name = result.upload->name;
    if (result.asset) {
      memory_.sent[name] = {*result.asset, result.sha256};
      continue;
    }
    lost_[name] = {*result.upload, highest};
    if (!failure || result.error->fault != Fault::uncertain) failure = result.error;
  }
  if (failure && failure->fault != Fault::uncertain) throw *failure;
  check_tag_has_not_moved();
  if (failure) throw *failure;
}

/// Servers before 1.25, and those that do not say, hold a file in memory while it is uploaded.
bool Publishing::one_large_at_a_time(const std::vector<core::UploadAsset>& uploads) {
  const auto large =
      std::count_if(uploads.begin(), uploads.end(),
                    [](const core::UploadAsset& one) { return one.size > large_file; });
  return large > 1 && job_.config.jobs > 1 && !gitea::spools_uploads(api_.version());
}

// --- a tag that moves, a draft that the server publishes ---

void Publishing::check_tag_has_not_moved() {
  const auto tag = api_.find_tag(job_.desired.tag);
  memory_.tag_exists = tag.has_value();
  if (!tag || tag->commit == memory_.commit) return;
  for (const auto& [name, sent] : memory_.sent) {
    api_.delete_asset(memory_.release_id, sent.asset.id);
  }
  memory_.sent.clear();
  throw Error(Fault::failed,
              fmt::format("the tag {} was moved from {} to {} while this run was going on; what it "
                          "uploaded was taken back",
                          job_.desired.tag, memory_.commit, tag->commit),
              "The run of the new commit publishes it.");
}

/// A run does not end, leaving a draft, before its watch is over.
bool Publishing::keeps_watching() {
  if (!watch_.on() || !release().draft) return false;
  log_.line("watching that the server does not publish the draft by itself");
  std::this_thread::sleep_for(std::min<steady_clock::duration>(seconds(1), watch_.left()));
  return true;
}

void Publishing::watch_during_uploads() {
  if (!watch_.on()) return;
  const core::Observed look = core::observed(api_.find_release(job_.desired.tag));
  if (!look.release || look.release->draft || look.notes.mark != memory_.commit) return;
  core::EditRelease back;
  back.draft = true;
  back.body = look.release->body;
  log_.line("the server published the draft while it is being filled: making it a draft again");
  ++outcome_.writes;
  watch_.ended();
  api_.edit_release(memory_.release_id, back);
}

}  // namespace commands
