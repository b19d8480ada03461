// SPDX-License-Identifier: MIT
#include "core/text/system_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <new>
#include <stdexcept>
#include <string>

#include "core/text/text.hpp"

namespace core {
namespace {

struct Cause {
  std::errc code;
  Fault fault;
  const char* what;  ///< {} is the subject
  const char* remedy;
};

constexpr const char* permissions =
    "Correct its owner or permissions: the job, or its container, runs as a different user.";
constexpr const char* room = "Free space on the runner's disk.";

constexpr std::array causes = {
    Cause{std::errc::too_many_symbolic_link_levels, Fault::workflow,
          "{} is a symbolic link that points to itself", "Replace it by a file, or remove it."},
    Cause{std::errc::permission_denied, Fault::workflow, "the user of this job may not access {}",
          permissions},
    Cause{std::errc::operation_not_permitted, Fault::workflow,
          "the user of this job may not access {}", permissions},
    Cause{std::errc::no_such_file_or_directory, Fault::workflow, "{} does not exist",
          "Correct its name, or the step that should have created it. It must not be removed while "
          "this step runs."},
    Cause{std::errc::not_a_directory, Fault::workflow, "a part of the path {} is a file",
          "Correct the path."},
    Cause{std::errc::is_a_directory, Fault::workflow, "{} is a directory", "Name a file instead."},
    Cause{std::errc::filename_too_long, Fault::workflow, "the name {} is too long",
          "Shorten it: a name can have at most 255 bytes, and a path 4,095."},
    Cause{std::errc::invalid_argument, Fault::workflow, "the system does not accept {}",
          "Correct it: a path cannot contain a NUL."},
    Cause{std::errc::read_only_file_system, Fault::workflow, "{} is on a read-only file system",
          "Use a directory that can be written."},
    Cause{std::errc::no_space_on_device, Fault::failed, "the disk is too full to write {}", room},
    Cause{std::errc::file_too_large, Fault::failed, "{} exceeds the size limit for files",
          "Raise the limit of the file size for the job (ulimit -f)."},
    Cause{std::errc::too_many_files_open, Fault::failed,
          "this job cannot open as many files as it needs (at {})",
          "Raise the limit of open files for the job (ulimit -n) to 64 or more."},
    Cause{std::errc::too_many_files_open_in_system, Fault::failed,
          "the runner has too many files open (at {})",
          "Run fewer jobs at a time, or raise fs.file-max on the runner."},
    Cause{std::errc::resource_unavailable_try_again, Fault::failed,
          "this job cannot start as many threads as it needs (at {})",
          "Raise the limit of threads for the job (ulimit -u, the container's pids limit) or its "
          "memory, or set 'jobs: 1'."},
    Cause{std::errc::not_enough_memory, Fault::failed, "there is not enough memory (at {})",
          "Give the job more memory, or set 'jobs: 1'."},
    Cause{std::errc::io_error, Fault::failed,
          "{} cannot be read or written because of a disk error",
          "See the system log of the runner, or run this on another runner."},
};

Error unknown_error(const std::error_code& code, const std::string& subject) {
  const std::string said = one_line(code.message());
  return {Fault::failed,
          subject.empty() ? fmt::format("the operating system reported: {}", said)
                          : fmt::format("{}: the operating system reported: {}", subject, said),
          "Run it again. If the error persists, check the runner."};
}

/// Removes " (at it)" if there is no subject.
std::string sentence(const char* what, const std::string& subject) {
  std::string text = fmt::format(fmt::runtime(what), subject.empty() ? "it" : subject);
  constexpr std::string_view no_subject = " (at it)";
  if (subject.empty() && text.ends_with(no_subject)) text.erase(text.size() - no_subject.size());
  return text;
}

Error file_error(const std::filesystem::filesystem_error& error) {
  const bool nameless = error.path1().empty();
  if (nameless && error.code() == std::errc::no_such_file_or_directory) {
    return {
        Fault::workflow, "the current directory does not exist any more",
        "Start the program in an existing directory: an earlier step may have removed this one."};
  }
  return error_of(error.code(), one_line(error.path1().string()));
}

}  // namespace

Error error_of(const std::error_code& code, const std::string& subject) {
  const auto cause = std::find_if(causes.begin(), causes.end(),
                                  [&](const Cause& known) { return code == known.code; });
  if (cause == causes.end()) return unknown_error(code, subject);
  return {cause->fault, sentence(cause->what, subject), cause->remedy};
}

Error error_of(const std::exception_ptr& thrown) {
  try {
    if (!thrown) throw std::runtime_error("ended without a reason");
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    return error;
  } catch (const std::filesystem::filesystem_error& error) {
    return file_error(error);
  } catch (const std::system_error& error) {
    return error_of(error.code(), "");
  } catch (const std::bad_alloc&) {
    return error_of(std::make_error_code(std::errc::not_enough_memory), "");
  } catch (const std::exception& error) {
    return {Fault::failed, std::string("unexpected: ") + one_line(error.what()),
            "Please report this."};
  } catch (...) {
    return {Fault::failed, "unexpected: an unknown exception", "Please report this."};
  }
}

}  // namespace core
