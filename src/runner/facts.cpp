// SPDX-License-Identifier: MIT
#include "runner/facts.hpp"

#include <fstream>
#include <sstream>

#include "core/error.hpp"
#include "core/json.hpp"

namespace runner {
namespace {

constexpr std::string_view tag_prefix = "refs/tags/";

/// GITHUB_X, else its copy GITEA_X.
std::string job_variable(const Environment& environment, const std::string& name) {
  const std::string value = value_of(environment, "GITHUB_" + name);
  return value.empty() ? value_of(environment, "GITEA_" + name) : value;
}

/// The tag of the release in a `release` event's file.
std::string tag_of_release_event(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return {};
  try {
    return core::Json::parse(text.str()).object("release").string("tag_name");
  } catch (const core::Error&) {
    return {};
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
  if (facts.event == "release") {
    facts.tag = tag_of_release_event(job_variable(environment, "EVENT_PATH"));
  }
  if (facts.tag.empty() && facts.ref.starts_with(tag_prefix)) {
    facts.tag = facts.ref.substr(tag_prefix.size());
  }
  if (facts.tag.empty() && job_variable(environment, "REF_TYPE") == "tag") {
    facts.tag = job_variable(environment, "REF_NAME");
  }
  return facts;
}

}  // namespace runner
