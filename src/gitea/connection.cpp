// SPDX-License-Identifier: MIT
#include "gitea/connection.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text.hpp"
#include "gitea/trust.hpp"
#include "gitea/upload_body.hpp"

namespace gitea {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t answer_limit = std::size_t{8} << 20;
constexpr seconds connect_timeout{30};
constexpr const char* user_agent = "gitea-release";

bool resolves(const std::string& host) {
  addrinfo* found = nullptr;
  const bool ok = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
  if (found != nullptr) freeaddrinfo(found);
  return ok;
}

std::optional<std::uint64_t> parse_count(const std::string& value) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (failure != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return number;
}

std::optional<seconds> parse_retry_after(const std::string& value) {
  const auto number = parse_count(value);
  constexpr auto most = static_cast<std::uint64_t>(seconds::max().count());
  if (!number || *number > most) return std::nullopt;
  return seconds(static_cast<seconds::rep>(*number));
}

/// Whether this is the proxy's own answer, which the library gives as the server's: a CONNECT that
/// it refused, or its wish for credentials.
bool note_refusal_by_proxy(const httplib::Result& result, const Server& server, Answer& answer) {
  constexpr int wants_credentials = 407;
  if (!server.proxy || !result) return false;
  const bool wants = result->status == wants_credentials;
  if (!wants && result.error() != httplib::Error::ProxyConnection) return false;
  answer.delivery = Delivery::unsent;
  answer.trouble = wants ? Trouble::proxy_credentials : Trouble::proxy;
  answer.detail = fmt::format("{}", result->status);
  return true;
}

void note_trouble(const httplib::Result& result, const Server& server, Answer& answer) {
  answer.delivery = Delivery::unsent;
  switch (result.error()) {
    case httplib::Error::Connection:
      answer.trouble = resolves(server.proxy ? server.proxy->host : server.api.host)
                           ? Trouble::refused
                           : Trouble::unresolved;
      break;
    case httplib::Error::ConnectionTimeout:
      answer.trouble = Trouble::timed_out;
      break;
    case httplib::Error::SSLConnection:
      answer.trouble = Trouble::tls;
      if (const char* reason = ERR_reason_error_string(result.ssl_backend_error())) {
        answer.detail = reason;
      }
      break;
    case httplib::Error::SSLLoadingCerts:
      answer.trouble = Trouble::tls_bundle;
      answer.detail = system_bundle();
      break;
    case httplib::Error::SSLServerVerification: {
      const auto code = static_cast<long>(result.ssl_backend_error());
      const bool date =
          code == X509_V_ERR_CERT_HAS_EXPIRED || code == X509_V_ERR_CERT_NOT_YET_VALID;
      answer.trouble = date ? Trouble::tls_out_of_date : Trouble::tls_untrusted;
      answer.detail = X509_verify_cert_error_string(code);
      break;
    }
    case httplib::Error::SSLServerHostnameVerification:
      answer.trouble = Trouble::tls_other_name;
      break;
    case httplib::Error::Write:
      answer.delivery = Delivery::unknown;
      answer.trouble = Trouble::broke_off;
      break;
    case httplib::Error::Timeout:
    case httplib::Error::Read:
      answer.delivery = Delivery::unknown;
      answer.trouble = Trouble::no_answer;
      break;
    default:
      answer.delivery = Delivery::unknown;
      answer.trouble = Trouble::other;
      answer.detail = httplib::to_string(result.error());
  }
}

}  // namespace

class Connection::Client {
 public:
  explicit Client(const Server& server)
      : tunnels_(server.proxy && server.api.tls), impl_(make(server)) {
    impl_->set_keep_alive(true);
    impl_->set_tcp_nodelay(true);  // without it a small request on a kept connection costs 44 ms
    impl_->set_path_encode(false);
    impl_->set_decompress(false);
    impl_->set_connection_timeout(connect_timeout);
    impl_->set_write_timeout(server.stall_timeout);
    impl_->set_read_timeout(server.answer_timeout);
    impl_->set_socket_options([this](socket_t) { secured_ = false; });  // told of each new one
    if (server.proxy) use(*server.proxy);
  }

  httplib::ClientImpl& operator*() { return *impl_; }

  /// The connection did not get beyond the proxy.
  bool stuck_at_proxy() const { return tunnels_ && !secured_; }

 private:
  /// The library would send the proxy's credentials through the tunnel, too, to the server; and none
  /// without a password. Its CONNECT is the one request without our User-Agent.
  void use(const Proxy& proxy) {
    impl_->set_proxy(proxy.host, proxy.port);
    if (proxy.user.empty()) return;
    impl_->set_header_writer(
        [this, credentials = httplib::make_basic_authentication_header(
                   proxy.user, proxy.password, true)](httplib::Stream& out, httplib::Headers& all) {
          const auto agent = all.find("User-Agent");
          const bool ours = agent != all.end() && agent->second == user_agent;
          if (!tunnels_ || !ours) all.insert(credentials);
          return httplib::detail::write_headers(out, all);
        });
  }

  std::unique_ptr<httplib::ClientImpl> make(const Server& server) {
    if (!server.api.tls) {
      return std::make_unique<httplib::ClientImpl>(server.api.host, server.api.port);
    }
    auto client = std::make_unique<httplib::SSLClient>(server.api.host, server.api.port);
    client->set_session_verifier([this](httplib::tls::session_t) {
      secured_ = true;
      return httplib::SSLVerifierResponse::NoDecisionMade;
    });
    if (server.insecure) {
      client->enable_server_certificate_verification(false);
    } else if (X509_STORE* store = authorities(server.ca_pem)) {
      client->set_ca_cert_store(store);
      client->load_ca_cert_store("\n", 1);  // nothing more: else the library loads what it knows of
    } else if (const std::string bundle = system_bundle(); !bundle.empty()) {
      client->set_ca_cert_path(bundle);
    }
    return client;
  }

  const bool tunnels_;
  bool secured_ = false;  ///< TLS was agreed on
  std::unique_ptr<httplib::ClientImpl> impl_;
};

Connection::Connection(const Server& server)
    : server_(server), client_(std::make_unique<Client>(server)) {}
Connection::~Connection() = default;

void Connection::stop_if_stalled() {
  if (traffic_.phase == Traffic::Phase::receiving &&
      now_ms() - traffic_.moved_at > server_.stall_timeout.count()) {
    (**client_).stop();
  }
}

httplib::Request Connection::prepared(const Request& request, const std::string& path) const {
  httplib::Request http;
  http.start_time_ = std::chrono::steady_clock::now();  // what set_max_timeout counts from
  http.method = request.method;
  http.path = (request.from_root ? server_.root() : server_.api).path + path;
  http.headers = {
      {"Accept", "application/json"}, {"Accept-Encoding", "identity"}, {"User-Agent", user_agent}};
  if (!server_.token.empty()) {
    http.headers.emplace("Authorization", "token " + server_.token.secret_);
  }
  if (request.upload) {
    http.set_header("Content-Type", request.content_type);
    if (!request.expect_continue) http.set_header("Expect", "");
    http.content_length_ = request.upload->size;
  } else if (!request.json.empty()) {
    http.set_header("Content-Type", "application/json");
    http.body = request.json;
  }
  return http;
}

void Connection::limit_time() {
  if (server_.deadline == std::chrono::steady_clock::time_point::max()) return;
  const auto left = server_.deadline - std::chrono::steady_clock::now();
  if (left <= milliseconds(0)) {
    throw core::Error(core::Fault::failed, "the time for the whole run is up",
                      "Raise 'timeout', or look at why the server is slow.");
  }
  const auto limit = std::chrono::duration_cast<milliseconds>(left);
  (**client_).set_max_timeout(limit);
  (**client_).set_connection_timeout(std::min<milliseconds>(connect_timeout, limit));
}

Answer Connection::attempt(const Request& request, const std::string& path) {
  limit_time();
  traffic_.sent = 0;
  traffic_.total = request.upload ? request.upload->size : request.json.size();
  traffic_.moved_at = now_ms();
  traffic_.phase = request.upload ? Traffic::Phase::sending : Traffic::Phase::waiting;

  httplib::Request http = prepared(request, path);
  std::optional<UploadBody> body;
  if (request.upload) body.emplace(*request.upload, traffic_);
  if (request.upload && request.upload->size > 0) {
    http.content_provider_ = [&body](std::size_t, std::size_t length, httplib::DataSink& sink) {
      // What write() says is seen by the library; false from here would hide a broken connection
      // behind "canceled".
      return body->provide(length,
                           [&sink](const char* data, std::size_t size) { sink.write(data, size); });
    };
  }
  Answer answer;
  answer.path = path;
  bool too_large = false;
  bool enough = false;
  Sink sink;
  if (request.sink) {
    http.response_handler = [&](const httplib::Response& head) {
      if (head.status >= 200 && head.status < 300) sink = request.sink();
      return true;
    };
  }
  http.content_receiver = [&](const char* data, std::size_t size, std::size_t, std::size_t) {
    traffic_.phase = Traffic::Phase::receiving;
    traffic_.moved_at = now_ms();
    if (sink) {
      enough = !sink({data, size});
      return !enough;
    }
    too_large = answer.body.size() + size > answer_limit;
    if (!too_large) answer.body.append(data, size);
    return !too_large;
  };

  const httplib::Result result = (**client_).send(http);
  traffic_.phase = Traffic::Phase::idle;
  if (body) {
    body->rethrow_failure();
    answer.upload_begun = body->begun();
  }
  if (too_large) {
    throw core::Error(core::Fault::failed,
                      fmt::format("the server's answer to {} {} is larger than {}", request.method,
                                  path, core::human_size(answer_limit)),
                      strange_answer);
  }
  if (enough) {
    answer.delivery = Delivery::answered;
    answer.status = 200;
    return answer;
  }
  if (note_refusal_by_proxy(result, server_, answer)) return answer;
  if (!result) {
    answer.body.clear();
    note_trouble(result, server_, answer);
    if (answer.delivery == Delivery::unknown && client_->stuck_at_proxy()) {
      answer.delivery = Delivery::unsent;
      answer.trouble = Trouble::proxy;
    }
    return answer;
  }
  answer.delivery = Delivery::answered;
  answer.status = result->status;
  answer.content_type = result->get_header_value("Content-Type");
  answer.location = server_.token.redacted(result->get_header_value("Location"));
  answer.date = result->get_header_value("Date");
  answer.retry_after = parse_retry_after(result->get_header_value("Retry-After"));
  answer.total_count = parse_count(result->get_header_value("X-Total-Count"));
  answer.body = server_.token.redacted(std::move(answer.body));
  return answer;
}

}  // namespace gitea
