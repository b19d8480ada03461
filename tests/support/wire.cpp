// SPDX-License-Identifier: MIT
#include "support/wire.hpp"

#include <fmt/format.h>
#include <httplib.h>

#include <stdexcept>

namespace support {
namespace {

httplib::Headers headers(const std::string& token) {
  if (token.empty()) return {};
  return {{"Authorization", "token " + token}};
}

Response checked(const httplib::Result& result, const std::string& path) {
  if (!result) {
    throw std::runtime_error(fmt::format("{}: {}", path, httplib::to_string(result.error())));
  }
  return {result->status, result->body};
}

}  // namespace

Wire::Wire(const std::string& url, const std::string& token) : token_(token) {
  const auto path = url.find('/', url.find("://") + 3);
  base_ = path == std::string::npos ? "" : url.substr(path);
  client_ = std::make_unique<httplib::Client>(url.substr(0, path));
  client_->set_keep_alive(true);
  client_->set_tcp_nodelay(true);
  client_->set_path_encode(false);
  client_->set_read_timeout(60);
}

Wire::~Wire() = default;

Response Wire::get(const std::string& path) {
  return checked(client_->Get(base_ + path, headers(token_)), path);
}

Response Wire::send(const std::string& method, const std::string& path, const std::string& json) {
  httplib::Request request;
  request.method = method;
  request.path = base_ + path;
  request.headers = headers(token_);
  request.body = json;
  request.headers.emplace("Content-Type", "application/json");
  return checked(client_->send(request), path);
}

Response Wire::upload(const std::string& path, const std::string& content) {
  const httplib::UploadFormDataItems form = {
      {"attachment", content, "file", "application/octet-stream"}};
  return checked(client_->Post(base_ + path, headers(token_), form), path);
}

std::string percent_encoded(const std::string& component) {
  std::string result;
  for (const char c : component) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result;
}

}  // namespace support
