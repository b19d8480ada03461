// SPDX-License-Identifier: MIT
// An installation of 1.0.0 with 1.1.0 ready, in a temporary directory, as the tests of the launcher use
// it.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/update/swap.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"
#include "launcher/log.hpp"
#include "launcher/state_file.hpp"

namespace installed {

namespace fs = std::filesystem;

inline const std::string older = "1.0.0";
inline const std::string newer = "1.1.0";
inline const core::Digest payload(64, 'a');

inline void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

/// "" if it does not exist.
inline std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline std::string release_json(const std::string& version) {
  return R"({"format": 1, "app": "demo", "version": ")" + version +
         R"(", "start": ["run"], "snapshot": ["app.db", "folder", "later"], "source": {"server": "https://)" +
         (version == newer ? "new" : "old") + R"(.example.org", "repository": "owner/demo"}})";
}

inline const std::string config_json =
    R"({"format": 1, "app": "demo", "type": "portable", "server": "https://old.example.org", )"
    R"("repository": "owner/demo", "platform": "linux-x86_64"})";

/// In memory where there is such a file system, because the tests make very many of them.
class Installation {
 public:
  Installation() {
    static std::atomic<int> next = 0;
    const fs::path memory = "/dev/shm";
    const fs::path base = memory.is_absolute() && access(memory.string().c_str(), W_OK) == 0
                              ? memory
                              : fs::temp_directory_path();
    root_ = base /
            ("gitea-release-launcher-" + std::to_string(getpid()) + "-" + std::to_string(next++));
    folder = {root_, root_ / "demo"};
    put(folder.current() / "RELEASE.json", release_json(older));
    put(folder.current() / "run", older);
    put(folder.ready(newer) / "current/RELEASE.json", release_json(newer));
    put(folder.ready(newer) / "current/run", newer);
    put(folder.config(), config_json);
    put(folder.data() / "app.db", "old");
    put(folder.data() / "app.db-wal", "old");
    put(folder.data() / "folder/file", "old");
    put(folder.data() / "others", "kept");
  }
  ~Installation() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  /// What the old version does to its data.
  void edit() {
    old_text_ += "+";
    put(folder.data() / "app.db", old_text_);
  }

  void ask(bool with_snapshot) const {
    put(folder.state(),
        core::render_journal(core::ask_for({}, older, newer, payload, with_snapshot)));
  }

  /// What a new version does to its data.
  void spoil() const {
    put(folder.data() / "app.db", "new");
    fs::remove(folder.data() / "app.db-wal");
    put(folder.data() / "app.db-shm", "new");
    put(folder.data() / "folder/file", "new");
    put(folder.data() / "folder/more", "new");
    put(folder.data() / "later", "new");
  }

  bool has_data_of_old() const {
    return content(folder.data() / "app.db") == old_text_ &&
           content(folder.data() / "app.db-wal") == "old" && is_absent("app.db-shm") &&
           content(folder.data() / "folder/file") == "old" && is_absent("folder/more") &&
           is_absent("later");
  }
  bool has_data_of_new() const {
    return content(folder.data() / "app.db") == "new" && is_absent("app.db-wal") &&
           content(folder.data() / "app.db-shm") == "new" &&
           content(folder.data() / "folder/file") == "new" &&
           content(folder.data() / "folder/more") == "new" &&
           content(folder.data() / "later") == "new";
  }

  launcher::Folder folder;

 private:
  bool is_absent(const std::string& name) const { return !fs::exists(folder.data() / name); }

  fs::path root_;
  std::string old_text_ = "old";
};

}  // namespace installed
