// SPDX-License-Identifier: MIT
#include "core/system_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <new>
#include <stdexcept>
#include <string>

#include "core/text.hpp"

namespace core {
namespace {

struct Cause {
  std::errc code;
  Fault fault;
  const char* what;  ///< {} is the subject
  const char* remedy;
};

constexpr const char* permissions =
    "Correct its owner or its permissions: the job runs as another user, or in a container whose "
    "user is another one.";
constexpr const char* room = "Make room on the runner's disk.";

constexpr std::array causes = {
    Cause{std::errc::too_many_symbolic_link_levels, Fault::workflow,
          "{} is a symbolic link that leads to itself", "Make it a file, or remove it."},
    Cause{std::errc::permission_denied, Fault::workflow, "{} is closed to the user of this job",
          permissions},
    Cause{std::errc::operation_not_permitted, Fault::workflow,
          "{} is closed to the user of this job", permissions},
    Cause{
        std::errc::no_such_file_or_directory, Fault::workflow, "{} is not there",
        "Correct its name, or the step that should have made it; nothing may remove it while this "
        "step runs."},
    Cause{std::errc::not_a_directory, Fault::workflow, "a part of the path {} is a file",
          "Correct the path."},
    Cause{std::errc::is_a_directory, Fault::workflow, "{} is a directory", "Name a file instead."},
    Cause{std::errc::filename_too_long, Fault::workflow, "the name {} is too long",
          "Shorten it: a name has 255 bytes at most, a path 4,095."},
    Cause{std::errc::invalid_argument, Fault::workflow, "the system does not take {}",
          "Correct it: a path has no NUL in it."},
    Cause{std::errc::read_only_file_system, Fault::workflow,
          "{} lies on a file system that may only be read", "Name a place that can be written."},
    Cause{std::errc::no_space_on_device, Fault::failed, "there is no room for {}", room},
    Cause{std::errc::file_too_large, Fault::failed, "{} may not become larger",
          "Raise the largest size of a file for the job (ulimit -f)."},
    Cause{std::errc::too_many_files_open, Fault::failed,
          "this job may not open as many files as it needs (at {})",
          "Raise the number of open files for the job (ulimit -n): 64 are enough."},
    Cause{std::errc::too_many_files_open_in_system, Fault::failed,
          "the runner has too many files open (at {})",
          "Run fewer jobs at a time, or raise fs.file-max there."},
    Cause{std::errc::resource_unavailable_try_again, Fault::failed,
          "this job may not start as many threads as it needs (at {})",
          "Raise the number of threads for the job (ulimit -u, the container's pids limit) or its "
          "memory; 'jobs: 1' needs least."},
    Cause{std::errc::not_enough_memory, Fault::failed, "there is not enough memory (at {})",
          "Give the job more, or less to do at a time ('jobs: 1')."},
    Cause{std::errc::io_error, Fault::failed, "{} cannot be read or written: its disk is at fault",
          "The runner's system log says more; run this on another one."},
};

Error unknown_error(const std::error_code& code, const std::string& subject) {
  const std::string said = one_line(code.message());
  return {Fault::failed,
          subject.empty() ? fmt::format("the runner's system refuses: {}", said)
                          : fmt::format("{}: the runner's system refuses: {}", subject, said),
          "Run it again; if that stays so, the runner needs a look."};
}

/// Without a subject nothing is said of it: "(at )" goes.
std::string sentence(const char* what, const std::string& subject) {
  std::string text = fmt::format(fmt::runtime(what), subject.empty() ? "it" : subject);
  constexpr std::string_view nothing = " (at it)";
  if (subject.empty() && text.ends_with(nothing)) text.erase(text.size() - nothing.size());
  return text;
}

Error file_error(const std::filesystem::filesystem_error& error) {
  const bool nameless = error.path1().empty();
  if (nameless && error.code() == std::errc::no_such_file_or_directory) {
    return {Fault::workflow, "the directory in which this was started is gone",
            "Start it in one that exists: a step before has removed this one."};
  }
  return error_of(error.code(), one_line(error.path1().string()));
}

}  // namespace

Error error_of(const std::error_code& code, const std::string& subject) {
  const auto cause = std::find_if(causes.begin(), causes.end(),
                                  [&](const Cause& one) { return code == one.code; });
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
    return {Fault::failed, "unexpected: no words for it", "Please report this."};
  }
}

}  // namespace core
