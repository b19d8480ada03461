// SPDX-License-Identifier: MIT
#include "commands/publishing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

#include "commands/diagnosis.hpp"
#include "commands/generated.hpp"
#include "commands/obstacles.hpp"
#include "commands/target.hpp"
#include "core/text.hpp"
#include "disk/digest.hpp"
#include "gitea/features.hpp"
#include "gitea/http.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Ok;
using std::chrono::steady_clock;

/// A file of digests has a line of some 100 bytes for each asset.
constexpr std::uint64_t largest_checksums = std::uint64_t{8} << 20;

core::SessionOptions options_of(const Job& job) {
  core::SessionOptions options;
  options.if_exists = job.config.if_exists;
  options.generate_notes = job.config.generate_release_notes;
  options.built = built_commit_of(job);
  options.retries = job.server.retries;
  options.backoff = [backoff = job.server.backoff](int next, auto retry_after) {
    return gitea::delay_before(next, backoff, retry_after);
  };
  options.seed = std::random_device{}();
  return options;
}

}  // namespace

Publishing::Publishing(Job& job, runner::Log& log)
    : job_(job),
      log_(log),
      heartbeat_(log),
      api_(job.server, job.repository),
      pulse_(heartbeat_, api_, fmt::format("release {}", job.desired.tag)),
      session_(job.desired, options_of(job)) {}

void Publishing::run() {
  while (!session_.ended()) {
    const core::Step step = session_.next(steady_clock::now());
    for (const std::string& warning : step.warnings) warn(warning);
    if (job_.config.dry_run && !step.only_asks()) {
      log_.line("dry run; this would be done:");
      for (const core::Action& action : step.forecast) log_.line("  " + core::describe(action));
      return;
    }
    carry_out(step);
  }
  if (session_.error()) throw *session_.error();
}

/// Uploads that follow one another are sent side by side.
void Publishing::carry_out(const core::Step& step) {
  for (std::size_t i = 0; i < step.now.size();) {
    std::vector<core::UploadAsset> uploads;
    for (; i < step.now.size(); ++i) {
      const auto* upload = std::get_if<core::UploadAsset>(&step.now[i]);
      if (upload == nullptr) break;
      uploads.push_back(*upload);
    }
    const bool goes_on =
        uploads.empty() ? carry_out_one(step.now[i++]) : carry_out_uploads(uploads);
    if (!goes_on) return;
  }
}

bool Publishing::carry_out_one(const core::Action& action) {
  return take(action, result_of(action));
}

bool Publishing::take(const core::Action& action, const core::Result& result) {
  const bool goes_on = session_.done(action, result, steady_clock::now());
  const auto* unknown = std::get_if<core::Unknown>(&result);
  if (const int count = session_.failures(action); unknown != nullptr && !session_.ended()) {
    log_.line(fmt::format("{}; looking again ({} of {})", unknown->error.message, count,
                          std::max(count, job_.server.retries)));
  }
  return goes_on;
}

core::Result Publishing::result_of(const core::Action& action) {
  try {
    check_before(action);
    log_before(action);
    return std::visit([this](const auto& one) { return perform(one); }, action);
  } catch (const Error& error) {
    return failure_of(error);
  }
}

/// What may work at the next try is looked into once: a cause that no try removes ends the run.
core::Result Publishing::failure_of(const Error& error) {
  if (error.fault != Fault::uncertain) return core::Refused{error};
  const auto cause = cause_of(error, job_, session_.snapshot().release, api_);
  if (!cause) return core::Unknown{error};
  if (cause->is_certain || std::exchange(has_suspected_cause_, true)) {
    return core::Refused{cause->error};
  }
  return core::Unknown{error};
}

bool Publishing::carry_out_uploads(const std::vector<core::UploadAsset>& uploads) {
  const auto results = upload_all(job_, api_.repository(), session_.memory().release_id, uploads,
                                  one_large_at_a_time(uploads), heartbeat_, log_,
                                  [this] { watch_during_uploads(); });
  bool goes_on = true;
  for (const Uploaded& one : results) {
    core::Result result = Ok{};
    if (one.error) {
      result = failure_of(*one.error);
      if (auto* unknown = std::get_if<core::Unknown>(&result)) unknown->digests = one.digests;
    } else {
      Ok ok;
      ok.asset = one.asset;
      ok.digests = one.digests;
      result = ok;
    }
    if (!take(*one.upload, result)) goes_on = false;
  }
  return goes_on && results.size() == uploads.size();
}

// --- one action each ---

Ok Publishing::perform(const core::Look&) {
  Ok ok;
  ok.release = api_.find_release(job_.desired.tag);
  ok.server_time = api_.server_time();
  if (api_.moved()) {
    warn(fmt::format("the repository {} is now {}", job_.repository.full(),
                     api_.repository().full()));
  }
  return ok;
}

Ok Publishing::perform(const core::ConfirmTag& action) {
  Ok ok;
  ok.tag = api_.find_tag(action.tag);
  return ok;
}

Ok Publishing::perform(const core::ResolveTarget& action) {
  Ok ok;
  ok.text = resolve_target(action.target, job_, api_);
  return ok;
}

Ok Publishing::perform(const core::GenerateNotes& action) {
  Ok ok;
  ok.text = generate_notes(job_, api_, action.commit, [this](const std::string& text) {
              warn(text);
            }).text;
  return ok;
}

Ok Publishing::perform(const core::HashFile& action) {
  Ok ok;
  for (const core::Algorithm algorithm : action.algorithms) {
    ok.digests[algorithm] = disk::digest_of_file(action.path, action.identity, algorithm);
  }
  return ok;
}

Ok Publishing::perform(const core::ReadAsset& action) {
  Ok ok;
  if (const auto digest = api_.digest_of_asset(action.asset)) {
    ok.digests[core::Algorithm::sha256] = *digest;
  }
  return ok;
}

Ok Publishing::perform(const core::ReadChecksums& action) {
  Ok ok;
  ok.text = api_.content_of_asset(action.asset, largest_checksums);
  return ok;
}

Ok Publishing::perform(const core::Wait& action) {
  gitea::wait(action.time, job_.server);
  return {};
}

Ok Publishing::perform(const core::CreateTag& action) {
  api_.create_tag(action);
  return {};
}

Ok Publishing::perform(const core::CreateRelease& action) {
  Ok ok;
  ok.release = api_.create_release(action);
  return ok;
}

/// A single one has no thread of its own either.
Ok Publishing::perform(const core::UploadAsset&) {
  throw std::logic_error("uploads are carried out together");
}

Ok Publishing::perform(const core::DeleteAsset& action) {
  api_.delete_asset(session_.memory().release_id, action.asset.id);
  return {};
}

Ok Publishing::perform(const core::EditRelease& action) {
  Ok ok;
  ok.release = api_.edit_release(session_.memory().release_id, action);
  return ok;
}

Ok Publishing::perform(const core::NoteDigest& action) {
  Ok ok;
  ok.asset =
      api_.upload_asset(session_.memory().release_id, core::entry_name(action.asset, action.sha256),
                        core::text_source(""), job_.config.upload_encoding);
  return ok;
}

// --- around them ---

/// What keeps a tag from being made is asked before the first write, not told by a failure after it.
void Publishing::check_before(const core::Action& action) {
  const bool creates = std::holds_alternative<core::CreateRelease>(action) ||
                       std::holds_alternative<core::CreateTag>(action);
  if (!creates || session_.memory().tag_exists) return;
  const bool stays_draft = job_.desired.draft == true && job_.desired.tag_message.empty();
  check_before_creating(job_, api_, !stays_draft);
}

void Publishing::log_before(const core::Action& action) {
  const std::string words = core::describe(action);
  if (std::holds_alternative<core::Wait>(action)) {
    if (words.empty() || std::exchange(last_wait_, words) == words) return;
  }
  if (words.empty()) return;
  log_.line(words);
  pulse_.now(words);
}

void Publishing::watch_during_uploads() {
  if (!session_.watches(steady_clock::now())) return;
  const auto edit = session_.put_back(api_.find_release(job_.desired.tag));
  if (edit) carry_out_one(*edit);
}

/// Servers before 1.25, and those that do not say, hold a file in memory while it is uploaded.
bool Publishing::one_large_at_a_time(const std::vector<core::UploadAsset>& uploads) {
  const auto large =
      std::count_if(uploads.begin(), uploads.end(),
                    [](const core::UploadAsset& one) { return one.size > large_file; });
  return large > 1 && job_.config.jobs > 1 && !gitea::spools_uploads(api_.version());
}

void Publishing::warn(const std::string& text) {
  if (warned_.insert(text).second) log_.warning(text);
}

}  // namespace commands
