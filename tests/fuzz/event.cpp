// SPDX-License-Identifier: MIT
// The runner's event file.
#include <sys/mman.h>
#include <unistd.h>

#include <optional>

#include "core/error.hpp"
#include "core/json.hpp"
#include "runner/facts.hpp"
#include "target.hpp"

namespace {

/// A file in memory that a path leads to.
class File {
 public:
  explicit File(std::string_view content) : handle_(memfd_create("event", MFD_CLOEXEC)) {
    fuzz::require(
        write(handle_, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
        "the file is written");
  }
  ~File() { close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(handle_); }

 private:
  int handle_ = -1;
};

/// The tag that the file names; nothing where it does not.
std::string tag_in(std::string_view text) {
  try {
    return core::Json::parse(text).object("release").string("tag_name");
  } catch (const core::Error&) {
    return {};
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const File file(input);
  const std::string tag = tag_in(input);
  for (const char* event : {"release", "push"}) {
    const runner::Facts facts = runner::read_facts({{"GITHUB_EVENT_NAME", event},
                                                    {"GITHUB_EVENT_PATH", file.path()},
                                                    {"GITHUB_REF", "refs/tags/of-the-ref"}});
    const bool named = facts.event == "release" && !tag.empty();
    require(facts.tag == (named ? tag : "of-the-ref"), "the event's tag, else the ref's");
  }
}
