// SPDX-License-Identifier: MIT
#include "gitea/client.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/text/dates.hpp"
#include "gitea/network.hpp"
#include "gitea/trust.hpp"

namespace gitea {
namespace {

using LibraryError = httplib::Error;
using std::chrono::seconds;

constexpr const char* user_agent = "gitea-release";

/// The library is about to send a request a second time.
struct Repeated {};

std::unique_ptr<httplib::ClientImpl> library_for(const Server& server) {
  if (!server.api.tls) {
    return std::make_unique<httplib::ClientImpl>(server.api.host, server.api.port);
  }
  auto client = std::make_unique<httplib::SSLClient>(server.api.host, server.api.port);
  if (server.insecure) {
    client->enable_server_certificate_verification(false);
  } else if (X509_STORE* store = authorities(server.ca_pem)) {
    client->set_ca_cert_store(store);
    client->load_ca_cert_store(
        "\n", 1);  // load nothing: otherwise the library adds the authorities that it finds
  } else if (const std::string bundle = system_bundle(); !bundle.empty()) {
    client->set_ca_cert_path(bundle);
  }
  return client;
}

httplib::Request plain_request(const Request& request, const std::string& path,
                               const std::string& base) {
  httplib::Request http;
  http.method = request.method;
  http.path = base + path;
  http.headers = {
      {"Accept", request.accept}, {"Accept-Encoding", "identity"}, {"User-Agent", user_agent}};
  if (request.resume != nullptr && request.resume->offset > 0) {
    http.set_header("Range", fmt::format("bytes={}-", request.resume->offset));
    if (!request.resume->validator.empty()) http.set_header("If-Range", request.resume->validator);
  }
  if (request.upload) {
    http.set_header("Content-Type", request.content_type);
    const bool expects = request.expect_continue && request.upload->size >= expect_threshold;
    if (expects) http.set_header("Expect", "100-continue");
    http.content_length_ = request.upload->size;
  } else if (!request.json.empty()) {
    http.set_header("Content-Type", "application/json");
    http.body = request.json;
  }
  return http;
}

std::optional<std::uint64_t> parse_count(const std::string& value) {
  std::uint64_t number = 0;
  const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (failure != std::errc{} || end != value.data() + value.size()) return std::nullopt;
  return number;
}

/// "120", or a date, which is compared with the server's clock if it sends one.
std::optional<seconds> parse_retry_after(const std::string& value, const std::string& server_date) {
  constexpr auto most = static_cast<std::uint64_t>(seconds::max().count());
  if (const auto number = parse_count(value); number && *number <= most) {
    return seconds(static_cast<seconds::rep>(*number));
  }
  const auto date = core::parse_http_date(value);
  if (!date) return std::nullopt;
  const auto now = core::parse_http_date(server_date)
                       .value_or(std::chrono::floor<seconds>(std::chrono::system_clock::now()));
  return std::max(seconds(0), *date - now);
}

Answer answered(const httplib::Response& response, const core::Token& token,
                const std::string& body) {
  Answer answer;
  answer.delivery = Delivery::answered;
  answer.status = response.status;
  answer.content_type = response.get_header_value("Content-Type");
  answer.location = token.redacted(response.get_header_value("Location"));
  answer.date = response.get_header_value("Date");
  answer.retry_after = parse_retry_after(response.get_header_value("Retry-After"), answer.date);
  answer.total_count = parse_count(response.get_header_value("X-Total-Count"));
  answer.body = token.redacted(body);
  return answer;
}

/// A response of the proxy, which the library returns like one of the server: it refused a CONNECT
/// or requires credentials.
std::optional<Answer> refusal_by_proxy(const httplib::Result& result, const Server& server) {
  constexpr int credentials_required = 407;
  if (!server.proxy || !result) return std::nullopt;
  const bool requires_credentials = result->status == credentials_required;
  if (!requires_credentials && result.error() != LibraryError::ProxyConnection) return std::nullopt;
  Answer answer;
  answer.delivery = Delivery::unsent;
  answer.transport_error =
      requires_credentials ? TransportError::proxy_credentials : TransportError::proxy;
  answer.detail = fmt::format("{}", result->status);
  return answer;
}

TransportError certificate_error(long code) {
  const bool date = code == X509_V_ERR_CERT_HAS_EXPIRED || code == X509_V_ERR_CERT_NOT_YET_VALID;
  return date ? TransportError::tls_out_of_date : TransportError::tls_untrusted;
}

/// For a request of which nothing was sent.
Answer no_connection(const httplib::Result& result, const Server& server) {
  Answer answer;
  answer.delivery = Delivery::unsent;
  switch (result.error()) {
    case LibraryError::Connection:
      answer.transport_error = resolves(server.proxy ? server.proxy->host : server.api.host)
                                   ? TransportError::refused
                                   : TransportError::unresolved;
      break;
    case LibraryError::ConnectionTimeout:
      answer.transport_error = TransportError::timed_out;
      break;
    case LibraryError::SSLConnection:
      answer.transport_error = TransportError::tls;
      if (const char* reason =
              ERR_reason_error_string(static_cast<unsigned long>(result.ssl_backend_error()))) {
        answer.detail = reason;
      }
      break;
    case LibraryError::SSLLoadingCerts:
      answer.transport_error = TransportError::tls_bundle;
      answer.detail = system_bundle();
      break;
    case LibraryError::SSLServerVerification: {
      const auto code = static_cast<long>(result.ssl_backend_error());
      answer.transport_error = certificate_error(code);
      answer.detail = X509_verify_cert_error_string(code);
      break;
    }
    case LibraryError::SSLServerHostnameVerification:
      answer.transport_error = TransportError::tls_other_name;
      break;
    default:
      answer.transport_error =
          server.proxy && server.api.tls ? TransportError::proxy : TransportError::other;
      if (answer.transport_error == TransportError::other)
        answer.detail = httplib::to_string(result.error());
  }
  return answer;
}

/// For a request that was sent at least in part.
Answer no_answer(LibraryError error) {
  Answer answer;
  answer.delivery = Delivery::unknown;
  switch (error) {
    case LibraryError::Write:
      answer.transport_error = TransportError::broke_off;
      break;
    case LibraryError::Read:
    case LibraryError::Timeout:
    case LibraryError::
        Connection:  // these three are from a second attempt, which the library started itself
    case LibraryError::ConnectionTimeout:
    case LibraryError::SSLConnection:
      answer.transport_error = TransportError::no_answer;
      break;
    default:
      answer.transport_error = TransportError::other;
      answer.detail = httplib::to_string(error);
  }
  return answer;
}

}  // namespace

Client::Client(const Server& server, Hooks hooks)
    : server_(server), hooks_(std::move(hooks)), library_(library_for(server)) {
  library_->set_keep_alive(true);
  library_->set_tcp_nodelay(
      true);  // without it a small request on an open connection takes 44 ms longer
  library_->set_path_encode(false);
  library_->set_decompress(false);
  library_->set_socket_options(
      [this](socket_t socket) { hooks_.connecting(static_cast<int>(socket)); });
  if (server.proxy) library_->set_proxy(server.proxy->host, server.proxy->port);
  write_headers_ourselves();
}

Client::~Client() = default;

/// Writes each request at most once, and sends the proxy's credentials to the proxy only: the
/// library would also send them to the server through the tunnel, and would send none without a
/// password. The library's CONNECT is the only request without our User-Agent.
void Client::write_headers_ourselves() {
  httplib::Headers credentials;
  if (server_.proxy && !server_.proxy->user.empty()) {
    credentials.insert(httplib::make_basic_authentication_header(server_.proxy->user,
                                                                 server_.proxy->password, true));
  }
  const bool tunnels = server_.proxy && server_.api.tls;
  library_->set_header_writer(
      [this, credentials, tunnels](httplib::Stream& out, httplib::Headers& headers) {
        const auto agent = headers.find("User-Agent");
        const bool is_connect = agent == headers.end() || agent->second != user_agent;
        if (is_connect || !tunnels) headers.insert(credentials.begin(), credentials.end());
        if (!is_connect) {
          if (std::exchange(wrote_, true)) throw Repeated{};
          hooks_.writing();
        }
        return httplib::detail::write_headers(out, headers);
      });
}

Answer Client::send(const Request& request, const std::string& path, UploadBody* body,
                    Intake& intake, Timeouts timeouts) {
  httplib::Request http =
      plain_request(request, path, (request.from_root ? server_.root() : server_.api).path);
  if (!server_.token.empty()) {
    http.headers.emplace("Authorization", "token " + server_.token.secret_);
  }
  if (body != nullptr && request.upload->size > 0) {
    http.content_provider_ = [&](std::size_t, std::size_t length, httplib::DataSink& sink) {
      // The library sees the result of write() itself. Returning false here would report a broken
      // connection as "canceled".
      const bool goes_on = body->provide(
          length, [&sink](const char* data, std::size_t size) { sink.write(data, size); });
      if (!goes_on) hooks_.failed();
      return goes_on;
    };
  }
  http.response_handler = [&intake](const httplib::Response& head) {
    intake.begin(head.status, head.get_header_value("Content-Range"),
                 head.get_header_value("ETag"));
    return true;
  };
  http.content_receiver = [&intake](const char* data, std::size_t size, std::size_t, std::size_t) {
    return intake.take({data, size});
  };

  wrote_ = false;
  library_->set_connection_timeout(timeouts.connect);
  library_->set_read_timeout(timeouts.read);
  library_->set_write_timeout(timeouts.write);
  try {
    const httplib::Result result = library_->send(http);
    if (auto refusal = refusal_by_proxy(result, server_)) return *refusal;
    if (result) return answered(*result, server_.token, intake.body());
    return wrote_ ? no_answer(result.error()) : no_connection(result, server_);
  } catch (const Repeated&) {
    return no_answer(LibraryError::Read);
  }
}

}  // namespace gitea
