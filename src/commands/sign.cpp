// SPDX-License-Identifier: MIT
#include "commands/sign.hpp"

#include "commands/publish.hpp"

namespace commands {

/// A run of `publish` that has the key and the same files, and uploads none of them.
void sign(const inputs::Sign& inputs, const Context& context) {
  if (inputs.signing.key.empty()) {
    context.problems.add("signing_key: it is not set",
                         "Give the secret key file that `gitea-release keygen` has created: "
                         "--signing-key-file signing.key.");
  }
  inputs::Publish publication;
  publication.server = inputs.server;
  publication.tag_name = inputs.tag_name;
  publication.assets.files = inputs.files;
  publication.assets.required_files = inputs.required_files;
  publication.signing = inputs.signing;
  publication.update = inputs.update;
  publication.working_directory = inputs.working_directory;
  publication.dry_run = inputs.dry_run;
  publication.draft = false;
  publication.only_sign = true;
  publish(publication, context);
}

}  // namespace commands
