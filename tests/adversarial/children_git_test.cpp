// SPDX-License-Identifier: MIT
// A checkout whose configuration names programs: none of them may be started.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "adversarial/trapped_checkout.hpp"
#include "inputs/table.hpp"
#include "secret_forms.hpp"
#include "support/process.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace fs = std::filesystem;
using trapped_checkout::Checkout;
using trapped_checkout::make_program;
using trapped_checkout::Variables;

namespace {

struct Trap {
  const char* name;
  std::function<void(Checkout&)> set;
  bool runs_program;  ///< when git is called in the usual way
};

void set_to_forbidden_program(Checkout& checkout, const std::string& name) {
  checkout.set(name, checkout.forbidden_program().string());
}

const std::vector<Trap> traps = {
    {"a partial clone by ssh",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       set_to_forbidden_program(one, "core.sshCommand");
     },
     true},
    {"the same, with a protocol that the repository allows itself",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       set_to_forbidden_program(one, "core.sshCommand");
       one.set("protocol.ssh.allow", "always");
       one.set("protocol.allow", "always");
     },
     true},
    {"a partial clone of a directory, with a program of its own on the other side",
     [](Checkout& one) {
       one.make_partial(one.workspace().string());
       set_to_forbidden_program(one, "remote.origin.uploadpack");
     },
     true},
    {"a partial clone by a command",
     [](Checkout& one) {
       one.make_partial("ext::" + one.forbidden_program().string());
       one.set("protocol.ext.allow", "always");
     },
     true},
    {"a partial clone by a helper of its own",
     [](Checkout& one) {
       make_program(one.root() / "programs/git-remote-evil",
                    "exec " + one.forbidden_program().string() + "\n");
       one.variables()["PATH"] = (one.root() / "programs").string() + ":/usr/bin:/bin";
       one.make_partial("evil::x");
       one.set("protocol.evil.allow", "always");
     },
     true},
    {"a partial clone by git's own protocol, through a proxy",
     [](Checkout& one) {
       one.make_partial("git://nowhere/x");
       set_to_forbidden_program(one, "core.gitProxy");
     },
     true},
    {"a partial clone by http, which asks for a password",
     [](Checkout& one) {
       one.make_partial("http://127.0.0.1:1/x");
       set_to_forbidden_program(one, "credential.helper");
       set_to_forbidden_program(one, "core.askPass");
     },
     false},
    {"a monitor of files", [](Checkout& one) { set_to_forbidden_program(one, "core.fsmonitor"); },
     false},
    {"hooks",
     [](Checkout& one) {
       for (const char* name : {"reference-transaction", "post-index-change", "fsmonitor-watchman",
                                "post-checkout", "pre-auto-gc"}) {
         fs::create_directories(one.root() / "hooks");
         fs::copy(one.forbidden_program(), one.root() / "hooks" / name);
         fs::copy(one.forbidden_program(), one.workspace() / ".git/hooks" / name);
       }
       one.set("core.hooksPath", (one.root() / "hooks").string());
     },
     false},
    {"an alias, a pager, an editor, filters, signatures",
     [](Checkout& one) {
       one.set("alias.for-each-ref", "!" + one.forbidden_program().string());
       for (const char* name :
            {"core.pager", "pager.for-each-ref", "core.editor", "filter.x.smudge", "filter.x.clean",
             "filter.x.process", "gpg.program", "diff.external", "core.alternateRefsCommand"}) {
         set_to_forbidden_program(one, name);
       }
       std::ofstream(one.workspace() / ".gitattributes") << "* filter=x\n";
     },
     false},
    {"settings that are included from a file that was committed",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       one.set("include.path", "../settings");
       std::ofstream(one.workspace() / "settings")
           << "[core]\nsshCommand = " << one.forbidden_program().string()
           << "\n[protocol \"ssh\"]\nallow=always\n";
     },
     true},
    {"objects that are looked for elsewhere",
     [](Checkout& one) {
       one.make_partial("ssh://nowhere/x");
       set_to_forbidden_program(one, "core.sshCommand");
       set_to_forbidden_program(one, "core.alternateRefsCommand");
       fs::create_directories(one.workspace() / ".git/objects/info");
       std::ofstream(one.workspace() / ".git/objects/info/alternates") << "/nowhere\n";
     },
     true},
};

}  // namespace

TEST_CASE("version runs no program that the repository of the checkout configures") {
  for (const Trap& trap : traps) {
    INFO(trap.name);
    Checkout checkout;
    trap.set(checkout);
    CHECK(checkout.runs_program(checkout.workspace()) == trap.runs_program);
    checkout.version();
    CHECK_FALSE(fs::exists(checkout.mark()));
    checkout.use_older_git();
    checkout.version();
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("a repository above the workspace is ignored, whoever owns it") {
  Checkout checkout;
  checkout.make_partial("ssh://nowhere/x");
  set_to_forbidden_program(checkout, "core.sshCommand");
  fs::rename(checkout.workspace() / ".git", checkout.root() / "parent/.git");
  for (const bool other_user : {false, true}) {
    if (other_user && geteuid() != 0) continue;  // only root can give a file away
    if (other_user) {
      for (const auto& entry : fs::recursive_directory_iterator(checkout.root() / "parent")) {
        REQUIRE(lchown(entry.path().c_str(), 65534, 65534) == 0);
      }
    }
    CHECK(checkout.runs_program(checkout.workspace()));
    CHECK(checkout.version().find("(from default)") != std::string::npos);
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("a bare repository that was committed is not treated as a repository") {
  for (const bool has_own : {true, false}) {
    Checkout checkout;
    const fs::path bare = checkout.workspace() / "app";
    checkout.make_partial("ssh://nowhere/x");
    set_to_forbidden_program(checkout, "core.sshCommand");
    fs::copy(checkout.workspace() / ".git", bare, fs::copy_options::recursive);
    checkout.git(bare, "config core.bare true");
    fs::remove_all(checkout.workspace() / ".git");
    if (has_own) {
      checkout.git(checkout.workspace(), "init -q");
      checkout.git(checkout.workspace(), "commit -q --allow-empty -m one");
      checkout.git(checkout.workspace(), "tag v2.0.0");
    }
    CHECK(checkout.runs_program(bare));
    checkout.variables()["INPUT_WORKING_DIRECTORY"] = "app";
    const std::string log = checkout.version();
    CHECK(log.find(has_own ? "2.0.0 (from git)" : "(from default)") != std::string::npos);
    CHECK_FALSE(fs::exists(checkout.mark()));
  }
}

TEST_CASE("the user's git configuration and the job's git variables are ignored") {
  Checkout checkout;
  checkout.make_partial("ssh://nowhere/x");
  const std::string settings =
      "[core]\nsshCommand = " + checkout.forbidden_program().string() + "\n";
  fs::create_directories(checkout.home() / ".config/git");
  std::ofstream(checkout.home() / ".gitconfig") << settings;
  std::ofstream(checkout.home() / ".config/git/config") << settings;
  std::ofstream(checkout.root() / "settings") << settings;
  make_program(checkout.root() / "exec/git-fetch",
               "exec " + checkout.forbidden_program().string() + "\n");
  fs::copy(checkout.forbidden_program(), checkout.root() / "exec/git");
  for (const auto& [name, value] : Variables{
           {"GIT_CONFIG_GLOBAL", checkout.root() / "settings"},
           {"GIT_CONFIG_SYSTEM", checkout.root() / "settings"},
           {"GIT_CONFIG_COUNT", "1"},
           {"GIT_CONFIG_KEY_0", "core.sshCommand"},
           {"GIT_CONFIG_VALUE_0", checkout.forbidden_program()},
           {"GIT_SSH_COMMAND", checkout.forbidden_program()},
           {"GIT_SSH", checkout.forbidden_program()},
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

TEST_CASE("a checkout that belongs to another user, as in containers, is read") {
  if (geteuid() != 0) SKIP("only root can give a file away");
  Checkout checkout;
  for (const auto& entry : fs::recursive_directory_iterator(checkout.root() / "parent")) {
    REQUIRE(lchown(entry.path().c_str(), 65534, 65534) == 0);
  }
  REQUIRE(lchown(checkout.workspace().c_str(), 65534, 65534) == 0);
  CHECK(checkout.version().find("1.0.0 (from git)") != std::string::npos);
}

TEST_CASE("a repository on which git never ends delays a run by 10 seconds at most") {
  Checkout checkout;
  fs::remove(checkout.workspace() / ".git/config");
  REQUIRE(mkfifo((checkout.workspace() / ".git/config").c_str(), 0600) == 0);
  support::Process process({GITEA_RELEASE, "version"}, checkout.variables(), checkout.workspace(),
                           checkout.root() / "log");
  const support::Ended ended = process.wait();
  CHECK(ended.status == 2);
  CHECK(ended.output.find("::error::git did not end within 10 s. Check the repository in " +
                          checkout.workspace().string()) != std::string::npos);
}
