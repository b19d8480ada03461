// SPDX-License-Identifier: MIT
// The rows of the commands for signed releases.
#include "inputs/rows.hpp"

namespace inputs {
namespace {

/// The options that say whose signature is accepted.
template <typename C>
std::vector<Option> trust_rows(const char* key_meaning) {
  return {
      {"public_key", "", key_meaning, at<&C::trust, &Trust::public_key>()},
      {"signed_repository", "`repository`",
       "If this repository is a mirror: the repository that the release was signed for, as "
       "`owner/name`.",
       at<&C::trust, &Trust::signed_repository>()},
  };
}

}  // namespace

std::vector<Option> verify_rows() {
  return together(
      {
          {"tag_name", "the pushed tag; on a `release` event that release's tag",
           "The tag of the release. Files that were signed for a different tag are rejected.",
           at<&Verify::tag_name>()},
          {"directory", "",
           "Verify the files in this directory, which has to contain `SHA256SUMS` and "
           "`SHA256SUMS.minisig`, instead of those on the server.",
           at<&Verify::directory>()},
      },
      trust_rows<Verify>("The public key for the releases: `RW…`, or the text of its file. If "
                         "there are several, one per line, one of them has to match."));
}

std::vector<Output> verify_outputs() {
  return {
      {"tag_name", "The tag of the release."},
      {"files", "The names of the files that match the signature, one per line."},
      {"uncovered", "The names of the files that the signature does not cover, one per line."},
  };
}

std::vector<Option> download_rows() {
  return together(
      {
          {"tag_name", "the pushed tag; on a `release` event that release's tag",
           "The tag of the release. `latest`: the release with the highest version; `app/latest`: "
           "the same for the tags `app/…`.",
           at<&Download::tag_name>()},
          {"prerelease", "false", "`true`: `latest` also selects prereleases.",
           at<&Download::prerelease>()},
          {"files", "all",
           "Patterns of asset names, one per line: `*`, `?`, `[…]`, `{a,b}`. Each has to match an "
           "asset.",
           at<&Download::files>(), true},
          {"directory", "the workspace",
           "The directory for the files. It is created if it does not exist.",
           at<&Download::directory>()},
      },
      trust_rows<Download>(
          "The public key for the releases: `RW…`, or the text of its file; if there are several, "
          "one per line. If it is set, only signed files are downloaded."));
}

std::vector<Output> download_outputs() {
  return {
      {"tag_name", "The tag of the release."},
      {"version", "The version in the tag, without a prefix and `v`; empty if the tag has none."},
      {"files", "The absolute paths of the files, one per line."},
      {"directory", "The directory of the files."},
  };
}

std::vector<Option> sign_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event the tag of that release",
       "The tag of the draft. Required outside a job.", at<&Sign::tag_name>()},
      {"files", "",
       "The files of the release on this computer, one pattern per line. The draft has to contain "
       "the same files.",
       at<&Sign::files>(), true},
      {"required_files", "",
       "Patterns of asset names, one per line. If an asset is missing, nothing is signed.",
       at<&Sign::required_files>(), true},
      {"signing_key", "",
       "The text of the secret key file. It cannot be given as a command-line option: use "
       "--signing-key-file. Required.",
       at<&Sign::signing, &Signing::key>()},
      {"signing_password", "", "The password of the signing key, if it has one.",
       at<&Sign::signing, &Signing::password>()},
      {"working_directory", "the current directory",
       "The directory where relative patterns and paths start.", at<&Sign::working_directory>()},
      config_row<Sign>(),
      {"dry_run", "false", "Print what would be done. Change nothing on the server.",
       at<&Sign::dry_run>()},
  };
}

std::vector<Option> keygen_rows() {
  return {
      {"key_path", "signing.key",
       "The file for the secret key. The public key is stored next to it, with `.pub` added to the "
       "name.",
       at<&Keygen::key_path>()},
      {"signing_password", "none", "A password for the key.", at<&Keygen::signing_password>()},
  };
}

}  // namespace inputs
