// SPDX-License-Identifier: MIT
#include "disk/obstacle.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "core/text/text.hpp"
#include "disk/system_errors.hpp"

namespace disk {
namespace {

using Reason = Obstacle::Reason;

constexpr std::size_t max_path_length = 1000;  // bytes, in messages

std::string shown(const std::string& path) { return core::one_line(path, max_path_length); }

/// "X cannot be read (No such file or directory)"
std::string in_words_of_the_system(const std::string& path, Purpose purpose, int error) {
  return fmt::format("{} cannot be {} ({})", shown(path),
                     purpose == Purpose::read ? "read" : "written", std::strerror(error));
}

/// Whether the error may go away: nothing in the workflow is wrong.
bool is_passing(int error) {
  return is_full(error) || is_stale(error) || error == EIO || error == EMFILE || error == ENFILE ||
         error == ENOMEM || error == EAGAIN;
}

}  // namespace

std::string sentence_on(const Obstacle& obstacle, const std::string& path, Purpose purpose) {
  const bool on_the_way = !obstacle.at.empty() && obstacle.at != path;
  const std::string at = on_the_way ? shown(path) + ": " + shown(obstacle.at) : shown(path);
  switch (obstacle.reason) {
    case Reason::absent:
      return in_words_of_the_system(path, purpose, ENOENT);
    case Reason::link_to_none:
      return fmt::format("{} is a symbolic link to {}, which does not exist", at,
                         shown(obstacle.target));
    case Reason::not_directory:
      return fmt::format("{} cannot be {}: {} is not a directory", shown(path),
                         purpose == Purpose::read ? "read" : "written", shown(obstacle.at));
    case Reason::link_loop:
      return fmt::format("{} is a symbolic link that points back to itself", at);
    case Reason::leads_out:
      return obstacle.target.empty()
                 ? fmt::format("{} is outside the workspace", at)
                 : fmt::format("{} is a symbolic link to {}, which is outside the workspace", at,
                               shown(obstacle.target));
    case Reason::in_git:
      return fmt::format(
          "{} leads to {}: files in a .git directory are never read, uploaded or written",
          shown(path), shown(obstacle.at));
    case Reason::special:
      return fmt::format("{} is a {}, not a regular file", at, obstacle.what);
    case Reason::too_large:
      return fmt::format("{} is larger than {}", at, core::human_size(obstacle.limit));
    case Reason::unreliable:
      return fmt::format("{} does not have the size that the system reports", at);
    case Reason::link:
      return fmt::format("{} is a symbolic link", at);
    case Reason::failed:
      break;
  }
  return in_words_of_the_system(on_the_way ? obstacle.at : path, purpose, obstacle.error);
}

std::string hint_on(const Obstacle& obstacle) {
  switch (obstacle.reason) {
    case Reason::absent:
    case Reason::not_directory:
      return "Check the path. A relative path starts at the working directory.";
    case Reason::link_to_none:
      return "Create the file that the link points to, or remove the link.";
    case Reason::link_loop:
      return "Remove the link, or let it point to a file.";
    case Reason::leads_out:
      return "Put the file itself, not a link, into the workspace.";
    case Reason::in_git:
      return "This directory contains the credentials of the checkout. Copy the files that you "
             "need to another directory.";
    case Reason::special:
      return "Name a regular file.";
    case Reason::too_large:
      return "Check that this is the right file.";
    case Reason::unreliable:
      return "Copy its content into a regular file.";
    case Reason::link:
      return "Name the file itself, not a link.";
    case Reason::failed:
      break;
  }
  if (is_full(obstacle.error)) {
    return "Free space on the runner's disk. The existing file was not changed.";
  }
  switch (obstacle.error) {
    case EACCES:
    case EPERM:
      return fmt::format("Give {} the permission.", this_user());
    case ENAMETOOLONG:
      return "A name can have at most 255 bytes, and a path 4,095.";
    case EROFS:
      return "The file system is read-only: use a different directory.";
    default:
      return "";
  }
}

core::Error error_on(const Obstacle& obstacle, const std::string& option, const std::string& path,
                     Purpose purpose) {
  const bool passing = obstacle.reason == Reason::failed && is_passing(obstacle.error);
  return {passing ? core::Fault::failed : core::Fault::workflow,
          option + ": " + sentence_on(obstacle, path, purpose), hint_on(obstacle)};
}

}  // namespace disk
