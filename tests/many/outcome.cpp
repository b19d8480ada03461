// SPDX-License-Identifier: MIT
// The end of a round: what the server holds, and what was seen on the way.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "core/text.hpp"
#include "many/round.hpp"
#include "many/rules.hpp"

namespace many {

std::optional<Seen> Round::release_now() {
  if (!server().has_release(tag)) return std::nullopt;
  Seen now{Clock::now(), server().release(tag), ""};
  now.mark = mark_in(now.release->body);
  return now;
}

/// An entry of the record is proof: it may be missing, but never be wrong.
void Round::check_record(const core::Json& row) {
  const auto record = record_in(row.string("body"));
  for (const core::Json& asset : row.array("assets")) {
    const auto entry = record.find(asset.number("id"));
    if (entry == record.end()) {
      count("entries missing");
      continue;
    }
    const std::string truth =
        asset.string("uuid").substr(0, 8) + ":" + base64_of_hex(asset.string("sha256"));
    expect(entry->second == truth, "the record lies about " + asset.string("name"));
  }
}

void Round::expect_final(const Final& final) {
  // What a late push still does to the release is part of the end.
  if (row_due_) std::this_thread::sleep_until(*row_due_ + std::chrono::milliseconds(30));
  int releases = 0;
  for (const core::Json& row : stage_.rows()) {
    if (core::lower(row.string("tag_name")) != tag) continue;
    ++releases;
    if (!row.boolean("is_tag")) check_record(row);
  }
  expect(releases <= 1, fmt::format("{} rows for the tag", releases));
  const auto now = release_now();
  if (!now) {
    failures.emplace_back("NO RELEASE");
    return;
  }
  const support::Release& release = *now->release;
  expect(release.draft == final.draft, release.draft ? "LEFT A DRAFT" : "PUBLIC");
  expect(now->mark.empty(), "MARK LEFT");
  expect(final.titles.empty() || final.titles.contains(release.name), "TITLE " + release.name);
  const std::string text = text_of(release.body);
  expect(final.texts.empty() || final.texts.contains(text), "NOTES " + text);
  expect(!final.prerelease || *final.prerelease == release.prerelease, "PRERELEASE FLAG");
  std::vector<std::string> wanted;
  for (const auto& [name, contents] : final.assets) wanted.push_back(name);
  expect(release.names() == wanted,
         fmt::format("ASSETS {} instead of {}", core::join(release.names(), ", "),
                     core::join(wanted, ", ")));
  for (const auto& [name, contents] : final.assets) {
    const auto answer = server().download(tag, name);
    expect(answer.status == 200 && contents.contains(answer.body),
           fmt::format("DOWNLOAD of {}: {}, {} bytes that nobody brought", name, answer.status,
                       answer.body.size()));
  }
  if (!final.draft) expect(!server().tag_commit(tag).empty(), "NO TAG");
}

void Round::finish() {
  onlooker_.end();
  for (const std::string& fault : faults_seen(onlooker_.seen(), expected_)) {
    failures.push_back(fault);
  }
  for (const Hidden& one : hidden_again(onlooker_.seen())) {
    if (deleted_by_somebody_) break;  // and made again, by the next job
    expect(in_the_air(requests_, stage_.ms(one.published), stage_.ms(one.hidden)),
           "HIDDEN after it was published");
    count("hidden for a moment");
  }
  for (const std::string& bad : onlooker_.bad_downloads()) failures.push_back(bad);
  for (const std::string& name : not_the_highest(onlooker_.seen())) {
    expect(expected_.names_may_go, "NOT THE HIGHEST ID of " + name);
  }
  if (const auto early = public_early(onlooker_.seen()); early.count() > 0) {
    count("ms public with the mark", static_cast<int>(early.count()));
  }
  if (const auto now = release_now()) server().delete_release(now->release->id);
}

std::string Round::evidence() const {
  std::vector<std::pair<std::int64_t, std::string>> lines;
  for (const Asked& one : requests_) {
    const bool only_looked_on = one.account == stage_.owner() && !one.write();
    if (!only_looked_on) lines.emplace_back(one.started_ms, one.line());
  }
  for (const Seen& seen : onlooker_.seen()) {
    lines.emplace_back(stage_.ms(seen.at), "      seen: " + seen.line());
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::int64_t begin = lines.empty() ? 0 : lines.front().first;
  std::string text;
  for (const auto& [ms, line] : lines) text += fmt::format("{:8} {}\n", ms - begin, line);
  for (const JobEnd& end : ends) {
    text += fmt::format("--- {} ended with {}\n{}", end.account, end.run.status, end.run.log);
  }
  return text;
}

}  // namespace many
