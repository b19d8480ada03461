// SPDX-License-Identifier: MIT
#include "gitea/message.hpp"

#include "core/error.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

namespace gitea {
namespace {

std::string title_of(const std::string& html) {
  const std::string low = core::lower(html);
  const auto open = low.find("<title");
  const auto begin = open == std::string::npos ? open : low.find('>', open);
  const auto end = begin == std::string::npos ? begin : low.find("</title", begin);
  if (end == std::string::npos) return {};
  return core::one_line(std::string_view(html).substr(begin + 1, end - begin - 1), 100);
}

}  // namespace

bool is_html(const Answer& answer) {
  return answer.content_type.find("text/html") != std::string::npos ||
         core::lower(core::trim(answer.body).substr(0, 14)).starts_with("<!doctype html") ||
         core::lower(core::trim(answer.body).substr(0, 5)) == "<html";
}

bool is_json(const Answer& answer) { return answer.content_type.find("json") != std::string::npos; }

std::string message_in(const Answer& answer) {
  if (is_html(answer)) return title_of(answer.body);
  try {
    const core::Json json = core::Json::parse(answer.body);
    if (json.is_object()) return core::one_line(json.string("message"));
  } catch (const core::Error&) {
    // Not JSON: plain text, as some refusals are.
  }
  return core::one_line(answer.body);
}

}  // namespace gitea
