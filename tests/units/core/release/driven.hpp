// SPDX-License-Identifier: MIT
// A session that is driven with a server in memory that has one release. Every action gets the
// server's response, unless the test gives another one.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/release/session.hpp"

namespace driven {

using Lines = std::vector<std::string>;

inline const std::string commit(40, '1');
inline const std::string other_commit(40, '2');

/// A server and the files of a workspace; others may change both at any time.
class Server {
 public:
  static constexpr std::chrono::sys_seconds begin{std::chrono::seconds(1'000'000)};

  std::optional<core::Release> release;
  std::optional<core::Tag> tag;
  std::string branch;  ///< the target of a release whose tag is not in the database yet
  std::string head;    ///< the commit at which a tag is created by default
  std::map<std::uint64_t, std::string> contents;  ///< by asset id
  std::map<std::string, std::string> files;       ///< of the workspace, by name
  std::uint64_t next_id = 10;
  std::chrono::sys_seconds clock = begin;

  void tag_at(const std::string& commit) { tag = core::Tag{"v1", commit}; }

  /// A release that another user created; the record is in its notes.
  void has_release(bool draft, const std::optional<std::string>& mark);

  core::Asset add(const std::string& name, const std::string& content);

  /// Writes the record for the assets with these names.
  void record(const std::vector<std::string>& names);

  /// Carries `action` out.
  core::Ok answer(const core::Action& action);

 private:
  core::Ok created(const core::CreateRelease& create);
  core::Ok edited(const core::EditRelease& edit);
  void publish();
};

/// A server whose head is `commit`, and a workspace with these files. The tag does not exist yet.
Server server_with(const std::map<std::string, std::string>& files);
/// The same with the tag at `commit`.
Server tagged_server_with(const std::map<std::string, std::string>& files);

/// A release v1 with these of the server's files.
core::Desired desired_for(const Server& server, const std::vector<std::string>& names);

core::Unknown unanswered();
core::Refused refused(int status);

class Drive {
 public:
  Drive(Server& server, core::Desired desired, core::SessionOptions options = {});

  /// Called before the server carries an action out; a returned value replaces the response.
  std::function<std::optional<core::Result>(const core::Action&)> meets;

  /// One step; false once the session has ended.
  bool step();
  void run();
  /// The output of a dry run.
  Lines dry_run();

  core::Session& session() { return session_; }
  core::Time now() const { return now_; }
  std::string error() const;
  bool has_warned(const std::string& part) const;

  std::chrono::milliseconds request_time{50};
  core::Step last;               ///< the step that was carried out last
  std::vector<std::string> log;  ///< one or two words per action
  std::vector<std::string> warnings;
  std::chrono::milliseconds waited{0};
  Lines writes() const;  ///< entries of the log that change the server
  std::size_t count(const std::string& word) const;

 private:
  bool carry_out(const core::Action& action);

  Server& server_;
  core::Session session_;
  core::Time now_{};
};

/// "upload a", "delete 7", "edit: published, digests".
std::string words(const core::Action& action);

}  // namespace driven
