// SPDX-License-Identifier: MIT
#include "commands/prune.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "commands/destination.hpp"
#include "commands/failure_cause.hpp"
#include "commands/obstacles.hpp"
#include "core/release/retention.hpp"
#include "core/text/braces.hpp"
#include "core/text/text.hpp"

namespace commands {
namespace {

core::Retention retention_of(const inputs::Prune& inputs, core::Problems& problems) {
  core::Retention retention;
  retention.keep = inputs.keep;
  retention.kind = inputs.kind;
  retention.order = inputs.order;
  if (inputs.keep == 0) {
    problems.add("keep: it is not set", "Set it to the number of releases to keep, 1 or more.");
  }
  for (const std::string& line : core::lines(inputs.tags)) {
    if (core::trim(line).empty()) continue;
    problems.collect([&] {
      const auto patterns =
          core::within("tags", [&] { return core::expand_braces(core::trim(line)); });
      retention.tags.insert(retention.tags.end(), patterns.begin(), patterns.end());
    });
  }
  return retention;
}

std::string describe(const core::Release& release) {
  const char* kind = release.draft ? "draft" : release.prerelease ? "prerelease" : "release";
  return fmt::format("{} {}", kind, core::one_line(release.tag));
}

gitea::List<core::Release> list_releases(const Destination& destination, gitea::Api& api) {
  try {
    return api.list_releases();
  } catch (const core::Error& error) {
    throw with_cause(or_unknown_repository(error, destination, api), destination.server);
  }
}

class Prune {
 public:
  Prune(const inputs::Prune& inputs, const Context& context)
      : inputs_(inputs),
        context_(context),
        log_(context.log),
        retention_(retention_of(inputs, context.problems)),
        destination_(find_destination(inputs.server, "", context)) {
    context.problems.throw_if_any();
  }

  void run() {
    gitea::Api api(destination_.server, destination_.repository);
    const auto releases = list_releases(destination_, api);
    const auto now =
        api.server_time().time_since_epoch().count() != 0
            ? api.server_time()
            : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const core::Pruning pruning = core::choose_pruned(releases.items, retention_, now);
    log_.line(fmt::format("gitea-release {}: {} {} of {} releases of {}", GITEA_RELEASE_VERSION,
                          inputs_.dry_run ? "dry run, would delete" : "deleting",
                          pruning.deleted.size(), releases.total, destination_.repository.full()));
    if (releases.total > releases.items.size()) {
      log_.warning(fmt::format("only the first {} of {} releases were read; the others are kept",
                               releases.items.size(), releases.total));
    }
    for (const auto& [release, reason] : pruning.spared) {
      log_.result(fmt::format("Keep the {}: {}", describe(release), reason));
    }
    if (retention_.kind == core::Retention::Kind::draft && pruning.deleted.empty() &&
        pruning.spared.empty()) {
      log_.line("A server shows drafts only to a token that may write Releases.");
    }
    try {
      for (const core::Release& release : pruning.deleted) remove(release, api);
    } catch (...) {
      write_outputs(pruning.spared.size());
      throw;
    }
    write_outputs(pruning.spared.size());
    if (inputs_.dry_run && !pruning.deleted.empty()) {
      log_.line("Nothing was deleted. Set 'dry_run: false' to delete these releases.");
    }
  }

 private:
  void remove(const core::Release& release, gitea::Api& api) {
    const bool with_tag = inputs_.delete_tags && !release.draft;
    const std::string what = describe(release) + (with_tag ? " and its tag" : "");
    if (inputs_.dry_run) {
      log_.result("Would delete the " + what);
      return;
    }
    api.delete_release(release.id, release.tag);
    deleted_.push_back(release.tag);  // also if its tag cannot be deleted
    if (with_tag) api.delete_tag(release.tag);
    log_.result("Deleted the " + what);
  }

  void write_outputs(std::size_t spared) const {
    context_.set_outputs(
        {{"deleted", core::join(deleted_, "\n")}, {"kept", std::to_string(spared)}});
  }

  const inputs::Prune& inputs_;
  const Context& context_;
  runner::Log& log_;
  core::Retention retention_;
  Destination destination_;
  std::vector<std::string> deleted_;
};

}  // namespace

void prune(const inputs::Prune& inputs, const Context& context) { Prune(inputs, context).run(); }

}  // namespace commands
