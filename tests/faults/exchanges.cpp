// SPDX-License-Identifier: MIT
#include "faults/exchanges.hpp"

#include <algorithm>

#include "support/rules.hpp"

namespace faults {

bool any(const Exchange& /*one*/) { return true; }

bool write(const Exchange& one) { return one.write(); }

bool sends_a_body(const Exchange& one) { return one.method == "POST" || one.method == "PATCH"; }

bool gets_a_body(const Exchange& one) { return one.status != 204; }

std::string name_of_asset(const Exchange& one) {
  const std::string start = "?name=";
  const auto at = support::is_upload(one) ? one.path.find(start) : std::string::npos;
  return at == std::string::npos ? "" : one.path.substr(at + start.size());
}

bool sends_a_note(const Exchange& one) { return name_of_asset(one).starts_with(".sha256."); }

bool sends_a_file(const Exchange& one) { return support::is_upload(one) && !sends_a_note(one); }

bool sends_a_brought_file(const Exchange& one) {
  return sends_a_file(one) && name_of_asset(one) != "SHA256SUMS";
}

bool asks_for_advice(const Exchange& one) {
  constexpr std::ptrdiff_t slashes_of_repository = 5;  // /api/v1/repos/OWNER/NAME
  const bool is_of_repository =
      one.path.starts_with("/api/v1/repos/") &&
      std::count(one.path.begin(), one.path.end(), '/') == slashes_of_repository;
  return one.method == "GET" && (is_of_repository || one.path.ends_with("/tag_protections"));
}

}  // namespace faults
