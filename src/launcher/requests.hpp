// SPDX-License-Identifier: MIT
// data/.launcher/request*.json: what the application, or a command, wants of the launcher that runs the
// application. Each has a file of its own, so that none replaces another. Never a path, an address or a
// key, because the application may not choose those.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

inline constexpr std::size_t max_request = 4096;  ///< bytes

enum class Wish { check, download, apply, rollback, skip, confirm, extend };

/// What becomes of the data at a rollback.
enum class DataChoice { none, with_data, keep_data };

struct Request {
  std::string id;  ///< the answer in status.json has the same
  Wish wish = Wish::check;
  std::string version = {};  ///< of download, apply and skip; "" for the newest
  bool now = false;          ///< apply and rollback: stop the application for it
  DataChoice data = DataChoice::none;
  std::string run = {};       ///< of confirm: the value of LAUNCHER_RUN
  std::uint64_t seconds = 0;  ///< of extend
  bool retry = false;         ///< of download: the user wants `version` although it has failed here
  bool operator==(const Request&) const = default;
};

std::string render_request(const Request& request);

/// Throws Error (failed) if it is not valid.
Request parse_request(std::string_view text);

/// The id in a text that may be no valid request, to answer it by; "" if there is none.
std::string id_of_request(std::string_view text);

/// The text of a waiting request, which is removed; nullopt if there is none. Throws Error (failed) if
/// it is not a file of at most `max_request` bytes.
std::optional<std::string> take_request(const Folder& folder, FileSystem& files);

/// Throws FileError.
void send_request(const Folder& folder, FileSystem& files, const Request& request);

/// Random bits as hexadecimal digits, 32 for each number.
std::string random_hex(int numbers);

}  // namespace launcher
