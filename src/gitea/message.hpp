// SPDX-License-Identifier: MIT
// Who answered, and what they say in their own words.
#pragma once

#include <string>

#include "gitea/exchange.hpp"

namespace gitea {

enum class Speaker {
  api,      ///< JSON with a message and the address of the API's documentation, as no other has
  json,     ///< other JSON: some refusals of the server, or a gateway of somebody's
  page,     ///< HTML
  text,     ///< something else
  nothing,  ///< an empty answer
};

Speaker speaker_of(const Answer& answer);

bool is_html(const Answer& answer);
bool is_json(const Answer& answer);  ///< by its content type

/// The JSON's `message`, the title of an HTML page, else the start of the text; on one line.
std::string message_in(const Answer& answer);

}  // namespace gitea
