// SPDX-License-Identifier: MIT
#include "support/secrets.hpp"

#include <stdexcept>

#include "secret_forms.hpp"

namespace support {

std::vector<std::string> secrets_in(const std::map<std::string, std::string>& environment) {
  std::vector<std::string> secrets;
  for (const char* name : {"INPUT_TOKEN", "INPUT_JOB_TOKEN", "GITEA_TOKEN"}) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) secrets.push_back(found->second);
  }
  return secrets;
}

void check_no_secret(const std::string& text, const std::string& place,
                     const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (has_secret(text, secret)) throw std::runtime_error("A TOKEN STANDS IN " + place);
  }
}

}  // namespace support
