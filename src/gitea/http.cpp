// SPDX-License-Identifier: MIT
#include "gitea/http.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <netdb.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "core/text.hpp"
#include "gitea/trust.hpp"

namespace gitea {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t chunk_size = std::size_t{256} * 1024;  // measured: smaller ones cost time
constexpr std::size_t answer_limit = std::size_t{8} << 20;
constexpr milliseconds connect_timeout = seconds(30);
constexpr int most_redirects = 5;

bool resolves(const std::string& host) {
  addrinfo* found = nullptr;
  const bool ok = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
  if (found != nullptr) freeaddrinfo(found);
  return ok;
}

/// The system's authorities and `extra`, as one PEM text.
std::string bundle_with(const std::string& extra) {
  std::ifstream file(system_bundle());
  std::ostringstream text;
  if (file) text << file.rdbuf();
  return text.str() + "\n" + extra;
}

bool never_reached_the_server(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
    case httplib::Error::ProxyConnection:
    case httplib::Error::BindIPAddress:
    case httplib::Error::SSLConnection:
    case httplib::Error::SSLLoadingCerts:
    case httplib::Error::SSLServerVerification:
    case httplib::Error::SSLServerHostnameVerification:
      return true;
    default:
      return false;
  }
}

std::optional<seconds> parse_retry_after(const std::string& value) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (failure != std::errc{} || end != value.data() + value.size() || number < 0) {
    return std::nullopt;
  }
  return seconds(number);
}

void explain_tls(const httplib::Result& result, const Server& server, Answer& answer) {
  answer.hint =
      "Give the authority that signed the server's certificate as 'ca_cert' (PEM text or a path).";
  if (result.error() == httplib::Error::SSLServerHostnameVerification) {
    answer.failure = fmt::format("its certificate is for another name than {}", server.api.host);
    answer.hint = "Use the name that the certificate is for in 'server_url'.";
  } else if (result.error() == httplib::Error::SSLServerVerification) {
    const auto code = static_cast<long>(result.ssl_backend_error());
    answer.failure = fmt::format("its certificate cannot be verified: {}",
                                 X509_verify_cert_error_string(code));
    if (system_bundle().empty()) {
      answer.failure += fmt::format("; no bundle of authorities was found (looked for {})",
                                    core::join(bundle_places(), ", "));
      answer.hint = "Install ca-certificates in the job's image, or give 'ca_cert'.";
    }
  } else {
    answer.failure = "no TLS connection could be made (does it speak https on this port?)";
    answer.hint = "Check 'server_url': scheme and port.";
  }
}

/// In words, why there is no answer.
void explain_failure(const httplib::Result& result, const Server& server, Answer& answer) {
  answer.hint = "Check that the runner reaches this address (name, firewall, proxy).";
  switch (result.error()) {
    case httplib::Error::Connection:
      answer.failure = server.proxy || resolves(server.api.host) ? "the connection was refused"
                                                                 : "its name cannot be resolved";
      break;
    case httplib::Error::ConnectionTimeout:
      answer.failure = fmt::format("no connection within {} s", seconds(30).count());
      break;
    case httplib::Error::ProxyConnection:
      answer.failure = "the proxy did not let the connection through";
      break;
    case httplib::Error::SSLConnection:
    case httplib::Error::SSLLoadingCerts:
    case httplib::Error::SSLServerVerification:
    case httplib::Error::SSLServerHostnameVerification:
      explain_tls(result, server, answer);
      break;
    case httplib::Error::Write:
      answer.failure = "the connection broke off while the request was sent";
      break;
    case httplib::Error::Timeout:
    case httplib::Error::Read:
      answer.failure = "no answer came to a request that was sent";
      break;
    default:
      answer.failure = "the connection failed: " + httplib::to_string(result.error());
  }
}

}  // namespace

std::int64_t now_ms() {
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::string Token::redacted(std::string text) const {
  if (secret_.empty()) return text;
  for (auto at = text.find(secret_); at != std::string::npos; at = text.find(secret_, at)) {
    text.replace(at, secret_.size(), "***");
  }
  return text;
}

milliseconds delay_before(int next, milliseconds backoff, std::optional<seconds> retry_after) {
  if (retry_after) return *retry_after;
  constexpr int cap = 20;
  const milliseconds full = backoff * std::min(cap, 1 << std::clamp(next - 2, 0, 10));
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<milliseconds::rep> jitter(full.count() / 2, full.count());
  return milliseconds(jitter(random));
}

void wait(milliseconds delay, const Server& server) {
  std::this_thread::sleep_until(
      std::min(std::chrono::steady_clock::now() + delay, server.deadline));
}

/// The one place that knows cpp-httplib.
class Http::Client {
 public:
  explicit Client(const Server& server) : impl_(make(server)) {
    impl_->set_keep_alive(true);
    impl_->set_tcp_nodelay(true);  // without it a small request on a kept connection costs 44 ms
    impl_->set_path_encode(false);
    impl_->set_decompress(false);
    impl_->set_connection_timeout(connect_timeout);
    impl_->set_write_timeout(server.stall_timeout);
    impl_->set_read_timeout(server.answer_timeout);
    if (server.proxy) {
      impl_->set_proxy(server.proxy->host, server.proxy->port);
      if (!server.proxy->user.empty()) {
        impl_->set_proxy_basic_auth(server.proxy->user, server.proxy->password);
      }
    }
  }

  httplib::ClientImpl& operator*() { return *impl_; }

 private:
  static std::unique_ptr<httplib::ClientImpl> make(const Server& server) {
    if (!server.api.tls) {
      return std::make_unique<httplib::ClientImpl>(server.api.host, server.api.port);
    }
    auto client = std::make_unique<httplib::SSLClient>(server.api.host, server.api.port);
    if (server.insecure) {
      client->enable_server_certificate_verification(false);
    } else if (!server.ca_pem.empty()) {
      const std::string bundle = bundle_with(server.ca_pem);
      client->load_ca_cert_store(bundle.data(), bundle.size());
    } else if (const std::string bundle = system_bundle(); !bundle.empty()) {
      client->set_ca_cert_path(bundle);
    }
    return client;
  }

  std::unique_ptr<httplib::ClientImpl> impl_;
};

Http::Http(const Server& server) : server_(server), client_(std::make_unique<Client>(server)) {}
Http::~Http() = default;

void Http::stop_if_stalled() {
  if (traffic_.phase == Traffic::Phase::receiving &&
      now_ms() - traffic_.moved_at > server_.stall_timeout.count()) {
    (**client_).stop();
  }
}

Answer Http::try_once(const Request& request, const std::string& path) {
  const auto left = server_.deadline - std::chrono::steady_clock::now();
  if (left <= milliseconds(0)) {
    throw core::Error(core::Fault::failed, "the time for the whole run is up",
                      "Raise 'timeout', or look at why the server is slow.");
  }
  httplib::ClientImpl& client = **client_;
  if (server_.deadline != std::chrono::steady_clock::time_point::max()) {
    client.set_max_timeout(std::chrono::duration_cast<milliseconds>(left));
  }

  httplib::Request http;
  http.method = request.method;
  http.path = server_.api.path + path;
  http.headers = {{"Accept", "application/json"},
                  {"Accept-Encoding", "identity"},
                  {"User-Agent", "gitea-release"}};
  if (!server_.token.empty()) {
    http.headers.emplace("Authorization", "token " + server_.token.secret_);
  }
  traffic_.sent = 0;
  traffic_.total = request.upload ? request.upload->size : request.json.size();
  traffic_.moved_at = now_ms();
  traffic_.phase = request.upload ? Traffic::Phase::sending : Traffic::Phase::waiting;

  std::vector<char> buffer;
  core::Reader reader;
  std::exception_ptr reading_failed;
  if (request.upload) {
    buffer.resize(chunk_size);
    reader = request.upload->open();
    http.set_header("Content-Type", request.content_type);
    http.content_length_ = request.upload->size;
    http.content_provider_ = [&](std::size_t, std::size_t length, httplib::DataSink& sink) {
      std::size_t count = 0;
      try {
        count = reader(buffer.data(), std::min(length, buffer.size()));
      } catch (...) {
        reading_failed = std::current_exception();
        return false;
      }
      // What write() says is seen by the library; false from here would hide a broken connection
      // behind "canceled".
      sink.write(buffer.data(), count);
      traffic_.sent += count;
      traffic_.moved_at = now_ms();
      if (count == length) traffic_.phase = Traffic::Phase::waiting;
      return count > 0;
    };
    if (request.upload->size == 0) http.content_provider_ = nullptr;
  } else if (!request.json.empty()) {
    http.set_header("Content-Type", "application/json");
    http.body = request.json;
  }
  // Such a request is refused before its body is sent where the server says so in time.
  if (request.method != "GET" && !request.upload && request.json.empty()) {
    http.set_header("Content-Length", "0");
  }

  Answer answer;
  answer.path = path;
  bool too_large = false;
  http.content_receiver = [&](const char* data, std::size_t size, std::size_t, std::size_t) {
    traffic_.phase = Traffic::Phase::receiving;
    traffic_.moved_at = now_ms();
    too_large = answer.body.size() + size > answer_limit;
    if (!too_large) answer.body.append(data, size);
    return !too_large;
  };

  const httplib::Result result = client.send(http);
  traffic_.phase = Traffic::Phase::idle;
  if (reading_failed) std::rethrow_exception(reading_failed);
  if (too_large) {
    throw core::Error(core::Fault::failed,
                      fmt::format("the server's answer to {} {} is larger than {}", request.method,
                                  path, core::human_size(answer_limit)),
                      "Is this a Gitea or Forgejo server, and does a proxy change its answers?");
  }
  if (!result) {
    answer.body.clear();
    answer.delivery =
        never_reached_the_server(result.error()) ? Delivery::unsent : Delivery::unknown;
    explain_failure(result, server_, answer);
    return answer;
  }
  answer.delivery = Delivery::answered;
  answer.status = result->status;
  answer.content_type = result->get_header_value("Content-Type");
  answer.location = result->get_header_value("Location");
  answer.retry_after = parse_retry_after(result->get_header_value("Retry-After"));
  answer.body = server_.token.redacted(std::move(answer.body));
  return answer;
}

Answer Http::follow(const Request& request, Answer answer) {
  for (int i = 0; i < most_redirects; ++i) {
    const bool redirect = answer.status == 301 || answer.status == 302 || answer.status == 307 ||
                          answer.status == 308;
    if (!redirect || request.method != "GET" || answer.location.empty()) return answer;
    std::string target = answer.location;
    if (!target.starts_with('/')) {
      const auto path = target.find('/', target.find("://") + 3);
      if (target.find("://") == std::string::npos || path == std::string::npos) return answer;
      const Url url = parse_url(target.substr(0, path), "a redirect of the server");
      if (!url.same_origin(server_.api)) return answer;  // the token does not leave this host
      target.erase(0, path);
    }
    if (!target.starts_with(server_.api.path + "/")) return answer;
    answer = try_once(request, target.substr(server_.api.path.size()));
  }
  return answer;
}

Answer Http::send(const Request& request) {
  const bool safe = request.method == "GET" || request.method == "DELETE";
  for (int tried = 1;; ++tried) {
    Answer answer = follow(request, try_once(request, request.path));
    answer.tries = tried;
    const bool repeatable = answer.delivery == Delivery::unsent || answer.status == 429 ||
                            (safe && (answer.delivery == Delivery::unknown || answer.status >= 500));
    if (!repeatable || tried > server_.retries) return answer;
    wait(delay_before(tried + 1, server_.backoff, answer.retry_after), server_);
  }
}

}  // namespace gitea
