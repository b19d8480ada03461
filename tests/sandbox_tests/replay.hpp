// SPDX-License-Identifier: MIT
// Asks a sandbox what a real server was asked, and says where the answers differ.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

namespace sandbox_tests {

/// One exchange of tests/data/recordings/PROFILE.json; its README says what was changed.
struct Exchange {
  std::string name;
  std::string as;  ///< whose credentials: "writer", "owner, read:user", "bad token"; "" for none
  std::string method;
  std::string path;
  Headers headers;
  std::string body;
  int status = 0;
  std::map<std::string, std::string> answer_headers;
  std::map<std::string, std::string> json;  ///< flattened; empty where the body was no JSON
  std::optional<std::string> text;          ///< another body
  bool list_was_cut = false;                ///< only the first items of a long list were recorded
};

std::vector<Exchange> recorded(const std::string& profile);

/// A server with the users and repositories that the recorded exchanges were asked of.
class Replay {
 public:
  /// `root_url` where the server has one that is not its address.
  explicit Replay(const std::string& profile, const std::string& root_url = {});

  struct Differences {
    std::vector<std::string> found;
    std::vector<std::string> forgiven;
  };
  /// Brings about what the case needs, asks, and lists the differences. `relaxed`: other values in
  /// the body and in the headers of pages are forgiven, other keys are not.
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
  std::map<std::string, std::string> ids_;  ///< of what was made, by name or by exchange
  std::string uuid_;
  std::string commit_;
};

}  // namespace sandbox_tests
