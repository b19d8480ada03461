// SPDX-License-Identifier: MIT
#include "core/update/journal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/error.hpp"
#include "core/text/json.hpp"

namespace core {
namespace {

constexpr std::uint64_t journal_format = 1;

constexpr std::array<std::pair<Phase, const char*>, 5> phase_names = {{{Phase::idle, "idle"},
                                                                       {Phase::asked, "asked"},
                                                                       {Phase::flip, "flip"},
                                                                       {Phase::trial, "trial"},
                                                                       {Phase::back, "back"}}};

using OutcomeKind = Outcome::Kind;
constexpr std::array<std::pair<OutcomeKind, const char*>, 5> outcome_names = {
    {{OutcomeKind::none, ""},
     {OutcomeKind::updated, "updated"},
     {OutcomeKind::returned, "returned"},
     {OutcomeKind::rolled_back, "rolled_back"},
     {OutcomeKind::abandoned, "abandoned"}}};

Error bad_journal(const std::string& fault) {
  return {Fault::failed, fmt::format("the journal of updates cannot be used: {}", fault)};
}

Phase parse_phase(const std::string& text) {
  const auto* const found = std::find_if(phase_names.begin(), phase_names.end(),
                                         [&](const auto& row) { return row.second == text; });
  if (found == phase_names.end()) throw bad_journal("its phase is unknown");
  return found->first;
}

/// It is only told, so that an unknown kind is no reason to reject a journal.
Outcome outcome_of(const Json& json) {
  const std::string kind = json.string("kind");
  const auto* const found = std::find_if(outcome_names.begin(), outcome_names.end(),
                                         [&](const auto& row) { return row.second == kind; });
  return {found == outcome_names.end() ? OutcomeKind::none : found->first, json.string("version"),
          json.string("other"), json.string("message")};
}

JsonObject json_of(const Outcome& outcome) {
  JsonObject json;
  json.add("kind", name_of(outcome.kind)).add("version", outcome.version);
  json.add("other", outcome.other).add("message", outcome.message);
  return json;
}

unsigned small_number(const Json& json, const char* member) {
  return static_cast<unsigned>(
      std::min<std::uint64_t>(json.number(member), std::numeric_limits<unsigned>::max()));
}

/// Checks what the steps of an update rely on.
void check_journal(const Journal& journal) {
  if (journal.phase == Phase::idle) return;
  if (journal.old_version.empty() || journal.new_version.empty()) {
    throw bad_journal("it does not name both versions of the update");
  }
  if (journal.old_version == journal.new_version) {
    throw bad_journal("both versions of the update are the same");
  }
}

Journal journal_of(const Json& json) {
  Journal journal;
  journal.phase = parse_phase(json.string("phase"));
  journal.old_version = json.string("old_version");
  journal.new_version = json.string("new_version");
  journal.payload = json.string("payload");
  journal.with_snapshot = json.boolean("with_snapshot");
  journal.data_returned = json.boolean("data_returned");
  journal.tries = small_number(json, "tries");
  journal.given_back = small_number(json, "given_back");
  journal.adopt_after = json.string("adopt_after");
  journal.outcome = outcome_of(json.object("outcome"));
  for (const auto& [version, payload] : json.object("failed").members()) {
    journal.failed.push_back({version, payload.string("payload")});
  }
  journal.skipped = json.strings("skipped");
  journal.withdrawn = json.strings("withdrawn");
  check_journal(journal);
  return journal;
}

}  // namespace

const char* name_of(Phase phase) {
  return std::find_if(phase_names.begin(), phase_names.end(),
                      [&](const auto& row) { return row.first == phase; })
      ->second;
}

const char* name_of(Outcome::Kind kind) {
  return std::find_if(outcome_names.begin(), outcome_names.end(),
                      [&](const auto& row) { return row.first == kind; })
      ->second;
}

bool Journal::has_failed(const std::string& version) const {
  return std::any_of(failed.begin(), failed.end(),
                     [&](const FailedVersion& one) { return one.version == version; });
}

bool Journal::is_skipped(const std::string& version) const {
  return std::find(skipped.begin(), skipped.end(), version) != skipped.end();
}

std::string render_journal(const Journal& journal) {
  JsonObject failed;
  for (const FailedVersion& one : journal.failed) {
    failed.add(one.version, JsonObject().add("payload", one.payload));
  }
  JsonObject json;
  json.add("format", journal_format).add("phase", name_of(journal.phase));
  json.add("old_version", journal.old_version).add("new_version", journal.new_version);
  json.add("payload", journal.payload).add("with_snapshot", journal.with_snapshot);
  json.add("data_returned", journal.data_returned);
  json.add("tries", std::uint64_t{journal.tries});
  json.add("given_back", std::uint64_t{journal.given_back});
  json.add("adopt_after", journal.adopt_after);
  json.add("outcome", json_of(journal.outcome)).add("failed", failed);
  json.add("skipped", journal.skipped).add("withdrawn", journal.withdrawn);
  return json.text() + "\n";
}

Journal parse_journal(std::string_view text) {
  if (text.size() > max_journal) throw bad_journal("it is larger than 256 KiB");
  const Json json = Json::parse(text);
  if (!json.is_object()) throw bad_journal("it is not an object");
  if (const std::uint64_t format = json.number("format"); format != journal_format) {
    throw bad_journal(
        fmt::format("its format is {}, and this launcher knows {}", format, journal_format));
  }
  return journal_of(json);
}

}  // namespace core
