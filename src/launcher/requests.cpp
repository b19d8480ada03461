// SPDX-License-Identifier: MIT
#include "launcher/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/update/relative_path.hpp"
#include "core/version/version.hpp"
#include "launcher/reads.hpp"
#include "launcher/rights.hpp"

namespace launcher {
namespace {

constexpr std::uint64_t request_format = 1;

constexpr std::array<std::pair<Wish, const char*>, 7> wish_names = {{{Wish::check, "check"},
                                                                     {Wish::download, "download"},
                                                                     {Wish::apply, "apply"},
                                                                     {Wish::rollback, "rollback"},
                                                                     {Wish::skip, "skip"},
                                                                     {Wish::confirm, "confirm"},
                                                                     {Wish::extend, "extend"}}};
constexpr std::array<std::pair<DataChoice, const char*>, 3> choice_names = {
    {{DataChoice::none, ""}, {DataChoice::with_data, "with"}, {DataChoice::keep_data, "keep"}}};

core::Error bad_request(const std::string& fault) {
  return {core::Fault::failed, fmt::format("the request cannot be used: {}", fault)};
}

template <typename Rows>
auto value_named(const Rows& rows, const std::string& name, const char* member) {
  const auto* const found =
      std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.second == name; });
  if (found == rows.end()) throw bad_request(fmt::format("its {} is unknown", member));
  return found->first;
}

template <typename Rows, typename Value>
const char* name_in(const Rows& rows, Value value) {
  return std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == value; })
      ->second;
}

/// A version becomes the name of a folder.
void check_version(const std::string& version) {
  if (version.empty()) return;
  if (!core::parse_version(version) || !core::is_inside(version) ||
      version.find('/') != std::string::npos) {
    throw bad_request("its version is not a version");
  }
}

/// The name of a waiting request; "" if there is none.
std::string first_request(const Folder& folder) {
  if (entry_at(folder.messages()) != Entry::folder) return {};
  for (const std::string& name : names_in(folder.messages())) {
    if (name.starts_with("request") && name.ends_with(".json")) return name;
  }
  return {};
}

}  // namespace

std::string render_request(const Request& request) {
  core::JsonObject json;
  json.add("format", request_format).add("id", request.id);
  json.add("request", name_in(wish_names, request.wish)).add("version", request.version);
  json.add("now", request.now).add("data", name_in(choice_names, request.data));
  json.add("run", request.run).add("seconds", request.seconds);
  json.add("retry", request.retry);
  return json.text() + "\n";
}

Request parse_request(std::string_view text) {
  if (text.size() > max_request) throw bad_request("it is larger than 4 KiB");
  const core::Json json = core::Json::parse(text);
  if (!json.is_object()) throw bad_request("it is not an object");
  if (json.number("format") != request_format) throw bad_request("its format is unknown");
  Request request;
  request.id = json.string("id");
  request.wish = value_named(wish_names, json.string("request"), "request");
  request.version = json.string("version");
  request.now = json.boolean("now");
  request.data = value_named(choice_names, json.string("data"), "data");
  request.run = json.string("run");
  request.seconds = json.number("seconds");
  request.retry = json.boolean("retry");
  check_version(request.version);
  return request;
}

std::string id_of_request(std::string_view text) {
  try {
    const core::Json json = core::Json::parse(text);
    return json.is_object() ? json.string("id") : "";
  } catch (const core::Error&) {
    return {};
  }
}

std::optional<std::string> take_request(const Folder& folder, FileSystem& files) {
  const ActAs owner(other_owner_of(folder.data()));
  const std::string name = first_request(folder);
  if (name.empty()) return std::nullopt;
  const Path taken = folder.messages() / "taken";  // a later one may get the same name meanwhile
  files.replace(folder.messages() / name, taken);
  std::optional<std::string> text;
  try {
    text = text_of(taken, max_request);
  } catch (const core::Error&) {
    files.remove_tree(taken);
    throw;
  }
  files.remove_tree(taken);
  if (!text) throw bad_request("it is not a file");
  return text;
}

void send_request(const Folder& folder, FileSystem& files, const Request& request) {
  const ActAs owner(other_owner_of(folder.data()));
  files.make_folders(folder.messages());
  files.write_whole(folder.messages() / fmt::format("request-{}.json", request.id),
                    render_request(request));
}

std::string random_hex(int numbers) {
  std::random_device random;
  std::string text;
  for (int i = 0; i < numbers; ++i) text += fmt::format("{:08x}", random());
  return text;
}

}  // namespace launcher
