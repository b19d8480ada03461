// SPDX-License-Identifier: MIT
// A sandbox for one test case, and functions to send requests to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sandbox_tests/socket.hpp"
#include "support/process.hpp"
#include "temp_dir.hpp"

namespace sandbox_tests {

/// All of them, in the order of the columns of profiles.hpp.
inline const std::vector<std::string> all_profiles = {"gitea-1.20", "gitea-1.22", "gitea-1.23",
                                                      "gitea-1.25", "gitea-1.26", "gitea-1.27",
                                                      "forgejo-7",  "forgejo-11", "forgejo-15"};

class Sandbox {
 public:
  explicit Sandbox(const std::string& profile = "gitea-1.25",
                   const std::vector<std::string>& options = {});

  int port() const { return port_; }
  const std::string& url() const { return url_; }      ///< from its start message
  const std::string& token() const { return token_; }  ///< of the owner, demo

  /// One request on its own connection; Content-Length is added. The path is below the URL.
  Answer ask(const std::string& method, const std::string& path, const Headers& headers = {},
             const std::string& body = {}) const;
  /// JSON to a path below /api/v1/repos/demo/app. Without a token the request is anonymous.
  Answer app(const std::string& method, const std::string& below, const std::string& json,
             const std::string& token) const;
  Answer app(const std::string& method, const std::string& below,
             const std::string& json = {}) const {
    return app(method, below, json, token_);
  }
  /// With the owner's token, or with `token` ("" is anonymous).
  Answer get(const std::string& path) const { return get(path, token_); }
  Answer get(const std::string& path, const std::string& token) const;

  /// A request to the control plane, which must succeed.
  Answer control(const std::string& method, const std::string& path,
                 const std::string& json = {}) const;
  void push_tag(const std::string& tag, const std::string& more = {}) const;
  std::string commit() const;  ///< a new one on main, pushed
  void fault(const std::string& json) const { control("POST", "faults", json); }
  void set(const std::string& json) const { control("PATCH", "settings", json); }
  std::string token_of(const std::string& json) const;
  std::string collaborator(const std::string& user, const std::string& permission) const;

  /// Creates a release of `tag` at main, which must succeed; returns its id. `more` like
  /// R"(,"draft":true)".
  std::string release(const std::string& tag, const std::string& more = {}) const;
  Answer upload(const std::string& release, const std::string& name,
                const std::string& content = "x") const;
  Answer show(const std::string& release) const { return app("GET", "/releases/" + release); }
  /// The row of a tag in the table, even if the API does not show it; "" without one. As JSON.
  std::string row(const std::string& tag) const;
  std::size_t stored_files() const;  ///< complete, incomplete or forgotten

 private:
  TempDir directory_;
  std::unique_ptr<support::Process> process_;
  std::string url_;
  std::string base_;
  std::string token_;
  int port_ = 0;
};

Headers with_token(const std::string& token, Headers more = {});
std::string basic(const std::string& user, const std::string& password);
/// A form with one file; `disposition` replaces the part's usual one.
std::string form(const std::string& content, const std::string& file = "f",
                 const std::string& part = "attachment");
inline const std::string form_type = "multipart/form-data; boundary=b";
inline const std::string binary_type = "application/octet-stream";
inline const std::string releases_path = "/api/v1/repos/demo/app/releases";

}  // namespace sandbox_tests
