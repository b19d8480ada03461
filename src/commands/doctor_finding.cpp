// SPDX-License-Identifier: MIT
#include "commands/doctor_finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text/text.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::join;

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds tolerable{300};

std::string human_duration(seconds duration) {
  using namespace std::chrono;
  if (duration < minutes(2)) return fmt::format("{} s", duration.count());
  if (duration < hours(2)) return fmt::format("{} min", duration_cast<minutes>(duration).count());
  if (duration < days(2)) return fmt::format("{} h", duration_cast<hours>(duration).count());
  return fmt::format("{} days", duration_cast<days>(duration).count());
}

}  // namespace

Finding fine(const std::string& subject, const std::string& text, const std::string& remedy) {
  return {Finding::Grade::ok, subject, text, remedy};
}

Finding warned(const std::string& subject, const std::string& text, const std::string& remedy) {
  return {Finding::Grade::warn, subject, text, remedy};
}

Finding failed(const std::string& subject, const Error& error) {
  return {Finding::Grade::fail, subject, error.message, error.hint, error.fault};
}

std::string describe(const Finding& finding) {
  constexpr std::array grades = {"OK", "WARN", "FAIL"};
  const char* grade = grades.at(static_cast<std::size_t>(finding.grade));
  std::string line = fmt::format("{:<5} {}: {}", grade, finding.subject, finding.text);
  if (!finding.remedy.empty()) line += (line.ends_with('.') ? " " : ". ") + finding.remedy;
  return line;
}

std::optional<Error> failure_of(const std::vector<Finding>& findings) {
  std::vector<std::string> subjects;
  Fault fault = Fault::failed;
  for (const Finding& finding : findings) {
    if (finding.grade != Finding::Grade::fail) continue;
    if (subjects.empty() || subjects.back() != finding.subject) subjects.push_back(finding.subject);
    if (finding.fault == Fault::workflow) fault = Fault::workflow;
  }
  if (subjects.empty()) return std::nullopt;
  return Error(fault, fmt::format("publishing would fail: {}", join(subjects, ", ")),
               "Follow the advice after each FAIL above.");
}

Finding check_clock(std::optional<sys_seconds> server, sys_seconds own) {
  const char* subject = "clock";
  if (!server) return fine(subject, "the server did not send its time");
  const seconds ahead = own - *server;
  const seconds apart = ahead < seconds(0) ? -ahead : ahead;
  if (apart <= tolerable)
    return fine(subject, "it differs from the server's clock by 5 minutes at most");
  const std::string text =
      fmt::format("the clock of this machine is {} {} that of the server", human_duration(apart),
                  ahead < seconds(0) ? "behind" : "ahead of");
  return warned(
      subject, text,
      "Correct it (NTP): with a wrong clock, valid certificates and tokens look expired.");
}

}  // namespace commands
