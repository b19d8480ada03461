// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "accounts.hpp"
#include "json.hpp"
#include "world.hpp"

namespace sandbox {

// The objects of the API as JSON. The world must be locked for all of them.

Json show_user(World& world, const User& user);
/// Pseudo users: a job's, or the ghost for unknown ids.
Json show_user(World& world, std::int64_t id);

Json show_release(World& world, const Repository& repository, const ReleaseRow& row,
                  std::int64_t author);
/// POST, PATCH and the GET of one asset always show the address by uuid; releases and lists show
/// the readable one, as long as no two names of the release are equal.
Json show_asset(World& world, const Asset& asset, const std::string& address = "");
Json show_assets(World& world, const Repository& repository, const ReleaseRow& row);

Json show_tag(World& world, const Repository& repository, const GitTag& tag);
Json show_commit(World& world, const Repository& repository, const Commit& commit);
Json show_repository(World& world, const Repository& repository, Permission permission);
Json show_package(World& world, const PackageVersion& package, const Identity& reader);
Json show_protection(const TagProtection& protection);

/// `ROOT/api/v1/repos/o/r` and `ROOT/o/r`
std::string api_address(World& world, const Repository& repository);
std::string web_address(World& world, const Repository& repository);

}  // namespace sandbox
