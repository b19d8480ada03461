// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

struct Options {
  int port = 0;
  std::string data;  ///< "": a temporary directory
  std::string profile = "gitea-1.25";
  std::string root_url;
  std::string base_path;
  std::string tls_certificate;  ///< a file; "": no TLS
  std::string tls_key;
  std::string tls_max_version = "1.3";
  bool until_stdin_closes = false;
  bool for_measurements = false;
  bool help = false;
};

/// Throws std::invalid_argument with a message for the user.
Options parse_options(const std::vector<std::string>& arguments);

/// The output of --help.
std::string help_text();

}  // namespace sandbox
