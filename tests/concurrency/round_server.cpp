// SPDX-License-Identifier: MIT
#include "concurrency/round_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace concurrency {
namespace {

std::int64_t since_epoch(Clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

bool is_job(const Logged& logged) { return logged.account.starts_with("job-"); }

RoundServer::RoundServer() : wire_(server_.connect()), owner_(server_.repository()) {
  owner_ = owner_.substr(0, owner_.find('/'));
  server_.forget_requests();
  const auto now = Clock::now();
  server_.has_release("none");
  zero_ms_ = take_requests().at(0).started_ms - since_epoch(now);
}

std::string RoundServer::account(std::size_t job) { return fmt::format("job-{:02}", job); }

const std::string& RoundServer::token(std::size_t job) {
  while (tokens_.size() <= job) {
    const std::string name = account(tokens_.size());
    tokens_.push_back(server_.token_of(name));
    server_.add_collaborator(name, "write");
  }
  return tokens_[job];
}

void RoundServer::control(const std::string& method, const std::string& path) {
  const auto answer = wire_->send(method, "/_sandbox/" + path);
  if (answer.status != 200) throw std::runtime_error(path + ": " + answer.body);
}

void RoundServer::begin() {
  control("DELETE", "faults");
  server_.forget_requests();
  server_.set(R"({"patch_window_ms":2,"create_window_ms":10,"delete_window_ms":0})");
}

std::vector<Logged> RoundServer::take_requests() {
  const auto is_on_its_way = [](const Logged& one) {
    return one.fault == "late" && one.carried_out == 0;
  };
  auto result = server_.requests();
  while (std::ranges::any_of(result, is_on_its_way)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    result = server_.requests();
  }
  server_.forget_requests();
  return result;
}

std::int64_t RoundServer::ms(Clock::time_point time) const { return since_epoch(time) + zero_ms_; }

}  // namespace concurrency
