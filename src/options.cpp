// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <algorithm>
#include <string_view>

namespace {

/// Where the server is and how it is spoken to: for every command that talks to it.
std::vector<Option> server_rows() {
  return {
      {"repository", "this repository", "`owner/name`.", &Config::repository},
      {"server_url", "the runner's server", "Base address of the server; a sub-path is allowed.",
       &Config::server_url},
      {"token", "${{ github.token }}",
       "Needs write access to Releases. Never an option of the command line: INPUT_TOKEN, else "
       "GITEA_TOKEN, or --token-file.",
       &Config::token},
      {"ca_cert", "", "A certificate authority to trust besides the system's: PEM text or a path.",
       &Config::ca_cert},
      {"insecure", "false", "Do not verify TLS certificates. Warns.", &Config::insecure},
      {"retries", "5", "Further tries of a request, 0 to 100.", Number{&Config::retries, 0, 100}},
      {"stall_timeout", "60", "Seconds without a byte moving before a try is given up.",
       &Config::stall_timeout},
      {"answer_timeout", "600",
       "Seconds to wait for an answer once a request is sent; a server stores a large file before "
       "it answers.",
       &Config::answer_timeout},
      {"timeout", "3600", "Seconds for the whole run.", &Config::timeout},
  };
}

Option config_row() {
  return {"config", "`.gitea/release.yml` where that file exists",
          "A YAML file of inputs, with `downloads` and `notes` besides. An input wins over it.",
          &Config::config};
}

Option previous_tag_row() {
  return {"previous_tag", "the tag of the next lower version",
          "The tag to start from: commits that it has are not named.", &Config::previous_tag};
}

std::vector<Option> publish_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event that release's tag",
       "The release's tag. Needed where the run's ref is no tag.", &Config::tag_name},
      {"name", "the tag, for a new release", "The title, 255 characters at most.", &Config::name},
      {"body", "", "The notes, as text.", &Config::body},
      {"body_path", "`RELEASE_NOTES.md` where that file exists",
       "The notes, from a file. One found by itself is used for a new release or empty notes only.",
       &Config::body_path},
      {"changelog_path", "",
       "The notes, from this version's section of a changelog as https://keepachangelog.com/ has "
       "it.",
       &Config::changelog_path},
      {"generate_release_notes", "false",
       "Add notes made from the commits since the previous release.",
       &Config::generate_release_notes},
      previous_tag_row(),
      {"append_body", "false",
       "Add the text at the end of the notes, unless it stands there already as whole lines.",
       &Config::append_body},
      {"draft", "",
       "`true`: leave a new release a draft. `false`: publish, a draft that somebody else made "
       "too. "
       "Unset: publish what this action made. A published release is never hidden again.",
       &Config::draft},
      {"prerelease", "auto for a new release, else unchanged",
       "`true`, `false`, or `auto`: by the version in the tag (`v1.2.0-rc.1`, `1.2.0rc1`).",
       &Config::prerelease},
      {"target_commitish",
       "the run's commit; for another repository the head of its default branch",
       "Branch or commit where a tag that does not exist yet is made.", &Config::target_commitish},
      {"tag_message", "", "Make a new tag an annotated one, with this text.", &Config::tag_message},
      {"if_exists", "update",
       "For a release that is published already: `update` it, `skip` (nothing is done, outputs are "
       "filled), or `fail`.",
       &Config::if_exists},
      {"files", "",
       "Files to attach, a pattern a line: `**`, `*`, `?`, `[…]`, `{a,b}`; `!pattern` excludes; "
       "`path => name` renames.",
       &Config::files, true},
      {"working_directory", "the workspace", "Where patterns and paths start.",
       &Config::working_directory},
      {"fail_on_unmatched_files", "true",
       "A pattern that matches nothing is an error (else a warning).",
       &Config::fail_on_unmatched_files},
      {"overwrite_files", "true",
       "`true`: replace an asset of the same name. `false`: keep what is there. `fail`: stop "
       "before "
       "any write, naming all clashes.",
       &Config::overwrite_files},
      {"remove_other_files", "false",
       "Delete assets that this run does not bring. For the only job, or the last one.",
       &Config::remove_other_files},
      {"required_files", "",
       "Patterns of asset names, one a line: the release stays a draft until each has an asset. "
       "Several jobs give the same list, and the one that completes it publishes.",
       &Config::required_files, true},
      {"checksums", "",
       "`sha256`, `sha512`, `md5`: adds `SHA256SUMS` …, which `sha256sum -c` accepts, over the "
       "assets of all jobs (the others over those of this run).",
       &Config::checksums, true},
      {"sha256sum", "false", "The same as `checksums: sha256`.", &Config::sha256sum},
      {"md5sum", "false", "The same as `checksums: md5`.", &Config::md5sum},
      {"downloads", "false",
       "Keep a table of the downloads in the notes: file, size, SHA-256, link.",
       &Config::downloads},
      {"upload_before_publish", "true",
       "`false`: publish first, upload after, for workflows that wait for the event `published`.",
       &Config::upload_before_publish},
      {"jobs", "2",
       "Uploads at a time, 1 to 8. Servers before 1.25 get one file above 64 MiB at a time.",
       Number{&Config::jobs, 1, 8}},
      {"upload_encoding", "multipart",
       "`multipart`, or `raw`: faster for large files, but it blocks a server with SQLite while it "
       "runs.",
       &Config::upload_encoding},
      config_row(),
      {"dry_run", "false", "Print what would be done; send no write.", &Config::dry_run},
      {"make_latest", "", "Accepted with a warning: the server has no such flag.",
       &Config::make_latest},
  };
}

std::vector<Output> publish_outputs() {
  return {
      {"id", "The release's id."},
      {"release_id", "The same."},
      {"tag_name", "The release's tag."},
      {"name", "Its title."},
      {"html_url", "Its page."},
      {"url", "Its address in the API."},
      {"upload_url", "Where the API takes further assets."},
      {"draft", "`true` where it is a draft."},
      {"prerelease", "`true` where it is a prerelease."},
      {"state", "`created`, `updated`, `unchanged` or `skipped`."},
      {"version", "The tag without its `v`."},
      {"body", "The notes, without this action's invisible comments."},
      {"assets",
       "A JSON array, one asset a line: `name`, `id`, `size`, `url`, `sha256`, and `action` "
       "(`uploaded`, `replaced`, `kept`, `present`)."},
  };
}

std::vector<Option> notes_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event that release's tag",
       "The tag that the notes are for; it need not exist yet.", &Config::tag_name},
      previous_tag_row(),
      {"target_commitish",
       "the run's commit; for another repository the head of its default branch",
       "Branch or commit that the notes lead up to, where the tag does not exist yet.",
       &Config::target_commitish},
      {"notes_path", "", "Write the notes to this file instead of the log.", &Config::notes_path},
      config_row(),
      {"working_directory", "the workspace", "Where paths start.", &Config::working_directory},
  };
}

std::vector<Output> notes_outputs() {
  return {
      {"notes", "The notes, as Markdown."},
      {"previous_tag", "The tag that the commits were compared with; empty for a first release."},
  };
}

std::vector<Option> together(std::vector<Option> rows, const std::vector<Option>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

}  // namespace

std::string Option::flag() const {
  std::string result = std::string("--") + name;
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

std::string Option::variable() const {
  std::string result = std::string("INPUT_") + name;
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

bool Option::on_command_line() const {
  return !std::holds_alternative<gitea::Token Config::*>(member);
}

bool Option::may_stand_alone() const {
  return std::holds_alternative<bool Config::*>(member) ||
         std::holds_alternative<std::optional<bool> Config::*>(member);
}

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = {
      {"publish",
       "Creates or reuses the release of a tag on Gitea or Forgejo, uploads its files, and "
       "publishes it once everything is there.",
       together(publish_rows(), server_rows()), publish_outputs()},
      {"notes",
       "Makes the notes of a release from the commits since the previous one, grouped by "
       "Conventional Commit type.",
       together(notes_rows(), server_rows()), notes_outputs()},
  };
  return table;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : command_table()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}
