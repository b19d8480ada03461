// SPDX-License-Identifier: MIT
#include "signing/subject.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace signing {
namespace {

constexpr std::string_view tag_opening = "tag=";
constexpr std::string_view repository_opening = " repository=";

bool is_word(std::string_view text) {
  return !text.empty() && core::is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
  });
}

}  // namespace

std::string render_subject(const Subject& subject) {
  if (!is_word(subject.tag) || !is_word(subject.repository)) {
    throw core::Error(
        core::Fault::workflow,
        fmt::format("a release of '{}' in '{}' cannot be signed: one of them is empty, or has a "
                    "blank, a control character or bytes that are not UTF-8 in it",
                    core::one_line(subject.tag), core::one_line(subject.repository)));
  }
  return fmt::format("{}{}{}{}", tag_opening, subject.tag, repository_opening, subject.repository);
}

std::optional<Subject> parse_subject(std::string_view trusted_comment) {
  const auto blank = trusted_comment.find(repository_opening);
  if (!trusted_comment.starts_with(tag_opening) || blank == std::string_view::npos) {
    return std::nullopt;
  }
  const Subject subject{
      std::string(trusted_comment.substr(tag_opening.size(), blank - tag_opening.size())),
      std::string(trusted_comment.substr(blank + repository_opening.size()))};
  if (!is_word(subject.tag) || !is_word(subject.repository)) return std::nullopt;
  return subject;
}

}  // namespace signing
