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

constexpr int most_redirects = 5;
constexpr std::chrono::seconds longest_wait = std::chrono::hours(24);

}  // namespace

std::chrono::milliseconds delay_before(int next, std::chrono::milliseconds backoff,
                                       std::optional<std::chrono::seconds> retry_after) {
  using std::chrono::milliseconds;
  if (retry_after) return std::min(*retry_after, longest_wait);
  constexpr int cap = 20;
  const milliseconds full = backoff * std::min(cap, 1 << std::clamp(next - 2, 0, 10));
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<milliseconds::rep> jitter(full.count() / 2, full.count());
  return milliseconds(jitter(random));
}

void wait(std::chrono::milliseconds delay, const Server& server) {
  std::this_thread::sleep_until(
      std::min(std::chrono::steady_clock::now() + delay, server.deadline));
}

Answer Http::follow(const Request& request, Answer answer) {
  for (int i = 0; request.method == "GET" && is_redirect(answer); ++i) {
    const auto path =
        same_origin_path(answer.location, request.from_root ? server_.root() : server_.api);
    answer.circles = path && i == most_redirects;
    if (!path || answer.circles) return answer;
    answer = connection_.attempt(request, *path);
  }
  return answer;
}

/// One try, or two: a server that does not know "Expect: 100-continue" may never answer it, and as
/// long as no byte of the body was sent nothing can have happened.
Answer Http::attempt(const Request& request) {
  Answer answer = connection_.attempt(request, request.path);
  const bool only_headers = request.upload && request.upload->size > 0 && !answer.upload_begun &&
                            answer.delivery == Delivery::unknown;
  if (only_headers && request.expect_continue) {
    Request without = request;
    without.expect_continue = false;
    answer = connection_.attempt(without, request.path);
  }
  return follow(request, std::move(answer));
}

Answer Http::send(const Request& request) {
  for (int tried = 1;; ++tried) {
    Answer answer = attempt(request);
    answer.tries = tried;
    const bool again = classify(request.operation, answer).verdict == Verdict::retry;
    if (!again || tried > server_.retries) return answer;
    wait(delay_before(tried + 1, server_.backoff, answer.retry_after), server_);
  }
}

}  // namespace gitea
