// SPDX-License-Identifier: MIT
#include "runner/facts.hpp"

#include <array>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/json.hpp"

namespace runner {
namespace {

constexpr std::string_view tag_prefix = "refs/tags/";
constexpr std::size_t largest_event = std::size_t{4} << 20;

/// GITHUB_X, else its copy GITEA_X.
std::string job_variable(const Environment& environment, const std::string& name) {
  const std::string value = value_of(environment, "GITHUB_" + name);
  return value.empty() ? value_of(environment, "GITEA_" + name) : value;
}

/// "" where it is no regular file, which is not even opened (a pipe would keep us waiting), or has
/// more than an event has.
std::string read_event_file(const std::string& path) {
  std::error_code error;
  if (path.empty() || !std::filesystem::is_regular_file(path, error)) return {};
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::array<char, 16'384> block{};
  while (file.read(block.data(), block.size()) || file.gcount() > 0) {
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    if (text.size() > largest_event) return {};
  }
  return text;
}

/// What the event file says. A reusable workflow has its caller's, and `workflow_call` as the event
/// (Forgejo 17): then the file says which event that was.
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

}  // namespace

Facts read_facts(const Environment& environment) {
  Facts facts;
  facts.event = job_variable(environment, "EVENT_NAME");
  facts.ref = job_variable(environment, "REF");
  facts.sha = job_variable(environment, "SHA");
  facts.repository = job_variable(environment, "REPOSITORY");
  facts.server_url = job_variable(environment, "SERVER_URL");
  facts.api_url = job_variable(environment, "API_URL");
  facts.workspace = job_variable(environment, "WORKSPACE");
  facts.output_file = job_variable(environment, "OUTPUT");
  facts.summary_file = job_variable(environment, "STEP_SUMMARY");
  read_event(facts, job_variable(environment, "EVENT_PATH"));
  if (facts.tag.empty() && facts.ref.starts_with(tag_prefix)) {
    facts.tag = facts.ref.substr(tag_prefix.size());
  }
  if (facts.tag.empty() && job_variable(environment, "REF_TYPE") == "tag") {
    facts.tag = job_variable(environment, "REF_NAME");
  }
  return facts;
}

}  // namespace runner
