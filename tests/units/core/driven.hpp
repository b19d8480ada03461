// SPDX-License-Identifier: MIT
// A session that is driven against a server in memory with one release. Every action is answered as
// that server answers it, unless the test does so itself.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/release/session.hpp"

namespace driven {

using Lines = std::vector<std::string>;

/// A server and the files of a workspace, both of which others may change at any time.
class Server {
 public:
  static constexpr std::chrono::sys_seconds begin{std::chrono::seconds(1'000'000)};

  std::optional<core::Release> release;
  std::optional<core::Tag> tag;
  std::string branch;  ///< the target of a release whose tag the server's table does not know yet
  std::string head;    ///< the commit at which a tag is made where nobody says otherwise
  std::map<std::uint64_t, std::string> contents;  ///< by asset id
  std::map<std::string, std::string> files;       ///< of the workspace, by name
  std::uint64_t next_id = 10;
  std::chrono::sys_seconds clock = begin;

  void tag_at(const std::string& commit) { tag = core::Tag{"v1", commit}; }

  /// A release of somebody else's making; the record is what its notes say.
  void has_release(bool draft, const std::optional<std::string>& mark);

  core::Asset add(const std::string& name, const std::string& content);

  /// Writes what the notes would say of the assets with these names.
  void record(const std::vector<std::string>& names);

  /// Carries `action` out.
  core::Ok answer(const core::Action& action);

 private:
  core::Ok created(const core::CreateRelease& create);
  core::Ok edited(const core::EditRelease& edit);
  void publish();
};

/// Wishes for v1 with these of the server's files.
core::Desired wishes(const Server& server, const std::vector<std::string>& names);

core::Unknown unanswered();
core::Refused refused(int status);

class Drive {
 public:
  Drive(Server& server, core::Desired desired, core::SessionOptions options = {});

  /// What the test does at an action, before the server has a say; what it returns is the answer.
  std::function<std::optional<core::Result>(const core::Action&)> meets;

  /// One step; false once the session has ended.
  bool step();
  void run();
  /// What a dry run prints.
  Lines dry_run();

  core::Session& session() { return session_; }
  core::Time now() const { return now_; }
  std::string error() const;
  bool has_warned(const std::string& part) const;

  core::Step last;               ///< the step that was carried out last
  std::vector<std::string> log;  ///< every action in a word or two; waits for a reason, once each
  std::vector<std::string> warnings;
  std::chrono::milliseconds waited{0};
  Lines writes() const;  ///< those of the log that change the server
  std::size_t count(const std::string& word) const;

 private:
  bool carry_out(const core::Action& action);

  Server& server_;
  core::Session session_;
  core::Time now_{};
};

/// "upload a", "delete 7", "edit: publish it, record".
std::string words(const core::Action& action);

}  // namespace driven
