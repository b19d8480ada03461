// SPDX-License-Identifier: MIT
#include "launcher/exit_status.hpp"

#include <cerrno>

#include "core/text/system_error.hpp"
#include "disk/system_errors.hpp"
#include "launcher/fetch/fetch_error.hpp"
#include "launcher/file_calls.hpp"

namespace launcher {
namespace {

int status_of_code(int code) {
  if (disk::is_full(code)) return ExitStatus::no_room;
  switch (code) {
    case EACCES:
    case EPERM:
    case EROFS:
      return ExitStatus::no_permission;
    case EBUSY:
    case ETXTBSY:
      return ExitStatus::in_use;
    default:
      return 1;
  }
}

int status_of(fetch::Obstacle obstacle) {
  switch (obstacle) {
    case fetch::Obstacle::no_room:
      return ExitStatus::no_room;
    case fetch::Obstacle::no_permission:
      return ExitStatus::no_permission;
    default:
      return ExitStatus::refused;
  }
}

}  // namespace

Failure failure_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const fetch::FetchError& error) {
    return {error, status_of(error.obstacle)};
  } catch (const FileError& error) {
    return {error, status_of_code(error.code)};
  } catch (...) {
    const core::Error error = core::error_of(std::current_exception());
    return {error, error.fault == core::Fault::workflow ? 2 : 1};
  }
}

}  // namespace launcher
