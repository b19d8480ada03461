// SPDX-License-Identifier: MIT
// What the built program prints before it sends any request.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/golden.hpp"
#include "support/process.hpp"
#include "support/under_test.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;

using Variables = std::map<std::string, std::string>;

/// Runs the program in a workspace with two files; returns its output, with the exit status at the
/// end.
std::string transcript(const Variables& environment, const std::vector<std::string>& arguments) {
  const TempDir directory;
  directory.write("workspace/dist/app-linux-amd64.tar.gz");
  directory.write("workspace/dist/app-windows-x64.zip");
  std::vector<std::string> command = {GITEA_RELEASE};
  command.insert(command.end(), arguments.begin(), arguments.end());
  support::Process process(command, environment, directory.path() / "workspace",
                           directory.path() / "log");
  const auto ended = process.wait();
  std::string text = support::replaced(ended.output, directory.path().string(), "/home/job");
  return text + "(exit status " + std::to_string(ended.status) + ")\n";
}

/// A job that was started by the push of a tag; nothing listens on that port.
Variables job(Variables more = {}) {
  Variables environment = {{"GITHUB_REPOSITORY", "owner/app"},
                           {"GITHUB_SERVER_URL", "http://127.0.0.1:1"},
                           {"GITHUB_EVENT_NAME", "push"},
                           {"GITHUB_REF", "refs/tags/v1.0.0"},
                           {"GITEA_RELEASE_BACKOFF_MS", "1"},
                           {"INPUT_TOKEN", "0123456789abcdef0123456789abcdef01234567"}};
  environment.insert(more.begin(), more.end());
  return environment;
}

}  // namespace

TEST_CASE("the option --help lists every option") {
  support::check_golden("cli/help.txt", transcript({}, {"--help"}));
  support::check_golden("cli/help-notes.txt", transcript({}, {"notes", "--help"}));
}

TEST_CASE("every other command has its own help") {
  for (const std::string command : {"version", "deploy", "link-package", "download", "verify",
                                    "sign", "keygen", "doctor", "prune", "init"}) {
    support::check_golden("cli/help-" + command + ".txt", transcript({}, {command, "--help"}));
  }
}

TEST_CASE("the option --version prints the version") {
  support::check_golden("cli/version.txt", transcript({}, {"--version"}));
}

TEST_CASE("outside a runner all missing settings are reported at once") {
  support::check_golden("cli/outside-a-runner.txt", transcript({}, {}));
}

TEST_CASE("for a misspelt option the nearest name is suggested") {
  support::check_golden("cli/misspelt-option.txt", transcript(job(), {"--tagname", "v1"}));
}

TEST_CASE("an unknown command is rejected") {
  support::check_golden("cli/unknown-command.txt", transcript(job(), {"pubish"}));
}

TEST_CASE("a token on the command line is rejected and not printed") {
  support::check_golden("cli/token-as-option.txt", transcript(job(), {"--token=secret-of-mine"}));
}

TEST_CASE("a webhook address on the command line is rejected and not printed") {
  support::check_golden("cli/webhook-as-option.txt",
                        transcript({}, {"deploy", "--webhook-url", "https://h/secret-of-mine"}));
}

TEST_CASE("outside a runner the other commands report their missing settings") {
  support::check_golden("cli/version-by-hand.txt", transcript({}, {"version"}));
  support::check_golden("cli/deploy-by-hand.txt", transcript({}, {"deploy"}));
  support::check_golden("cli/link-package-by-hand.txt", transcript({}, {"link-package"}));
  support::check_golden("cli/doctor-by-hand.txt", transcript({}, {"doctor"}));
}

TEST_CASE("all mistakes in 'stamp' are reported together, and nothing is written") {
  support::check_golden(
      "cli/stamp-mistakes.txt",
      transcript({}, {"version", "--tag-name", "v1.0.0-nightly", "--image", "h/app:v1", "--stamp",
                      "setup.cfg\nabsent/package.json\na.txt => (a)(b)\nb.txt => ("}));
}

TEST_CASE("all mistakes in the inputs are reported together") {
  support::check_golden("cli/mistakes.txt", transcript(job({{"INPUT_DRAFT", "maybe"},
                                                            {"INPUT_IF_EXISTS", "updat"},
                                                            {"INPUT_JOBS", "9"},
                                                            {"INPUT_STALL_TIMEOUT", "1m"},
                                                            {"INPUT_SERVER_URL", "ftp://host"},
                                                            {"INPUT_REPOSITORY", "app"},
                                                            {"INPUT_BODY", "one"},
                                                            {"INPUT_BODY_PATH", "two.md"},
                                                            {"INPUT_CHANGELOG_PATH", "three.md"},
                                                            {"INPUT_FILES", "dist\ndist/*.deb"}}),
                                                       {}));
}

TEST_CASE("a pattern that matches nothing is reported with the files that exist") {
  support::check_golden("cli/unmatched.txt",
                        transcript(job({{"INPUT_FILES", "dist/app-linux-*.tgz\n*.whl"}}), {}));
}

TEST_CASE("for an unknown input the nearest name is suggested") {
  support::check_golden("cli/unknown-input.txt",
                        transcript(job({{"INPUT_FIELS", "dist/*"}, {"INPUT_DRAFT", "x"}}), {}));
}

TEST_CASE("a run on a branch is told that it needs a tag") {
  Variables branch = job();
  branch["GITHUB_REF"] = "refs/heads/main";
  support::check_golden("cli/branch.txt", transcript(branch, {}));
}

TEST_CASE("the job's own token is not sent to another server") {
  Variables elsewhere = job({{"INPUT_SERVER_URL", "http://127.0.0.1:2"}});
  elsewhere["INPUT_JOB_TOKEN"] = elsewhere["INPUT_TOKEN"];
  support::check_golden("cli/job-token-elsewhere.txt", transcript(elsewhere, {}));
  Variables other = job({{"INPUT_REPOSITORY", "owner/other"}});
  other["INPUT_JOB_TOKEN"] = other["INPUT_TOKEN"];
  support::check_golden("cli/job-token-other-repository.txt", transcript(other, {}));
}

TEST_CASE("the job's own token may move from http to https on the runner's server, but not back") {
  const auto with = [](const std::string& runner, const std::string& given) {
    Variables secure = job({{"INPUT_SERVER_URL", given}, {"INPUT_RETRIES", "0"}});
    secure["INPUT_JOB_TOKEN"] = secure["INPUT_TOKEN"];
    secure["GITHUB_SERVER_URL"] = runner;
    return transcript(secure, {});
  };
  const std::string refused = "does not work on another server";
  CHECK(with("http://127.0.0.1:1", "https://127.0.0.1:1").find("https://127.0.0.1:1: the conn") !=
        std::string::npos);
  CHECK(with("http://h.invalid", "https://h.invalid").find(refused) == std::string::npos);
  CHECK(with("https://127.0.0.1:1", "http://127.0.0.1:1").find(refused) != std::string::npos);
  CHECK(with("http://127.0.0.1:2", "https://127.0.0.1:1").find(refused) != std::string::npos);
  CHECK(with("http://127.0.0.1:1/a", "https://127.0.0.1:1/b").find(refused) != std::string::npos);
}

TEST_CASE("an unreachable server is named, with the number of attempts") {
  support::check_golden("cli/refused.txt", transcript(job(), {}));
}

TEST_CASE("a host name that cannot be resolved is reported as such") {
  Variables nowhere = job({{"INPUT_RETRIES", "0"}});
  nowhere["GITHUB_SERVER_URL"] = "https://git.nowhere.invalid";
  support::check_golden("cli/unresolved.txt", transcript(nowhere, {}));
}

TEST_CASE("the command line takes precedence over the environment") {
  const std::string text =
      transcript(job({{"INPUT_TAG_NAME", "v2"}}), {"publish", "--tag-name", "v3"});
  CHECK(text.find("release v3 of owner/app") != std::string::npos);
}

TEST_CASE("outputs that cannot be written are an error") {
  support::check_golden("cli/outputs-unwritable.txt",
                        transcript(job({{"GITHUB_OUTPUT", "/nowhere/output"}}), {}));
}

TEST_CASE("a token can come from a file, standard input or a descriptor of the shell") {
  support::needs_this_system("the descriptors of a shell");
  const TempDir dir;
  dir.write("token", "0123456789abcdef\n");
  Variables environment = job({{"PROGRAM", GITEA_RELEASE}, {"PATH", "/usr/bin:/bin"}});
  environment.erase("INPUT_TOKEN");
  const auto told = [&](const std::string& line) {
    const std::string shell = fs::exists("/bin/bash") ? "/bin/bash" : "/bin/sh";
    support::Process process({shell, "-c", line}, environment, dir.path(), dir / "log");
    REQUIRE(process.ends_within(std::chrono::seconds(20)));
    return process.wait().output;
  };
  for (const char* line :
       {"$PROGRAM --token-file token", "$PROGRAM --token-file - <token",
        "cat token | $PROGRAM --token-file -", "(sleep 0.1; cat token) | $PROGRAM --token-file -",
        "$PROGRAM --token-file /dev/stdin <token", "$PROGRAM --token-file /dev/fd/3 3<token",
        "$PROGRAM --token-file <(cat token)"}) {
    if (std::string(line).find("<(") != std::string::npos && !fs::exists("/bin/bash")) continue;
    INFO(line);
    CHECK(told(line).find("127.0.0.1:1") != std::string::npos);  // it gets no further than that
  }
  CHECK(told("$PROGRAM --token-file - <&-")
            .find("::error::--token-file: '-' does not contain a token") != std::string::npos);
  CHECK(told("$PROGRAM --token-file /dev/fd/9").find("/dev/fd/9 cannot be read") !=
        std::string::npos);
  CHECK(told("mkfifo p; $PROGRAM --token-file p").find("is a named pipe, not a regular file") !=
        std::string::npos);
}
