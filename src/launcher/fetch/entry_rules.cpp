// SPDX-License-Identifier: MIT
#include "launcher/fetch/entry_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text.hpp"
#include "launcher/fetch/entry_name.hpp"
#include "launcher/fetch/fetch_error.hpp"

namespace fetch {
namespace {

std::string fault_of_kind(const Entry& entry) {
  if (entry.encrypted) return "is encrypted";
  if (entry.kind == EntryKind::hard_link) return "is a hard link";
  if (entry.kind == EntryKind::special) return "is a device or a named pipe";
  return "";
}

}  // namespace

void refuse_entry(const std::string& name, const std::string& fault) {
  throw refusal(
      fmt::format("the archive was refused: the entry '{}' {}", core::one_line(name), fault));
}

EntryRules::EntryRules(std::uint64_t announced)
    : bytes_left_(std::max(announced * max_expansion, free_expansion)) {}

std::string EntryRules::admit(const Entry& entry) {
  std::string path = entry.name;
  if (entry.kind == EntryKind::directory && path.ends_with('/')) path.pop_back();
  if (const std::string fault = fault_of(entry, path); !fault.empty()) {
    refuse_entry(entry.name, fault);
  }
  return path;
}

std::string EntryRules::fault_of(const Entry& entry, const std::string& path) {
  if (++entries_ > max_entries) return fmt::format("is one of more than {}", max_entries);
  if (std::string fault = fault_of_kind(entry); !fault.empty()) return fault;
  if (std::string fault = fault_of_path(path); !fault.empty()) return fault;
  if (entry.size > bytes_left_) {
    return fmt::format("makes the content more than {} times as large as the archive",
                       max_expansion);
  }
  bytes_left_ -= entry.size;
  if (std::string fault = fault_of_parents(path); !fault.empty()) return fault;
  return fault_of_place(entry, path);
}

std::string EntryRules::fault_of_parents(const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string parent = path.substr(0, slash);
    const auto [found, is_new] =
        seen_.try_emplace(case_folded(parent), Seen{parent, EntryKind::directory, true});
    const Seen& seen = found->second;
    if (seen.path != parent) {
      return fmt::format("differs only in case from '{}'", core::one_line(seen.path));
    }
    if (seen.kind == EntryKind::directory) continue;
    return fmt::format("is beneath the {} '{}'", seen.kind == EntryKind::link ? "link" : "file",
                       core::one_line(parent));
  }
  return "";
}

std::string EntryRules::fault_of_place(const Entry& entry, const std::string& path) {
  const auto [found, is_new] = seen_.try_emplace(case_folded(path), Seen{path, entry.kind, false});
  Seen& seen = found->second;
  if (is_new) return "";
  if (seen.path != path) {
    return fmt::format("differs only in case from '{}'", core::one_line(seen.path));
  }
  if (!seen.implied || entry.kind != EntryKind::directory) return "is there twice";
  seen.implied = false;
  return "";
}

}  // namespace fetch
