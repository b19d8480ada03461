// SPDX-License-Identifier: MIT
// What the network and the server do to the requests of a round's jobs, decided by the round's
// random numbers.
#include <fmt/format.h>

#include "concurrency/round.hpp"
#include "core/text/text.hpp"

namespace concurrency {
namespace {

constexpr const char* uploads = "/assets?name=";

std::string order(const std::string& kind, const std::string& method, const std::string& path,
                  int skip, int times, const std::string& more) {
  return fmt::format(R"({{"kind":"{}","method":"{}","path":"{}","skip":{},"times":{}{}}})", kind,
                     method, path, skip, times, more);
}

std::string in_ms(int ms) { return fmt::format(R"(,"ms":{},"after":0)", ms); }

}  // namespace

void Round::fault(const std::string& kind, const std::string& method, const std::string& path,
                  int skip, int times, int ms) {
  server().fault(order(kind, method, path, skip, times, in_ms(ms)));
}

void Round::disturb() {
  const int most = static_cast<int>(job_count);
  server().set(
      fmt::format(R"({{"patch_window_ms":{},"create_window_ms":{},"delete_window_ms":{}}})",
                  between(0, 12), between(0, 20), between(0, 3)));
  for (int i = between(0, most); i > 0; --i) {  // reads that are outdated when they arrive
    fault("delay", "GET", "/releases/tags/" + tag, between(0, 3 * most), 1, between(5, 80));
  }
  for (int i = between(0, most); i > 0; --i) {
    fault("delay", "POST", uploads, between(0, most), 1, between(5, 150));
  }
  if (chance(50)) fault("delay", "PATCH", "/releases/", between(0, most), 1, between(5, 80));
  if (chance(40)) fault("drop", "PATCH", "/releases/", between(0, most), 1);
  if (chance(20)) fault("drop", "POST", uploads, between(0, most), 1);
  if (chance(20)) fault("delay", "DELETE", "/assets/", 0, 1, between(5, 80));
}

/// The delays with which fan-in was measured: 200 to 900 ms for uploads, 100 to 900 ms for reads,
/// none for everything else. In half of the cases the request is late, in the others the response.
/// A late response to a read is outdated; an upload with a late response is visible to others long
/// before its own job continues.
void Round::delay_everything() {
  constexpr int looks_of_a_job = 14;
  constexpr int uploads_of_a_job = 8;
  const auto kind = [this] { return std::string(chance(50) ? "late" : "delay"); };
  const int jobs = static_cast<int>(job_count);
  std::vector<std::string> orders;
  for (int i = looks_of_a_job * jobs; i > 0; --i) {
    const std::string look = "/releases/tags/" + tag;
    orders.push_back(order(kind(), "GET", look, 0, 1, in_ms(between(100, 900))));
  }
  for (const char* path : {uploads, "/releases"}) {  // only creations are left
    for (int i = uploads_of_a_job * jobs; i > 0; --i) {
      orders.push_back(order(kind(), "POST", path, 0, 1, in_ms(between(200, 900))));
    }
  }
  server().fault(R"({"all":[)" + core::join(orders, ",") + "]}");
}

/// Writes whose response is lost: carried out, not carried out, or carried out after the job has
/// given up.
void Round::lose_answers() {
  const int jobs = static_cast<int>(job_count);
  std::vector<std::string> orders;
  const auto lose = [&](const std::string& method, const std::string& path, int percent, int of) {
    for (int i = 0; i < of; ++i) {
      if (!chance(percent)) continue;
      const int fate = between(1, 10);
      const std::string kind = fate <= 6 ? "drop" : fate <= 8 ? "late" : "reset_before";
      const std::string more = in_ms(between(20, 500)) + R"(,"drop":true)";
      orders.push_back(order(kind, method, path, i, 1, more));
    }
  };
  lose("POST", uploads, 25, 4 * jobs);
  lose("PATCH", "/releases/", 30, jobs);
  lose("DELETE", "/assets/", 15, 2 * jobs);
  if (chance(40)) orders.push_back(order("drop", "POST", "/releases", between(0, 1), 1, ""));
  server().fault(R"({"all":[)" + core::join(orders, ",") + "]}");
}

void Round::calm() { server().clear_faults(); }

}  // namespace concurrency
