// SPDX-License-Identifier: MIT
#include "inputs/table.hpp"

#include "inputs/rows.hpp"

namespace inputs {
namespace {

constexpr const char* writes_releases =
    "The token for the server. It needs write access to Releases. It cannot be given as a "
    "command-line option: set INPUT_TOKEN or GITEA_TOKEN, or use --token-file.";
constexpr const char* reads_repository =
    "The token for the server. It needs read access to the repository. It cannot be given as a "
    "command-line option: set INPUT_TOKEN or GITEA_TOKEN, or use --token-file.";
constexpr const char* writes_packages =
    "Your own token with the scope write:package; the job's own token may not link packages. It "
    "cannot be given as a command-line option: set INPUT_TOKEN or GITEA_TOKEN, or use "
    "--token-file.";

constexpr const char* may_read =
    "The token for the server. Required for a private repository: your own token that may read it, "
    "because the job's own token may not download there. It cannot be given as a command-line "
    "option: set INPUT_TOKEN or GITEA_TOKEN, or use --token-file.";

std::vector<Option> notes_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event the tag of that release",
       "The tag for which notes are generated. It does not have to exist yet.",
       at<&Notes::tag_name>()},
      previous_tag_row<Notes>(),
      {"target_commitish",
       "the commit of the workflow run; for another repository the head of its default branch",
       "If the tag does not exist yet: the branch or commit up to which commits are included.",
       at<&Notes::target_commitish>()},
      {"notes_path", "", "Write the notes to this file instead of the log.",
       at<&Notes::notes_path>()},
      config_row<Notes>(),
      {"working_directory", "the workspace", "The directory where relative paths start.",
       at<&Notes::working_directory>()},
  };
}

std::vector<Output> notes_outputs() {
  return {
      {"notes", "The notes, as Markdown."},
      {"previous_tag", "The tag of the previous release; empty for a first release."},
  };
}

std::vector<Option> version_rows() {
  return {
      {"tag_name", "", "The tag or version to use instead of detecting it.",
       at<&Version::tag_name>()},
      {"working_directory", "the workspace",
       "The directory where files are searched for and relative paths start.",
       at<&Version::working_directory>()},
      {"version_file", "",
       "An additional file that contains the version, used if nothing else does: the path of a "
       "file such as `pyproject.toml`, or `path => regular expression` with one group that matches "
       "the version.",
       at<&Version::version_file>()},
      {"stamp", "",
       "Files to write the version into, one per line, in the same form as `version_file`. Nothing "
       "else in them is changed. Lock files of the project are updated, too.",
       at<&Version::stamp>(), true},
      {"image", "",
       "Names of container images for the output `docker_tags`, one per line, without a tag.",
       at<&Version::image>(), true},
  };
}

std::vector<Output> version_outputs() {
  return {
      {"version", "The version, without a prefix and without `v`."},
      {"tag", "The tag; if the version comes from a file, `v` followed by the version."},
      {"major", "The first number of the version."},
      {"minor", "The second number of the version; 0 if it has none."},
      {"patch", "The third number of the version; 0 if it has none."},
      {"prerelease",
       "The prerelease part, such as `rc.1` in `1.2.0-rc.1`; empty for a stable version."},
      {"is_prerelease", "`true` if the version is a prerelease, otherwise `false`."},
      {"pep440",
       "The version in the format of Python packages (PEP 440); empty if that is not possible."},
      {"source",
       "Where the version was found: `tag_name`, `git`, `ref`, the path of a file, or `default` "
       "for 0.0.0."},
      {"is_latest",
       "`true` if the version is stable and no higher stable release exists. If the server cannot "
       "be reached: `false`, with a warning."},
      {"docker_tags",
       "For each image the names with the tags: the tag, the version and, if `is_latest` is true, "
       "`latest`; one per line."},
  };
}

std::vector<Option> deploy_rows() {
  return {
      {"webhook_url", "",
       "The address of the webhook, usually a secret. Set INPUT_WEBHOOK_URL or WEBHOOK_URL. If "
       "empty, nothing is deployed.",
       at<&Deploy::webhook_url>()},
      {"required", "true", "`false`: a failed webhook is only a warning.", at<&Deploy::required>()},
      {"timeout", "60", "Maximum seconds for the webhook, including all retries.",
       at<&Deploy::connection, &Connection::timeout>()},
  };
}

std::vector<Option> package_rows() {
  return {
      {"package", "the name of the repository", "The name of the package, without host and owner.",
       at<&LinkPackage::package>()},
      {"package_type", "container", "The type of the package, as shown on its page.",
       at<&LinkPackage::package_type>()},
  };
}

std::vector<Option> doctor_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event the tag of that release",
       "The tag of the release that will be published.", at<&Doctor::tag_name>()},
  };
}

std::vector<Option> prune_rows() {
  return {
      {"keep", "",
       "How many of the newest releases to keep, 1 to 1000. With `order: version`, this many for "
       "each prefix of tags. Required.",
       number_at<1, 1000, &Prune::keep>()},
      {"kind", "prerelease",
       "Which releases to delete and to count: `prerelease`, `draft` or `any`.",
       at<&Prune::kind>()},
      {"tags", "all tags",
       "Patterns of the tags to delete and to count, one per line, such as `nightly-*`.",
       at<&Prune::tags>(), true},
      {"order", "version",
       "Which releases are the newest: `version`: those with the highest version in the tag "
       "(releases without a version are kept); `date`: those with the latest date.",
       at<&Prune::order>()},
      {"delete_tags", "false", "Also delete the tags of the deleted releases.",
       at<&Prune::delete_tags>()},
      {"dry_run", "true", "Print what would be deleted, and delete nothing.",
       at<&Prune::dry_run>()},
  };
}

std::vector<Option> init_rows() {
  return {
      {"kind", "detected from the files of the project",
       "What the project releases: `docker` (an image), `desktop` (a Python application for "
       "Windows and "
       "Linux), `desktop-docker` (both), `library` (a Python package) or `plain` (any other "
       "project).",
       at<&Init::kind>()},
      {"owner", "the owner of the project, from its remote `origin`",
       "The owner of gitea-release on your server, for `uses:`.", at<&Init::owner>()},
      {"force", "false",
       "Replace workflows, `packaging/` and `.gitea/release.yml`. Files of the project itself are "
       "never replaced.",
       at<&Init::force>()},
      {"working_directory", "the current directory", "The root directory of the project.",
       at<&Init::working_directory>()},
      {"dry_run", "false", "Print which files would be written, and write nothing.",
       at<&Init::dry_run>()},
  };
}

}  // namespace

const std::vector<Command>& command_table() {
  static const std::vector<Command> table = {
      {"publish",
       "Creates or updates the release of a tag on Gitea or Forgejo, uploads its files, and "
       "publishes it once all files are uploaded.",
       Publish{}, together(publish_rows(), server_rows<Publish>(writes_releases)),
       publish_outputs()},
      {"notes",
       "Generates release notes from the commits since the previous release, grouped by "
       "Conventional Commit type.",
       Notes{}, together(notes_rows(), server_rows<Notes>(reads_repository)), notes_outputs()},
      {"version",
       "Detects the version of the build and derives values from it: the PEP 440 form, Docker "
       "tags, and whether it is the latest. Can write the version into files.",
       Version{}, together(version_rows(), server_rows<Version>(reads_repository)),
       version_outputs()},
      {"deploy",
       "Calls the webhook of a container manager to deploy the new image.",
       Deploy{},
       together(deploy_rows(), connection_rows<&Deploy::connection>()),
       {{"state", "`deployed`, `skipped` if no webhook is set, or `failed`."}}},
      {"link-package",
       "Links a container package to its repository.",
       LinkPackage{},
       together(package_rows(), server_rows<LinkPackage>(writes_packages)),
       {{"state", "`linked`, or `unchanged` if it was already linked."}}},
      {"download",
       "Downloads the files of a release, selected by its tag or the highest version, and checks "
       "them "
       "against its digests and its signature.",
       Download{}, together(download_rows(), server_rows<Download>(may_read)), download_outputs()},
      {"verify", "Verifies that a release, or a folder with its files, is what was signed.",
       Verify{}, together(verify_rows(), server_rows<Verify>(may_read)), verify_outputs()},
      {"sign",
       "Signs a draft with a key that no job has: compares its assets with the files on this "
       "computer, uploads the signature and publishes the release.",
       Sign{},
       together(sign_rows(), server_rows<Sign>(writes_releases)),
       {},
       false},
      {"keygen",
       "Creates a pair of keys to sign releases with, and says where to store each of them.",
       Keygen{},
       keygen_rows(),
       {},
       false},
      {"doctor",
       "Checks everything that publishing a release needs, and says what to fix. Writes nothing.",
       Doctor{},
       together(doctor_rows(), server_rows<Doctor>(writes_releases)),
       {}},
      {"prune",
       "Deletes old prereleases, drafts or releases and keeps the newest ones; never deletes the "
       "latest stable release. Only prints what it would delete, unless `dry_run: false` is set.",
       Prune{},
       together(prune_rows(), server_rows<Prune>(writes_releases)),
       {{"deleted", "The tags of the deleted releases, one per line."},
        {"kept", "The number of releases of this kind that were kept."}}},
      {"init",
       "Detects the kind of a project, adds the workflows and the other files for its releases, "
       "and lists what has to be done manually.",
       Init{},
       init_rows(),
       {},
       false},
  };
  return table;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : command_table()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

const Command& command_in(const std::vector<std::string>& arguments) {
  const Command* named = arguments.empty() ? nullptr : find_command(arguments.front());
  return named == nullptr ? command_table().front() : *named;
}

}  // namespace inputs
