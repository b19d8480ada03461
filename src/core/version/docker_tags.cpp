// SPDX-License-Identifier: MIT
#include "core/version/docker_tags.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

constexpr std::size_t max_tag_length = 128;  // characters

bool is_name_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_tag_letter(char c) {
  return is_name_letter(c) || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '-';
}

/// Checks host[:port]/path/of/the/image: each part begins and ends with a letter or digit.
bool is_image(std::string_view name) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    const auto inner = [](char c) {
      return is_name_letter(c) || c == '_' || c == '.' || c == '-' || c == ':';
    };
    if (part.empty() || !is_name_letter(part.front()) || !is_name_letter(part.back()) ||
        !std::all_of(part.begin(), part.end(), inner)) {
      return false;
    }
    begin = end + 1;
  }
  return true;
}

/// A colon after the last slash begins a tag; a colon before it begins a port.
bool has_tag(std::string_view name) {
  const auto slash = name.rfind('/');
  return name.find(':', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

/// The tag without the prefix of its package. A word that makes it a prerelease is kept.
std::string_view without_prefix(std::string_view tag) {
  const std::string_view rest = tag.substr(version_prefix(tag).size());
  if (is_prerelease(tag) == is_prerelease(rest)) return rest;
  const auto slash = tag.find_last_of("/@");
  return slash == std::string_view::npos ? tag : tag.substr(slash + 1);
}

std::string valid_tag(std::string_view text) {
  std::string tag(text.substr(0, max_tag_length));
  std::replace_if(
      tag.begin(), tag.end(), [](char c) { return !is_tag_letter(c); }, '-');
  return tag;
}

}  // namespace

std::vector<std::string> parse_images(std::string_view text, Problems& problems) {
  std::vector<std::string> images;
  for (const std::string& line : lines(text)) {
    const std::string image = lower(trim(line));
    if (image.empty()) continue;
    if (!is_image(image)) {
      problems.add(fmt::format("image: '{}' is not a valid image name", one_line(image)),
                   "Use a name such as git.example.org/owner/app");
    } else if (has_tag(image)) {
      problems.add(fmt::format("image: '{}' already has a tag", image),
                   "Leave it out: the version's tags are added.");
    } else {
      images.push_back(image);
    }
  }
  return images;
}

std::vector<std::string> docker_tags(const std::vector<std::string>& images, std::string_view tag,
                                     std::string_view version, bool latest) {
  std::vector<std::string> tags = {valid_tag(without_prefix(tag))};
  if (const std::string plain = valid_tag(version); plain != tags.front()) tags.push_back(plain);
  if (latest) tags.emplace_back("latest");
  std::vector<std::string> result;
  for (const std::string& image : images) {
    for (const std::string& one : tags) result.push_back(image + ":" + one);
  }
  return result;
}

}  // namespace core
