// SPDX-License-Identifier: MIT
#include "core/update/channel.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::array<std::pair<std::string_view, Channel>, 5> channel_names = {
    {{"dev", Channel::dev},
     {"alpha", Channel::alpha},
     {"beta", Channel::beta},
     {"rc", Channel::rc},
     {"stable", Channel::stable}}};

/// The words of prereleases, including the other spellings of PEP 440.
constexpr std::array<std::pair<std::string_view, Channel>, 8> prerelease_words = {
    {{"alpha", Channel::alpha},
     {"a", Channel::alpha},
     {"beta", Channel::beta},
     {"b", Channel::beta},
     {"rc", Channel::rc},
     {"c", Channel::rc},
     {"pre", Channel::rc},
     {"preview", Channel::rc}}};

template <typename Table>
std::optional<Channel> channel_in(const Table& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& entry) { return entry.first == word; });
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

Channel channel_of(const Version& version) {
  if (!version.is_prerelease()) return Channel::stable;
  if (version.dev || version.prerelease.empty()) return Channel::dev;
  return channel_in(prerelease_words, lower(version.prerelease.front())).value_or(Channel::dev);
}

std::string_view name_of(Channel channel) {
  return channel_names.at(static_cast<std::size_t>(channel)).first;
}

std::optional<Channel> parse_channel(std::string_view name) {
  return channel_in(channel_names, name);
}

}  // namespace core
