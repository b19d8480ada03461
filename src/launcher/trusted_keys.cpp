// SPDX-License-Identifier: MIT
#include "launcher/trusted_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "signing/public_key.hpp"

namespace launcher {
namespace {

constexpr std::string_view by_user = "untrusted comment: trusted by the user";
constexpr std::string_view by_release = "untrusted comment: minisign public key";
constexpr std::string_view distrusted_by_user = "untrusted comment: distrusted by the user: ";

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// In its usual form. Throws Error (workflow) if it is no key.
std::string checked_key(const std::string& text) { return signing::PublicKey::parse(text).text(); }

}  // namespace

TrustedKeys TrustedKeys::parse(std::string_view text) {
  TrustedKeys trusted;
  bool is_next_by_user = false;
  for (const std::string& raw : core::lines(text)) {
    const std::string line(core::trim(raw));
    if (line.starts_with("RW")) {
      trusted.entries_.push_back({checked_key(line), is_next_by_user});
    } else if (line.starts_with(distrusted_by_user)) {
      trusted.distrusted_.push_back(line.substr(distrusted_by_user.size()));
    }
    is_next_by_user = line == by_user;
  }
  return trusted;
}

std::string TrustedKeys::text() const {
  std::string text;
  for (const Entry& entry : entries_) {
    text += fmt::format("{}\n{}\n", entry.is_by_user ? by_user : by_release, entry.key);
  }
  for (const std::string& key : distrusted_) text += fmt::format("{}{}\n", distrusted_by_user, key);
  return text;
}

std::vector<std::string> TrustedKeys::keys() const {
  std::vector<std::string> keys;
  for (const Entry& entry : entries_) keys.push_back(entry.key);
  return keys;
}

bool TrustedKeys::has(const std::string& key) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.key == key; });
}

void TrustedKeys::trust(const std::string& text) {
  const std::string key = checked_key(text);
  std::erase(distrusted_, key);
  std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; });
  entries_.push_back({key, true});
}

void TrustedKeys::distrust(const std::string& text) {
  const std::string key = checked_key(text);
  if (has(key) && entries_.size() == 1) {
    throw core::Error(core::Fault::workflow,
                      "this is the only key, without which there are no updates",
                      "Trust another key first.");
  }
  std::erase_if(entries_, [&](const Entry& entry) { return entry.key == key; });
  if (!contains(distrusted_, key)) distrusted_.push_back(key);
}

void TrustedKeys::adopt(const std::vector<std::string>& before,
                        const std::vector<std::string>& after) {
  if (after.empty()) return;
  // A key of the release before that is not here was removed by hand.
  for (const std::string& key : before) {
    if (!has(key) && !contains(distrusted_, key)) distrusted_.push_back(key);
  }
  TrustedKeys adopted = *this;
  std::erase_if(adopted.entries_, [&](const Entry& entry) {
    return !entry.is_by_user && contains(before, entry.key) && !contains(after, entry.key);
  });
  for (const std::string& text : after) {
    const std::string key = checked_key(text);
    if (!adopted.has(key) && !contains(distrusted_, key)) adopted.entries_.push_back({key, false});
  }
  if (!adopted.entries_.empty()) *this = adopted;
}

}  // namespace launcher
