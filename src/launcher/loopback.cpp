// SPDX-License-Identifier: MIT
// A request of HTTP/1.0, to which servers respond without chunks and close the connection.
#include "launcher/loopback.hpp"

#include <fmt/format.h>

#include <cstring>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "gitea/network.hpp"
#include "gitea/url.hpp"
#include "launcher/local_connection.hpp"

namespace launcher {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool is_of_this_machine(const std::string& host) {
  const std::string bits = gitea::address_bits(host);
  constexpr std::size_t ipv4_size = 4;  // bytes
  constexpr char loopback_net = 127;
  if (bits.size() == ipv4_size) return bits.front() == loopback_net;
  return bits == gitea::address_bits("::1") && !bits.empty();
}

/// No names are looked up: a name server could answer with any address.
std::vector<std::string> addresses_of(const gitea::Url& url) {
  if (url.host == "localhost") return {"127.0.0.1", "::1"};
  if (is_of_this_machine(url.host)) return {url.host};
  return {};
}

constexpr std::size_t max_answer = 64 << 10;  // bytes

/// The body of a response with status 200.
std::optional<std::string> body_of(const std::string& response) {
  const bool is_ok = response.starts_with("HTTP/1.") && response.substr(8, 5) == " 200 ";
  const auto end = response.find("\r\n\r\n");
  if (!is_ok || end == std::string::npos) return std::nullopt;
  return response.substr(end + 4);
}

}  // namespace

std::optional<std::string> loopback_get(const std::string& address, const std::string& path,
                                        milliseconds time) {
  gitea::Url url;
  try {
    url = gitea::parse_url(address, "the address of the application");
  } catch (const core::Error&) {
    return std::nullopt;
  }
  if (url.tls) return std::nullopt;
  const auto deadline = steady_clock::now() + time;
  const std::string request =
      fmt::format("GET {}{} HTTP/1.0\r\nHost: {}\r\nAccept: application/json\r\n\r\n", url.path,
                  path, std::string_view(url.origin()).substr(std::strlen("http://")));
  for (const std::string& one : addresses_of(url)) {
    const LocalConnection connection(one, url.port, deadline);
    if (!connection.is_open() || !connection.send_all(request)) continue;
    if (const auto response = connection.receive_all(max_answer)) return body_of(*response);
  }
  return std::nullopt;
}

}  // namespace launcher
