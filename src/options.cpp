// SPDX-License-Identifier: MIT
#include "options.hpp"

namespace {

std::vector<Option> together(std::vector<Option> rows, const std::vector<Option>& more) {
  rows.insert(rows.end(), more.begin(), more.end());
  return rows;
}

/// How another machine is spoken to.
std::vector<Option> connection_rows() {
  return {
      {"ca_cert", "", "A certificate authority to trust besides the system's: PEM text or a path.",
       &Config::ca_cert},
      {"insecure", "false", "Do not verify TLS certificates. Warns.", &Config::insecure},
      {"retries", "5", "Further tries of a request, 0 to 100.", Number{&Config::retries, 0, 100}},
  };
}

constexpr const char* writes_releases =
    "Needs write access to Releases. Never an option of the command line: INPUT_TOKEN, else "
    "GITEA_TOKEN, or --token-file.";
constexpr const char* reads_repository =
    "Needs to read the repository. Never an option of the command line: INPUT_TOKEN, else "
    "GITEA_TOKEN, "
    "or "
    "--token-file.";
constexpr const char* writes_packages =
    "Has to be one of your own, with the scope write:package: the job's own may not. Never an "
    "option of the command line: INPUT_TOKEN, else GITEA_TOKEN, or --token-file.";

/// Where the server is and how it is spoken to: for every command that talks to it. `token`: what
/// its documents say of the token.
std::vector<Option> server_rows(const char* token) {
  const std::vector<Option> where = {
      {"repository", "this repository", "`owner/name`.", &Config::repository},
      {"server_url", "the runner's server", "Base address of the server; a sub-path is allowed.",
       &Config::server_url},
      {"token", "${{ github.token }}", token, &Config::token},
  };
  const std::vector<Option> times = {
      {"stall_timeout", "60", "Seconds without a byte moving before a try is given up.",
       &Config::stall_timeout},
      {"answer_timeout", "600",
       "Seconds to wait for an answer once a request is sent. At most 120 for a small request; for "
       "an upload one more for each 2 MiB.",
       &Config::answer_timeout},
      {"timeout", "3600", "Seconds for the whole run.", &Config::timeout},
  };
  return together(together(where, connection_rows()), times);
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
       "assets of all jobs (the others where this run brings all that they do not list yet).",
       &Config::checksums, true},
      {"checksums_name", "{ALGORITHM}SUMS",
       "What the files of `checksums` are called, as `checksums-{algorithm}.txt`: `{algorithm}` "
       "stands for `sha256`, `{ALGORITHM}` for `SHA256`.",
       &Config::checksums_name},
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
      {"dry_run", "false", "Print what would be done; send no write, and wait for no other run.",
       &Config::dry_run},
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

std::vector<Option> version_rows() {
  return {
      {"tag_name", "", "The tag or version, where it is not to be looked for.", &Config::tag_name},
      {"working_directory", "the workspace", "Where files are looked for, and paths start.",
       &Config::working_directory},
      {"version_file", "",
       "A further file to find the version in, after all others: the path of a file such as "
       "`pyproject.toml`, or `path => regular expression`, whose one group is the version.",
       &Config::version_file},
      {"stamp", "",
       "Files to write the version into, a line each, in the forms of version_file. Nothing else "
       "in them is changed.",
       &Config::stamp, true},
      {"image", "", "Names of images for docker_tags, a line each, without a tag.", &Config::image,
       true},
  };
}

std::vector<Output> version_outputs() {
  return {
      {"version", "The version, without prefix and `v`."},
      {"tag", "The tag; where the version comes from a file, `v` and the version."},
      {"major", "Its first number."},
      {"minor", "Its second number; 0 where it has none."},
      {"patch", "Its third number; 0 where it has none."},
      {"prerelease", "`rc.1` of `1.2.0-rc.1`; empty for a stable version."},
      {"is_prerelease", "`true` or `false`."},
      {"pep440", "The version as Python packages write it; empty where they cannot."},
      {"source",
       "Where it was found: `tag_name`, `git`, `ref`, a file's path, or `default` for 0.0.0."},
      {"is_latest",
       "`true` for a stable version, where no higher stable release exists. `false` with a warning "
       "where the server cannot be asked."},
      {"docker_tags",
       "For each image its tag, its version and, where `is_latest`, `latest`: a line each."},
  };
}

std::vector<Option> deploy_rows() {
  return {
      {"webhook_url", "",
       "The webhook's address, usually a secret; from INPUT_WEBHOOK_URL, else WEBHOOK_URL. Empty: "
       "nothing is done.",
       &Config::webhook_url},
      {"required", "true", "`false`: a webhook that fails is a warning.", &Config::required},
      {"timeout", "60", "Seconds for the webhook, all tries together.", &Config::webhook_timeout},
  };
}

std::vector<Option> package_rows() {
  return {
      {"package", "the repository's name", "The package's name, without host and owner.",
       &Config::package},
      {"package_type", "container", "The package's type, as its page names it.",
       &Config::package_type},
  };
}

std::vector<Option> doctor_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event that release's tag",
       "The tag of the release that is going to be published.", &Config::tag_name},
  };
}

std::vector<Option> init_rows() {
  return {
      {"kind", "found by what is there: a Dockerfile, a folder `packaging`, a `pyproject.toml`",
       "What is released: `docker` (an image), `desktop` (for Windows and Linux), "
       "`desktop-docker`, or `library`.",
       &Config::kind},
      {"force", "false", "Overwrite files that are there.", &Config::force},
      {"working_directory", "the current directory", "The project's root.",
       &Config::working_directory},
      {"dry_run", "false", "Print what would be written; write nothing.", &Config::dry_run},
  };
}

}  // namespace

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = {
      {"publish",
       "Creates or reuses the release of a tag on Gitea or Forgejo, uploads its files, and "
       "publishes it once everything is there.",
       together(publish_rows(), server_rows(writes_releases)), publish_outputs()},
      {"notes",
       "Makes the notes of a release from the commits since the previous one, grouped by "
       "Conventional Commit type.",
       together(notes_rows(), server_rows(reads_repository)), notes_outputs()},
      {"version",
       "Finds the version of what is being built, and what follows from it: PEP 440, Docker tags, "
       "whether it is the latest. Writes it into files.",
       together(version_rows(), server_rows(reads_repository)), version_outputs()},
      {"deploy",
       "Calls a container manager's webhook, so that it deploys the new image.",
       together(deploy_rows(), connection_rows()),
       {{"state", "`deployed`, `skipped` where no webhook is given, or `failed`."}}},
      {"link-package",
       "Links a container package to its repository.",
       together(package_rows(), server_rows(writes_packages)),
       {{"state", "`linked`, or `unchanged` where it was already."}}},
      {"doctor",
       "Checks everything that publishing a release needs, without writing, and says what to do.",
       together(doctor_rows(), server_rows(writes_releases)),
       {}},
      {"init",
       "Writes the workflows, and what a kind of project needs besides, into a Python project; "
       "says "
       "what is left to do by hand.",
       init_rows(),
       {},
       false},
  };
  return table;
}
