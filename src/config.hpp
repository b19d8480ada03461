// SPDX-License-Identifier: MIT
// What the inputs of a run say, with every default filled in. Which names they have, and what people
// read about them, stands in options.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/desired.hpp"
#include "core/generated_notes.hpp"
#include "core/problems.hpp"
#include "core/project_kind.hpp"
#include "core/release/session.hpp"
#include "gitea/api.hpp"

struct Command;

using core::IfExists;
enum class Prerelease { unset, yes, no, by_version };

/// One for all commands; each sets what its own options name. An empty string is an absent one.
struct Config {
  std::string tag_name;
  std::string name;
  std::string body;
  std::string body_path;
  std::string changelog_path;
  bool generate_release_notes = false;
  std::string previous_tag;
  bool append_body = false;
  std::optional<bool> draft;
  Prerelease prerelease = Prerelease::unset;
  std::string target_commitish;
  std::string tag_message;
  IfExists if_exists = IfExists::update;
  std::string files;
  std::string working_directory;
  bool fail_on_unmatched_files = true;
  core::Overwrite overwrite_files = core::Overwrite::replace;
  bool remove_other_files = false;
  std::string required_files;
  std::string checksums;
  std::string checksums_name;
  bool sha256sum = false;
  bool md5sum = false;
  bool upload_before_publish = true;
  std::string repository;
  std::string server_url;
  gitea::Token token;
  gitea::Token job_token;  ///< the runner's own, which must not go anywhere else
  std::string ca_cert;
  bool insecure = false;
  std::uint64_t jobs = 2;
  gitea::Encoding upload_encoding = gitea::Encoding::multipart;
  std::uint64_t retries = 5;
  std::chrono::seconds stall_timeout{60};
  std::chrono::seconds answer_timeout{600};
  std::chrono::seconds timeout{3600};
  bool dry_run = false;
  std::string make_latest;
  std::string version_file;
  std::string stamp;
  std::string image;
  gitea::Token webhook_url;
  bool required = true;
  std::chrono::seconds webhook_timeout{60};
  std::string package;
  std::string package_type = "container";
  std::optional<bool> downloads;
  core::Downloads downloads_table;  ///< from the configuration file
  core::NotesLayout notes_layout;   ///< likewise
  std::string notes_path;
  core::ProjectKind kind = core::ProjectKind::unset;
  bool force = false;
  std::string config;  ///< path of the configuration file
};

/// A value before it is read.
struct Value {
  std::string text;
  std::string where;  ///< file, line and column; "" for an input or an option
};

/// By option name.
using Values = std::map<std::string, Value>;

/// Reads the values of `command`'s options into a Config; every mistake goes to `problems`.
Config parse_config(const Command& command, const Values& values, core::Problems& problems);
