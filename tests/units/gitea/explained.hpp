// SPDX-License-Identifier: MIT
// Responses, and the errors that explain() makes of them.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "gitea/explain.hpp"

namespace explained_responses {

using core::Error;
using core::Fault;
using gitea::Answer;
using gitea::Delivery;
using gitea::Operation;
using gitea::Request;

inline Answer answer(int status, const std::string& body,
                     const std::string& type = "application/json") {
  Answer result;
  result.delivery = Delivery::answered;
  result.status = status;
  result.body = body;
  result.content_type = type;
  return result;
}

inline Answer said(int status, const std::string& message) {
  return answer(status, "{\"message\":\"" + message + "\",\"url\":\"https://h/api/swagger\"}");
}

inline Request upload(std::uint64_t size = 5) {
  Request result(Operation::upload_asset);
  result.upload = core::Source{size, nullptr};
  result.file_size = size;
  result.file_name = "setup.exe";
  return result;
}

inline Error explained(const Answer& got,
                       const Request& sent = Request(Operation::create_release)) {
  gitea::Server server;
  server.api = gitea::parse_url("https://git.example.org:3000/api/v1", "server_url");
  return gitea::explain("creating the release v1", sent, got, server);
}

/// The fault is as expected, the message begins with the operation and contains `message`, and the
/// hint contains `hint`.
inline void check(const Error& error, Fault fault, const std::string& message,
                  const std::string& hint) {
  INFO(error.message << " | " << error.hint);
  CHECK(error.fault == fault);
  CHECK(error.message.starts_with("creating the release v1: "));
  CHECK(error.message.find(message) != std::string::npos);
  CHECK(error.hint.find(hint) != std::string::npos);
}

}  // namespace explained_responses
