// SPDX-License-Identifier: MIT
#include "core/pep440.hpp"

#include <algorithm>
#include <regex>

#include "core/text.hpp"
#include "core/version.hpp"

namespace core {
namespace {

constexpr std::size_t longest = 255;  // std::regex needs stack for each character

/// Every spelling that PEP 440 allows (its appendix B), in lower case; the groups by name.
enum Group {
  whole,
  epoch,
  release,
  pre_word,
  pre_number,
  post_implicit,
  post_word,
  post_number,
  dev_word,
  dev_number,
  local
};

const std::regex& grammar() {
  static const std::regex all(
      "v?(?:([0-9]+)!)?"
      "([0-9]+(?:\\.[0-9]+)*)"
      "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]+)?)?"
      "(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]+)?)?"
      "(?:[-_.]?(dev)[-_.]?([0-9]+)?)?"
      "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?");
  return all;
}

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Each part between dots, numbers without leading zeros.
std::string numbers(const std::string& dotted) {
  std::string result;
  for (std::size_t begin = 0; begin <= dotted.size();) {
    const auto end = std::min(dotted.find('.', begin), dotted.size());
    const std::string part = dotted.substr(begin, end - begin);
    result += (begin == 0 ? "" : ".") + (is_digits(part) ? without_leading_zeros(part) : part);
    begin = end + 1;
  }
  return result;
}

std::string short_form(const std::string& word) {
  if (word == "alpha" || word == "a") return "a";
  return word == "beta" || word == "b" ? "b" : "rc";
}

}  // namespace

std::string pep440(std::string_view tag) {
  tag.remove_prefix(version_prefix(tag).size());
  const std::string text = lower(trim(tag));
  std::smatch found;
  if (text.size() > longest || !std::regex_match(text, found, grammar())) return {};
  const auto group = [&](Group name) { return found[name].str(); };

  std::string result;
  if (without_leading_zeros(group(epoch)) != "0")
    result += without_leading_zeros(group(epoch)) + "!";
  result += numbers(group(release));
  if (found[pre_word].matched)
    result += short_form(group(pre_word)) + without_leading_zeros(group(pre_number));
  if (found[post_implicit].matched) result += ".post" + without_leading_zeros(group(post_implicit));
  if (found[post_word].matched) result += ".post" + without_leading_zeros(group(post_number));
  if (found[dev_word].matched) result += ".dev" + without_leading_zeros(group(dev_number));
  if (found[local].matched) {
    std::string label = group(local);
    std::replace_if(
        label.begin(), label.end(), [](char c) { return c == '-' || c == '_'; }, '.');
    result += "+" + numbers(label);
  }
  return result;
}

}  // namespace core
