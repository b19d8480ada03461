// SPDX-License-Identifier: MIT
#include "commands/upload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/text/text.hpp"
#include "disk/hashed_file.hpp"

namespace commands {
namespace {

/// The digests of the bytes that were sent; empty if the file was not sent completely.
std::map<core::Algorithm, core::Digest> digests_of(const core::UploadAsset& upload,
                                                   const disk::HashedFile& file) {
  std::map<core::Algorithm, core::Digest> digests;
  std::vector<core::Algorithm> wanted = upload.others;
  wanted.push_back(core::Algorithm::sha256);
  for (const core::Algorithm algorithm : wanted) {
    const bool in_memory = upload.content || upload.size == 0;  // an empty file is not read
    core::Digest digest =
        in_memory ? core::digest_of(upload.content.value_or(""), algorithm) : file.sent(algorithm);
    if (!digest.empty()) digests[algorithm] = std::move(digest);
  }
  return digests;
}

class Uploads {
 public:
  Uploads(const Job& job, const gitea::Repository& repository, std::uint64_t release,
          const std::vector<core::UploadAsset>& uploads, bool one_large_at_a_time,
          const Watchers& watchers)
      : job_(job),
        repository_(repository),
        release_(release),
        uploads_(uploads),
        one_large_at_a_time_(one_large_at_a_time),
        watchers_(watchers),
        results_(uploads.size()) {}

  std::vector<Uploaded> run(const std::function<void()>& each_second) {
    const std::size_t count = std::min<std::size_t>(job_.inputs.assets.jobs, uploads_.size());
    std::vector<std::jthread> threads;
    running_ = count;
    for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    std::exception_ptr failed;
    while (!finished_within(std::chrono::seconds(1))) {
      if (failed) continue;
      try {
        each_second();
      } catch (...) {
        failed = std::current_exception();  // wait for the threads, which use our members
        stop_ = true;
      }
    }
    threads.clear();
    if (failed) std::rethrow_exception(failed);
    std::erase_if(results_, [](const Uploaded& result) { return result.upload == nullptr; });
    return std::move(results_);
  }

 private:
  bool finished_within(std::chrono::seconds time) {
    std::unique_lock lock(mutex_);
    return finished_.wait_for(lock, time, [this] { return running_ == 0; });
  }

  void work() {
    gitea::Api api(job_.destination.server, repository_);
    for (std::size_t i = next_++; i < uploads_.size() && !stop_; i = next_++) {
      results_[i] = send(api, uploads_[i]);
      if (results_[i].error && results_[i].error->fault != core::Fault::uncertain) stop_ = true;
    }
    const std::lock_guard lock(mutex_);
    --running_;
    finished_.notify_all();
  }

  Uploaded send(gitea::Api& api, const core::UploadAsset& upload) {
    std::unique_lock<std::mutex> alone(large_, std::defer_lock);
    if (one_large_at_a_time_ && upload.size > large_file) alone.lock();
    Uploaded result;
    result.upload = &upload;
    const disk::HashedFile file(upload.path, upload.identity, upload.others);
    try {
      const core::Source source =
          upload.content ? core::text_source(*upload.content) : file.source();
      {
        const Heartbeat::Pulse pulse(watchers_.heartbeat, api,
                                     fmt::format("uploading {}", core::one_line(upload.name)));
        result.asset =
            api.upload_asset(release_, upload.name, source, job_.inputs.assets.upload_encoding);
      }
      if (result.asset->size == upload.size) {
        watchers_.interruption.uploaded(upload.name);
        watchers_.log.line(core::describe(upload, core::Tense::past));
      }
    } catch (const core::Error& error) {
      result.error = error;
    } catch (const std::exception& error) {
      result.error =
          core::Error(core::Fault::failed,
                      fmt::format("uploading {}: {}", core::one_line(upload.name), error.what()));
    }
    result.digests = digests_of(upload, file);
    return result;
  }

  const Job& job_;
  const gitea::Repository& repository_;
  const std::uint64_t release_;
  const std::vector<core::UploadAsset>& uploads_;
  const bool one_large_at_a_time_;
  const Watchers& watchers_;
  std::vector<Uploaded> results_;  ///< one slot for each upload, each written by one thread
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> stop_ = false;
  std::mutex large_;
  std::mutex mutex_;
  std::condition_variable finished_;
  std::size_t running_ = 0;
};

}  // namespace

std::vector<Uploaded> upload_all(const Job& job, const gitea::Repository& repository,
                                 std::uint64_t release,
                                 const std::vector<core::UploadAsset>& uploads,
                                 bool one_large_at_a_time, const Watchers& watchers,
                                 const std::function<void()>& each_second) {
  return Uploads(job, repository, release, uploads, one_large_at_a_time, watchers).run(each_second);
}

}  // namespace commands
