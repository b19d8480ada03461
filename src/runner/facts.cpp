// SPDX-License-Identifier: MIT
#include "runner/facts.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/path.hpp"
#include "core/version/tags.hpp"

namespace runner {
namespace {

constexpr std::size_t max_event_size = std::size_t{4} << 20;

/// GITHUB_X, or its copy GITEA_X if GITHUB_X is empty.
std::string job_variable(const Environment& environment, const std::string& name) {
  const std::string value = value_of(environment, "GITHUB_" + name);
  return value.empty() ? value_of(environment, "GITEA_" + name) : value;
}

/// "" if it is not a regular file (which is not opened, because a pipe could block), or is too
/// large.
std::string read_event_file(const std::string& path) {
  std::error_code error;
  if (path.empty() || !std::filesystem::is_regular_file(core::path_of(path), error)) return {};
  std::ifstream file(core::path_of(path), std::ios::binary);
  std::string text;
  std::array<char, 16'384> block{};
  while (file.read(block.data(), block.size()) || file.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > max_event_size) return {};
  }
  return text;
}

/// Reads the event file. In a reusable workflow the event may be `workflow_call` (Forgejo 17) while
/// the file is that of the caller's event; it shows which event that was.
void read_event(Facts& facts, const std::string& path) {
  if (facts.event == "push") return;
  try {
    const core::Json event = core::Json::parse(read_event_file(path));
    if (event.has("release")) {
      const core::Json release = event.object("release");
      facts.event = "release";
      facts.tag = release.string("tag_name");
    } else if (facts.event == "workflow_call" && event.has("after") &&
               event.string("ref") == facts.ref) {
      facts.event = "push";
    }
  } catch (const core::Error&) {
  }
}

/// Whether an automatic build runs the program, also one that says nothing else.
bool is_ci(const Environment& environment) {
  constexpr std::array marks = {"CI", "GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS"};
  return std::any_of(marks.begin(), marks.end(), [&](const char* mark) {
    const std::string value = value_of(environment, mark);
    return !value.empty() && value != "false";
  });
}

/// Reads the facts of a plugin for Woodpecker or Drone, which have different names.
void read_pipeline(Facts& facts, const Environment& environment) {
  const auto first_of = [&](const char* of_woodpecker, const char* of_drone) {
    const std::string value = value_of(environment, of_woodpecker);
    return value.empty() ? value_of(environment, of_drone) : value;
  };
  facts.repository = first_of("CI_REPO", "DRONE_REPO");
  if (facts.repository.empty()) return;
  facts.event = first_of("CI_PIPELINE_EVENT", "DRONE_BUILD_EVENT");
  facts.tag = first_of("CI_COMMIT_TAG", "DRONE_TAG");
  facts.ref = first_of("CI_COMMIT_REF", "DRONE_COMMIT_REF");
  facts.sha = first_of("CI_COMMIT_SHA", "DRONE_COMMIT_SHA");
  if (facts.workspace.empty())
    facts.workspace = core::with_slashes(first_of("CI_WORKSPACE", "DRONE_WORKSPACE"));
  if (facts.server_url.empty()) facts.server_url = value_of(environment, "CI_FORGE_URL");
}

}  // namespace

Facts read_facts(const Environment& environment) {
  Facts facts;
  facts.ci = is_ci(environment);
  facts.event = job_variable(environment, "EVENT_NAME");
  facts.ref = job_variable(environment, "REF");
  facts.sha = job_variable(environment, "SHA");
  facts.repository = job_variable(environment, "REPOSITORY");
  facts.server_url = job_variable(environment, "SERVER_URL");
  facts.api_url = job_variable(environment, "API_URL");
  facts.workspace = core::with_slashes(job_variable(environment, "WORKSPACE"));
  facts.output_file = core::with_slashes(job_variable(environment, "OUTPUT"));
  facts.summary_file = core::with_slashes(job_variable(environment, "STEP_SUMMARY"));
  read_event(facts, job_variable(environment, "EVENT_PATH"));
  if (!facts.in_runner()) read_pipeline(facts, environment);
  if (facts.tag.empty() && facts.ref.starts_with(core::tag_ref_prefix)) {
    facts.tag = core::without_ref_prefix(facts.ref);
  }
  if (facts.tag.empty() && job_variable(environment, "REF_TYPE") == "tag") {
    facts.tag = job_variable(environment, "REF_NAME");
  }
  return facts;
}

}  // namespace runner
