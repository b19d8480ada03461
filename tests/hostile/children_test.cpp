// SPDX-License-Identifier: MIT
// Children: what a repository's configuration wants to be run is not, and no program that is started
// gets to see a secret.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "options.hpp"
#include "secret_forms.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;
using support::read_file;
using Variables = std::map<std::string, std::string>;

constexpr const char* token = "0123456789abcdef0123456789abcdef01234567";

void make_program(const fs::path& file, const std::string& script) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "#!/bin/sh\n" << script;
  fs::permissions(file, fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
}

std::string real_git() {
  const std::vector<std::string> places = {"/usr/local/bin/git", "/usr/bin/git", "/bin/git"};
  const auto found = std::find_if(places.begin(), places.end(),
                                  [](const std::string& file) { return fs::exists(file); });
  if (found == places.end()) SKIP("there is no git in /usr/bin");
  return *found;
}

/// A job whose workspace is a checkout with the annotated tag v1.0.0, and a program that nobody is
/// to run.
class Checkout {
 public:
  Checkout() {
    make_program(evil(), "{ echo \"$0 $*\"; env; } >>" + mark().string() + "\nexit 1\n");
    fs::create_directories(workspace());
    git(workspace(), "init -q");
    git(workspace(), "commit -q --allow-empty -m one");
    git(workspace(), "tag -a v1.0.0 -m one");
    variables_ = {{"PATH", "/usr/bin:/bin"},
                  {"HOME", home().string()},
                  {"GITHUB_WORKSPACE", workspace().string()},
                  {"GITHUB_OUTPUT", (root() / "output").string()},
                  {"INPUT_TOKEN", token}};
  }

  const fs::path& root() const { return directory_.path(); }
  fs::path workspace() const { return root() / "parent/workspace"; }
  fs::path home() const { return root() / "home"; }
  fs::path evil() const { return root() / "programs/evil"; }
  fs::path mark() const { return root() / "ran"; }
  Variables& variables() { return variables_; }

  /// As the configuration of this test's own user has it, whatever is configured on this machine.
  int try_git(const fs::path& directory, const std::string& arguments) const {
    const std::string command =
        "cd '" + directory.string() +
        "' && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 PATH='" +
        evil().parent_path().string() +
        "':\"$PATH\" git -c safe.directory='*' -c user.name=n -c user.email=e@example.org " +
        arguments + " >/dev/null 2>&1";
    return std::system(command.c_str());  // NOLINT: a fixed command of the test
  }
  void git(const fs::path& directory, const std::string& arguments) const {
    INFO(arguments);
    REQUIRE(try_git(directory, arguments) == 0);
  }
  void set(const std::string& name, const std::string& value) const {
    git(workspace(), "config '" + name + "' '" + value + "'");
  }

  /// Turns the checkout into a partial clone without the tag's object, which git would fetch now.
  void make_partial(const std::string& url) const {
    fs::remove(object_of_tag());
    set("core.repositoryformatversion", "1");
    set("extensions.partialClone", "origin");
    set("remote.origin.promisor", "true");
    set("remote.origin.url", url);
  }

  /// Whether git as everybody calls it falls into the trap.
  bool springs(const fs::path& directory) const {
    try_git(directory, "for-each-ref --points-at=HEAD refs/tags");
    const bool ran = fs::exists(mark());
    fs::remove(mark());
    return ran;
  }

  /// As before 2.39.4, which fetches whatever GIT_NO_LAZY_FETCH says.
  void use_older_git() {
    make_program(root() / "older/git", "unset GIT_NO_LAZY_FETCH\nexec " + real_git() + " \"$@\"\n");
    std::string& path = variables_["PATH"];
    path = (root() / "older").string() + ":" + path;
  }

  std::string version() const {
    support::Process process({GITEA_RELEASE, "version"}, variables_, workspace(), root() / "log");
    const support::Ended ended = process.wait();
    INFO(ended.output);
    CHECK(ended.status == 0);
    return ended.output;
  }

 private:
  fs::path object_of_tag() const {
    git(workspace(), "rev-parse v1.0.0 >'" + (root() / "id").string() + "' # ");
    const std::string id = read_file(workspace() / ".git/refs/tags/v1.0.0");
    return workspace() / ".git/objects" / id.substr(0, 2) / id.substr(2, 38);
  }

  TempDir directory_;
  Variables variables_;
};

struct Trap {
  const char* name;
  std::function<void(Checkout&)> set;
  bool springs;  ///< for git as everybody calls it
};

void be_evil(Checkout& checkout, const std::string& name) {
  checkout.set(name, checkout.evil().string());
}

const std::vector<Trap> traps = {
    {"a partial clone by ssh",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       be_evil(one, "core.sshCommand");
     },
     true},
    {"the same, with a protocol that the repository allows itself",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       be_evil(one, "core.sshCommand");
       one.set("protocol.ssh.allow", "always");
       one.set("protocol.allow", "always");
     },
     true},
    {"a partial clone of a directory, with a program of its own on the other side",
     [](Checkout& one) {
       one.make_partial(one.workspace().string());
       be_evil(one, "remote.origin.uploadpack");
     },
     true},
    {"a partial clone by a command",
     [](Checkout& one) {
       one.make_partial("ext::" + one.evil().string());
       one.set("protocol.ext.allow", "always");
     },
     true},
    {"a partial clone by a helper of its own",
     [](Checkout& one) {
       make_program(one.root() / "programs/git-remote-evil", "exec " + one.evil().string() + "\n");
       one.variables()["PATH"] = (one.root() / "programs").string() + ":/usr/bin:/bin";
       one.make_partial("evil::x");
       one.set("protocol.evil.allow", "always");
     },
     true},
    {"a partial clone by git's own protocol, through a proxy",
     [](Checkout& one) {
       one.make_partial("git://nowhere/x");
       be_evil(one, "core.gitProxy");
     },
     true},
    {"a partial clone by http, which asks for a password",
     [](Checkout& one) {
       one.make_partial("http://127.0.0.1:1/x");
       be_evil(one, "credential.helper");
       be_evil(one, "core.askPass");
     },
     false},
    {"a monitor of files", [](Checkout& one) { be_evil(one, "core.fsmonitor"); }, false},
    {"hooks",
     [](Checkout& one) {
       for (const char* name : {"reference-transaction", "post-index-change", "fsmonitor-watchman",
                                "post-checkout", "pre-auto-gc"}) {
         fs::create_directories(one.root() / "hooks");
         fs::copy(one.evil(), one.root() / "hooks" / name);
         fs::copy(one.evil(), one.workspace() / ".git/hooks" / name);
       }
       one.set("core.hooksPath", (one.root() / "hooks").string());
     },
     false},
    {"an alias, a pager, an editor, filters, signatures",
     [](Checkout& one) {
       one.set("alias.for-each-ref", "!" + one.evil().string());
       for (const char* name :
            {"core.pager", "pager.for-each-ref", "core.editor", "filter.x.smudge", "filter.x.clean",
             "filter.x.process", "gpg.program", "diff.external", "core.alternateRefsCommand"}) {
         be_evil(one, name);
       }
       std::ofstream(one.workspace() / ".gitattributes") << "* filter=x\n";
     },
     false},
    {"settings that are included from a file that was committed",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       one.set("include.path", "../settings");
       std::ofstream(one.workspace() / "settings") << "[core]\nsshCommand = " << one.evil().string()
                                                   << "\n[protocol \"ssh\"]\nallow=always\n";
     },
     true},
    {"objects that are looked for elsewhere",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       be_evil(one, "core.sshCommand");
       be_evil(one, "core.alternateRefsCommand");
       fs::create_directories(one.workspace() / ".git/objects/info");
       std::ofstream(one.workspace() / ".git/objects/info/alternates") << "/nowhere\n";
     },
     true},
};

}  // namespace

TEST_CASE("whatever the checkout's own repository is set up to run, version runs none of it") {
  for (const Trap& trap : traps) {
    INFO(trap.name);
    Checkout checkout;
    trap.set(checkout);
    CHECK(checkout.springs(checkout.workspace()) == trap.springs);
    checkout.version();
    CHECK_FALSE(fs::exists(checkout.mark()));
    checkout.use_older_git();
    checkout.version();
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("a repository above the workspace, of whomever it is, is not looked at") {
  Checkout checkout;
  checkout.make_partial("ssh://nowhere/x");
  be_evil(checkout, "core.sshCommand");
  fs::rename(checkout.workspace() / ".git", checkout.root() / "parent/.git");
  for (const bool other_user : {false, true}) {
    if (other_user && geteuid() != 0) continue;  // only root can give a file away
    if (other_user) {
      for (const auto& entry : fs::recursive_directory_iterator(checkout.root() / "parent")) {
        REQUIRE(lchown(entry.path().c_str(), 65534, 65534) == 0);
      }
    }
    CHECK(checkout.springs(checkout.workspace()));
    CHECK(checkout.version().find("(from default)") != std::string::npos);
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("a bare repository that was committed is no repository") {
  for (const bool has_own : {true, false}) {
    Checkout checkout;
    const fs::path bare = checkout.workspace() / "app";
    checkout.make_partial("ssh://nowhere/x");
    be_evil(checkout, "core.sshCommand");
    fs::copy(checkout.workspace() / ".git", bare, fs::copy_options::recursive);
    checkout.git(bare, "config core.bare true");
    fs::remove_all(checkout.workspace() / ".git");
    if (has_own) {
      checkout.git(checkout.workspace(), "init -q");
      checkout.git(checkout.workspace(), "commit -q --allow-empty -m one");
      checkout.git(checkout.workspace(), "tag v2.0.0");
    }
    CHECK(checkout.springs(bare));
    checkout.variables()["INPUT_WORKING_DIRECTORY"] = "app";
    const std::string log = checkout.version();
    CHECK(log.find(has_own ? "2.0.0 (from git)" : "(from default)") != std::string::npos);
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("neither the user's configuration of git nor the job's variables for it count") {
  Checkout checkout;
  checkout.make_partial("ssh://nowhere/x");
  const std::string settings = "[core]\nsshCommand = " + checkout.evil().string() + "\n";
  fs::create_directories(checkout.home() / ".config/git");
  std::ofstream(checkout.home() / ".gitconfig") << settings;
  std::ofstream(checkout.home() / ".config/git/config") << settings;
  std::ofstream(checkout.root() / "settings") << settings;
  make_program(checkout.root() / "exec/git-fetch", "exec " + checkout.evil().string() + "\n");
  fs::copy(checkout.evil(), checkout.root() / "exec/git");
  for (const auto& [name, value] : Variables{
           {"GIT_CONFIG_GLOBAL", checkout.root() / "settings"},
           {"GIT_CONFIG_SYSTEM", checkout.root() / "settings"},
           {"GIT_CONFIG_COUNT", "1"},
           {"GIT_CONFIG_KEY_0", "core.sshCommand"},
           {"GIT_CONFIG_VALUE_0", checkout.evil()},
           {"GIT_SSH_COMMAND", checkout.evil()},
           {"GIT_SSH", checkout.evil()},
           {"GIT_EXEC_PATH", checkout.root() / "exec"},
           {"GIT_ALLOW_PROTOCOL", "ssh:ext:file"},
           {"GIT_TRACE", checkout.mark()},
           {"GIT_TRACE2", checkout.mark()},
           {"GIT_DIR", checkout.home()},
           {"XDG_CONFIG_HOME", checkout.home() / ".config"},
       }) {
    checkout.variables()[name] = value;
  }
  checkout.version();
  CHECK_FALSE(fs::exists(checkout.mark()));
}

TEST_CASE("a checkout of another user, as containers have it, is looked at") {
  if (geteuid() != 0) SKIP("only root can give a file away");
  Checkout checkout;
  for (const auto& entry : fs::recursive_directory_iterator(checkout.root() / "parent")) {
    REQUIRE(lchown(entry.path().c_str(), 65534, 65534) == 0);
  }
  REQUIRE(lchown(checkout.workspace().c_str(), 65534, 65534) == 0);
  CHECK(checkout.version().find("1.0.0 (from git)") != std::string::npos);
}

TEST_CASE(
    "no child ever sees a secret: not in its environment, its arguments or descriptors, nor "
    "in what the system shows of its parent") {
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
  // Whatever a program of this kind might start.
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
      {"token", "bare-token-2ab6c0de11"},  // old runners export the inputs of a container so, too
      {"DEPLOY_KEY", "deploy-key-d00dfeed42"},
      {"INPUT_CA_CERT", "ca-cert-not-a-secret-but-an-input"},
      {"INPUT_BODY", "body-input-5521bc"},
  };
  for (const Command& command : command_table()) {
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

TEST_CASE("a repository that never lets git end costs a run 10 seconds, not for ever") {
  Checkout checkout;
  fs::remove(checkout.workspace() / ".git/config");
  REQUIRE(mkfifo((checkout.workspace() / ".git/config").c_str(), 0600) == 0);
  support::Process process({GITEA_RELEASE, "version"}, checkout.variables(), checkout.workspace(),
                           checkout.root() / "log");
  const support::Ended ended = process.wait();
  CHECK(ended.status == 2);
  CHECK(ended.output.find("::error::git has not ended within 10 s. Look at the repository in " +
                          checkout.workspace().string()) != std::string::npos);
}
