// SPDX-License-Identifier: MIT
// Addresses of servers and proxies.
#include "gitea/url.hpp"

#include <optional>

#include "core/error.hpp"
#include "gitea/proxy.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

void check_round_trip(const gitea::Url& url) {
  require(!url.host.empty() && url.port >= 1 && url.port <= 65535, "a host and a port");
  require(url.path.empty() || (url.path.starts_with('/') && !url.path.ends_with('/')),
          "the path begins with a slash and ends without one");
  require(!fuzz::has_control_characters(url.text()) && url.text().find(' ') == std::string::npos,
          "an address fits into the line of a request");
  const gitea::Url again = gitea::parse_url(url.text(), "again");
  require(again.same_origin(url) && again.path == url.path, "what is written is read back");
}

const std::string password = "hunter2hunter2";

template <typename Work>
void or_refused(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    require(error.fault == core::Fault::workflow, "a bad address is the workflow's fault");
    require(!fuzz::has_control_characters(error.message), "a refusal is one line");
    require(error.message.find(password) == std::string::npos, "a refusal hides the password");
  }
}

void find_proxy(const std::string& value, const std::string& no_proxy) {
  const gitea::Url server{true, "git.example.org", 443, ""};
  const auto proxy = gitea::proxy_for(server, {{"https_proxy", value}, {"no_proxy", no_proxy}});
  if (proxy) require(!proxy->host.empty() && proxy->port > 0, "a proxy has a host and a port");
}

std::string decoded(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '%';
    result += escaped ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
    if (escaped) i += 2;
  }
  return result;
}

}  // namespace

void fuzz::target(std::string_view input) {
  if (input.find(password) != std::string_view::npos) return;  // libFuzzer finds it
  const auto given = parts(input, 3);
  std::optional<gitea::Url> url;
  or_refused([&] { url = gitea::parse_url(given[0], "server_url"); });
  if (url) check_round_trip(*url);
  or_refused([&] { find_proxy(given[1], given[2]); });
  const std::string secret = password + "@" + given[2];
  or_refused([&] { gitea::parse_url(given[0] + secret, "server_url"); });
  or_refused([&] { find_proxy(given[1] + secret, ""); });

  const std::string component = gitea::encoded(given[0]);
  require(decoded(component) == given[0], "a component is decoded to what it was");
  require(component.find_first_of("/?#&= \r\n") == std::string::npos && component != "." &&
              component != "..",
          "a component stays one");
}
