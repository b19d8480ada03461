// SPDX-License-Identifier: MIT
#include "many/stage.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace many {
namespace {

std::int64_t since_epoch(Clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Asked parse_asked(const core::Json& json) {
  Asked asked;
  asked.account = json.string("user");
  asked.method = json.string("method");
  asked.path = json.string("path");
  if (const std::string query = json.string("query"); !query.empty()) asked.path += "?" + query;
  asked.body = json.string("raw_body");
  asked.fault = json.string("fault");
  asked.status = json.number("status");
  asked.started_ms = static_cast<std::int64_t>(json.number("started_ms"));
  asked.ended_ms = asked.started_ms;  // a request on its way has -1 there
  if (asked.status != 0) asked.ended_ms = static_cast<std::int64_t>(json.number("ended_ms"));
  return asked;
}

}  // namespace

std::string Asked::line() const {
  std::string text =
      fmt::format("{} {} {} {} ({} ms)", account, method, path, status, ended_ms - started_ms);
  if (!fault.empty()) text += " [" + fault + "]";
  if (!body.empty()) text += "\n           " + body.substr(0, 600);
  return text;
}

Stage::Stage() : wire_(server_.connect()), owner_(server_.repository()) {
  owner_ = owner_.substr(0, owner_.find('/'));
  server_.forget_requests();
  const auto now = Clock::now();
  server_.has_release("none");
  zero_ms_ = take_requests().at(0).started_ms - since_epoch(now);
}

std::string Stage::account(std::size_t job) { return fmt::format("job-{:02}", job); }

const std::string& Stage::token(std::size_t job) {
  while (tokens_.size() <= job) {
    const std::string name = account(tokens_.size());
    tokens_.push_back(server_.token_of(name));
    server_.add_collaborator(name, "write");
  }
  return tokens_[job];
}

core::Json Stage::control(const std::string& method, const std::string& path) {
  const auto answer =
      method == "GET" ? wire_->get("/_sandbox/" + path) : wire_->send(method, "/_sandbox/" + path);
  if (answer.status != 200) throw std::runtime_error(path + ": " + answer.body);
  return answer.json();
}

void Stage::begin() {
  control("DELETE", "faults");
  control("DELETE", "requests");
  server_.set(R"({"patch_window_ms":2,"create_window_ms":10,"delete_window_ms":0})");
}

std::vector<Asked> Stage::take_requests() {
  std::vector<Asked> result;
  for (const core::Json& one : control("GET", "requests").elements()) {
    result.push_back(parse_asked(one));
  }
  control("DELETE", "requests");
  return result;
}

std::vector<core::Json> Stage::rows() {
  return control("GET", "repos/" + server_.repository() + "/releases").elements();
}

std::int64_t Stage::ms(Clock::time_point time) const { return since_epoch(time) + zero_ms_; }

}  // namespace many
