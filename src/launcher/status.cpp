// SPDX-License-Identifier: MIT
#include "launcher/status.hpp"

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "launcher/changes.hpp"
#include "launcher/log.hpp"

namespace launcher {
namespace {

constexpr std::uint64_t status_format = 1;
constexpr std::chrono::milliseconds between_writes{250};

core::JsonObject answers_json(const std::vector<RequestAnswer>& answers) {
  core::JsonObject all;
  for (const RequestAnswer& answer : answers) {
    core::JsonObject json;
    json.add("status", static_cast<std::uint64_t>(answer.status)).add("message", answer.message);
    all.add(answer.id, json);
  }
  return all;
}

std::vector<std::string> versions_of(const std::vector<core::FailedVersion>& failed) {
  std::vector<std::string> versions;
  versions.reserve(failed.size());
  for (const core::FailedVersion& one : failed) versions.push_back(one.version);
  return versions;
}

/// The words of status.json for the outcome of the journal.
core::JsonObject settled_json(const core::Outcome& outcome) {
  core::JsonObject json;
  if (outcome.kind == core::Outcome::Kind::none) return json;
  json.add("kind", core::name_of(outcome.kind)).add("version", outcome.version);
  json.add("from", outcome.other).add("message", outcome.message);
  return json;
}

}  // namespace

void describe_folder(StatusReport& report, const Folder& folder, const core::Journal& journal) {
  report.journal = journal;
  report.ready = ready_version(folder);
  report.previous = previous_version(folder);
  report.last_check = last_check(folder, journal);
  try {
    const core::UpdateConfig config = config_of(folder);
    report.type = core::name_of(config.type);
    report.channel = core::name_of(config.channel);
  } catch (const core::Error&) {  // whoever needs it says what is wrong
    report.type = report.channel = "";
  }
}

void add_answer(StatusReport& report, const RequestAnswer& answer) {
  constexpr std::size_t most = 8;
  report.answers.push_back(answer);
  if (report.answers.size() > most) report.answers.erase(report.answers.begin());
}

std::string render_status(const StatusReport& report) {
  const core::Journal& journal = report.journal;
  core::JsonObject json;
  json.add("format", status_format).add("launcher", LAUNCHER_VERSION).add("time", time_text());
  json.add("app", report.app).add("version", report.version).add("state", report.state);
  json.add("phase", core::name_of(journal.phase));
  json.add("old_version", journal.old_version).add("new_version", journal.new_version);
  json.add("tries", std::uint64_t{journal.tries}).add("outcome", journal.outcome.message);
  json.add("settled", settled_json(journal.outcome));
  json.add("type", report.type).add("channel", report.channel);
  json.add("ready", report.ready).add("previous", report.previous);
  const std::optional<Offer>& offer = report.last_check.offer;
  json.add("checked", report.last_check.time).add("newest", offer ? offer->version : "");
  json.add("update", json_of(offer));
  json.add("failed", versions_of(journal.failed)).add("skipped", journal.skipped);
  json.add("done", report.done).add("total", report.total);
  json.add("answers", answers_json(report.answers));
  return json.text() + "\n";
}

std::optional<RequestAnswer> answer_in(const core::Json& status, const std::string& id) {
  const core::Json answers = status.object("answers");
  if (!answers.has(id.c_str())) return std::nullopt;
  const core::Json answer = answers.object(id.c_str());
  return RequestAnswer{id, static_cast<int>(answer.number("status")), answer.string("message")};
}

void Status::write(bool at_once) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (written_ == report_ || (!at_once && written_ && now - written_at_ < between_writes)) return;
  written_at_ = now;
  written_ = report_;
  try {
    files_.write_whole(folder_.status(), render_status(report_));
  } catch (const FileError&) {
  }
}

}  // namespace launcher
