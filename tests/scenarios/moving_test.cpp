// SPDX-License-Identifier: MIT
// Inputs under the names that other release tools use for them.
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/server.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"

using support::Release;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

using Names = std::vector<std::string>;

struct Job {
  Job() : workspace(server, "v1.0.0") {
    server.create_tag("v1.0.0");
    workspace.file("dist/a.zip", "a").file("dist/b.zip", "b").file("notes.md", "From a file");
  }

  Release publish(const std::map<std::string, std::string>& inputs) {
    for (const auto& [name, value] : inputs) workspace.input(name, value);
    last = workspace.publish();
    INFO(last.log);
    REQUIRE(last.status == 0);
    return server.release("v1.0.0");
  }

  /// The error message for inputs that cannot work.
  std::string mistake(const std::map<std::string, std::string>& inputs) {
    for (const auto& [name, value] : inputs) workspace.input(name, value);
    last = workspace.publish();
    CHECK(last.status == 2);
    CHECK_FALSE(server.has_release("v1.0.0"));
    return last.log;
  }

  bool says(const std::string& part) const { return last.log.find(part) != std::string::npos; }

  Server server;
  Workspace workspace;
  Run last;
};

}  // namespace

TEST_CASE("the inputs of actions/forgejo-release publish the same release as there") {
  Job job;
  const Release release = job.publish({{"direction", "upload"},
                                       {"url", job.server.url()},
                                       {"repo", job.server.repository()},
                                       {"tag", "v1.0.0"},
                                       {"title", "Version one"},
                                       {"release_dir", "dist/"},
                                       {"release_notes", "From an input"},
                                       {"override", "true"}});
  CHECK(release.name == "Version one");
  CHECK(release.body.starts_with("From an input"));
  CHECK(release.names() == Names{"a.zip", "b.zip"});
  CHECK(job.says("override: not needed"));
}

TEST_CASE("in a container the variable of an input keeps the dashes of its name") {
  support::needs_this_system("variables with dashes, which Debian's script around wine drops");
  Job job;
  const Release release =
      job.publish({{"release-dir", "dist"}, {"release-notes-file", "notes.md"}});
  CHECK(release.body.starts_with("From a file"));
  CHECK(release.names() == Names{"a.zip", "b.zip"});
  CHECK_FALSE(job.says("is unknown"));
}

TEST_CASE("the inputs of actions/create-release and upload-release-asset work in one step") {
  Job job;
  const auto slash = job.server.repository().find('/');
  const Release release = job.publish({{"owner", job.server.repository().substr(0, slash)},
                                       {"repo", job.server.repository().substr(slash + 1)},
                                       {"release_name", "Version one"},
                                       {"commitish", "main"},
                                       {"upload_url", "https://uploads.example.org/"},
                                       {"asset_path", "dist/a.zip"},
                                       {"asset_name", "app.zip"},
                                       {"asset_content_type", "application/zip"}});
  CHECK(release.name == "Version one");
  CHECK(release.names() == Names{"app.zip"});
}

TEST_CASE("the inputs of ncipollo/release-action, with files separated by commas") {
  Job job;
  const Release release = job.publish({{"artifacts", "dist/{a,c}.zip,dist/b.zip"},
                                       {"fail_on_unmatched_files", "false"},
                                       {"bodyFile", "notes.md"},
                                       {"allowUpdates", "true"},
                                       {"replacesArtifacts", "true"}});
  CHECK(release.body.starts_with("From a file"));
  CHECK(release.names() == Names{"a.zip", "b.zip"});
}

TEST_CASE("the settings and environment of a plugin for Drone or Woodpecker") {
  Job job;
  for (const char* name :
       {"GITHUB_EVENT_NAME", "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_REF_TYPE",
        "GITHUB_REPOSITORY", "GITHUB_SERVER_URL", "GITHUB_API_URL", "INPUT_TOKEN"}) {
    job.workspace.without(name);
  }
  job.workspace.variable("CI_REPO", job.server.repository())
      .variable("CI_COMMIT_TAG", "v1.0.0")
      .variable("CI_PIPELINE_EVENT", "tag")
      .variable("CI_COMMIT_REF", "refs/tags/v1.0.0")
      .variable("CI_FORGE_URL", job.server.url())
      .variable("PLUGIN_API_KEY", job.server.token())
      .variable("PLUGIN_FILES", "dist/a.zip,dist/b.zip")
      .variable("PLUGIN_TITLE", "Version one")
      .variable("PLUGIN_NOTE", "From a setting")
      .variable("PLUGIN_CHECKSUM", "sha256,md5")
      .variable("PLUGIN_FILE_EXISTS", "overwrite");
  const Release release = job.publish({});
  CHECK(release.name == "Version one");
  CHECK(release.body.starts_with("From a setting"));
  CHECK(release.names() == Names{"MD5SUMS", "SHA256SUMS", "a.zip", "b.zip"});
}

TEST_CASE("a token under another tool's name takes precedence over the job's own token") {
  Job job;
  job.workspace.input("token", "the job's").input("job_token", "the job's");
  CHECK(job.publish({{"api_key", job.server.token()}, {"files", "dist/a.zip"}}).names() ==
        Names{"a.zip"});
}

TEST_CASE("an input under two names with two values is an error") {
  CHECK(Job()
            .mistake({{"title", "One"}, {"name", "Two"}})
            .find("title is another name for 'name', and both are set: 'One'") !=
        std::string::npos);
  Job job;
  job.publish({{"title", "One"}, {"name", "One"}});
}

TEST_CASE("an input that cannot work here is an error that says what to write") {
  CHECK(Job().mistake({{"direction", "download"}}).find("This action only publishes.") !=
        std::string::npos);
  CHECK(Job().mistake({{"gpg_private_key", "x"}}).find("does not sign with GPG") !=
        std::string::npos);
  CHECK(Job().mistake({{"owner", "me"}}).find("repository: owner/name") != std::string::npos);
  CHECK(Job().mistake({{"asset_name", "app.zip"}}).find("files: path => name") !=
        std::string::npos);
}

TEST_CASE("a release that would be published without the requested files is an error") {
  Job job;
  CHECK(job.mistake({{"files", "build/*.zip"}, {"fail_on_unmatched_files", "false"}})
            .find("would be published without assets") != std::string::npos);
  job.server.create_release(R"({"tag_name":"v1.0.0","draft":true})");
  job.workspace.input("draft", "true");
  CHECK(job.publish({}).names().empty());
}

TEST_CASE("a release without requested files is reported in the log") {
  Job job;
  job.publish({});
  CHECK(job.says("The release has no files."));
}

TEST_CASE("for an option of another tool our own name is suggested") {
  Job job;
  CHECK(job.workspace.publish({"--release-name", "x"}).log.find("Did you mean '--name'?") !=
        std::string::npos);
  CHECK(job.workspace.publish({"--api-key", "x"}).log.find("--token-file") != std::string::npos);
}
