// SPDX-License-Identifier: MIT
// The parts of the launcher that read what others write: requests, keys, arguments, answers.
#include <string>
#include <system_error>
#include <vector>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "launcher/adoption.hpp"
#include "launcher/arguments.hpp"
#include "launcher/health.hpp"
#include "launcher/loopback.hpp"
#include "launcher/requests.hpp"
#include "launcher/snapshot.hpp"
#include "launcher/status.hpp"
#include "launcher/trusted_keys.hpp"
#include "signing/public_key.hpp"
#include "units/launcher/installation.hpp"

using namespace installed;
using namespace launcher;

namespace {

std::string key(char c) { return signing::PublicKey(std::string(8, c), std::string(32, c)).text(); }

using Keys = std::vector<std::string>;

TrustedKeys trusting(const Keys& keys) {
  std::string text;
  for (const std::string& one : keys) text += "untrusted comment: x\n" + one + "\n";
  return TrustedKeys::parse(text);
}

/// An installation with the file system that changes it.
struct Place {
  Installation at;
  FileCalls calls;
  FileSystem files{calls, at.folder.trash(), std::chrono::milliseconds(0)};
};

/// Windows lets only administrators make links.
void make_link(const fs::path& target, const fs::path& link) {
  std::error_code error;
  fs::create_symlink(target, link, error);
  if (error) SKIP("no symbolic links can be made here");
}

}  // namespace

TEST_CASE("a request is read as it was written") {
  const Request request{"ab12", Wish::apply, "1.2.0", true, DataChoice::keep_data, "run", 7, true};
  CHECK(parse_request(render_request(request)) == request);
}

TEST_CASE("a request that names a path or is too large is refused") {
  for (const char* text :
       {R"({"format": 1, "id": "1", "request": "apply", "version": "../../1.0.0"})",
        R"({"format": 1, "id": "1", "request": "apply", "version": "a/1.0.0"})",
        R"({"format": 1, "id": "1", "request": "trust", "version": "1.0.0"})",
        R"({"format": 2, "id": "1", "request": "apply"})", R"([])", "{", "",
        R"({"format": 1, "id": "1", "request": "extend", "seconds": -1})"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_request(text), core::Error);
  }
  CHECK_THROWS_AS(parse_request(std::string(max_request + 1, ' ')), core::Error);
}

TEST_CASE("a request is taken once, and a link in its place is not followed") {
  Place place;
  const Folder& folder = place.at.folder;
  send_request(folder, place.files, {"1", Wish::check});
  CHECK(parse_request(*take_request(folder, place.files)).id == "1");
  CHECK_FALSE(take_request(folder, place.files));
  put(folder.root / "elsewhere", render_request({"2", Wish::check}));
  make_link(folder.root / "elsewhere", folder.messages() / "request.json");
  CHECK_THROWS_AS(take_request(folder, place.files), core::Error);
  CHECK_FALSE(take_request(folder, place.files));
  CHECK_FALSE(content(folder.root / "elsewhere").empty());
}

TEST_CASE("the keys of a new version replace those of the old one, and the user's stay") {
  TrustedKeys keys = trusting({key('a')});
  keys.trust(key('u'));
  keys.adopt({key('a')}, {key('b'), key('c')});
  CHECK(keys.keys() == Keys{key('u'), key('b'), key('c')});
  keys.distrust(key('b'));
  keys.adopt({key('b'), key('c')}, {key('b'), key('d')});
  CHECK(keys.keys() == Keys{key('u'), key('d')});
  CHECK(TrustedKeys::parse(keys.text()).keys() == keys.keys());
  keys = TrustedKeys::parse(keys.text());
  keys.adopt({key('d')}, {key('b')});
  CHECK(keys.keys() == Keys{key('u')});
}

TEST_CASE("a key that was removed by hand does not come back, and the last one is not removed") {
  TrustedKeys keys = trusting({key('a')});
  keys.adopt({key('a'), key('b')}, {key('a'), key('b')});
  CHECK(keys.keys() == Keys{key('a')});
  keys.adopt({key('a')}, {});
  CHECK(keys.keys() == Keys{key('a')});
  CHECK_THROWS_AS(keys.distrust(key('a')), core::Error);
  CHECK_THROWS_AS(keys.trust("RWnonsense"), core::Error);
}

TEST_CASE("the address of releases changes with the version, unless the user has changed it") {
  core::ReleaseFile before;
  before.server = "https://old.example.org";
  before.repository = "owner/demo";
  core::ReleaseFile after;
  after.server = "https://new.example.org";
  after.repository = "new/demo";
  const std::string changed = with_source(config_json, before, after);
  CHECK(core::parse_update_config(changed).server == after.server);
  CHECK(core::parse_update_config(changed).repository == after.repository);
  before.server = "https://another.example.org";
  CHECK(with_source(config_json, before, after) == config_json);
}

TEST_CASE("a snapshot of a link or of a file with two names is refused") {
  Place place;
  const Path data = place.at.folder.data();
  Snapshot snapshot(place.at.folder, place.files, newer);
  make_link("/etc", data / "link");
  put(data / "one", "x");
  fs::create_hard_link(data / "one", data / "two");
  for (const std::string path : {"link", "link/passwd", "two"}) {
    INFO(path);
    CHECK_THROWS_AS(snapshot.take({path}), core::Error);
    CHECK_FALSE(snapshot.exists());
  }
  snapshot.take({"folder", "folder/file", "app.db"});
  place.at.spoil();
  snapshot.give_back();
  CHECK(content(data / "folder/file") == "old");
  CHECK(content(data / "app.db-wal") == "old");
  CHECK(content(place.at.folder.snapshots() / (newer + ".failed") / "app.db") == "new");
}

TEST_CASE("an answer of /health counts if it is that of the application that was started") {
  CHECK(is_answer_of(R"({"run": "ab", "version": "0"})", "ab", "1.0.0"));
  CHECK_FALSE(is_answer_of(R"({"run": "cd", "version": "1.0.0"})", "ab", "1.0.0"));
  CHECK(is_answer_of(R"({"version": "1.0.0"})", "ab", "1.0.0"));
  for (const char* text : {"", "{}", "[]", "ok", R"({"run": 1})", R"({"version": ""})"}) {
    CHECK_FALSE(is_answer_of(text, "ab", "1.0.0"));
  }
}

TEST_CASE("only this machine is asked for its health") {
  for (const char* address :
       {"http://192.0.2.1:80", "https://127.0.0.1:1", "http://example.org", "ftp://127.0.0.1",
        "http://127.0.0.1.example.org", "nonsense", "http://0.0.0.0:80"}) {
    INFO(address);
    const auto begin = std::chrono::steady_clock::now();
    CHECK_FALSE(loopback_get(address, "/health", std::chrono::milliseconds(5000)));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));  // not asked
  }
}

TEST_CASE("arguments after --launcher are strict") {
  CHECK(parse_arguments({"apply", "1.0.0", "--now", "--json"}).now);
  CHECK(parse_arguments({"rollback", "--with-data"}).data == DataChoice::with_data);
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"aply"},
                                             {"apply", "1", "2"},
                                             {"skip"},
                                             {"status", "x"},
                                             {"apply", "--with-data"},
                                             {"download", "--from"},
                                             {"status", "--now"}}) {
    INFO(words.front());
    CHECK_THROWS_AS(parse_arguments(words), core::Error);
  }
}

TEST_CASE("the answer in a status belongs to one request") {
  StatusReport report;
  add_answer(report, {"ab", 30, "no \"room\""});
  add_answer(report, {"ef", 0, "done"});
  const core::Json status = core::Json::parse(render_status(report));
  const auto answer = answer_in(status, "ab");
  REQUIRE(answer);
  CHECK(answer->status == 30);
  CHECK(answer->message == "no \"room\"");
  CHECK_FALSE(answer_in(status, "cd"));
}

TEST_CASE("requests that are sent at the same time are all taken") {
  Place place;
  const Folder& folder = place.at.folder;
  for (const char* id : {"b", "a", "c"}) send_request(folder, place.files, {id, Wish::check});
  std::string taken;
  while (const auto text = take_request(folder, place.files)) taken += id_of_request(*text);
  CHECK(taken == "abc");
}
