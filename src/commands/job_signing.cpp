// SPDX-License-Identifier: MIT
#include "commands/job_signing.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <set>

#include "commands/signed_release.hpp"
#include "core/error.hpp"
#include "core/release/checksums.hpp"
#include "core/release/vouching.hpp"
#include "core/text/text.hpp"
#include "core/update/manifest.hpp"
#include "signing/public_key.hpp"
#include "signing/secret_key.hpp"
#include "signing/subject.hpp"

namespace commands {
namespace {

using core::Problems;

/// A signature is made before the release is published.
void check_order(const inputs::Publish& inputs, const char* input, Problems& problems) {
  if (inputs.upload_before_publish) return;
  problems.add(fmt::format("{} and upload_before_publish: false contradict each other", input),
               "A release is signed before it is published.");
}

/// What is signed has names of its own, and names that every reader understands alike.
void check_names(const core::Desired& desired, Problems& problems) {
  if (desired.checksum_names.of(core::Algorithm::sha256) != sums_name) {
    problems.add("signing_key and checksums_name contradict each other",
                 "What is signed is called SHA256SUMS, so that everybody finds it.");
  }
  std::set<std::string> names;
  for (const core::LocalFile& file : desired.files) {
    const std::string fault = core::fault_of_signed_name(file.name);
    if (!fault.empty()) {
      problems.add(
          fmt::format("signing_key: '{}' {}, and is not signed", core::one_line(file.name), fault));
    }
    if (file.name == core::signature_name || file.name == sums_name) {
      problems.add(fmt::format("signing_key: 'files' contains its own {}", file.name),
                   "Leave it out: this run makes it.");
    }
    if (!names.insert(core::lower(file.name)).second) {
      problems.add(fmt::format("signing_key: two files are named {} but for the case of letters",
                               core::one_line(file.name)));
    }
  }
}

core::Signing signing_of(const std::shared_ptr<const signing::SecretKey>& key,
                         const std::string& tag, const std::string& repository) {
  const std::string subject = signing::render_subject({tag, repository});
  return {[key, subject](const std::string& checksums) { return key->sign(checksums, subject); },
          [key, repository](const std::string& text) {
            const std::string code = key->code_of(core::lower(repository) + "\n" + text);
            return code.substr(0, core::code_length);
          }};
}

/// `key`: null for a run without the signing key, or with one that is not valid.
void find_update(const inputs::Publish& inputs, const signing::SecretKey* key,
                 core::Desired& desired, Problems& problems) {
  if (!inputs.update) return;
  const core::Update& update = *inputs.update;
  check_order(inputs, "update", problems);
  desired.checksum_names.add(core::manifest_name);
  for (const core::LocalFile& file : desired.files) {
    if (core::lower(file.name) != core::manifest_name) continue;
    problems.add(fmt::format("update: 'files' contains a file named {}", file.name),
                 "Remove it: the run generates this file.");
  }
  const std::string fault = desired.tag.empty() ? "" : core::fault_of(update, desired.tag);
  if (!fault.empty()) {
    problems.add(
        "update: " + fault,
        "Correct 'update' in the configuration file, or select another file with 'config'.");
  }
  const auto public_key = core::within(
      "update: public_key", [&] { return signing::PublicKey::parse(update.public_key); });
  if (key != nullptr && key->public_key() != public_key) {
    problems.add(
        fmt::format("update: public_key is {}, but signing_key belongs to {}", public_key.id(),
                    key->public_key().id()),
        fmt::format("Installations would reject the release. Sign it with the other key, or "
                    "set 'public_key: {}'.",
                    key->public_key().text()));
  }
  desired.update = update;
}

}  // namespace

void find_signing(const inputs::Publish& inputs, const std::string& repository,
                  core::Desired& desired, Problems& problems) {
  std::shared_ptr<const signing::SecretKey> key;
  if (!inputs.signing.key.empty()) {
    check_order(inputs, "signing_key", problems);
    check_names(desired, problems);
    if (!desired.wants(core::Algorithm::sha256))
      desired.checksums.push_back(core::Algorithm::sha256);
    problems.collect([&] {
      core::within("signing_key", [&] {
        key = std::make_shared<const signing::SecretKey>(
            signing::SecretKey::parse(inputs.signing.key, inputs.signing.password));
      });
    });
    if (key) {
      problems.collect([&] { desired.signing = signing_of(key, desired.tag, repository); });
    }
  } else if (!inputs.signing.password.empty()) {
    problems.add("signing_password: it is set without a signing_key");
  }
  find_update(inputs, key.get(), desired, problems);
}

}  // namespace commands
