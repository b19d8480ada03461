// SPDX-License-Identifier: MIT
// THE table: every input of the action and option of the command line, once. It feeds INPUT_*, the
// command line, --help, action.yml and the README; tests/contract holds them together.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/desired.hpp"
#include "core/problems.hpp"
#include "gitea/api.hpp"

enum class IfExists { update, skip, fail };
enum class Prerelease { unset, yes, no, by_version };

/// What the inputs say, with every default filled in. An empty string is an absent one.
struct Config {
  std::string tag_name;
  std::string name;
  std::string body;
  std::string body_path;
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
  bool upload_before_publish = true;
  std::string repository;
  std::string server_url;
  gitea::Token token;
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
};

/// A whole number and what it may be.
struct Number {
  std::uint64_t Config::*member;
  std::uint64_t least;
  std::uint64_t most;
};

using Member = std::variant<std::string Config::*, bool Config::*, std::optional<bool> Config::*,
                            std::chrono::seconds Config::*, Number, gitea::Token Config::*,
                            Prerelease Config::*, IfExists Config::*, core::Overwrite Config::*,
                            gitea::Encoding Config::*>;

struct Option {
  const char* name;           ///< snake_case; the command line has dashes
  const char* default_value;  ///< in words, as the documents show it; "" for none
  const char* meaning;
  Member member;

  std::string flag() const;      ///< "--tag-name"
  std::string variable() const;  ///< "INPUT_TAG_NAME"
  bool on_command_line() const;  ///< secrets are not
  bool may_stand_alone() const;  ///< `--draft` means `--draft true`
};

/// The inputs of `publish`, in the order of the documents.
const std::vector<Option>& publish_options();

/// What the action returns: name and meaning, in the order of the documents.
const std::vector<std::pair<std::string, std::string>>& publish_outputs();

/// Reads raw values, by option name, into a Config; every mistake goes to `problems`.
Config parse_config(const std::map<std::string, std::string>& values, core::Problems& problems);
