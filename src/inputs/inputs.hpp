// SPDX-License-Identifier: MIT
// The inputs of each command, including all defaults. Their names and descriptions are in
// table.cpp. An empty string means that the input is not set.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/encoding.hpp"
#include "core/project/kind.hpp"
#include "core/release/desired.hpp"
#include "core/release/generated_notes.hpp"
#include "core/release/retention.hpp"
#include "core/release/session.hpp"
#include "core/token.hpp"

namespace inputs {

using core::IfExists;
enum class Prerelease { unset, yes, no, by_version };

// --- shared by several commands ---

/// The settings of a connection.
struct Connection {
  std::string ca_cert = {};  ///< PEM text or a path
  bool insecure = false;
  std::uint64_t retries = 5;
  std::chrono::seconds stall_timeout{60};
  std::chrono::seconds answer_timeout{600};
  std::chrono::seconds timeout{3600};
};

/// The repository and its server.
struct Server {
  std::string repository;
  std::string server_url;
  core::Token token;
  core::Token job_token;  ///< the job's own token, which must not be sent to another server
  Connection connection;
};

struct Signing {
  core::Token key;
  core::Token password;
};

struct GeneratedNotes {
  std::string previous_tag;
  core::NotesLayout layout;  ///< from the configuration file
};

// --- one for each command ---

struct Publish {
  /// The text of the notes, and its sources.
  struct Text {
    std::string body;
    std::string body_path;
    std::string changelog_path;
    bool append_body = false;
    bool prepend_body = false;
    bool generate_release_notes = false;
    std::optional<bool> downloads;
    core::Downloads downloads_table;  ///< from the configuration file
  };

  struct Assets {
    std::string files;
    bool fail_on_unmatched_files = true;
    core::Overwrite overwrite_files = core::Overwrite::replace;
    bool remove_other_files = false;
    std::string required_files;
    std::string checksums;
    std::string checksums_name;
    bool sha256sum = false;
    bool md5sum = false;
    std::uint64_t jobs = 2;
    core::Encoding upload_encoding = core::Encoding::multipart;
  };

  Server server;
  std::string tag_name;
  std::string name;
  Text text;
  GeneratedNotes generated_notes;
  std::optional<bool> draft;
  Prerelease prerelease = Prerelease::unset;
  std::string target_commitish;
  std::string tag_message;
  IfExists if_exists = IfExists::update;
  Assets assets;
  Signing signing;
  std::optional<core::Update> update;  ///< from the configuration file
  std::string working_directory;
  bool upload_before_publish = true;
  std::string config;
  bool dry_run = false;
  bool only_sign = false;  ///< for the command `sign`
  std::string make_latest;
};

struct Notes {
  Server server;
  std::string tag_name;
  GeneratedNotes generated_notes;
  std::string target_commitish;
  std::string notes_path;
  std::string config;
  std::string working_directory;
};

struct Version {
  Server server;
  std::string tag_name;
  std::string working_directory;
  std::string version_file;
  std::string stamp;
  std::string image;
};

struct Deploy {
  Connection connection = {.timeout = std::chrono::seconds(60)};
  core::Token webhook_url;
  bool required = true;
};

struct LinkPackage {
  Server server;
  std::string package;
  std::string package_type = "container";
};

struct Doctor {
  Server server;
  std::string tag_name;
};

struct Prune {
  Server server;
  std::uint64_t keep = 0;
  core::Retention::Kind kind = core::Retention::Kind::prerelease;
  std::string tags;
  core::Retention::Order order = core::Retention::Order::version;
  bool delete_tags = false;
  bool dry_run = true;
};

struct Init {
  core::ProjectKind kind = core::ProjectKind::unset;
  std::string owner;
  bool force = false;
  std::string working_directory;
  bool dry_run = false;
};

/// Whose signature is accepted.
struct Trust {
  std::string public_key;  ///< one or more
  std::string signed_repository;
};

struct Download {
  Server server;
  std::string tag_name;
  bool prerelease = false;
  std::string files;
  std::string directory;
  Trust trust;
};

struct Verify {
  Server server;
  std::string tag_name;
  std::string directory;
  Trust trust;
};

struct Sign {
  Server server;
  std::string tag_name;
  std::string files;
  std::string required_files;
  Signing signing;
  std::optional<core::Update> update;  ///< from the configuration file
  std::string working_directory;
  std::string config;
  bool dry_run = false;
};

struct Keygen {
  std::string key_path = "signing.key";
  core::Token signing_password;
};

using Inputs = std::variant<Publish, Notes, Version, Deploy, LinkPackage, Download, Verify, Sign,
                            Keygen, Doctor, Prune, Init>;

}  // namespace inputs
