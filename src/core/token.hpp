// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

namespace gitea {
class Client;
class Webhook;
}  // namespace gitea

namespace signing {
class SecretKey;
}

namespace core {

/// A secret: a token, the address of a webhook, which works like one, or a signing key and its
/// password. It cannot be printed or formatted; only gitea::Client, gitea::Webhook and
/// signing::SecretKey can read it.
class Token {
 public:
  Token() = default;
  explicit Token(std::string secret) : secret_(std::move(secret)) {}
  bool empty() const { return secret_.empty(); }
  bool operator==(const Token&) const = default;
  /// Whether it can be sent in a header: it has only visible ASCII characters.
  bool is_sendable() const;
  /// `text` with the secret replaced by "***", also if some of its characters are escaped as in
  /// JSON, an address or HTML: some servers repeat the token (Forgejo 15), and the page of a
  /// firewall may.
  std::string redacted(const std::string& text) const;

 private:
  friend class gitea::Client;
  friend class gitea::Webhook;
  friend class signing::SecretKey;
  std::string secret_;
};

}  // namespace core
