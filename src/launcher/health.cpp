// SPDX-License-Identifier: MIT
#include "launcher/health.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "launcher/loopback.hpp"
#include "launcher/reads.hpp"
#include "launcher/rights.hpp"

namespace launcher {
namespace {

constexpr std::chrono::milliseconds between_probes{500};
constexpr std::chrono::milliseconds probe_time{2000};
constexpr std::size_t max_address = 2048;  // bytes

std::string address_in(const Folder& folder) {
  const ActAs owner(other_owner_of(folder.data()));
  try {
    return std::string(core::trim(text_of(folder.url(), max_address).value_or("")));
  } catch (const core::Error&) {
    return {};
  }
}

}  // namespace

bool is_answer_of(const std::string& body, const std::string& run, const std::string& version) {
  try {
    const core::Json json = core::Json::parse(body);
    if (!json.is_object()) return false;
    return json.has("run") ? json.string("run") == run : json.string("version") == version;
  } catch (const core::Error&) {
    return false;
  }
}

HealthProbe::HealthProbe(Folder folder, std::string run, std::string version)
    : folder_(std::move(folder)),
      run_(std::move(run)),
      version_(std::move(version)),
      thread_([this](const std::stop_token& stop) { probe(stop); }) {}

void HealthProbe::probe(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  while (!stop.stop_requested()) {
    const std::string address = address_in(folder_);
    if (!address.empty()) {
      const auto body = loopback_get(address, "/health", probe_time);
      if (body && is_answer_of(*body, run_, version_)) {
        is_healthy_ = true;
        return;
      }
    }
    std::unique_lock lock(mutex);
    stopped.wait_for(lock, stop, between_probes, [] { return false; });
  }
}

Trial::Trial(const core::ReleaseFile& release, const Folder& folder, const std::string& run,
             Clock::time_point now)
    : settle_(release.settle),
      deadline_(now + release.health_timeout),
      probe_(folder, run, release.version) {
  if (!release.says_health) healthy_since_ = now;
}

bool Trial::extend(std::chrono::seconds more) {
  if (more > max_extension - extended_) return false;
  extended_ += more;
  deadline_ += more;
  return true;
}

Trial::State Trial::state(Clock::time_point now) {
  const bool is_healthy = is_confirmed_ || probe_.is_healthy();
  if (!healthy_since_ && is_healthy) healthy_since_ = now;
  if (healthy_since_) return now - *healthy_since_ >= settle_ ? State::healthy : State::waiting;
  return now >= deadline_ ? State::overdue : State::waiting;
}

}  // namespace launcher
