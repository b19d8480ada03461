// SPDX-License-Identifier: MIT
#include "support/observer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <sstream>
#include <utility>

#include "core/text/text.hpp"

namespace support {
namespace {

constexpr const char* sums_file = "SHA256SUMS";
constexpr const char* entry_prefix = ".sha256.";
constexpr std::string_view mark_opening = "<!-- gitea-release: being filled for commit ";

std::set<std::string> names_of(const Release& release) {
  std::set<std::string> names;
  for (const Asset& asset : release.assets) {
    // Announcements of the jobs come and go.
    if (!asset.name.starts_with(entry_prefix)) names.insert(asset.name);
  }
  return names;
}

/// Names in a published release that are missing in its SHA256SUMS, if that was read.
std::vector<std::string> without_sum(const Seen& now) {
  if (!now.summed) return {};
  auto names = names_of(*now.release);
  names.erase(sums_file);
  for (const std::string& name : *now.summed) names.erase(name);
  return {names.begin(), names.end()};
}

bool includes(const std::set<std::string>& whole, const std::set<std::string>& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace

std::string mark_in(const std::string& body) {
  const auto at = body.find(mark_opening);
  if (at == std::string::npos) return {};
  const auto from = at + mark_opening.size();
  const std::string commit = body.substr(from, body.find_first_of(" ;", from) - from);
  return commit.empty() ? "nothing" : commit;
}

std::string Seen::line() const {
  if (!release) return "no release";
  std::string text = fmt::format("{}{} '{}'", release->draft ? "draft" : "PUBLIC",
                                 mark.empty() ? "" : " mark " + mark.substr(0, 7), release->name);
  for (const Asset& asset : release->assets) {
    text += fmt::format(" {}:{}", asset.id, asset.name);
  }
  return text;
}

Observer::Observer(Server& server, const std::string& tag, std::chrono::milliseconds pace)
    : server_(server), tag_(tag), pace_(pace) {
  // Spelt differently from the jobs' requests, so that faults for their reads do not match ours.
  const std::string path =
      fmt::format("/api/v1/repos/{}/releases/tags/{}", server.repository(), percent_encoded(tag));
  start([this, path, wire = std::shared_ptr<Wire>(server.connect())] {
    look_at_release(*wire, path);
  });
}

void Observer::download(const std::string& name, std::set<std::string> contents) {
  const std::string path = server_.web_url(tag_, name);
  start([this, path, contents = std::move(contents),
         wire = std::make_shared<Wire>(server_.url(), "")] {
    look_at_download(*wire, path, contents);
  });
}

void Observer::start(std::function<void()> look) {
  const std::lock_guard lock(mutex_);
  const std::size_t index = finished_.size();
  finished_.push_back(0);
  threads_.emplace_back([this, index, look = std::move(look)] { repeat(index, look); });
}

/// The last read begins after the request to stop: the final state is always seen.
void Observer::repeat(std::size_t index, const std::function<void()>& look) {
  std::unique_lock lock(mutex_);
  for (bool last = false; !last;) {
    last = stop_;
    const std::uint64_t turn = turn_;
    lock.unlock();
    look();
    lock.lock();
    finished_[index] = turn;
    changed_.notify_all();
    changed_.wait_for(lock, pace_, [&] { return stop_ || turn_ > turn; });
  }
}

void Observer::catch_up() {
  std::unique_lock lock(mutex_);
  const std::uint64_t turn = ++turn_;
  changed_.notify_all();
  changed_.wait(lock, [&] {
    return std::all_of(finished_.begin(), finished_.end(),
                       [turn](std::uint64_t finished) { return finished >= turn; });
  });
}

void Observer::end() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

std::optional<Seen> Observer::latest() const {
  const std::lock_guard lock(mutex_);
  return seen_.empty() ? std::nullopt : std::optional<Seen>(seen_.back());
}

void Observer::note_bad(const std::string& what) {
  const std::lock_guard lock(mutex_);
  bad_downloads_.insert(what);
}

void Observer::look_at_release(Wire& wire, const std::string& path) {
  try {
    const auto at = Clock::now();
    const auto answer = wire.get(path);
    const std::string now = answer.status == 200 ? answer.body : "";
    if (now == last_) return;
    Seen seen{at, std::nullopt, ""};
    if (!now.empty()) {
      seen.release = parse_release(answer.json());
      seen.mark = mark_in(seen.release->body);
      if (reads_sums_ && seen.published()) read_sums_of(seen, wire);
    }
    const std::lock_guard lock(mutex_);
    seen_.push_back(std::move(seen));
    last_ = now;
  } catch (const std::exception& error) {
    note_bad(std::string("the observer: ") + error.what());
  }
}

/// By its uuid, so that it is the file of this read, or is gone.
void Observer::read_sums_of(Seen& seen, Wire& wire) const {
  std::vector<const Asset*> sums;
  for (const Asset& asset : seen.release->assets) {
    if (asset.name == sums_file) sums.push_back(&asset);
  }
  if (sums.size() != 1) return;
  const auto answer = wire.get("/attachments/" + sums.front()->uuid);
  if (answer.status != 200) return;
  seen.summed.emplace();
  std::istringstream lines(answer.body);
  for (std::string digest, name; lines >> digest && std::getline(lines >> std::ws, name);) {
    seen.summed->insert(name);
  }
}

void Observer::look_at_download(Wire& wire, const std::string& path,
                                const std::set<std::string>& contents) {
  std::string bad;
  try {
    const auto answer = wire.get(path);
    // The server itself may return 500 at the moment when it deletes the old one.
    if (answer.status != 200 && answer.status != 500) bad = std::to_string(answer.status);
    if (answer.status == 200 && !contents.contains(answer.body)) bad = "a content of nobody";
  } catch (const std::exception& error) {
    bad = error.what();
  }
  ++downloads_;
  if (!bad.empty()) note_bad(fmt::format("download {}: {}", path, bad));
}

std::vector<std::string> faults_seen(const std::vector<Seen>& seen, const Expected& expected) {
  std::vector<std::string> faults;
  const Seen* before = nullptr;
  bool was_published = false;
  for (const Seen& now : seen) {
    if (!now.release) {
      before = nullptr;
      was_published = false;
      continue;
    }
    const auto names = names_of(*now.release);
    if (!now.mark.empty() && !expected.commits.contains(now.mark)) {
      faults.push_back("a mark for the commit " + now.mark);
    }
    if (before != nullptr && before->release->id != now.release->id) {
      faults.emplace_back("another release took its place");
    }
    if (before != nullptr && !expected.names_may_vanish) {
      for (const std::string& name : names_of(*before->release)) {
        if (!names.contains(name)) faults.push_back("VANISHED " + name);
      }
    }
    if (now.published() && !was_published && !expected.complete.empty() &&
        std::none_of(expected.complete.begin(), expected.complete.end(),
                     [&](const auto& whole) { return includes(names, whole); })) {
      faults.push_back("HALF PUBLISHED: " + core::join({names.begin(), names.end()}, ", "));
    }
    for (const std::string& name : without_sum(now)) {
      faults.push_back("PUBLIC WITHOUT ITS SUM: " + name);
    }
    was_published = now.published();
    before = &now;
  }
  return faults;
}

std::set<std::string> public_announcements(const std::vector<Seen>& seen) {
  std::set<std::string> names;
  for (const Seen& one : seen) {
    if (!one.published()) continue;
    for (const Asset& asset : one.release->assets) {
      if (asset.name.starts_with(entry_prefix)) names.insert(asset.name);
    }
  }
  return names;
}

std::vector<Hidden> hidden_again(const std::vector<Seen>& seen) {
  std::vector<Hidden> result;
  std::optional<Clock::time_point> published;
  for (const Seen& now : seen) {
    if (!now.release) published.reset();
    if (now.published() && !published) published = now.at;
    if (published && now.release->draft) {
      result.push_back({*published, now.at});
      published.reset();
    }
  }
  return result;
}

std::vector<std::string> not_the_highest(const std::vector<Seen>& seen) {
  std::map<std::string, std::uint64_t> highest;
  for (const Seen& one : seen) {
    if (!one.release) continue;
    for (const Asset& asset : one.release->assets) {
      highest[asset.name] = std::max(highest[asset.name], asset.id);
    }
  }
  std::vector<std::string> names;
  if (seen.empty() || !seen.back().release) return names;
  for (const Asset& asset : seen.back().release->assets) {
    if (asset.id != highest[asset.name]) names.push_back(asset.name);
  }
  return names;
}

std::chrono::milliseconds public_early(const std::vector<Seen>& seen) {
  Clock::duration total{};
  for (std::size_t i = 0; i + 1 < seen.size(); ++i) {
    const bool early = seen[i].release && !seen[i].release->draft && !seen[i].mark.empty();
    if (early) total += seen[i + 1].at - seen[i].at;
  }
  return std::chrono::duration_cast<std::chrono::milliseconds>(total);
}

}  // namespace support
