// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts.hpp"
#include "answers.hpp"
#include "body.hpp"
#include "http_message.hpp"
#include "multipart.hpp"
#include "push.hpp"
#include "world.hpp"

namespace sandbox {

/// One request while an endpoint handles it.
struct Call {
  World& world;
  PushQueue& pushes;
  const Request& request;
  Body& body;
  std::string raw_body = {};                ///< a JSON body, as sent
  std::optional<Form> form = {};            ///< a multipart body that was read beforehand
  std::vector<std::string> arguments = {};  ///< the variable parts of the path, decoded
  Identity identity = {};
  std::shared_ptr<Repository> repository = {};
  Permission permission = Permission::none;
  std::optional<std::uint64_t> stored_bytes = {};  ///< of an upload, if a fault discards the rest

  const Profile& profile() const { return world.profile; }
  /// Nothing if it is not a number, or too large.
  std::optional<std::int64_t> number_argument(std::size_t index) const;

  [[noreturn]] void refuse(int status, std::string_view message) const;
  [[noreturn]] void not_found(std::string_view message = "") const;
  /// 500; only site admins get the reason.
  [[noreturn]] void broken(std::string_view why) const;
  /// The write lock, or 500 if the server's database gives up waiting.
  WriteLock::Hold begin_write() const;
  bool may_write() const { return permission >= Permission::write; }
};

}  // namespace sandbox
