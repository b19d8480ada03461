// SPDX-License-Identifier: MIT
// A launcher of root and an application that owns data/: what the application plants there leads nowhere.
#include "launcher/rights.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "core/error.hpp"
#include "launcher/reads.hpp"
#include "launcher/requests.hpp"
#include "launcher/snapshot.hpp"
#include "launcher/user.hpp"
#include "units/launcher/installation.hpp"

using namespace installed;
using namespace launcher;

namespace {

constexpr unsigned nobody = 65534;
constexpr unsigned exchange = 2;  // RENAME_EXCHANGE

void own(const fs::path& path) { REQUIRE(lchown(path.c_str(), nobody, nobody) == 0); }

/// An installation of root whose data belongs to nobody, and a folder that only root may enter.
struct Service {
  Service() {
    if (geteuid() != 0) SKIP("only root can act for another user");
    own(at.folder.data());
    for (const auto& entry : fs::recursive_directory_iterator(at.folder.data())) own(entry.path());
    put(secret / "file", "secret");
    put(secret / "url", "secret");
    put(secret / "request-1.json", "secret");
    fs::permissions(secret, fs::perms(0700));
    for (const char* name : {"file", "url", "request-1.json"}) {
      fs::permissions(secret / name, fs::perms(0600));
    }
  }
  bool is_untouched() const {
    for (const char* name : {"file", "url", "request-1.json"}) {
      if (content(secret / name) != "secret") return false;
    }
    return names_in(secret).size() == 3;
  }
  void plant(const fs::path& link) const {
    fs::remove_all(link);
    fs::create_symlink(secret, link);
    own(link);
  }

  Installation at;
  const Folder& folder = at.folder;
  FileCalls calls;
  FileSystem files{calls, at.folder.trash(), std::chrono::milliseconds(0)};
  fs::path secret = at.folder.root / "secret";
};

/// Exchanges two entries all the time, as an application may with its own.
class Exchanging {
 public:
  Exchanging(const fs::path& one, const fs::path& other)
      : thread_([this, one, other] {
          while (!stopped_) {
            syscall(SYS_renameat2, AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), exchange);
          }
        }) {}
  ~Exchanging() {
    stopped_ = true;
    thread_.join();
  }

 private:
  std::atomic<bool> stopped_ = false;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a user is found in the files of the system with all of his groups") {
  const std::string passwd =
      "root:x:0:0:root:/root:/bin/sh\napp:x:998:997:An app:/opt/app:/bin/false\n"
      "broken:x:one:2:::\nshort:x:1\n";
  const std::string group = "root:x:0:\napp:x:997:\ndialout:x:20:someone,app\nother:x:21:apple\n";
  const auto user = user_in(passwd, group, "app");
  REQUIRE(user);
  CHECK(user->account.user == 998);
  CHECK(user->account.group == 997);
  CHECK(user->groups == std::vector<unsigned>{997, 20});
  CHECK(user->home == "/opt/app");
  for (const char* name : {"broken", "short", "ap", "", "nobody:x"}) {
    CHECK_FALSE(user_in(passwd, group, name));
  }
}

TEST_CASE("root acts as another user only as long as it wants to") {
  const Service service;
  {
    const ActAs owner(other_owner_of(service.folder.data()));
    CHECK(names_in(service.secret).empty());
    const ActAs again(other_owner_of(service.folder.data()));
    CHECK(names_in(service.secret).empty());
  }
  CHECK(service.is_untouched());
  CHECK_FALSE(other_owner_of(service.secret));
}

TEST_CASE("links in data/ lead a launcher of root nowhere when it passes messages") {
  Service service;
  service.plant(service.folder.messages());
  CHECK_THROWS_AS(send_request(service.folder, service.files, {.id = "2", .wish = Wish::check}),
                  core::Error);
  CHECK_FALSE(take_request(service.folder, service.files));
  CHECK(service.is_untouched());
  fs::remove(service.folder.messages());
  send_request(service.folder, service.files, {.id = "2", .wish = Wish::check});
  fs::create_symlink(service.secret / "file", service.folder.messages() / "request-1.json");
  CHECK_THROWS_AS(take_request(service.folder, service.files), core::Error);
  const auto request = take_request(service.folder, service.files);
  REQUIRE(request);
  CHECK(parse_request(*request).id == "2");
  CHECK(service.is_untouched());
}

TEST_CASE("a folder that the application exchanges for a link all the time is never read as root") {
  Service service;
  const fs::path link = service.folder.data() / "link";
  service.plant(link);
  put(service.folder.data() / "folder/file", "own");
  Snapshot snapshot(service.folder, service.files, newer);
  const Exchanging exchanging(service.folder.data() / "folder", link);
  int refused = 0;
  for (int i = 0; i < 300; ++i) {
    try {
      snapshot.take({"folder"});
    } catch (const core::Error&) {
      ++refused;
    }
    for (const auto& entry : fs::recursive_directory_iterator(service.folder.snapshots())) {
      if (entry.is_regular_file()) REQUIRE(content(entry.path()) != "secret");
    }
  }
  CHECK(refused > 0);
}

TEST_CASE("the return of data follows no link that the new version has planted") {
  Service service;
  Snapshot snapshot(service.folder, service.files, newer);
  snapshot.take({"folder/file", "app.db"});
  CHECK((fs::status(service.folder.snapshots()).permissions() & fs::perms(0777)) ==
        fs::perms(0700));
  SECTION("in the place of a folder") {
    service.plant(service.folder.data() / "folder");
    CHECK_THROWS_AS(snapshot.give_back(), core::Error);
    CHECK(service.is_untouched());
    fs::remove(service.folder.data() / "folder");
  }
  SECTION("in the place of a file") {
    fs::remove(service.folder.data() / "app.db");
    fs::create_symlink(service.secret / "file", service.folder.data() / "app.db");
  }
  SECTION("in exchange for a folder all the time") {
    const fs::path link = service.folder.data() / "link";
    service.plant(link);
    const Exchanging exchanging(service.folder.data() / "folder", link);
    for (int i = 0; i < 300; ++i) {
      try {
        snapshot.give_back();
        fs::rename(service.folder.snapshot(newer).string() + ".returned",
                   service.folder.snapshot(newer));
      } catch (const core::Error&) {
      }
      REQUIRE(service.is_untouched());
    }
    return;
  }
  snapshot.give_back();
  CHECK(service.is_untouched());
  CHECK(content(service.folder.data() / "app.db") == "old");
  CHECK(content(service.folder.data() / "folder/file") == "old");
  CHECK(other_owner_of(service.folder.data() / "folder"));
  Snapshot(service.folder, service.files, newer).give_back();  // nothing is left to do
}

TEST_CASE("data of another user is returned as it was, with its owner and its permissions") {
  Service service;
  fs::permissions(service.folder.data() / "app.db", fs::perms(0640));
  Snapshot snapshot(service.folder, service.files, newer);
  snapshot.take({"folder", "app.db", "later"});
  service.at.spoil();
  snapshot.give_back();
  const fs::path file = service.folder.data() / "app.db";
  CHECK(content(file) == "old");
  CHECK(fs::status(file).permissions() == fs::perms(0640));
  CHECK_FALSE(fs::exists(service.folder.data() / "later"));
  CHECK(content(service.folder.snapshots() / (newer + ".failed") / "app.db") == "new");
  struct stat status {};
  REQUIRE(stat(file.c_str(), &status) == 0);
  CHECK(status.st_uid == nobody);
}
