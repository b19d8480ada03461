// SPDX-License-Identifier: MIT
// Rows of the table that several commands share, those of publish, which has the most, and those of the
// commands for signed releases.
#pragma once

#include <vector>

#include "inputs/table.hpp"

namespace inputs {

inline std::vector<Option> together(std::vector<Option> rows, const std::vector<Option>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

/// The options of a connection. `Path` is the path of members to the Connection.
template <auto... Path>
std::vector<Option> connection_rows() {
  return {
      {"ca_cert", "", "An additional certificate authority to trust: PEM text or a path.",
       at<Path..., &Connection::ca_cert>()},
      {"insecure", "false", "Do not verify TLS certificates. Prints a warning.",
       at<Path..., &Connection::insecure>()},
      {"retries", "5", "How often a failed request is retried, 0 to 100.",
       number_at<0, 100, Path..., &Connection::retries>()},
  };
}

/// The options of the server and of the connection to it, for every command that uses a server.
/// `token` is the description of the token.
template <typename C>
std::vector<Option> server_rows(const char* token) {
  const std::vector<Option> target = {
      {"repository", "this repository", "The repository, as `owner/name`.",
       at<&C::server, &Server::repository>()},
      {"server_url", "the runner's server",
       "The base address of the server; it can contain a path.",
       at<&C::server, &Server::server_url>()},
      {"token", "${{ github.token }}", token, at<&C::server, &Server::token>()},
  };
  const std::vector<Option> times = {
      {"stall_timeout", "60", "Abort an attempt if no data was transferred for this many seconds.",
       at<&C::server, &Server::connection, &Connection::stall_timeout>()},
      {"answer_timeout", "600",
       "Maximum seconds to wait for the response to a request. Small requests wait at most 120 "
       "seconds; uploads wait one more second for each 2 MiB.",
       at<&C::server, &Server::connection, &Connection::answer_timeout>()},
      {"timeout", "3600", "Maximum seconds for the whole run.",
       at<&C::server, &Server::connection, &Connection::timeout>()},
  };
  return together(together(target, connection_rows<&C::server, &Server::connection>()), times);
}

template <typename C>
Option config_row() {
  return {
      "config", "`.gitea/release.yml`, if that file exists",
      "A YAML file with inputs, and settings for `downloads`, `notes` and `update`. Inputs of the "
      "workflow override the file.",
      at<&C::config>()};
}

template <typename C>
Option previous_tag_row() {
  return {"previous_tag", "the tag of the next lower version",
          "The tag of the previous release. Its commits are not included in the notes.",
          at<&C::generated_notes, &GeneratedNotes::previous_tag>()};
}

std::vector<Option> publish_rows();
std::vector<Output> publish_outputs();

std::vector<Option> download_rows();
std::vector<Output> download_outputs();
std::vector<Option> verify_rows();
std::vector<Output> verify_outputs();
std::vector<Option> sign_rows();
std::vector<Option> keygen_rows();

}  // namespace inputs
