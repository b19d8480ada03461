// SPDX-License-Identifier: MIT
#include "commands/keygen.hpp"

#include <fmt/format.h>

#include <string>

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/workspace.hpp"
#include "signing/secret_key.hpp"

namespace commands {
namespace {

constexpr const char* key_option = "key_path";

/// Never an existing file: a key that is overwritten is lost.
disk::Replacement place_for(const std::string& path, const disk::Workspace& workspace) {
  auto place = workspace.replacement(path, key_option, disk::Workspace::Links::none);
  if (!place.has_before()) return place;
  throw core::Error(
      core::Fault::workflow,
      fmt::format("{}: {} already exists and was not changed", key_option, core::one_line(path)),
      "Set a different name with --key-path.");
}

void say_what_to_do(const signing::PublicKey& key, const std::string& path, runner::Log& log) {
  log.result(
      fmt::format("Created the key {}: {} is secret, {}.pub is public", key.id(), path, path));
  log.result("");
  log.result(fmt::format(
      "1. Store the whole text of {} as a secret named SIGNING_KEY in the repository (Settings, "
      "Actions, Secrets), and its password, if it has one, as SIGNING_PASSWORD.",
      path));
  log.result("2. Pass it to the step that publishes:");
  log.result("     with:");
  log.result("       signing_key: ${{ secrets.SIGNING_KEY }}");
  log.result("3. Put the public key into README.md, so that users can check a release:");
  log.result(
      fmt::format("     minisign -Vm SHA256SUMS -P {} && sha256sum -c --ignore-missing SHA256SUMS",
                  key.text()));
  log.result(
      " Applications that update themselves contain it; set it as 'public_key' in "
      ".gitea/release.yml too.");
  log.result(
      fmt::format("4. Keep a copy of {} in a place that no job can access, and delete it here. "
                  "Whoever has it can sign releases; without it, nobody can.",
                  path));
  log.result(
      "5. Create a second pair, and publish its public key next to the first, but keep its secret "
      "key out of CI: if the first key leaks, sign the release that announces this with the second "
      "one.");
}

}  // namespace

void keygen(const inputs::Keygen& inputs, const Context& context) {
  context.problems.throw_if_any();
  const disk::Workspace workspace(workspace_of(context.facts));
  const std::string path(core::trim(inputs.key_path));
  const auto key = signing::SecretKey::generate();
  auto secret = place_for(path, workspace);
  auto open = place_for(path + ".pub", workspace);
  secret.write_private(key.file(inputs.signing_password));
  open.write(key.public_key().file());
  secret.commit_as_new();
  open.commit_as_new();
  say_what_to_do(key.public_key(), path, context.log);
}

}  // namespace commands
