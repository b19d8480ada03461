// SPDX-License-Identifier: MIT
#include "disk/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/error.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

using core::Error;
using core::Fault;

}  // namespace

std::string read_text(const std::string& path, const std::string& option) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // An empty file sets failbit when its buffer is streamed, and is no failure.
  if (file && file.peek() == std::ifstream::traits_type::eof() && !file.bad()) return {};
  if (!file || !(text << file.rdbuf())) {
    throw Error(Fault::workflow,
                fmt::format("{}: {} cannot be read ({})", option, path, std::strerror(errno)),
                "Check the path; it starts at the working directory.");
  }
  return text.str();
}

void write_text(const std::string& path, const std::string& text, const std::string& option) {
  std::error_code error;
  if (fs::is_symlink(path, error) && !fs::exists(path, error)) {
    throw Error(Fault::workflow, fmt::format("{}: {} is a symbolic link to nothing", option, path),
                "Remove it: what it leads to would be made, wherever that is.");
  }
  std::ofstream file(path, std::ios::binary);
  if (!(file << text << std::flush)) {
    throw Error(Fault::workflow,
                fmt::format("{}: {} cannot be written ({})", option, path, std::strerror(errno)),
                "Check the path; it starts at the working directory.");
  }
}

}  // namespace disk
