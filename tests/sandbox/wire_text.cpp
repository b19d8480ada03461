// SPDX-License-Identifier: MIT
#include "wire_text.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "text.hpp"

namespace sandbox {

namespace {

std::string chunked(std::string_view text) {
  std::string out;
  constexpr std::size_t most = 4096;
  while (!text.empty()) {
    const auto part = text.substr(0, most);
    char size[16] = {};
    const auto end = std::to_chars(size, size + sizeof size, part.size(), 16).ptr;
    out.append(size, end).append("\r\n").append(part).append("\r\n");
    text.remove_prefix(part.size());
  }
  return out + "0\r\n\r\n";
}

}  // namespace

bool has_body(const Response& response) {
  return !response.head_only && response.status != 204 && response.status != 304;
}

std::string wire_text(Response& response, const Request& request, bool closing) {
  constexpr std::size_t go_buffer = 2048;
  std::string body = std::move(response.body);
  if (response.file) {
    response.headers.set("Content-Length", std::to_string(response.file->size));
  } else if (response.headers.has("Content-Length")) {
    // The length that the handler set: a fault may set a wrong one.
  } else if (body.size() > go_buffer && request.minor_version > 0) {
    response.headers.set("Transfer-Encoding", "chunked");
    body = chunked(body);
  } else if (response.status != 204 && response.status != 304) {
    response.headers.set("Content-Length", std::to_string(body.size()));
  }
  if (closing) response.headers.set("Connection", "close");
  std::string wire = "HTTP/1.1 " + std::to_string(response.status) + " ";
  wire.append(reason(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers.all()) {
    wire.append(name).append(": ").append(value).append("\r\n");
  }
  if (!response.headers.has("Date")) {
    wire.append("Date: ").append(http_date(unix_now())).append("\r\n");
  }
  wire.append("\r\n");
  if (has_body(response)) wire += body;
  return wire;
}

std::size_t head_size(const std::string& wire) { return wire.find("\r\n\r\n") + 4; }

std::string first_bytes_of(const FileSlice& slice, std::uint64_t size) {
  std::string bytes(static_cast<std::size_t>(std::min(size, slice.size)), '\0');
  const ssize_t got = ::pread(slice.file->descriptor(), bytes.data(), bytes.size(),
                              static_cast<off_t>(slice.offset));
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace sandbox
