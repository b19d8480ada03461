// SPDX-License-Identifier: MIT
// Groups of operations: whatever has to be said of several of them names one of these.
#pragma once

#include <initializer_list>

#include "gitea/operation.hpp"

namespace gitea {

/// A set of enumerators.
template <typename Enum>
struct Set {
  unsigned bits = 0;
  constexpr Set() = default;
  constexpr Set(Enum member) : bits(1U << static_cast<unsigned>(member)) {}
  constexpr Set(std::initializer_list<Enum> all) {
    for (const Enum member : all) bits |= 1U << static_cast<unsigned>(member);
  }
  constexpr Set operator|(Set other) const {
    other.bits |= bits;
    return other;
  }
  constexpr bool has(Enum member) const {
    return (bits >> static_cast<unsigned>(member) & 1U) != 0;
  }
};
using Operations = Set<Operation>;

namespace operations {

using enum Operation;

inline constexpr Operations finds = {
    find_release,    find_slashed_release, find_tag,     find_commit,
    find_repository, find_slashed_commit,  list_commits, list_releases,
    list_tags,       list_packages,        find_user,    list_refs,
    list_pulls,      list_issues};
inline constexpr Operations reads =
    finds | Operations{list_tag_protections, read_asset, read_version, read_settings, probe_access};
inline constexpr Operations creates = {create_tag, create_release};
inline constexpr Operations edits = {edit_release, publish_release};
inline constexpr Operations deletes = {delete_asset, delete_release, delete_tag};
inline constexpr Operations of_release = edits | upload_asset;
inline constexpr Operations writes = creates | of_release | deletes | link_package;
inline constexpr Operations repeatable = reads | deletes;  // safe to send more than once
inline constexpr Operations api_calls = reads | writes;
inline constexpr Operations of_code = {find_tag,  find_commit, find_slashed_commit, list_commits,
                                       list_tags, list_refs,   create_tag};
inline constexpr Operations of_packages = {list_packages, link_package};
inline constexpr Operations any = api_calls | call_webhook;

}  // namespace operations

}  // namespace gitea
