// SPDX-License-Identifier: MIT
#include "gitea/server.hpp"

#include <string_view>

namespace gitea {

std::string Token::redacted(std::string text) const {
  if (secret_.empty()) return text;
  constexpr std::string_view stars = "***";
  for (auto at = text.find(secret_); at != std::string::npos;
       at = text.find(secret_, at + stars.size())) {
    text.replace(at, secret_.size(), stars);
  }
  return text;
}

}  // namespace gitea
