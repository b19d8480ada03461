// SPDX-License-Identifier: MIT
#include "commands/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "commands/asset_rows.hpp"
#include "core/release/sections.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "core/version/version.hpp"
#include "inputs/table.hpp"

namespace commands {
namespace {

constexpr std::size_t max_output_size = std::size_t{1} << 20;

std::string state_of(const core::Session& session) {
  if (session.skipped()) return "skipped";
  if (session.memory().created) return "created";
  return session.wrote() ? "updated" : "unchanged";
}

std::string assets_json(const std::vector<AssetRow>& rows) {
  std::vector<std::string> objects;
  for (const AssetRow& row : rows) {
    core::JsonObject json;
    json.add("name", row.asset.name).add("id", row.asset.id).add("size", row.asset.size);
    json.add("url", row.asset.url).add("sha256", row.sha256).add("action", row.action);
    objects.push_back(json.text());
  }
  return objects.empty() ? "[]" : "[\n" + core::join(objects, ",\n") + "\n]";
}

bool has_long_line(const std::string& text) {
  const auto all = core::lines(text);
  return std::any_of(all.begin(), all.end(), [](const std::string& line) {
    return line.size() > runner::output_line_limit;
  });
}

std::size_t count(const std::vector<AssetRow>& rows, const char* action) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [action](const AssetRow& row) { return row.action == action; }));
}

std::string files(std::size_t count) {
  return fmt::format("{} file{}", count, count == 1 ? "" : "s");
}

/// "3 files uploaded, 1 replaced, 1 unchanged, 2 others"; parts that are 0 are left out.
std::string counts(const std::vector<AssetRow>& rows) {
  const std::size_t others = count(rows, "present");
  const std::vector<std::pair<std::size_t, const char*>> all = {
      {count(rows, "uploaded"), "uploaded"},
      {count(rows, "replaced"), "replaced"},
      {count(rows, "kept"), "unchanged"},
      {others, others == 1 ? "other" : "others"}};
  std::vector<std::string> parts;
  for (const auto& [number, word] : all) {
    if (number == 0) continue;
    parts.push_back(
        fmt::format("{} {}", parts.empty() ? files(number) : fmt::to_string(number), word));
  }
  return parts.empty() ? "no files" : core::join(parts, ", ");
}

/// The files of the release, for a person.
void log_files(const std::vector<AssetRow>& rows, runner::Log& log) {
  std::size_t widest = 0;
  for (const AssetRow& row : rows)
    widest = std::max(widest, core::characters(core::one_line(row.asset.name)));
  for (const AssetRow& row : rows) {
    const std::string name = core::one_line(row.asset.name);
    log.line(fmt::format("  {}{}  {:>9}  {}", name,
                         std::string(widest - core::characters(name), ' '),
                         core::human_size(row.asset.size), meaning_of(row.action)));
  }
}

}  // namespace

runner::Outputs outputs_of(const core::Session& session, runner::Log& log) {
  if (!session.snapshot().release) return {};
  const core::Release& release = *session.snapshot().release;
  const auto text_of = [](bool value) { return value ? "true" : "false"; };
  const auto version = core::parse_version(release.tag);
  runner::Outputs outputs = {
      {"id", fmt::format("{}", release.id)},
      {"release_id", fmt::format("{}", release.id)},
      {"tag_name", release.tag},
      {"name", core::one_line(release.name)},
      {"html_url", release.html_url},
      {"url", release.url},
      {"upload_url", release.upload_url},
      {"draft", text_of(release.draft)},
      {"prerelease", text_of(release.prerelease)},
      {"state", state_of(session)},
      {"version", version ? version->text : ""},
      {"body", core::without_comments(session.snapshot().notes.text)},
      {"assets", assets_json(rows_of(session))},
  };
  for (auto& [name, value] : outputs) {
    if (value.size() > max_output_size || has_long_line(value)) {
      log.warning(
          fmt::format("the output '{}' is too large for a runner and was left empty", name));
      value.clear();
    }
  }
  return outputs;
}

std::vector<std::string> what_it_waits_for(const core::Session& session) {
  std::vector<std::string> texts;
  if (!session.snapshot().release || !session.snapshot().release->draft) return texts;
  if (!session.missing().empty()) {
    texts.push_back(
        fmt::format("the release stays a draft until an asset matches {}; the job that uploads the "
                    "last one publishes it",
                    core::join(session.missing(), ", ")));
  }
  if (!session.unknown().empty()) {
    texts.push_back(fmt::format(
        "the release stays a draft, because the digest of {} is unknown. If its job was stopped, "
        "run that job again. If a user uploaded the file, pass a 'token' that may read it",
        core::one_line(core::join(session.unknown(), ", "))));
  }
  return texts;
}

void close_log(const core::Session& session, const Job& job, runner::Log& log) {
  const auto rows = rows_of(session);
  const std::string state = state_of(session);
  const std::string& tag = job.desired.tag;
  if (job.inputs.dry_run) {
    log.line(fmt::format("Dry run of {}: nothing was written", tag));
    return;
  }
  if (state == "unchanged" || state == "skipped") {
    log.line(fmt::format("Nothing to do: {} is {} ({})", tag,
                         state == "skipped" ? "already published" : "up to date",
                         files(rows.size())));
  } else {
    const bool draft = session.snapshot().release->draft;
    log.line(fmt::format("{} {}: {}", draft ? "Saved the draft" : "Published", tag, counts(rows)));
  }
  if (log.style().by_hand) log_files(rows, log);
  for (const std::string& text : what_it_waits_for(session)) log.notice(text);
  if (session.snapshot().release->assets.empty() && core::trim(job.inputs.assets.files).empty()) {
    log.line("The release has no files. If it should have some, name them in the input 'files'.");
  }
  log.result(session.snapshot().release->html_url);
}

}  // namespace commands
