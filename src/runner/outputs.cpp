// SPDX-License-Identifier: MIT
#include "runner/outputs.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <system_error>

#include "core/error.hpp"
#include "core/text/system_error.hpp"
#include "core/text/text.hpp"
#include "runner/printable.hpp"

namespace runner {
namespace {

constexpr mode_t readable_by_all = 0644;

std::string random_delimiter() {
  std::random_device random;
  return fmt::format("END_{:08x}{:08x}{:08x}", random(), random(), random());
}

bool has_line_end(std::string_view text) {
  return text.find('\n') != std::string_view::npos ||
         text.find("\u2028") != std::string_view::npos ||
         text.find("\u2029") != std::string_view::npos;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Appends all of `text` to the file, or nothing.
std::error_code append(const std::string& file, std::string_view text) {
  // O_NONBLOCK: otherwise opening a pipe without a reader would block.
  const int descriptor =
      open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
           readable_by_all);
  if (descriptor < 0) return {errno, std::generic_category()};
  fcntl(descriptor, F_SETFL, O_APPEND);
  struct stat before {};
  fstat(descriptor, &before);
  std::error_code error;
  if (!write_all(descriptor, text)) {
    error = {errno, std::generic_category()};
    if (S_ISREG(before.st_mode) && ftruncate(descriptor, before.st_size) != 0) {
      error = {errno, std::generic_category()};
    }
  }
  close(descriptor);
  return error;
}

/// If the file cannot be reached, the cause is not in this step.
std::string hint_for(const std::error_code& error) {
  const bool unreachable = error == std::errc::no_such_file_or_directory ||
                           error == std::errc::not_a_directory ||
                           error == std::errc::permission_denied;
  if (!unreachable) return core::error_of(error, "").hint;
  return "A container action cannot reach this file if the job runs on the host: use 'uses: "
         "OWNER/gitea-release@v1' there instead of the container variant.";
}

}  // namespace

std::string render_outputs(const Outputs& outputs, const std::string& delimiter) {
  std::string text;
  for (const auto& [name, value] : outputs) {
    const std::string clean = core::normalized(without_controls(core::normalized(value)));
    if (has_line_end(clean)) {
      text += fmt::format("{}<<{}\n{}\n{}\n", name, delimiter, clean, delimiter);
    } else {
      text += fmt::format("{}={}\n", name, clean);
    }
  }
  return text;
}

void write_outputs(const std::string& file, const Outputs& outputs) {
  if (file.empty()) return;
  const auto error = append(file, render_outputs(outputs, random_delimiter()));
  if (!error) return;
  throw core::Error(core::Fault::workflow,
                    fmt::format("the outputs of the step cannot be written to {} ({})",
                                core::one_line(file), error.message()),
                    hint_for(error));
}

std::string write_summary(const std::string& file, const std::string& markdown) {
  if (file.empty()) return {};
  const auto error = append(file, printable(markdown));
  if (!error) return {};
  return fmt::format("the job's summary cannot be written to {} ({}). {}", core::one_line(file),
                     error.message(), hint_for(error));
}

}  // namespace runner
