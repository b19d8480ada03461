// SPDX-License-Identifier: MIT
#include "runner/facts.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "temp_dir.hpp"

using runner::Environment;
using runner::Facts;
using runner::read_facts;

namespace {

Environment release_event(const std::string& file) {
  return {{"GITHUB_EVENT_NAME", "release"},
          {"GITHUB_REF", "refs/tags/from-the-ref"},
          {"GITHUB_EVENT_PATH", file}};
}

}  // namespace

TEST_CASE("the push of a tag names it, including slashes") {
  const Facts facts = read_facts({{"GITHUB_EVENT_NAME", "push"},
                                  {"GITHUB_REF", "refs/tags/app/v1.2.3"},
                                  {"GITHUB_SHA", "c0ffee"},
                                  {"GITHUB_REPOSITORY", "me/app"},
                                  {"GITHUB_SERVER_URL", "https://h/git"},
                                  {"GITHUB_API_URL", "https://h/git/api/v1"},
                                  {"GITHUB_WORKSPACE", "/ws"},
                                  {"GITHUB_OUTPUT", "/out"},
                                  {"GITHUB_STEP_SUMMARY", "/sum"}});
  CHECK(facts.tag == "app/v1.2.3");
  CHECK(facts.event == "push");
  CHECK(facts.sha == "c0ffee");
  CHECK(facts.repository == "me/app");
  CHECK(facts.server_url == "https://h/git");
  CHECK(facts.api_url == "https://h/git/api/v1");
  CHECK(facts.workspace == "/ws");
  CHECK(facts.output_file == "/out");
  CHECK(facts.summary_file == "/sum");
  CHECK(facts.in_runner());
  CHECK(facts.pushed("app/v1.2.3"));
  CHECK_FALSE(facts.pushed("v1.2.3"));
  CHECK_FALSE(facts.pushed(""));
}

TEST_CASE("the push of a branch names no tag") {
  const Facts facts = read_facts({{"GITHUB_EVENT_NAME", "push"}, {"GITHUB_REF", "refs/heads/v1"}});
  CHECK(facts.tag.empty());
  CHECK_FALSE(facts.pushed("v1"));
}

TEST_CASE("a workflow_dispatch on a tag names it, but counts as no push") {
  const Facts facts =
      read_facts({{"GITHUB_EVENT_NAME", "workflow_dispatch"}, {"GITHUB_REF", "refs/tags/v1"}});
  CHECK(facts.tag == "v1");
  CHECK_FALSE(facts.pushed("v1"));
}

TEST_CASE("a release event's tag is read from the event file") {
  const TempDir dir;
  const std::string file =
      dir.write("event.json", R"({"action":"published","release":{"id":1,"tag_name":"v2"}})");
  CHECK(read_facts(release_event(file)).tag == "v2");
  Environment push = release_event(file);
  push["GITHUB_EVENT_NAME"] = "push";
  CHECK(read_facts(push).tag == "from-the-ref");
}

TEST_CASE("without a valid event file or a tag in it, the ref's tag is used") {
  const TempDir dir;
  for (const char* text :
       {"", "{", "[]", "null", "{}", R"({"release":null})", R"({"release":"v2"})",
        R"({"release":{"tag_name":2}})", R"({"release":{"tag_name":""}})"}) {
    INFO(text);
    CHECK(read_facts(release_event(dir.write("event.json", text))).tag == "from-the-ref");
  }
  CHECK(read_facts(release_event(dir / "absent")).tag == "from-the-ref");
  CHECK(read_facts(release_event(dir.path().string())).tag == "from-the-ref");
  CHECK(read_facts(release_event("")).tag == "from-the-ref");
}

TEST_CASE("in a reusable workflow the event file shows the caller's event") {
  const TempDir dir;
  Environment call = release_event(
      dir.write("release.json", R"({"action":"published","release":{"tag_name":"v2"}})"));
  for (const char* name : {"workflow_call", "release", "", "something_new"}) {
    INFO(name);
    call["GITHUB_EVENT_NAME"] = name;
    const Facts facts = read_facts(call);
    CHECK(facts.event == "release");
    CHECK(facts.tag == "v2");
    CHECK_FALSE(facts.pushed("v2"));
  }

  Environment push = release_event(
      dir.write("push.json", R"({"ref":"refs/tags/from-the-ref","before":"0","after":"c0ffee"})"));
  push["GITHUB_EVENT_NAME"] = "workflow_call";
  CHECK(read_facts(push).event == "push");
  CHECK(read_facts(push).pushed("from-the-ref"));
  push["GITHUB_REF"] = "refs/tags/another";
  CHECK(read_facts(push).event == "workflow_call");
  push["GITHUB_EVENT_NAME"] = "workflow_dispatch";
  CHECK(read_facts(push).event == "workflow_dispatch");
}

TEST_CASE("a release event without a tag in its file is still a release event") {
  const TempDir dir;
  Environment call = release_event(dir.write("event.json", R"({"release":{"id":1}})"));
  call["GITHUB_EVENT_NAME"] = "workflow_call";
  CHECK(read_facts(call).event == "release");
  CHECK(read_facts(call).tag == "from-the-ref");
}

TEST_CASE("an event file that is not a regular file is not read") {
  const TempDir dir;
  const std::string pipe = dir / "pipe";
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const std::string large =
      R"({"release":{"tag_name":"v2"},"x":")" + std::string(5'000'000, 'x') + R"("})";
  for (const std::string& file :
       {pipe, std::string("/dev/zero"), dir.write("large.json", large), dir / "loop",
        std::string(5000, 'x'), dir / std::string(300, 'x')}) {
    std::error_code ignored;
    std::filesystem::create_symlink("loop", dir / "loop", ignored);
    CHECK(read_facts(release_event(file)).tag == "from-the-ref");
  }
  const std::string most =
      R"({"release":{"tag_name":"v2"},"x":")" + std::string(4'000'000, 'x') + R"("})";
  CHECK(read_facts(release_event(dir.write("event.json", most))).tag == "v2");
}

TEST_CASE("GITEA_ variables are used if a GITHUB_ variable is absent or empty") {
  const Facts facts = read_facts({{"GITEA_REF", "refs/tags/v3"},
                                  {"GITHUB_SHA", "github"},
                                  {"GITEA_SHA", "gitea"},
                                  {"GITHUB_REPOSITORY", ""},
                                  {"GITEA_REPOSITORY", "me/app"}});
  CHECK(facts.tag == "v3");
  CHECK(facts.sha == "github");
  CHECK(facts.repository == "me/app");
}

TEST_CASE("the name of the ref is a tag if its type says so") {
  CHECK(read_facts({{"GITEA_REF_NAME", "v3"}, {"GITEA_REF_TYPE", "tag"}}).tag == "v3");
  CHECK(read_facts({{"GITHUB_REF_NAME", "v3"}, {"GITHUB_REF_TYPE", "branch"}}).tag.empty());
  CHECK(read_facts({{"GITHUB_REF_NAME", "v3"}}).tag.empty());
  CHECK(read_facts(
            {{"GITHUB_REF", "refs/tags/v4"}, {"GITHUB_REF_NAME", "v3"}, {"GITHUB_REF_TYPE", "tag"}})
            .tag == "v4");
}

TEST_CASE("outside a runner there are no facts") {
  const Facts facts = read_facts({{"HOME", "/root"}});
  CHECK_FALSE(facts.in_runner());
  CHECK(facts.tag.empty());
  CHECK(facts.output_file.empty());
}

TEST_CASE("a person has started the program if nothing says that a job has") {
  CHECK(runner::read_facts({}).is_by_hand());
  CHECK(runner::read_facts({{"CI", "false"}, {"GITEA_TOKEN", "t"}}).is_by_hand());
  for (const char* name : {"CI", "GITHUB_ACTIONS", "GITEA_ACTIONS", "FORGEJO_ACTIONS",
                           "GITHUB_EVENT_NAME", "GITHUB_REPOSITORY", "GITHUB_OUTPUT", "CI_REPO"}) {
    INFO(name);
    CHECK_FALSE(runner::read_facts({{name, "x"}}).is_by_hand());
  }
}
