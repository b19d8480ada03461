// SPDX-License-Identifier: MIT
#include "gitea/multipart.hpp"

#include <fmt/format.h>

#include <random>
#include <vector>

#include "core/text/text.hpp"

namespace gitea {
namespace {

/// 128 random bits, so that no file contains the boundary by chance.
std::string boundary() {
  std::random_device random;
  std::string result = "gitea-release-";
  for (int i = 0; i < 4; ++i) result += fmt::format("{:08x}", random());
  return result;
}

}  // namespace

Form multipart(const core::Source& file, const std::string& name) {
  const std::string line = boundary();
  const std::string file_name =
      name.empty() ? "filename=\"asset\"" : "filename*=UTF-8''" + core::percent_encoded(name);
  const std::string head = "--" + line +
                           "\r\nContent-Disposition: form-data; name=\"attachment\"; " + file_name +
                           "\r\nContent-Type: application/octet-stream\r\n\r\n";
  const std::string tail = "\r\n--" + line + "--\r\n";

  Form form;
  form.content_type = "multipart/form-data; boundary=" + line;
  form.body.size = head.size() + file.size + tail.size();
  form.body.open = [head, tail, open = file.open]() -> core::Reader {
    std::vector<core::Reader> parts = {core::text_source(head).open(), open(),
                                       core::text_source(tail).open()};
    return [parts, part = std::size_t{0}]() mutable {
      for (; part < parts.size(); ++part) {
        if (const std::string_view bytes = parts[part](); !bytes.empty()) return bytes;
      }
      return std::string_view();
    };
  };
  return form;
}

}  // namespace gitea
