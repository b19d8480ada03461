// SPDX-License-Identifier: MIT
#include "gitea/http.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <thread>

#include "gitea/classify.hpp"
#include "gitea/redirect.hpp"

namespace gitea {
namespace {

constexpr int max_redirects = 5;
constexpr std::chrono::seconds max_wait = std::chrono::hours(24);

}  // namespace

std::chrono::milliseconds delay_before(int next, std::chrono::milliseconds backoff,
                                       std::optional<std::chrono::seconds> retry_after) {
  using std::chrono::milliseconds;
  if (retry_after) return std::min(*retry_after, max_wait);
  constexpr int cap = 20;
  const milliseconds full = backoff * std::min(cap, 1 << std::clamp(next - 2, 0, 10));
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<milliseconds::rep> jitter(full.count() / 2, full.count());
  return milliseconds(jitter(random));
}

bool asks_for_too_long(const Answer& answer, const Server& server) {
  return answer.retry_after && std::min(*answer.retry_after, max_wait) > server.time_left();
}

void wait(std::chrono::milliseconds delay, const Server& server) {
  std::this_thread::sleep_until(
      std::min(std::chrono::steady_clock::now() + delay, server.deadline));
}

Answer Http::follow(const Request& request, Answer answer) {
  for (int i = 0; request.method == "GET" && is_redirect(answer); ++i) {
    const auto path =
        same_origin_path(answer.location, request.from_root ? server_.root() : server_.api);
    answer.circles = path && i == max_redirects;
    if (!path || answer.circles) return answer;
    answer = connection_.attempt(request, *path);
  }
  return answer;
}

/// One attempt, or two: a server or proxy that does not know "Expect: 100-continue" may reject it
/// or never respond. As long as no byte of the body was sent, nothing can have happened.
Answer Http::attempt(const Request& request) {
  constexpr int expectation_failed = 417;
  Answer answer = connection_.attempt(request, request.path);
  const bool expected =
      request.upload && request.expect_continue && request.upload->size >= expect_threshold;
  const bool refused = answer.delivery == Delivery::unknown || answer.status == expectation_failed;
  if (expected && refused && !answer.upload_begun) {
    Request without = request;
    without.expect_continue = false;
    answer = connection_.attempt(without, request.path);
  }
  return follow(request, std::move(answer));
}

Answer Http::send(const Request& request) {
  for (int attempts = 1;; ++attempts) {
    Answer answer = attempt(request);
    answer.tries = attempts;
    const bool again = classify(request.operation, answer).verdict == Verdict::retry;
    if (!again || attempts > server_.retries || asks_for_too_long(answer, server_)) return answer;
    wait(delay_before(attempts + 1, server_.backoff, answer.retry_after), server_);
  }
}

}  // namespace gitea
