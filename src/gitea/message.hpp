// SPDX-License-Identifier: MIT
// What a server, or whoever answers in its place, says in its own words.
#pragma once

#include <string>

#include "gitea/exchange.hpp"

namespace gitea {

bool is_html(const Answer& answer);
bool is_json(const Answer& answer);  ///< by its content type

/// The JSON's `message`, the title of an HTML page, else the start of the text; on one line.
std::string message_in(const Answer& answer);

}  // namespace gitea
