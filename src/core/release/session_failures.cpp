// SPDX-License-Identifier: MIT
// How a session handles actions that failed or got no response.
#include <algorithm>

#include "core/release/session.hpp"

namespace core {
namespace {

bool is_there_already(const Error& error) { return error.reason == Reason::already_exists; }

}  // namespace

int Session::failures(const Action& action) const {
  const auto count = failures_.find(action.index());
  return count == failures_.end() ? 0 : count->second;
}

bool Session::take_failure(const Action& action, const Unknown& failure) {
  if (const auto* read = std::get_if<ReadAsset>(&action)) {
    memory_.read.insert(read->asset.id);  // not important enough to fail
    return true;
  }
  if (const auto* checksums = std::get_if<ReadChecksums>(&action)) {
    memory_.read.insert(checksums->asset.id);
    return true;
  }
  if (is_write(action)) waits_.wrote = true;
  if (const auto* edit = std::get_if<EditRelease>(&action)) {
    has_tried_to_publish_ = has_tried_to_publish_ || edit->draft == false;
  }
  if (const auto* upload = std::get_if<UploadAsset>(&action)) {
    const auto sha256 = failure.digests.find(Algorithm::sha256);
    memory_.lost.try_emplace(
        upload->name, Memory::Lost{highest_id(snapshot_),
                                   sha256 == failure.digests.end() ? Digest() : sha256->second});
  }
  if (const auto* announce = std::get_if<AnnounceDigest>(&action))
    ++memory_.announced[announce->asset.id];
  int& count = failures_[action.index()];
  if (failed_in_step_.insert(action.index()).second || count == 0) ++count;
  // Another run has just created the object: the release is read again, whatever 'retries' is.
  const int most =
      is_there_already(failure.error) ? std::max(options_.retries, 1) : options_.retries;
  if (count > most) {
    end(failure.error);
    return false;
  }
  if (options_.backoff) pause_ = options_.backoff(count + 1, failure.error.retry_after);
  return false;
}

/// An upload that cannot be deleted stays.
bool Session::take_taking_back(const Action& action, const Result& result) {
  const auto* failure = std::get_if<Unknown>(&result);
  if (failure == nullptr) return true;
  const Asset& asset = std::get<DeleteAsset>(action).asset;
  const int count = ++failed_deletes_[asset.id];
  if (count > options_.retries) return true;
  to_take_back_.push_back(asset);
  if (options_.backoff) pause_ = options_.backoff(count + 1, failure->error.retry_after);
  return true;
}

bool Session::take_refusal(const Action& action, const Refused& refusal) {
  const bool only_reads =
      std::holds_alternative<ReadAsset>(action) || std::holds_alternative<ReadChecksums>(action);
  if (only_reads || is_there_already(refusal.error)) {
    return take_failure(action, {refusal.error, {}});
  }
  if (std::holds_alternative<AnnounceDigest>(action)) {
    memory_.announcements_refused = true;
    return false;
  }
  Error error = refusal.error;
  const auto* upload = std::get_if<UploadAsset>(&action);
  if (upload != nullptr && upload->content && error.reason == Reason::file_type) {
    error.hint =
        "Give it a name that the server accepts: 'checksums_name: checksums-{algorithm}.txt'. " +
        error.hint;
  }
  end(error);
  return false;
}

}  // namespace core
