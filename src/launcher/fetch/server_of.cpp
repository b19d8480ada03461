// SPDX-License-Identifier: MIT
#include "launcher/fetch/server_of.hpp"

#include <fmt/format.h>

#include <system_error>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/anywhere.hpp"
#include "gitea/trust.hpp"
#include "launcher/fetch/provider.hpp"

namespace fetch {
namespace {

constexpr std::uint64_t max_authorities = std::uint64_t{4} << 20;  // bytes
constexpr std::uint64_t max_token = 4096;                          // bytes

core::Error bad_setting(const char* member, const char* fault) {
  return {core::Fault::workflow, fmt::format("{}: {} {}", core::update_config_name, member, fault)};
}

std::string read_authorities(const std::filesystem::path& path) {
  std::string pem = disk::read_anywhere(path.string(), "ca_cert", max_authorities);
  if (!gitea::has_certificate(pem)) throw bad_setting("ca_cert", "does not contain a certificate");
  return pem;
}

}  // namespace

gitea::Server server_of(const core::UpdateConfig& config, const core::Token& token,
                        const std::filesystem::path& updater,
                        const std::map<std::string, std::string>& environment,
                        std::chrono::seconds limit) {
  gitea::Server server;
  server.api = config.provider == "github" ? github_api(config) : gitea_api(config);
  if (!token.is_sendable()) {
    throw core::Error(core::Fault::workflow,
                      "the token contains a character that is not allowed in a token");
  }
  server.token = token;
  if (!config.ca_cert.empty())
    server.ca_pem = read_authorities(updater / core::path_of(config.ca_cert));
  server.proxy_variables = config.proxy.empty()
                               ? gitea::proxy_variables(environment)
                               : std::map<std::string, std::string>{{"all_proxy", config.proxy}};
  server.proxy = gitea::proxy_for(server.api, server.proxy_variables);
  server.deadline = std::chrono::steady_clock::now() + limit;
  return server;
}

core::Token token_in(const std::filesystem::path& updater) {
  const std::filesystem::path path = updater / "token";
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return {};
  return core::Token(
      std::string(core::trim(disk::read_anywhere(path.string(), "token", max_token))));
}

}  // namespace fetch
