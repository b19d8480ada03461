// SPDX-License-Identifier: MIT
#include "runner/process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/error.hpp"

namespace {

/// A limit of open files that applies as long as this object exists.
class FewFiles {
 public:
  explicit FewFiles(rlim_t count) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit few{count, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewFiles() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewFiles(const FewFiles&) = delete;
  FewFiles& operator=(const FewFiles&) = delete;

 private:
  rlimit before_{};
};

rlim_t next_free() {
  const int copy = dup(STDIN_FILENO);
  close(copy);
  return static_cast<rlim_t>(copy);
}

}  // namespace

TEST_CASE("too few file descriptors for the requested parallel uploads are reported beforehand") {
  CHECK_NOTHROW(runner::check_open_files(8));
  const rlim_t free = next_free();
  const FewFiles few(free + 20);
  CHECK_NOTHROW(runner::check_open_files(2));
  try {
    runner::check_open_files(8);
    FAIL_CHECK("no error");
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    CHECK(error.message.starts_with("this job can open only "));
    CHECK(error.message.ends_with(" more files, but 'jobs: 8' needs 33"));
    CHECK(error.hint.find("ulimit -n") != std::string::npos);
  }
  CHECK(next_free() == free);
}
