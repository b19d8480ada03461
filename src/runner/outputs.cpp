// SPDX-License-Identifier: MIT
#include "runner/outputs.hpp"

#include <fmt/format.h>

#include <random>
#include <system_error>

#include "core/error.hpp"
#include "core/text/system_error.hpp"
#include "core/text/text.hpp"
#include "runner/append.hpp"
#include "runner/printable.hpp"

namespace runner {
namespace {

std::string random_delimiter() {
  std::random_device random;
  return fmt::format("END_{:08x}{:08x}{:08x}", random(), random(), random());
}

bool has_line_end(std::string_view text) {
  return text.find('\n') != std::string_view::npos ||
         text.find("\u2028") != std::string_view::npos ||
         text.find("\u2029") != std::string_view::npos;
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
  const auto error = append_to_file(file, render_outputs(outputs, random_delimiter()));
  if (!error) return;
  throw core::Error(core::Fault::workflow,
                    fmt::format("the outputs of the step cannot be written to {} ({})",
                                core::one_line(file), error.message()),
                    hint_for(error));
}

std::string write_summary(const std::string& file, const std::string& markdown) {
  if (file.empty()) return {};
  const auto error = append_to_file(file, printable(markdown));
  if (!error) return {};
  return fmt::format("the job's summary cannot be written to {} ({}). {}", core::one_line(file),
                     error.message(), hint_for(error));
}

}  // namespace runner
