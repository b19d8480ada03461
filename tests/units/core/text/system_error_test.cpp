// SPDX-License-Identifier: MIT
#include "core/text/system_error.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>

using core::Error;
using core::error_of;
using core::Fault;

namespace {

template <typename Thrown>
Error told(const Thrown& thrown) {
  return error_of(std::make_exception_ptr(thrown));
}

std::error_code code(std::errc value) { return std::make_error_code(value); }

Error of_file(std::errc value, const std::string& path) {
  return told(std::filesystem::filesystem_error("status", path, code(value)));
}

}  // namespace

TEST_CASE("an error caused by an input has a message with a remedy, and is not called our bug") {
  for (const std::errc value :
       {std::errc::too_many_symbolic_link_levels, std::errc::permission_denied,
        std::errc::operation_not_permitted, std::errc::no_such_file_or_directory,
        std::errc::not_a_directory, std::errc::is_a_directory, std::errc::filename_too_long,
        std::errc::invalid_argument, std::errc::read_only_file_system}) {
    const Error error = of_file(value, "/ws/RELEASE_NOTES.md");
    INFO(error.message);
    CHECK(error.fault == Fault::workflow);
    CHECK(error.message.find("/ws/RELEASE_NOTES.md") != std::string::npos);
    CHECK(error.message.find("unexpected") == std::string::npos);
    CHECK(error.hint.ends_with('.'));
    CHECK(error.hint.find("report") == std::string::npos);
  }
}

TEST_CASE("an exhausted resource is reported as such, and a retry may help") {
  for (const std::errc value :
       {std::errc::no_space_on_device, std::errc::file_too_large, std::errc::too_many_files_open,
        std::errc::too_many_files_open_in_system, std::errc::resource_unavailable_try_again,
        std::errc::not_enough_memory, std::errc::io_error, std::errc::device_or_resource_busy}) {
    for (const std::string path : {"/ws/a", ""}) {
      const Error error = of_file(value, path);
      INFO(error.message);
      CHECK(error.fault == Fault::failed);
      CHECK(error.message.find("unexpected") == std::string::npos);
      CHECK(error.message.find("(at it)") == std::string::npos);
      CHECK(error.hint.ends_with('.'));
      CHECK(error.hint.find("report") == std::string::npos);
    }
  }
}

TEST_CASE("a link that leads to itself, and a missing current directory, have their own messages") {
  CHECK(of_file(std::errc::too_many_symbolic_link_levels, "/ws/N.md").message ==
        "/ws/N.md is a symbolic link that points to itself");
  CHECK(of_file(std::errc::no_such_file_or_directory, "").message ==
        "the current directory does not exist any more");
}

TEST_CASE("exhausted memory and threads are reported without a path") {
  CHECK(told(std::bad_alloc()).message == "there is not enough memory");
  CHECK(told(std::system_error(code(std::errc::resource_unavailable_try_again))).message ==
        "this job cannot start as many threads as it needs");
}

TEST_CASE("a message stays on one line, even for a name with line breaks") {
  const Error error =
      of_file(std::errc::filename_too_long, "/ws/a\n::set-env::" + std::string(5000, 'x'));
  CHECK(error.message.find('\n') == std::string::npos);
  CHECK(error.message.size() < 400);
}

TEST_CASE("an Error is reported unchanged, and only impossible errors ask for a bug report") {
  const Error error = told(Error(Fault::workflow, "wrong", "Do this."));
  CHECK(error.fault == Fault::workflow);
  CHECK(error.message == "wrong");
  CHECK(error.hint == "Do this.");
  CHECK(told(std::logic_error("a\nb")).message == "unexpected: a b");
  CHECK(told(std::logic_error("x")).hint == "Please report this.");
  CHECK(told(7).hint == "Please report this.");
  CHECK(error_of(std::exception_ptr()).hint == "Please report this.");
}
