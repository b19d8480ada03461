// SPDX-License-Identifier: MIT
#include "core/downloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "core/glob.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// Text that Markdown shows as it is, also in a table's cell.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : one_line(text)) {
    if (std::string_view("\\`*_{}[]<>|#~&!").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

class Table {
 public:
  Table(const Downloads& downloads, const Release& release, const std::vector<Asset>& assets,
        const Record& record, const SumsNames& sums)
      : downloads_(downloads), release_(release), record_(record), sums_(sums) {
    for (const Asset& asset : assets) {
      const Asset*& highest = by_name_[asset.name];
      if (highest == nullptr || highest->id < asset.id) highest = &asset;
    }
  }

  DownloadsTable render() {
    if (downloads_.rows.empty()) {
      for (const auto& [name, asset] : by_name_) {
        if (!sums_.has(name)) add_row("", *asset);
      }
    } else {
      for (const DownloadRow& row : downloads_.rows) add_rows(row);
    }
    std::string text;
    if (!rows_.empty()) {
      text = downloads_.rows.empty() ? "| File | Size | SHA-256 |\n|---|---:|---|\n"
                                     : "| | File | Size | SHA-256 |\n|---|---|---:|---|\n";
      text += rows_;
    }
    for (const std::string& line : {sums_line(), docker_line()}) {
      if (!line.empty()) text += (text.empty() ? "" : "\n") + line + "\n";
    }
    if (!text.empty()) result_.text = "## Downloads\n\n" + text;
    return std::move(result_);
  }

 private:
  void add_rows(const DownloadRow& row) {
    const auto patterns = expand_braces(row.file);
    bool found = false;
    for (const auto& [name, asset] : by_name_) {
      const bool matches = std::any_of(
          patterns.begin(), patterns.end(),
          [&name = name](const std::string& pattern) { return matches_segment(pattern, name); });
      if (!matches) continue;
      found = true;
      add_row(fmt::format("| {} ", escaped(row.label)), *asset);
    }
    if (!found) result_.unmatched.push_back(row.file);
  }

  void add_row(const std::string& label, const Asset& asset) {
    const auto entry = record_.find(asset.id);
    rows_ += fmt::format("{}| {} | {} | {} |\n", label, link(asset.name), human_size(asset.size),
                         entry == record_.end() ? "" : "`" + entry->second.sha256 + "`");
  }

  std::string link(const std::string& name) const {
    return fmt::format("[{}]({})", escaped(name), download_link(release_, name));
  }

  std::string sums_line() const {
    std::vector<std::string> links;
    for (const auto& [name, asset] : by_name_) {
      if (sums_.has(name)) links.push_back(link(name));
    }
    return links.empty() ? "" : "Checksums: " + join(links, ", ");
  }

  std::string docker_line() const {
    if (downloads_.docker.empty()) return {};
    return fmt::format("Docker: `docker pull {}:{}`", downloads_.docker, release_.tag);
  }

  const Downloads& downloads_;
  const Release& release_;
  const Record& record_;
  const SumsNames& sums_;
  std::map<std::string, const Asset*> by_name_;
  std::string rows_;
  DownloadsTable result_;
};

}  // namespace

DownloadsTable render_downloads(const Downloads& downloads, const Release& release,
                                const std::vector<Asset>& assets, const Record& record,
                                const SumsNames& sums) {
  return Table(downloads, release, assets, record, sums).render();
}

std::string download_link(const Release& release, const std::string& name) {
  constexpr std::string_view page = "/releases/tag/";
  const auto base = release.html_url.find(page);
  return fmt::format("{}/releases/download/{}/{}", release.html_url.substr(0, base),
                     percent_encoded(release.tag), percent_encoded(name));
}

}  // namespace core
