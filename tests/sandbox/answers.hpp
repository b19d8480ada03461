// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "accounts.hpp"
#include "http_message.hpp"
#include "json.hpp"
#include "world.hpp"

namespace sandbox {

/// Thrown by an endpoint that ends with an error response.
struct Refusal {
  Response response;
};

Response json_answer(int status, const Json& body);
Response text_answer(int status, std::string_view text);
/// `{"message":…,"url":…}`
Response error_answer(const World& world, int status, std::string_view message);
/// The 404 with its `errors` member; in German if old servers are asked for it.
Response not_found_answer(const World& world, const Request& request,
                          std::string_view message = "");
/// 500: only site admins get the reason.
Response server_error_answer(const World& world, const Identity& identity, std::string_view why);
/// With the short HTML page that Go adds for GET and HEAD.
Response redirect_answer(int status, std::string_view method, const std::string& location);

}  // namespace sandbox
