// SPDX-License-Identifier: MIT
#include "commands/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/json.hpp"
#include "core/sections.hpp"
#include "core/text.hpp"
#include "options.hpp"

namespace commands {
namespace {

constexpr std::size_t largest_output = std::size_t{1} << 20;

struct Row {
  core::Asset asset;
  core::Digest sha256;  ///< empty where nobody knows it
  std::string action;
};

/// One of our files, recorded with our digest: it did not have to be sent.
bool is_kept(const core::Asset& asset, const core::Session& session) {
  const auto& files = session.desired().files;
  return std::any_of(files.begin(), files.end(), [&](const core::LocalFile& file) {
    return file.name == asset.name && file.sha256 &&
           core::known_or_listed(asset, session.snapshot(), session.memory()) == file.sha256;
  });
}

Row row_of(const core::Asset& asset, const core::Session& session) {
  Row row{asset, "", "present"};
  row.sha256 = core::known_or_listed(asset, session.snapshot(), session.memory()).value_or("");
  const auto sent = session.memory().sent.find(asset.name);
  if (sent != session.memory().sent.end() && sent->second.asset.id == asset.id) {
    row.action = session.has_replaced(asset.name) ? "replaced" : "uploaded";
  } else if (is_kept(asset, session)) {
    row.action = "kept";
  }
  return row;
}

std::vector<Row> rows_of(const core::Session& session) {
  std::vector<Row> rows;
  if (!session.snapshot().release) return rows;
  for (const core::Asset& asset : session.snapshot().release->assets) {
    rows.push_back(row_of(asset, session));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return a.asset.name != b.asset.name ? a.asset.name < b.asset.name : a.asset.id < b.asset.id;
  });
  return rows;
}

std::string state_of(const core::Session& session) {
  if (session.skipped()) return "skipped";
  if (session.memory().created) return "created";
  return session.wrote() ? "updated" : "unchanged";
}

std::string assets_json(const std::vector<Row>& rows) {
  std::vector<std::string> objects;
  for (const Row& row : rows) {
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

/// In a table's cell, or the text of a link.
std::string cell(const std::string& text) {
  std::string result;
  for (const char c : core::one_line(text)) {
    if (std::string_view("|\\`[]<>*").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// Where a link of Markdown leads: no blank or bracket of the server's ends it early.
std::string address(const std::string& url) {
  std::string result;
  for (const char c : url) {
    const bool ends_it =
        c <= ' ' || c == 0x7F || std::string_view("()<>|\\").find(c) != std::string_view::npos;
    result += ends_it && c >= 0 ? fmt::format("%{:02X}", c) : std::string(1, c);
  }
  return result;
}

std::size_t count(const std::vector<Row>& rows, const char* action) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [action](const Row& row) { return row.action == action; }));
}

void log_what_it_waits_for(const core::Session& session, runner::Log& log) {
  if (!session.missing().empty()) {
    log.notice(
        fmt::format("the release stays a draft until there is an asset for {}; the job that "
                    "completes the set publishes it",
                    core::join(session.missing(), ", ")));
  }
  if (!session.unknown().empty()) {
    log.notice(
        fmt::format("the release stays a draft: nothing tells what {} holds. Its job was stopped: "
                    "run it again. "
                    "If somebody uploaded it by hand, pass a 'token' that may read it",
                    core::one_line(core::join(session.unknown(), ", "))));
  }
}

}  // namespace

runner::Outputs outputs_of(const core::Session& session, runner::Log& log) {
  if (!session.snapshot().release) return {};
  const core::Release& release = *session.snapshot().release;
  const auto words = [](bool value) { return value ? "true" : "false"; };
  std::string version = release.tag;
  if (version.starts_with('v') || version.starts_with('V')) version.erase(0, 1);
  runner::Outputs outputs = {
      {"id", fmt::format("{}", release.id)},
      {"release_id", fmt::format("{}", release.id)},
      {"tag_name", release.tag},
      {"name", core::one_line(release.name)},
      {"html_url", release.html_url},
      {"url", release.url},
      {"upload_url", release.upload_url},
      {"draft", words(release.draft)},
      {"prerelease", words(release.prerelease)},
      {"state", state_of(session)},
      {"version", version},
      {"body", core::without_comments(session.snapshot().notes.text)},
      {"assets", assets_json(rows_of(session))},
  };
  for (auto& [name, value] : outputs) {
    if (value.size() > largest_output || has_long_line(value)) {
      log.warning(fmt::format("the output '{}' is too large for a runner and stays empty", name));
      value.clear();
    }
  }
  return outputs;
}

void close_log(const core::Session& session, const Job& job, runner::Log& log) {
  const auto rows = rows_of(session);
  const std::string state = state_of(session);
  const std::string& tag = job.desired.tag;
  if (job.config.dry_run) {
    log.line(fmt::format("dry run: nothing was written for release {}", tag));
    return;
  }
  if (state == "unchanged" || state == "skipped") {
    log.line(fmt::format("release {}: nothing to do ({} assets in place)", tag, rows.size()));
  } else {
    const bool draft = session.snapshot().release->draft;
    log.line(fmt::format("release {} is {}: {} uploaded, {} replaced, {} kept, {} present", tag,
                         draft ? "a draft" : "published", count(rows, "uploaded"),
                         count(rows, "replaced"), count(rows, "kept"), count(rows, "present")));
  }
  if (session.snapshot().release->draft) log_what_it_waits_for(session, log);
  log.line(session.snapshot().release->html_url);
}

std::string summary_of(const core::Session& session) {
  if (!session.snapshot().release) return {};
  const core::Release& release = *session.snapshot().release;
  std::string text = fmt::format("### Release [{}]({}){}\n\n", cell(release.name),
                                 address(release.html_url), release.draft ? " (draft)" : "");
  const auto rows = rows_of(session);
  if (rows.empty()) return text + "No assets.\n";
  text += "| File | Size | SHA-256 | |\n|---|---:|---|---|\n";
  for (const Row& row : rows) {
    text += fmt::format("| [{}]({}) | {} | {} | {} |\n", cell(row.asset.name),
                        address(row.asset.url), core::human_size(row.asset.size),
                        row.sha256.empty() ? "" : "`" + row.sha256 + "`", row.action);
  }
  return text;
}

}  // namespace commands
