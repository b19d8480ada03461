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

/// One request on its way through an endpoint.
struct Call {
  World& world;
  PushQueue& pushes;
  const Request& request;
  Body& body;
  std::string raw_body = {};                ///< a JSON body, as sent
  std::optional<Form> form = {};            ///< a multipart body that was read in front
  std::vector<std::string> arguments = {};  ///< the variable parts of the path, decoded
  Identity identity = {};
  std::shared_ptr<Repository> repository = {};
  Permission permission = Permission::none;
  std::optional<std::uint64_t> stored_bytes = {};  ///< of an upload, where a fault takes the rest

  const Profile& profile() const { return world.profile; }
  /// Nothing when it is no number, also for those that do not fit.
  std::optional<std::int64_t> number_argument(std::size_t index) const;

  [[noreturn]] void refuse(int status, std::string_view message) const;
  [[noreturn]] void not_found(std::string_view message = "") const;
  /// 500; only site admins read why.
  [[noreturn]] void broken(std::string_view why) const;
  /// The write lock, or 500 where the server's database gives up waiting.
  WriteLock::Hold begin_write() const;
  bool may_write() const { return permission >= Permission::write; }
};

}  // namespace sandbox
