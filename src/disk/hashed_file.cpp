// SPDX-License-Identifier: MIT
#include "disk/hashed_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "disk/digest.hpp"
#include "disk/file.hpp"
#include "disk/hashing.hpp"

namespace disk {
namespace {

/// A thread costs as much as the digest of some 50 KB; below this it could win nothing.
constexpr std::uint64_t large = std::uint64_t{1} << 20;

}  // namespace

struct HashedFile::State {
  core::Digest digest;  ///< empty until a reader came to the end
};

/// Reads the file once, in order, and takes its digest as it goes by. What is sent and what the
/// digest is taken of are the same bytes in memory.
class HashedFile::Reading {
 public:
  Reading(const std::string& path, std::uint64_t size, std::shared_ptr<State> state)
      : path_(path), file_(path), left_(size), state_(std::move(state)), hashing_(size > large) {
    state_->digest.clear();
  }

  std::string_view next() {
    if (!state_->digest.empty()) return {};
    std::vector<char>& block = blocks_.at(turn_++ % blocks_.size());
    hashing_.wait_if_behind_by(blocks_.size());
    block.resize(std::min<std::uint64_t>(left_, block_size));
    const std::size_t count = file_.read(block.data(), block.size());
    if (count == 0 && left_ > 0) changed();
    const std::string_view bytes(block.data(), count);
    hashing_.add(bytes);
    left_ -= count;
    if (left_ == 0) finish();
    return bytes;
  }

 private:
  void finish() {
    char more = 0;
    if (file_.read(&more, 1) > 0) changed();
    state_->digest = hashing_.digest();
  }

  [[noreturn]] void changed() const {
    throw core::Error(core::Fault::failed,
                      fmt::format("{} changed while it was being uploaded", path_),
                      "Publish it once it is written completely.");
  }

  std::string path_;
  File file_;
  std::uint64_t left_;  ///< bytes
  std::shared_ptr<State> state_;
  std::array<std::vector<char>, 16> blocks_;  ///< used in turn: one is sent while others are hashed
  std::size_t turn_ = 0;
  Hashing hashing_;  ///< its thread reads the blocks
};

HashedFile::HashedFile(std::string path, std::uint64_t size)
    : path_(std::move(path)), size_(size), state_(std::make_shared<State>()) {}

core::Source HashedFile::source() const {
  core::Source source;
  source.size = size_;
  source.open = [path = path_, size = size_, state = state_]() -> core::Reader {
    return [reading = std::make_shared<Reading>(path, size, state)] { return reading->next(); };
  };
  return source;
}

core::Digest HashedFile::digest() const {
  return state_->digest.empty() ? digest_of_file(path_) : state_->digest;
}

}  // namespace disk
