// SPDX-License-Identifier: MIT
#include "commands/summary.hpp"

#include <fmt/format.h>

#include "commands/asset_rows.hpp"
#include "commands/report.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"

namespace commands {
namespace {

constexpr std::size_t first_digits = 12;  // of a digest: the whole one is in the output `assets`

/// Encodes an address for a Markdown link, so that no blank or bracket in it ends the link.
std::string address(const std::string& url) {
  std::string result;
  for (const char c : url) {
    const bool ends_it =
        c <= ' ' || c == 0x7F || std::string_view("()<>|\\").find(c) != std::string_view::npos;
    result += ends_it && c >= 0 ? fmt::format("%{:02X}", c) : std::string(1, c);
  }
  return result;
}

/// "files: …": the name of an input, which is spelled in one way only.
bool begins_with_name(const std::string& text) {
  const auto end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  return end != std::string::npos && text[end] == ':';
}

/// Markdown of a line of the log. Only what could be markup or a command is escaped.
std::string paragraph(const std::string& text) {
  std::string first = text;
  if (!first.empty() && first.front() >= 'a' && first.front() <= 'z' && !begins_with_name(text)) {
    first.front() = static_cast<char>(first.front() - 'a' + 'A');
  }
  return core::escaped_markdown(core::one_line(first, text.size()));
}

std::string text_of(const core::Error& error) {
  std::string text;
  for (const std::string& line : core::lines(error.message)) {
    text += fmt::format("- {}\n", paragraph(line));
  }
  if (!error.hint.empty()) text += "\n" + paragraph(error.hint) + "\n";
  return text;
}

std::string table_of(const std::vector<AssetRow>& rows) {
  std::string text = "| File | Size | SHA-256 | This run |\n|---|---:|---|---|\n";
  for (const AssetRow& row : rows) {
    text += fmt::format(
        "| [{}]({}) | {} | {} | {} |\n", core::markdown_cell(row.asset.name),
        address(row.asset.url), core::human_size(row.asset.size),
        row.sha256.empty() ? "" : fmt::format("`{}…`", row.sha256.substr(0, first_digits)),
        meaning_of(row.action));
  }
  return text;
}

std::string heading_of(const core::Session& session, bool is_dry_run) {
  const auto& release = session.snapshot().release;
  if (!release) return fmt::format("### Release {}\n", core::markdown_cell(session.desired().tag));
  return fmt::format("### Release [{}]({}){}\n", core::markdown_cell(release->name),
                     address(release->html_url),
                     release->draft ? " (draft)"
                     : is_dry_run   ? " (published)"
                                    : "");
}

}  // namespace

std::string summary_of(const SessionRunner& runner, const std::optional<core::Error>& error) {
  const core::Session& session = runner.session();
  std::string text = heading_of(session, runner.is_dry_run());
  if (error) text += "\n**The run failed:**\n\n" + text_of(*error);
  if (runner.is_dry_run() && !error) {
    text += runner.forecast().empty() ? "\nDry run: there is nothing to do.\n"
                                      : "\nDry run: nothing was written. A run would\n\n";
    for (const std::string& action : runner.forecast()) {
      text += "- " + core::escaped_markdown(core::one_line(action)) + "\n";
    }
  }
  for (const std::string& waits : what_it_waits_for(session))
    text += "\n" + paragraph(waits) + ".\n";
  if (!session.snapshot().release) return text;
  const auto rows = rows_of(session);
  return text + (rows.empty() ? "\nIt has no files.\n" : "\n" + table_of(rows));
}

std::string summary_of(const core::Error& error) {
  return "### The release was not published\n\n" + text_of(error);
}

}  // namespace commands
