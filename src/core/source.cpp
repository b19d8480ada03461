// SPDX-License-Identifier: MIT
#include "core/source.hpp"

#include <memory>
#include <utility>

namespace core {

Source text_source(std::string text) {
  Source source;
  source.size = text.size();
  source.open = [bytes = std::make_shared<const std::string>(std::move(text))]() -> Reader {
    return [bytes, is_done = false]() mutable {
      return std::exchange(is_done, true) ? std::string_view() : std::string_view(*bytes);
    };
  };
  return source;
}

}  // namespace core
