// SPDX-License-Identifier: MIT
#include "adversarial/inert.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "core/text/text.hpp"

namespace adversarial {
namespace {

bool is_own_command(const std::string& line) {
  return line.starts_with("::error::") || line.starts_with("::warning::") ||
         line.starts_with("::notice::") || line.starts_with("::group::") || line == "::endgroup::";
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F; }

}  // namespace

void check_inert(const std::string& log) {
  INFO(log);
  CHECK((log.empty() || log.ends_with('\n')));
  CHECK(std::none_of(log.begin(), log.end(), is_control));
  for (const std::string& line : core::lines(log)) {
    INFO(line);
    CHECK((!line.starts_with("::") || is_own_command(line)));
    CHECK_FALSE(line.starts_with("##["));
    CHECK_FALSE(line.starts_with("::error::forged"));
  }
}

void check_harmless(const support::Run& run, const support::Server& server) {
  INFO(run.log);
  CHECK(run.status >= 0);
  CHECK(run.status <= 2);
  check_inert(run.log);
  CHECK(run.log.find(server.token()) == std::string::npos);
  CHECK(run.summary.find(server.token()) == std::string::npos);
  for (const auto& [name, value] : run.outputs) {
    INFO(name);
    CHECK(value.find(server.token()) == std::string::npos);
  }
}

}  // namespace adversarial
