// SPDX-License-Identifier: MIT
// Sends the requests of a recording to a sandbox, and reports differences between the responses.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

namespace sandbox_tests {

/// One exchange of tests/data/recordings/PROFILE.json; the README there lists what was changed.
struct Exchange {
  std::string name;
  std::string as;  ///< whose credentials: "writer", "owner, read:user", "bad token"; "" for none
  std::string method;
  std::string path;
  Headers headers;
  std::string body;
  int status = 0;
  std::map<std::string, std::string> answer_headers;
  std::map<std::string, std::string> json;  ///< flattened; empty if the body was not JSON
  std::optional<std::string> text;          ///< a body that is not JSON
  bool list_was_cut = false;                ///< only the first items of a long list were recorded
};

std::vector<Exchange> recorded(const std::string& profile);

/// A server with the users and repositories of the recorded exchanges.
class Replay {
 public:
  /// `root_url`, if it is not the server's address.
  explicit Replay(const std::string& profile, const std::string& root_url = {});

  struct Differences {
    std::vector<std::string> found;
    std::vector<std::string> forgiven;
  };
  /// Prepares what the case needs, sends the request, and lists the differences. With `relaxed`,
  /// other values in the body and in the paging headers are accepted, but no other keys.
  Differences differences(const Exchange& exchange, bool relaxed);
  const Sandbox& server() const { return sandbox_; }

 private:
  void prepare(const std::string& name);
  void prepare_assets(const std::string& name);
  void prepare_rights(const std::string& name);
  std::string credentials(const std::string& as) const;
  std::string filled(std::string text) const;
  std::string settled(std::string text) const;
  std::map<std::string, std::string> settled(std::map<std::string, std::string> values,
                                             std::size_t most_items) const;

  // Below /api/v1/repos/owner/; each must succeed.
  Answer api(const std::string& method, const std::string& below, const std::string& json,
             const std::string& as) const;
  void repository(const std::string& name, const std::string& more = {}) const;
  void push(const std::string& repository, const std::string& tag,
            const std::string& more = {}) const;
  std::string release(const std::string& repository, const std::string& tag,
                      const std::string& more = {}, const std::string& as = "writer") const;
  Answer asset(const std::string& repository, const std::string& release, const std::string& name,
               const std::string& content) const;

  std::string profile_;
  std::string root_url_;
  Sandbox sandbox_;
  std::map<std::string, std::string> tokens_;
  std::map<std::string, std::string> ids_;  ///< of what was created, by name or by exchange
  std::string uuid_;
  std::string commit_;
};

}  // namespace sandbox_tests
