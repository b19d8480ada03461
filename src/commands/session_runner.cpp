// SPDX-License-Identifier: MIT
#include "commands/session_runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "commands/failure_cause.hpp"
#include "commands/generate_notes.hpp"
#include "commands/obstacles.hpp"
#include "commands/target.hpp"
#include "core/text/text.hpp"
#include "disk/digest.hpp"
#include "gitea/features.hpp"
#include "gitea/http.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Ok;
using std::chrono::steady_clock;

/// Bytes; a checksum file has a line of about 100 bytes for each asset.
constexpr std::uint64_t max_checksums_size = std::uint64_t{8} << 20;

core::SessionOptions options_of(const Job& job) {
  core::SessionOptions options;
  options.if_exists = job.inputs.if_exists;
  options.generate_notes = job.inputs.text.generate_release_notes;
  options.lacks_files = !core::trim(job.inputs.assets.files).empty() && job.desired.files.empty();
  options.built = built_commit_of(job.inputs.server, job.facts, job.desired.tag);
  options.retries = job.destination.server.retries;
  options.backoff = [backoff = job.destination.server.backoff](int next, auto retry_after) {
    return gitea::delay_before(next, backoff, retry_after);
  };
  options.seed = std::random_device{}();
  return options;
}

}  // namespace

SessionRunner::SessionRunner(Job& job, runner::Log& log)
    : job_(job),
      log_(log),
      interruption_(job.desired, log),
      heartbeat_(log),
      api_(job.destination.server, job.destination.repository),
      pulse_(heartbeat_, api_, fmt::format("release {}", job.desired.tag)),
      session_(job.desired, options_of(job)) {}

void SessionRunner::run() {
  while (!session_.ended()) {
    const core::Step step = session_.next(steady_clock::now());
    for (const std::string& warning : step.warnings) warn(warning);
    if (job_.inputs.dry_run && !step.only_asks()) {
      if (!step.forecast.empty()) check_before(step.forecast.front());
      log_.line("Dry run, these actions would be carried out:");
      for (const core::Action& action : step.forecast) {
        forecast_.push_back(core::describe(action));
        log_.line("  " + forecast_.back());
      }
      return;
    }
    carry_out(step);
  }
  if (session_.error()) throw *session_.error();
}

/// Consecutive uploads are sent in parallel; files that the run itself makes one after the other, because
/// the signature has to come after what it signs.
void SessionRunner::carry_out(const core::Step& step) {
  for (std::size_t i = 0; i < step.now.size();) {
    std::vector<core::UploadAsset> uploads;
    for (; i < step.now.size(); ++i) {
      const auto* upload = std::get_if<core::UploadAsset>(&step.now[i]);
      const bool is_alone = upload != nullptr && upload->content && !uploads.empty();
      if (upload == nullptr || is_alone) break;
      uploads.push_back(*upload);
    }
    const bool goes_on =
        uploads.empty() ? carry_out_one(step.now[i++]) : carry_out_uploads(uploads);
    if (!goes_on) return;
  }
}

bool SessionRunner::carry_out_one(const core::Action& action) {
  const bool goes_on = take(action, result_of(action));
  interruption_.learn(session_);
  return goes_on;
}

bool SessionRunner::take(const core::Action& action, const core::Result& result) {
  const bool goes_on = session_.done(action, result, steady_clock::now());
  const auto* unknown = std::get_if<core::Unknown>(&result);
  if (const int count = session_.failures(action); unknown != nullptr && !session_.ended()) {
    log_.line(fmt::format("{}; checking the release again ({} of {})", unknown->error.message,
                          count, std::max(count, job_.destination.server.retries)));
  }
  return goes_on;
}

core::Result SessionRunner::result_of(const core::Action& action) {
  try {
    check_before(action);
    log_before(action);
    const Ok ok = std::visit([this](const auto& chosen) { return perform(chosen); }, action);
    log_after(action);
    return ok;
  } catch (const Error& error) {
    return failure_of(error);
  }
}

/// Looks for the cause of a failure that may be temporary: a cause that a retry cannot remove ends
/// the run.
core::Result SessionRunner::failure_of(const Error& error) {
  if (error.fault != Fault::uncertain) return core::Refused{error};
  const auto cause = cause_of(error, job_, session_.snapshot().release, api_);
  if (!cause) return core::Unknown{error};
  if (cause->is_certain || std::exchange(has_suspected_cause_, true)) {
    return core::Refused{cause->error};
  }
  return core::Unknown{error};
}

bool SessionRunner::carry_out_uploads(const std::vector<core::UploadAsset>& uploads) {
  const auto results = upload_all(job_, api_.repository(), session_.memory().release_id, uploads,
                                  one_large_at_a_time(uploads), {heartbeat_, interruption_, log_},
                                  [this] { watch_during_uploads(); });
  bool goes_on = true;
  for (const Uploaded& uploaded : results) {
    core::Result result = Ok{};
    if (uploaded.error) {
      result = failure_of(*uploaded.error);
      if (auto* unknown = std::get_if<core::Unknown>(&result)) unknown->digests = uploaded.digests;
    } else {
      Ok ok;
      ok.asset = uploaded.asset;
      ok.digests = uploaded.digests;
      result = ok;
    }
    if (!take(*uploaded.upload, result)) goes_on = false;
  }
  return goes_on && results.size() == uploads.size();
}

// --- one action each ---

Ok SessionRunner::perform(const core::ReadRelease&) {
  Ok ok;
  ok.release = api_.find_release(job_.desired.tag);
  ok.server_time = api_.server_time();
  if (api_.moved()) {
    warn(fmt::format("the repository {} has moved to {}", job_.destination.repository.full(),
                     api_.repository().full()));
  }
  return ok;
}

Ok SessionRunner::perform(const core::ConfirmTag& action) {
  Ok ok;
  ok.tag = api_.find_tag(action.tag);
  return ok;
}

Ok SessionRunner::perform(const core::ResolveTarget& action) {
  Ok ok;
  ok.text = resolve_target(action.target, job_.destination, api_);
  // So that a typing error in a tag is seen.
  const bool comes_first = !job_.desired.tag_message.empty();
  log_.line(fmt::format("The tag {} does not exist yet: it will be created at commit {}{}",
                        job_.desired.tag, *ok.text,
                        comes_first ? "" : " when the release is published"));
  return ok;
}

Ok SessionRunner::perform(const core::GenerateNotes& action) {
  const Generated made =
      generate_notes(job_.destination, job_.desired.tag, job_.inputs.generated_notes, api_,
                     action.commit, [this](const std::string& text) { warn(text); });
  if (!made.remark.empty()) log_.notice(made.remark);
  Ok ok;
  ok.text = made.text;
  return ok;
}

Ok SessionRunner::perform(const core::HashFile& action) {
  Ok ok;
  for (const core::Algorithm algorithm : action.algorithms) {
    ok.digests[algorithm] = disk::digest_of_file(action.path, action.identity, algorithm);
  }
  return ok;
}

Ok SessionRunner::perform(const core::ReadAsset& action) {
  Ok ok;
  if (const auto digest = api_.digest_of_asset(action.asset)) {
    ok.digests[core::Algorithm::sha256] = *digest;
  }
  return ok;
}

Ok SessionRunner::perform(const core::ReadChecksums& action) {
  Ok ok;
  ok.text = api_.content_of_asset(action.asset, max_checksums_size);
  return ok;
}

Ok SessionRunner::perform(const core::Wait& action) {
  gitea::wait(action.time, job_.destination.server);
  return {};
}

Ok SessionRunner::perform(const core::CreateTag& action) {
  api_.create_tag(action);
  return {};
}

Ok SessionRunner::perform(const core::CreateRelease& action) {
  Ok ok;
  ok.release = api_.create_release(action);
  return ok;
}

/// carry_out_uploads() handles all uploads, also a single one.
Ok SessionRunner::perform(const core::UploadAsset&) {
  throw std::logic_error("uploads are carried out together");
}

Ok SessionRunner::perform(const core::DeleteAsset& action) {
  api_.delete_asset(session_.memory().release_id, action.asset.id);
  return {};
}

Ok SessionRunner::perform(const core::EditRelease& action) {
  Ok ok;
  ok.release = api_.edit_release(session_.memory().release_id, action);
  return ok;
}

Ok SessionRunner::perform(const core::AnnounceDigest& action) {
  Ok ok;
  ok.asset = api_.upload_asset(session_.memory().release_id,
                               core::announcement_name(action.asset, action.sha256, action.code),
                               core::text_source(""), job_.inputs.assets.upload_encoding);
  return ok;
}

// --- around them ---

/// Checks before the first write whether the release and its tag can be created.
void SessionRunner::check_before(const core::Action& action) {
  const bool creates = std::holds_alternative<core::CreateRelease>(action) ||
                       std::holds_alternative<core::CreateTag>(action);
  if (!creates || session_.memory().tag_exists) return;
  const bool stays_draft = job_.desired.draft == true && job_.desired.tag_message.empty();
  const std::string warning = check_before_creating(job_, api_, !stays_draft);
  if (!warning.empty()) warn(warning);
}

void SessionRunner::log_before(const core::Action& action) {
  const std::string text = core::describe(action, core::Tense::present);
  if (text.empty()) return;
  if (std::holds_alternative<core::Wait>(action)) {
    if (std::exchange(last_wait_, text) == text) return;
    log_.line(text);
  }
  pulse_.now(text);
}

void SessionRunner::log_after(const core::Action& action) {
  const std::string text = core::describe(action, core::Tense::past);
  if (!text.empty()) log_.line(text);
}

void SessionRunner::watch_during_uploads() {
  if (!session_.watches(steady_clock::now())) return;
  const auto edit = session_.put_back(api_.find_release(job_.desired.tag));
  if (edit) carry_out_one(*edit);
}

/// Servers before Gitea 1.25, and those of unknown version, hold a file in memory during its
/// upload.
bool SessionRunner::one_large_at_a_time(const std::vector<core::UploadAsset>& uploads) {
  const auto large =
      std::count_if(uploads.begin(), uploads.end(),
                    [](const core::UploadAsset& upload) { return upload.size > large_file; });
  return large > 1 && job_.inputs.assets.jobs > 1 && !gitea::spools_uploads(api_.version());
}

void SessionRunner::warn(const std::string& text) {
  if (warned_.insert(text).second) log_.warning(text);
}

}  // namespace commands
