// SPDX-License-Identifier: MIT
#include "inputs/rows.hpp"

namespace inputs {

std::vector<Option> publish_rows() {
  return {
      {"tag_name", "the pushed tag; on a `release` event the tag of that release",
       "The tag of the release. Required if the run was not triggered by a tag.",
       at<&Publish::tag_name>()},
      {"name", "the tag, for a new release", "The title of the release, at most 255 characters.",
       at<&Publish::name>()},
      {"body", "the message of an annotated tag, for a new release or empty notes",
       "The release notes.", at<&Publish::text, &Publish::Text::body>()},
      {"body_path", "`RELEASE_NOTES.md`, if that file exists",
       "A file with the release notes. The default file is only used for a new release or empty "
       "notes.",
       at<&Publish::text, &Publish::Text::body_path>()},
      {"changelog_path", "",
       "A changelog in the format of https://keepachangelog.com/. The section of this version "
       "becomes the release notes.",
       at<&Publish::text, &Publish::Text::changelog_path>()},
      {"generate_release_notes", "false",
       "Add notes generated from the commits since the previous release.",
       at<&Publish::text, &Publish::Text::generate_release_notes>()},
      previous_tag_row<Publish>(),
      {"append_body", "false",
       "Add the text to the end of existing notes, unless they already contain its lines.",
       at<&Publish::text, &Publish::Text::append_body>()},
      {"prepend_body", "false",
       "Add the text to the beginning of existing notes, unless they already contain its lines.",
       at<&Publish::text, &Publish::Text::prepend_body>()},
      {"draft", "",
       "`true`: leave a new release as a draft. `false`: publish the release, even a draft that "
       "this action did not create. If not set: publish only releases that this action created. A "
       "published release never becomes a draft again.",
       at<&Publish::draft>()},
      {"prerelease", "auto for a new release, otherwise unchanged",
       "`true`, `false`, or `auto`: a prerelease if the version in the tag is one (`v1.2.0-rc.1`, "
       "`1.2.0rc1`).",
       at<&Publish::prerelease>()},
      {"target_commitish",
       "the commit of the workflow run; for another repository the head of its default branch",
       "The branch or commit at which the tag is created if it does not exist yet.",
       at<&Publish::target_commitish>()},
      {"tag_message", "", "Create a new tag as an annotated tag with this message.",
       at<&Publish::tag_message>()},
      {"if_exists", "update",
       "What to do if the release is already published: `update` it, `skip` (do nothing but set "
       "the outputs), or `fail`.",
       at<&Publish::if_exists>()},
      {"files", "",
       "Files to upload, one pattern per line: `**`, `*`, `?`, `[…]`, `{a,b}`. `!pattern` excludes "
       "files, and `path => name` uploads a file under a different name.",
       at<&Publish::assets, &Publish::Assets::files>(), true},
      {"working_directory", "the workspace",
       "The directory where relative patterns and paths start.", at<&Publish::working_directory>()},
      {"fail_on_unmatched_files", "true", "Fail if a pattern matches no file; otherwise only warn.",
       at<&Publish::assets, &Publish::Assets::fail_on_unmatched_files>()},
      {"overwrite_files", "true",
       "`true`: replace existing assets of the same name. `false`: leave them unchanged. `fail`: "
       "fail before anything is written, and list all names that already exist.",
       at<&Publish::assets, &Publish::Assets::overwrite_files>()},
      {"remove_other_files", "false",
       "Delete all assets that are not among the files of this run. Only for workflows with one "
       "job, or for the last job.",
       at<&Publish::assets, &Publish::Assets::remove_other_files>()},
      {"required_files", "",
       "Patterns of asset names, one per line. The release stays a draft until an asset matches "
       "each pattern. If several jobs upload to one release, give all of them the same list: the "
       "job that completes it publishes the release.",
       at<&Publish::assets, &Publish::Assets::required_files>(), true},
      {"checksums", "",
       "`sha256`, `sha512`, `md5`: adds checksum files (`SHA256SUMS` …) in the format of "
       "`sha256sum -c`. `SHA256SUMS` lists the assets of all jobs; the others are only written if "
       "this run uploads all files that they do not list yet. `per-file` also adds a file for each "
       "asset, such as `app.zip.sha256`.",
       at<&Publish::assets, &Publish::Assets::checksums>(), true},
      {"checksums_name", "{ALGORITHM}SUMS",
       "The name of the checksum files, such as `checksums-{algorithm}.txt`: `{algorithm}` becomes "
       "`sha256`, `{ALGORITHM}` becomes `SHA256`.",
       at<&Publish::assets, &Publish::Assets::checksums_name>()},
      {"sha256sum", "false", "The same as `checksums: sha256`.",
       at<&Publish::assets, &Publish::Assets::sha256sum>()},
      {"md5sum", "false", "The same as `checksums: md5`.",
       at<&Publish::assets, &Publish::Assets::md5sum>()},
      {"signing_key", "",
       "Sign the release: the whole text of a secret key file of minisign, from a secret. Adds "
       "`SHA256SUMS` and `SHA256SUMS.minisig`. Each job that uploads files needs it.",
       at<&Publish::signing, &Signing::key>()},
      {"signing_password", "", "The password of the signing key, if it has one.",
       at<&Publish::signing, &Signing::password>()},
      {"downloads", "false",
       "Add a table of downloads to the notes and keep it up to date: file, link, size and "
       "SHA-256.",
       at<&Publish::text, &Publish::Text::downloads>()},
      {"upload_before_publish", "true",
       "`false`: publish the release before the files are uploaded, for workflows that are "
       "triggered by the event `published`.",
       at<&Publish::upload_before_publish>()},
      {"jobs", "2",
       "Number of parallel uploads, 1 to 8. To servers before Gitea 1.25, files above 64 MiB are "
       "uploaded one at a time.",
       number_at<1, 8, &Publish::assets, &Publish::Assets::jobs>()},
      {"upload_encoding", "multipart",
       "`multipart` or `raw`. `raw` is faster for large files, but blocks a server with SQLite "
       "during the upload.",
       at<&Publish::assets, &Publish::Assets::upload_encoding>()},
      config_row<Publish>(),
      {"dry_run", "false",
       "Print what would be done. Change nothing on the server, and do not wait for other runs.",
       at<&Publish::dry_run>()},
      {"make_latest", "", "Ignored with a warning, because the server has no such setting.",
       at<&Publish::make_latest>()},
  };
}

std::vector<Output> publish_outputs() {
  return {
      {"id", "The id of the release."},
      {"release_id", "The same as `id`."},
      {"tag_name", "The tag of the release."},
      {"name", "The title of the release."},
      {"html_url", "The web page of the release."},
      {"url", "The address of the release in the API."},
      {"upload_url", "The address of the API for uploading more assets."},
      {"draft", "`true` if the release is a draft."},
      {"prerelease", "`true` if the release is a prerelease."},
      {"state",
       "What this run did to the release: `created`, `updated`, `unchanged` or `skipped`."},
      {"version", "The version in the tag, without a prefix and `v`; empty if it has none."},
      {"body", "The notes, without the invisible comments of this action."},
      {"assets",
       "A JSON array, one asset per line: `name`, `id`, `size`, `url`, `sha256` and `action`: "
       "`uploaded` (new), `replaced` (an asset of the same name was replaced), `kept` (already "
       "there with the same content) or `present` (any other asset of the release)."},
  };
}

}  // namespace inputs
