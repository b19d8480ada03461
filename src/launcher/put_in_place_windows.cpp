// SPDX-License-Identifier: MIT
// A program that runs can be renamed, but not replaced. Between the two renames there is no launcher: after a
// power cut at that moment, the file .old.exe is there, and the installer repairs it.
#include <chrono>
#include <thread>

#include "launcher/reads.hpp"
#include "launcher/replace_launcher.hpp"

namespace launcher {
namespace {

/// Whether it is there and can be read: a virus scanner may take a new program away a little later.
bool stays(const Path& program) {
  constexpr std::chrono::seconds time_of_scanners{5};
  std::this_thread::sleep_for(time_of_scanners);
  try {
    constexpr std::uint64_t first_bytes = 16;
    return !end_of(program, first_bytes).empty();
  } catch (const core::Error&) {
    return false;
  }
}

}  // namespace

void put_in_place(FileSystem& files, const Path& candidate, const Path& launcher) {
  Path old = launcher;
  old.replace_extension(".old.exe");
  files.to_trash(old);
  files.replace(launcher, old);
  try {
    files.replace(candidate, launcher);
    if (stays(launcher)) return;
    files.to_trash(launcher);
  } catch (const FileError&) {
    files.replace(old, launcher);
    throw;
  }
  files.replace(old, launcher);
  throw core::Error(core::Fault::failed, "the new launcher was taken away; the old one is back");
}

}  // namespace launcher
