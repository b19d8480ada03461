// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox {

/// Header fields in order; names are case-insensitive.
class Headers {
 public:
  void add(std::string name, std::string value);
  /// Replaces all fields of that name.
  void set(std::string name, std::string value);
  void remove(std::string_view name);
  /// The first value, or "".
  std::string_view value(std::string_view name) const;
  bool has(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  std::string method;
  std::string target;     ///< as sent
  std::string path;       ///< still percent-encoded, without query
  std::string query;      ///< without '?'
  int minor_version = 1;  ///< HTTP/1.x
  int port = 0;           ///< on which it arrived
  Headers headers;

  /// The first value of a query parameter, decoded; nothing if it is absent.
  std::optional<std::string> parameter(std::string_view name) const;
  /// All query parameters in order, decoded, except those with a bare semicolon.
  std::vector<std::pair<std::string, std::string>> parameters() const;
  std::string content_type() const;
};

/// Closes its descriptor.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  ~OpenFile();
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// A part of an open file as the body of a response.
struct FileSlice {
  std::shared_ptr<OpenFile> file;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::optional<FileSlice> file;  ///< instead of `body`
  bool head_only = false;         ///< the response to HEAD: length, but no bytes
  bool without_reading = false;   ///< the rest of the request is not read (413 while sending)
};

/// The reason phrase of a status.
std::string_view reason(int status);

/// Splits "GET /path?query HTTP/1.1"; false for any other line.
bool parse_request_line(std::string_view line, Request& request);

}  // namespace sandbox
