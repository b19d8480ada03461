// SPDX-License-Identifier: MIT
#include "gitea/multipart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

namespace gitea {
namespace {

/// 128 random bits: no file contains them by chance.
std::string boundary() {
  std::random_device random;
  std::string result = "gitea-release-";
  for (int i = 0; i < 4; ++i) result += fmt::format("{:08x}", random());
  return result;
}

/// Reads `text` from `at` on.
std::size_t copy(const std::string& text, std::size_t& at, char* buffer, std::size_t size) {
  const std::size_t count = std::min(size, text.size() - at);
  std::copy_n(text.data() + at, count, buffer);
  at += count;
  return count;
}

}  // namespace

Form multipart(const core::Source& file) {
  const std::string line = boundary();
  const std::string head =
      "--" + line +
      "\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"asset\"\r\n"
      "Content-Type: application/octet-stream\r\n\r\n";
  const std::string tail = "\r\n--" + line + "--\r\n";

  Form form;
  form.content_type = "multipart/form-data; boundary=" + line;
  form.body.size = head.size() + file.size + tail.size();
  form.body.open = [head, tail, open = file.open]() -> core::Reader {
    return [head, tail, read = open(), at_head = std::size_t{0}, at_tail = std::size_t{0},
            in_file = true](char* buffer, std::size_t size) mutable {
      if (at_head < head.size()) return copy(head, at_head, buffer, size);
      if (in_file) {
        const std::size_t count = read(buffer, size);
        if (count > 0) return count;
        in_file = false;
      }
      return copy(tail, at_tail, buffer, size);
    };
  };
  return form;
}

}  // namespace gitea
