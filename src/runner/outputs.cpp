// SPDX-License-Identifier: MIT
#include "runner/outputs.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <random>

#include "core/error.hpp"
#include "core/text.hpp"

namespace runner {
namespace {

std::string random_delimiter() {
  std::random_device random;
  return fmt::format("END_{:08x}{:08x}{:08x}", random(), random(), random());
}

}  // namespace

std::string render_outputs(const Outputs& outputs, const std::string& delimiter) {
  std::string text;
  for (const auto& [name, value] : outputs) {
    const std::string clean = core::normalized(value);
    if (clean.find('\n') == std::string::npos) {
      text += fmt::format("{}={}\n", name, clean);
    } else {
      text += fmt::format("{}<<{}\n{}\n{}\n", name, delimiter, clean, delimiter);
    }
  }
  return text;
}

void write_outputs(const std::string& file, const Outputs& outputs) {
  if (file.empty()) return;
  std::ofstream out(file, std::ios::app);
  out << render_outputs(outputs, random_delimiter()) << std::flush;
  if (!out) {
    const bool full = errno == ENOSPC || errno == EDQUOT;
    throw core::Error(
        core::Fault::workflow,
        fmt::format("the job's outputs cannot be written to {} ({})", file, std::strerror(errno)),
        full ? "Make room on the runner's disk."
             : "A container action cannot reach this file in a job that runs on the host: use "
               "'uses: OWNER/gitea-release@v1' there instead of its container flavour.");
  }
}

void write_summary(const std::string& file, const std::string& markdown) {
  if (file.empty()) return;
  std::ofstream(file, std::ios::app) << markdown << std::flush;
}

}  // namespace runner
