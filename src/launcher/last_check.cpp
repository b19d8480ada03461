// SPDX-License-Identifier: MIT
#include "launcher/last_check.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "core/version/version.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

constexpr std::size_t max_last_check = 512 << 10;  // bytes
constexpr std::size_t max_one_text = 16 << 10;     // bytes of the notes of one release
constexpr std::size_t max_all_texts = 48 << 10;    // of all; JSON may write six bytes for one

Path file_in(const Folder& folder) { return folder.updater() / "last_check.json"; }

std::vector<fetch::ReleaseNotes> cut(std::vector<fetch::ReleaseNotes> notes) {
  std::size_t room = max_all_texts;
  for (fetch::ReleaseNotes& one : notes) {
    one.text = core::shortened(one.text, std::min(room, max_one_text));
    room -= std::min(room, one.text.size());
  }
  return notes;
}

std::vector<core::JsonObject> notes_json(const std::vector<fetch::ReleaseNotes>& notes) {
  std::vector<core::JsonObject> all;
  all.reserve(notes.size());
  for (const fetch::ReleaseNotes& one : notes) {
    all.push_back(core::JsonObject().add("version", one.version).add("text", one.text));
  }
  return all;
}

std::optional<Offer> parse_offer(const core::Json& json) {
  if (!json.has("version")) return std::nullopt;
  Offer offer;
  offer.version = json.string("version");
  offer.tag = json.string("tag");
  offer.summary = json.string("summary");
  offer.is_critical = json.boolean("critical");
  offer.size = json.number("size");
  offer.page = json.string("page");
  for (const core::Json& one : json.array("notes")) {
    offer.notes.push_back({one.string("version"), one.string("text")});
  }
  return offer;
}

LastCheck read_last_check(const Folder& folder) {
  try {
    const auto text = text_of(file_in(folder), max_last_check);
    if (!text) return {};
    const core::Json json = core::Json::parse(*text);
    return {json.string("time"), parse_offer(json.object("update"))};
  } catch (const core::Error&) {  // the next check writes it anew
    return {};
  }
}

bool is_wanted(const std::string& version, const std::string& in_use,
               const core::Journal& journal) {
  return core::is_higher(version, in_use) && !journal.has_failed(version) &&
         !journal.is_skipped(version);
}

}  // namespace

Offer offer_of(const fetch::Update& update) {
  return {update.version.text,      update.manifest.tag, update.manifest.summary,
          update.manifest.critical, update.payload.size, core::one_line(update.page, 2000),
          cut(update.notes)};
}

core::JsonObject json_of(const std::optional<Offer>& offer) {
  core::JsonObject json;
  if (!offer) return json;
  json.add("version", offer->version).add("tag", offer->tag).add("summary", offer->summary);
  json.add("critical", offer->is_critical).add("size", offer->size).add("page", offer->page);
  json.add("notes", notes_json(offer->notes));
  return json;
}

void write_last_check(const Folder& folder, FileSystem& files, const LastCheck& check) {
  core::JsonObject json;
  json.add("time", check.time).add("update", json_of(check.offer));
  try {
    files.write_whole(file_in(folder), json.text() + "\n");
  } catch (const FileError&) {
  }
}

std::string last_check_time(const Folder& folder) { return read_last_check(folder).time; }

LastCheck last_check(const Folder& folder, const core::Journal& journal) {
  LastCheck check = read_last_check(folder);
  if (check.offer && !is_wanted(check.offer->version, version_in(folder.current()), journal)) {
    check.offer.reset();
  }
  return check;
}

}  // namespace launcher
