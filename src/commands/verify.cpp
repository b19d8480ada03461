// SPDX-License-Identifier: MIT
#include "commands/verify.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "commands/failure_cause.hpp"
#include "commands/heartbeat.hpp"
#include "commands/job.hpp"
#include "commands/signed_release.hpp"
#include "core/release/checksums.hpp"
#include "core/text/text.hpp"
#include "core/update/newest.hpp"
#include "disk/digest.hpp"
#include "signing/signature.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;

/// The result for each file.
struct Findings {
  std::vector<std::string> right;
  std::vector<std::string> wrong;    ///< names of files with a different digest
  std::vector<std::string> missing;  ///< listed, but not found
  std::vector<std::string> uncovered;
};

bool is_of_signature(const std::string& name) {
  return name == sums_name || name == core::signature_name;
}

Findings look_at_release(gitea::Api& api, const core::Release& release, const SignedSums& sums,
                         const std::function<void(const std::string&)>& say) {
  Findings findings;
  for (const auto& [name, digest] : sums.digests) {
    bool is_there = false;
    bool is_right = true;
    for (const core::Asset& asset : release.assets) {
      if (asset.name != name)
        continue;  // the server may serve any of several assets with one name: each has to be right
      say(fmt::format("reading {}", name));
      const auto found = api.digest_of_asset(asset);
      if (!found) throw unreadable_asset(name);
      is_there = true;
      is_right = is_right && *found == digest;
    }
    auto& list = !is_there ? findings.missing : is_right ? findings.right : findings.wrong;
    list.push_back(name);
  }
  for (const core::Asset& asset : release.assets) {
    const bool is_covered = sums.digests.contains(asset.name) || is_of_signature(asset.name);
    if (!is_covered) findings.uncovered.push_back(core::one_line(asset.name));
  }
  return findings;
}

Findings look_at_folder(const disk::Workspace& folder, const SignedSums& sums) {
  Findings findings;
  for (const auto& [name, digest] : sums.digests) {
    if (!folder.has(name)) {
      findings.missing.push_back(name);
      continue;
    }
    const disk::File file = folder.open(name, "directory");
    const auto found = disk::digest_of_file(folder.absolute(name), file.identity());
    (found == digest ? findings.right : findings.wrong).push_back(name);
  }
  const auto listed = folder.list("");
  if (const auto* entries = std::get_if<std::vector<disk::Entry>>(&listed)) {
    for (const disk::Entry& entry : *entries) {
      if (!sums.digests.contains(entry.name) && !is_of_signature(entry.name)) {
        findings.uncovered.push_back(core::one_line(entry.name));
      }
    }
  }
  return findings;
}

class Verification {
 public:
  Verification(const inputs::Verify& inputs, const Context& context)
      : context_(context), log_(context.log) {
    core::Problems& problems = context.problems;
    const std::string directory(core::trim(inputs.directory));
    core::Problems of_server;  // ignored for a local directory, which needs no server
    const Context beside{context.environment, context.facts, of_server, context.log};
    destination_ = find_destination(inputs.server, "", directory.empty() ? context : beside,
                                    TokenUse::optional);
    tag_ = find_tag_name(inputs.tag_name, context);
    trust_ = find_trust(inputs.trust, destination_.repository.full(), problems);
    if (core::trim(inputs.trust.public_key).empty()) {
      problems.add("public_key: it is not set",
                   "Set it to the key with which the releases are signed (--public-key RW…).");
    }
    if (!directory.empty()) problems.collect([&] { open_folder(inputs, directory); });
    problems.throw_if_any();
  }

  void run() {
    const Findings findings = folder_ ? of_folder() : of_release();
    report(findings);
  }

 private:
  void open_folder(const inputs::Verify& inputs, const std::string& directory) {
    const bool has_repository = !destination_.repository.name.empty() ||
                                !core::trim(inputs.trust.signed_repository).empty();
    if (!has_repository) {
      context_.problems.add(
          "the repository is unknown, because this run is not part of a job",
          "Set --repository OWNER/NAME to the repository that the release was signed for.");
    }
    folder_.emplace(workspace_of(context_.facts), directory);
    folder_->check_directory();
  }

  Findings of_folder() {
    const SignedSums sums =
        verified_sums(folder_->read(sums_name, "directory", core::max_signed_checksums),
                      folder_->read(core::signature_name, "directory", signing::max_signature_file),
                      trust_, tag_);
    return look_at_folder(*folder_, sums);
  }

  Findings of_release() {
    gitea::Api api(destination_.server, destination_.repository);
    Heartbeat heartbeat(log_);
    Heartbeat::Pulse pulse(heartbeat, api, fmt::format("verifying {}", tag_));
    try {
      auto release = api.find_release(tag_);
      if (!release) throw no_release(api, destination_, tag_);
      const SignedSums sums = read_signed_sums(api, destination_.server, *release, trust_);
      return look_at_release(api, *release, sums,
                             [&](const std::string& doing) { pulse.now(doing); });
    } catch (const Error& error) {
      throw with_cause(error, destination_.server);
    }
  }

  void report(const Findings& findings) {
    for (const std::string& name : findings.right)
      log_.result(fmt::format("{}: matches the signature", name));
    for (const std::string& name : findings.uncovered) {
      log_.warning(fmt::format("{} is not covered by the signature", name));
    }
    for (const std::string& name : findings.missing) {
      if (folder_) log_.line(fmt::format("{}: not found", name));
    }
    context_.set_outputs({{"tag_name", tag_},
                          {"files", core::join(findings.right, "\n")},
                          {"uncovered", core::join(findings.uncovered, "\n")}});
    std::vector<std::string> faults;
    for (const std::string& name : findings.wrong) {
      faults.push_back(fmt::format("{} does not match the signature", name));
    }
    for (const std::string& name : findings.missing) {
      if (!folder_) faults.push_back(fmt::format("{} was signed, but does not exist", name));
    }
    if (faults.empty() && findings.right.empty()) {
      faults.emplace_back("none of the signed files was found");
    }
    if (!faults.empty()) {
      throw Error(Fault::failed, core::join(faults, "\n"),
                  "Do not use it: it was changed, or a part of it is missing.");
    }
    log_.line(fmt::format("{} of {} matches its signature: {} files", tag_, trust_.repository,
                          findings.right.size()));
  }

  const Context& context_;
  runner::Log& log_;
  Destination destination_;
  std::string tag_;
  Trust trust_;
  std::optional<disk::Workspace> folder_;  ///< if absent, a release on the server is verified
};

}  // namespace

void verify(const inputs::Verify& inputs, const Context& context) {
  Verification(inputs, context).run();
}

}  // namespace commands
