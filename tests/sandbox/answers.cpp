// SPDX-License-Identifier: MIT
#include "answers.hpp"

#include "text.hpp"

namespace sandbox {

namespace {

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&#34;";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Response json_answer(int status, const Json& body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/json;charset=utf-8");
  response.body = body.dump() + "\n";
  return response;
}

Response text_answer(int status, std::string_view text) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = std::string(text) + "\n";
  return response;
}

Response error_answer(const World& world, int status, std::string_view message) {
  return json_answer(status,
                     Json::object({{"message", message}, {"url", world.root_url + "api/swagger"}}));
}

Response not_found_answer(const World& world, const Request& request, std::string_view message) {
  const Profile& profile = world.profile;
  const bool translated = profile.not_found != "not found" &&
                          request.headers.value("Accept-Language").starts_with("de");
  if (message.empty()) {
    message = translated ? "Das Ziel konnte nicht gefunden werden." : profile.not_found;
  }
  Json body = Json::Object{};
  if (profile.not_found_errors == Profile::NotFoundErrors::null) body.set("errors", nullptr);
  if (profile.not_found_errors == Profile::NotFoundErrors::empty_list) {
    body.set("errors", Json::Array{});
  }
  body.set("message", message);
  body.set("url", world.root_url + "api/swagger");
  return json_answer(404, body);
}

Response server_error_answer(const World& world, const Identity& identity, std::string_view why) {
  return error_answer(world, 500, identity.is_admin() ? why : std::string_view());
}

Response redirect_answer(int status, std::string_view method, const std::string& location) {
  Response response;
  response.status = status;
  if (method == "GET" || method == "HEAD") {
    response.headers.add("Content-Type", "text/html; charset=utf-8");
  }
  response.headers.add("Location", location);
  if (method == "GET") {
    response.body =
        "<a href=\"" + escape_html(location) + "\">" + std::string(reason(status)) + "</a>.\n\n";
  }
  return response;
}

}  // namespace sandbox
