// SPDX-License-Identifier: MIT
// A server in memory that treats one release like real servers do, and checks what must never be
// seen. It shares only data types and the format of the notes with src/.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/release/session.hpp"

namespace simulation {

/// What an observer demands at every moment.
struct Demands {
  std::vector<std::string> required;
  bool checksums = false;
};

class Server {
 public:
  explicit Server(Demands demands) : demands_(std::move(demands)) {}

  // The state.
  std::optional<core::Release> release;
  std::map<std::uint64_t, std::string> contents;  ///< by asset
  std::optional<std::string> tag_commit;
  bool table_is_behind = false;  ///< it does not know the tag yet, and will publish a draft of it
  bool is_readable = true;       ///< tokens may download assets
  bool takes_entries = true;
  bool all_can_be_told = true;   ///< otherwise some are left out of SHA256SUMS
  bool has_silent_runs = false;  ///< for longer than others wait for them
  std::chrono::sys_seconds clock{std::chrono::hours(24 * 20'000)};

  // Requests. `late`: it arrives after its sender has given up waiting for the response.
  std::optional<core::Release> create(const core::CreateRelease& request);
  std::optional<core::Asset> upload(const std::string& name, const std::string& content, bool late);
  void remove(std::uint64_t id);
  /// An edit reads the row first, and writes all of it later.
  core::Release begin_edit() const { return *release; }
  core::Release finish_edit(core::Release row, const core::EditRelease& request, bool late);

  // What happens by itself.
  void flip();  ///< the server publishes a draft whose tag has been added to its database

  std::vector<core::Asset> named(const std::string& name) const;  ///< the lowest id first
  bool is_published() const;  ///< public, and not because of the server itself
  /// What is wrong with SHA256SUMS; "" for nothing.
  std::string fault_in_checksums(bool with_foreign) const;
  /// What is wrong with a public release; "" for nothing.
  std::string fault_in_public() const;

  std::string fault;  ///< the first demand that was violated
  std::vector<std::string> account;

 private:
  void check();
  void fail(const std::string& what);

  Demands demands_;
  std::uint64_t next_id_ = 100;
  std::set<std::uint64_t> came_late_;
};

bool is_announcement(const core::Asset& asset);

}  // namespace simulation
