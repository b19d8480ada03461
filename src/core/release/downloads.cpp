// SPDX-License-Identifier: MIT
#include "core/release/downloads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"
#include "core/update/manifest.hpp"
#include "core/version/pep440.hpp"

namespace core {
namespace {

constexpr std::size_t first_digits = 12;

/// "https://git.example.org/owner/app"
std::string page_of_repository(const Release& release) {
  return release.html_url.substr(0, release.html_url.find("/releases/tag/"));
}

class Table {
 public:
  Table(const Downloads& downloads, const Release& release, const std::vector<Asset>& assets,
        const Record& record, const ChecksumNames& checksum_names)
      : downloads_(downloads), release_(release), record_(record), checksum_names_(checksum_names) {
    for (const Asset& asset : assets) {
      const Asset*& highest = by_name_[asset.name];
      if (highest == nullptr || highest->id < asset.id) highest = &asset;
    }
  }

  DownloadsTable render() {
    if (downloads_.rows.empty()) {
      for (const auto& [name, asset] : by_name_) {
        if (!checksum_names_.has(name)) add_row("", *asset);
      }
    } else {
      for (const DownloadRow& row : downloads_.rows) add_rows(row);
    }
    std::string text = rows_.empty() ? "" : head() + rows_;
    for (const std::string& line : {checksums_line(), docker_line(), pip_line()}) {
      if (!line.empty()) text += (text.empty() ? "" : "\n") + line + "\n";
    }
    if (!text.empty()) result_.text = "## Downloads\n\n" + text;
    return std::move(result_);
  }

 private:
  std::string head() const {
    std::string names = "| File | Size |";
    std::string rule = "|---|---:|";
    if (!downloads_.rows.empty()) {
      names.insert(0, "| ");
      rule.insert(0, "|---");
    }
    if (downloads_.digest != ShownDigest::none) {
      names += " SHA-256 |";
      rule += "---|";
    }
    return names + "\n" + rule + "\n";
  }

  void add_rows(const DownloadRow& row) {
    const auto patterns = expand_braces(row.file);
    bool found = false;
    for (const auto& [name, asset] : by_name_) {
      const bool matches = std::any_of(
          patterns.begin(), patterns.end(),
          [&name = name](const std::string& pattern) { return matches_segment(pattern, name); });
      if (!matches) continue;
      found = true;
      add_row(fmt::format("| {} ", markdown_cell(row.label)), *asset);
    }
    if (!found) result_.unmatched.push_back(row.file);
  }

  void add_row(const std::string& label, const Asset& asset) {
    rows_ += fmt::format("{}| {} | {} |", label, link(asset.name), human_size(asset.size));
    if (downloads_.digest != ShownDigest::none) rows_ += fmt::format(" {} |", digest_of(asset));
    rows_ += '\n';
  }

  std::string digest_of(const Asset& asset) const {
    const auto entry = record_.find(asset.id);
    if (entry == record_.end()) return {};
    if (downloads_.digest == ShownDigest::all) return fmt::format("`{}`", entry->second.sha256);
    return fmt::format("`{}…`", entry->second.sha256.substr(0, first_digits));
  }

  std::string link(const std::string& name) const {
    return fmt::format("[{}]({})", markdown_cell(name), download_link(release_, name));
  }

  std::string checksums_line() const {
    std::vector<std::string> links;
    for (const auto& [name, asset] : by_name_) {
      if (checksum_names_.has(name) && name != manifest_name) links.push_back(link(name));
    }
    return links.empty() ? "" : "Checksums: " + join(links, ", ");
  }

  std::string docker_line() const {
    if (downloads_.docker.empty()) return {};
    return fmt::format("Docker: `docker pull {}:{}`", downloads_.docker, release_.tag);
  }

  /// The registry belongs to the owner of the repository.
  std::string pip_line() const {
    const std::string version = pep440(release_.tag);
    if (downloads_.pip.empty() || version.empty()) return {};
    const std::string repository = page_of_repository(release_);
    const auto owner_end = repository.rfind('/');
    const auto owner = repository.rfind('/', owner_end - 1);
    return fmt::format("Python: `pip install --index-url {}/api/packages{}/pypi/simple {}=={}`",
                       repository.substr(0, owner), repository.substr(owner, owner_end - owner),
                       one_line(downloads_.pip), version);
  }

  const Downloads& downloads_;
  const Release& release_;
  const Record& record_;
  const ChecksumNames& checksum_names_;
  std::map<std::string, const Asset*> by_name_;
  std::string rows_;
  DownloadsTable result_;
};

}  // namespace

DownloadsTable render_downloads(const Downloads& downloads, const Release& release,
                                const std::vector<Asset>& assets, const Record& record,
                                const ChecksumNames& checksum_names) {
  return Table(downloads, release, assets, record, checksum_names).render();
}

std::string download_link(const Release& release, const std::string& name) {
  return fmt::format("{}/releases/download/{}/{}", page_of_repository(release),
                     percent_encoded(release.tag), percent_encoded(name));
}

}  // namespace core
