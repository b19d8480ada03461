// SPDX-License-Identifier: MIT
// The tag of a job.
#include <fmt/format.h>

#include "commands/job.hpp"
#include "core/text/text.hpp"
#include "core/version/tag_name.hpp"
#include "core/version/tags.hpp"

namespace commands {

std::string tag_of(const std::string& tag_name, const runner::Facts& facts) {
  return std::string(core::without_ref_prefix(core::trim(tag_name.empty() ? facts.tag : tag_name)));
}

std::string find_tag_name(const std::string& tag_name, const Context& context) {
  const runner::Facts& facts = context.facts;
  core::Problems& problems = context.problems;
  std::string tag = tag_of(tag_name, facts);
  if (tag.empty()) {
    problems.add(facts.in_runner()
                     ? fmt::format("tag_name: the run was not triggered by a tag (ref: {})",
                                   core::one_line(facts.ref))
                     : "tag_name: the tag is missing, because this run is not part of a job",
                 "Set 'tag_name' (--tag-name), or trigger the workflow by pushing a tag.");
    return tag;
  }
  if (const std::string fault = core::fault_of_tag_name(tag); !fault.empty()) {
    problems.add(fmt::format("tag_name: git does not allow the tag '{}', because it {}",
                             core::one_line(tag), fault),
                 "Use letters, digits, '.', '-', '_', '+' and '/', such as v1.2.0 or app/v1.2.0.");
  }
  return tag;
}

}  // namespace commands
