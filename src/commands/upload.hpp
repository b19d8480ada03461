// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/heartbeat.hpp"
#include "commands/interruption.hpp"
#include "commands/job.hpp"
#include "core/error.hpp"
#include "core/release/action.hpp"

namespace commands {

/// The result of one upload: an asset or an Error.
struct Uploaded {
  const core::UploadAsset* upload =
      nullptr;  ///< one of the uploads that were passed to upload_all()
  std::optional<core::Asset> asset;
  std::map<core::Algorithm, core::Digest> digests;  ///< set if all bytes were sent
  std::optional<core::Error> error;
};

/// Who is told about the progress.
struct Watchers {
  Heartbeat& heartbeat;
  Interruption& interruption;
  runner::Log& log;
};

/// Uploads the files, `jobs` in parallel, each over its own connection, and returns the results.
/// After an Error other than `uncertain` no further uploads are started. Meanwhile calls
/// `each_second` about once a second in the calling thread.
std::vector<Uploaded> upload_all(const Job& job, const gitea::Repository& repository,
                                 std::uint64_t release,
                                 const std::vector<core::UploadAsset>& uploads,
                                 bool one_large_at_a_time, const Watchers& watchers,
                                 const std::function<void()>& each_second);

/// Bytes; servers before Gitea 1.25 hold a larger file in memory.
inline constexpr std::uint64_t large_file = std::uint64_t{64} << 20;

}  // namespace commands
