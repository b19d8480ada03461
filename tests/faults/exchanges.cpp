// SPDX-License-Identifier: MIT
#include "faults/exchanges.hpp"

#include <algorithm>
#include <array>

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

bool announces_a_digest(const Exchange& one) { return name_of_asset(one).starts_with(".sha256."); }

bool uploads_a_file(const Exchange& one) {
  return support::is_upload(one) && !announces_a_digest(one);
}

bool uploads_a_file_of_the_job(const Exchange& one) {
  constexpr std::array<std::string_view, 3> made = {"SHA256SUMS", "SHA256SUMS.minisig",
                                                    "update.json"};
  return uploads_a_file(one) &&
         std::find(made.begin(), made.end(), name_of_asset(one)) == made.end();
}

bool reads_restrictions(const Exchange& one) {
  constexpr std::ptrdiff_t slashes_of_repository = 5;  // /api/v1/repos/OWNER/NAME
  const bool is_of_repository =
      one.path.starts_with("/api/v1/repos/") &&
      std::count(one.path.begin(), one.path.end(), '/') == slashes_of_repository;
  return one.method == "GET" && (is_of_repository || one.path.ends_with("/tag_protections"));
}

bool looks_for_clashing_tags(const Exchange& one) {
  return one.method == "GET" && one.path.find("/git/refs/tags/") != std::string::npos;
}

}  // namespace faults
