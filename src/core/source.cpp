// SPDX-License-Identifier: MIT
#include "core/source.hpp"

#include <algorithm>
#include <memory>

namespace core {

Source text_source(std::string text) {
  Source source;
  source.size = text.size();
  source.open = [bytes = std::make_shared<const std::string>(std::move(text))]() -> Reader {
    return [bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
      const std::size_t count = std::min(size, bytes->size() - at);
      std::copy_n(bytes->data() + at, count, buffer);
      at += count;
      return count;
    };
  };
  return source;
}

}  // namespace core
