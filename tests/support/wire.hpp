// SPDX-License-Identifier: MIT
// The tests' own HTTP client: checks must not use the code under test.
#pragma once

#include <memory>
#include <string>

#include "core/text/json.hpp"

namespace httplib {
class Client;
}

namespace support {

struct Response {
  int status = 0;
  std::string body;
  core::Json json() const { return core::Json::parse(body); }
};

/// One server, over one connection.
class Wire {
 public:
  /// `token` may be empty.
  Wire(const std::string& url, const std::string& token);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  Response get(const std::string& path);
  Response send(const std::string& method, const std::string& path, const std::string& json = {});
  Response upload(const std::string& path, const std::string& content);

 private:
  std::unique_ptr<httplib::Client> client_;
  std::string base_;
  std::string token_;
};

std::string percent_encoded(const std::string& component);

}  // namespace support
