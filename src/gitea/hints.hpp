// SPDX-License-Identifier: MIT
// Hints and texts that belong to several errors.
#pragma once

namespace gitea::hint {

inline constexpr const char* token_that_writes =
    "Give the job 'permissions: contents: write' and check the Actions settings of the repository. "
    "Or create a token with the scope write:repository, store it as a secret (for example "
    "DEPLOY_TOKEN; the name must not start with GITEA_, GITHUB_ or FORGEJO_), and pass it as "
    "'token'.";

inline constexpr const char* unarchive =
    "Ask the owner to unarchive it in the repository's settings.";

inline constexpr const char* first_commit = "Push a first commit: a tag refers to a commit.";

/// To be continued.
inline constexpr const char* enable_releases =
    "Enable them in the repository's settings (Advanced settings, Releases)";

inline constexpr const char* no_attachments = "attachments are disabled on the server";
inline constexpr const char* enable_attachments =
    "Ask the server's administrator to enable them: '[attachment] ENABLED' in app.ini.";

inline constexpr const char* use_multipart = "Set 'upload_encoding: multipart' (the default).";

inline constexpr const char* protected_tag =
    "Let a user who is allowed to create this tag push it, and run this again; or ask an owner to "
    "allow the token's user in the repository's settings (Tags). The job's own token cannot be "
    "allowed.";

}  // namespace gitea::hint
