// SPDX-License-Identifier: MIT
// No child process may see a secret.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "adversarial/trapped_checkout.hpp"
#include "inputs/table.hpp"
#include "secret_forms.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using support::read_file;
using trapped_checkout::make_program;
using trapped_checkout::Variables;

TEST_CASE(
    "no child process can see a secret: not in its environment, arguments or descriptors, nor in "
    "/proc of its parent") {
  const TempDir directory;
  const std::string seen = directory / "seen";
  const std::string script =
      "{\n"
      "  echo \"$0\"; for one in \"$@\"; do echo \"$one\"; done\n"
      "  env\n"
      "  tr '\\0' '\\n' </proc/$PPID/environ; tr '\\0' '\\n' </proc/$PPID/cmdline\n"
      "  for number in 3 4 5 6 7 8 9 63 100; do\n"
      "    [ -e /proc/$$/fd/$number ] && { echo \"descriptor $number\"; timeout 5 cat "
      "/proc/$$/fd/$number; }\n"
      "  done\n"
      "  echo end\n"
      "} >>" +
      seen + " 2>&1\n";
  // Everything that a program of this kind might start.
  for (const char* name : {"git", "sh", "bash", "ssh", "curl", "wget", "openssl", "tar", "python3",
                           "gpg", "docker", "hostname", "uname", "getent"}) {
    make_program(directory.path() / "programs" / name, "PATH=/usr/bin:/bin\n" + script);
  }
  fs::create_directories(directory.path() / "workspace/.git");
  const std::string secret_file = directory.write("secret", "descriptor-secret-5d0f2a61c3");

  const Variables secrets = {
      {"INPUT_TOKEN", "input-token-8c1b7e55d2"},
      {"INPUT_JOB_TOKEN", "job-token-0f3c9a7716"},
      {"GITEA_TOKEN", "gitea-token-b7e61d22f0"},
      {"GITHUB_TOKEN", "github-token-c4d1e0aa93"},
      {"FORGEJO_TOKEN", "forgejo-token-19f07be4ac"},
      {"ACTIONS_RUNTIME_TOKEN", "runtime-token-67be01ffa8"},
      {"WEBHOOK_URL", "http://127.0.0.1:1/webhook-secret-44aa0c91"},
      {"INPUT_WEBHOOK_URL", "http://127.0.0.1:1/webhook-input-90be77d1"},
      {"https_proxy", "http://u:proxy-secret-3e5520cc@127.0.0.1:1"},
      {"HTTP_PROXY", "http://u:proxy-secret-71d2bb08@127.0.0.1:1"},
      {"token", "bare-token-2ab6c0de11"},  // old runners export container inputs like this, too
      {"DEPLOY_KEY", "deploy-key-d00dfeed42"},
      {"INPUT_CA_CERT", "ca-cert-not-a-secret-but-an-input"},
      {"INPUT_BODY", "body-input-5521bc"},
  };
  for (const inputs::Command& command : inputs::command_table()) {
    Variables variables = secrets;
    variables["PATH"] = directory / "programs";
    variables["HOME"] = directory.path();
    variables["GITHUB_REPOSITORY"] = "owner/app";
    variables["GITHUB_SERVER_URL"] = "http://127.0.0.1:1";
    variables["GITHUB_WORKSPACE"] = directory / "workspace";
    variables["INPUT_RETRIES"] = "0";
    support::Process process(
        {"/bin/sh", "-c", "exec \"$0\" \"$1\" --token-file /dev/fd/5 5<\"$2\" 7<\"$2\" 9<\"$2\"",
         GITEA_RELEASE, std::string(command.name), secret_file},
        variables, directory.path() / "workspace", directory / "log");
    process.wait();
  }
  const std::string text = read_file(seen);
  INFO(text);
  CHECK(text.find("/programs/git\n") != std::string::npos);
  CHECK(text.find("\nend\n") != std::string::npos);
  for (const auto& [name, value] : secrets) {
    INFO(name);
    CHECK_FALSE(has_secret(text, value));
    CHECK(text.find("\n" + name + "=") == std::string::npos);
  }
  CHECK_FALSE(has_secret(text, "descriptor-secret-5d0f2a61c3"));
  CHECK_FALSE(has_secret(text, "proxy-secret-3e5520cc"));
  CHECK_FALSE(has_secret(text, "proxy-secret-71d2bb08"));
  CHECK(text.find("\ndescriptor ") == std::string::npos);
}
