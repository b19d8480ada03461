// SPDX-License-Identifier: MIT
#include "gitea/answer_text.hpp"

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"

namespace gitea {
namespace {

constexpr int first_failure =
    400;  // the body of a success may be large: do not parse it a second time

/// The text of the first element called `name`. `low` is `html` in lower case.
std::string element(const std::string& html, const std::string& low, const std::string& name) {
  const auto open = low.find("<" + name);
  const auto begin = open == std::string::npos ? open : low.find('>', open);
  const auto end = begin == std::string::npos ? begin : low.find("</" + name, begin);
  if (end == std::string::npos) return {};
  return core::one_line(std::string_view(html).substr(begin + 1, end - begin - 1), 100);
}

std::string title_of(const std::string& html) {
  const std::string low = core::lower(html);
  const std::string title = element(html, low, "title");
  return title.empty() ? element(html, low, "h1") : title;
}

}  // namespace

bool is_html(const Answer& answer) {
  const std::string start = core::lower(core::trim(answer.body).substr(0, 14));
  return core::lower(answer.content_type).find("text/html") != std::string::npos ||
         start.starts_with("<!doctype html") || start.starts_with("<html");
}

bool is_json(const Answer& answer) {
  return core::lower(answer.content_type).find("json") != std::string::npos;
}

Speaker speaker_of(const Answer& answer) {
  if (is_html(answer)) return Speaker::page;
  if (!is_json(answer)) {
    return core::trim(answer.body).empty() ? Speaker::nothing : Speaker::text;
  }
  if (answer.status < first_failure) return Speaker::json;
  try {
    // Every server sends these two members; others, such as `errors`, are missing in Gitea 1.27.
    const core::Json json = core::Json::parse(answer.body);
    if (json.is_object() && json.has("message") && json.string("url").ends_with("/api/swagger")) {
      return Speaker::api;
    }
  } catch (const core::Error&) {
    // Not JSON in spite of its content type, or a member is not a string.
  }
  return Speaker::json;
}

std::string message_in(const Answer& answer) {
  if (is_html(answer)) return title_of(answer.body);
  try {
    const core::Json json = core::Json::parse(answer.body);
    if (json.is_object()) return core::one_line(json.string("message"));
  } catch (const core::Error&) {
    // Not JSON: some error responses are plain text.
  }
  return core::one_line(answer.body);
}

}  // namespace gitea
