// SPDX-License-Identifier: MIT
// Who sent a response (the server or something in front of it), and the message in it.
#pragma once

#include <string>

#include "gitea/exchange.hpp"

namespace gitea {

enum class Speaker {
  /// JSON with a message and the address of the API documentation: only the server's API sends it
  api,
  json,     ///< other JSON: some errors of the server, or a gateway
  page,     ///< HTML
  text,     ///< any other text
  nothing,  ///< an empty response
};

Speaker speaker_of(const Answer& answer);

bool is_html(const Answer& answer);
bool is_json(const Answer& answer);  ///< by its content type

/// The `message` of a JSON response, the title of an HTML page, or else the start of the text; one
/// line.
std::string message_in(const Answer& answer);

}  // namespace gitea
