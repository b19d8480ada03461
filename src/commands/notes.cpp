// SPDX-License-Identifier: MIT
#include "commands/notes.hpp"

#include <fmt/format.h>

#include <optional>

#include "commands/failure_cause.hpp"
#include "commands/generate_notes.hpp"
#include "commands/job.hpp"
#include "commands/obstacles.hpp"
#include "commands/target.hpp"
#include "core/text/text.hpp"
#include "disk/workspace.hpp"

namespace commands {
namespace {

/// The tag and the repository of the notes.
struct Subject {
  std::string tag;
  Destination destination;
};

/// Opens the file of `notes_path` for writing; nullopt if it is not set. Does not follow a link,
/// which may come from the checkout.
std::optional<disk::Replacement> find_file(const inputs::Notes& inputs, const Context& context) {
  std::optional<disk::Replacement> file;
  if (inputs.notes_path.empty()) return file;
  context.problems.collect([&] {
    const disk::Workspace workspace = open_workspace(context.facts, inputs.working_directory);
    file.emplace(
        workspace.replacement(inputs.notes_path, "notes_path", disk::Workspace::Links::none));
  });
  return file;
}

/// The commit of the tag or, if the tag does not exist, the commit at which it would be created.
std::string find_commit(const inputs::Notes& inputs, const Subject& subject, gitea::Api& api,
                        const Context& context) {
  const core::BuiltCommit built = built_commit_of(inputs.server, context.facts, subject.tag);
  const auto tag = api.find_tag(subject.tag);
  if (!tag) {
    const std::string target(core::trim(inputs.target_commitish));
    return resolve_target(target.empty() ? built.sha : target, subject.destination, api);
  }
  if (const auto warning = core::check_built_commit(tag->name, built, tag->commit)) {
    context.log.warning(*warning);
  }
  return tag->commit;
}

Generated generate(const inputs::Notes& inputs, const Subject& subject, const Context& context) {
  const Destination& destination = subject.destination;
  gitea::Api api(destination.server, destination.repository);
  try {
    return generate_notes(destination, subject.tag, inputs.generated_notes, api,
                          find_commit(inputs, subject, api, context),
                          [&](const std::string& text) { context.log.warning(text); });
  } catch (const core::Error& error) {
    throw with_cause(or_unknown_repository(error, destination, api), destination.server);
  }
}

}  // namespace

void notes(const inputs::Notes& inputs, const Context& context) {
  Subject subject;
  subject.destination = find_destination(inputs.server, inputs.working_directory, context);
  subject.tag = find_tag_name(inputs.tag_name, context);
  auto file = find_file(inputs, context);
  context.problems.throw_if_any();
  const Generated generated = generate(inputs, subject, context);
  if (!generated.remark.empty()) context.log.notice(generated.remark);
  context.set_outputs({{"notes", generated.text}, {"previous_tag", generated.previous_tag}});
  if (!file) {
    context.log.text(generated.text);
    return;
  }
  file->write(generated.text + "\n");
  file->commit();
  context.log.line(
      fmt::format("Wrote the notes of {}{} to {}", subject.tag,
                  generated.previous_tag.empty() ? "" : " since " + generated.previous_tag,
                  core::one_line(inputs.notes_path)));
}

}  // namespace commands
