// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "commands/heartbeat.hpp"
#include "commands/job.hpp"
#include "core/error.hpp"
#include "core/release/action.hpp"

namespace commands {

/// How one upload ended: with an asset, or with an Error.
struct Uploaded {
  const core::UploadAsset* upload = nullptr;  ///< one of those that upload_all() was given
  std::optional<core::Asset> asset;
  std::map<core::Algorithm, core::Digest> digests;  ///< of all bytes, where all were sent
  std::optional<core::Error> error;
};

/// Sends the files, `jobs` at a time over as many connections, and returns what became of each; an
/// Error other than `uncertain` keeps those that have not begun from being sent. Meanwhile calls
/// `each_second` about once a second from the calling thread.
std::vector<Uploaded> upload_all(const Job& job, const gitea::Repository& repository,
                                 std::uint64_t release,
                                 const std::vector<core::UploadAsset>& uploads,
                                 bool one_large_at_a_time, Heartbeat& heartbeat, runner::Log& log,
                                 const std::function<void()>& each_second);

/// A file above this is held in memory by servers before 1.25.
inline constexpr std::uint64_t large_file = std::uint64_t{64} << 20;

}  // namespace commands
