// SPDX-License-Identifier: MIT
#include "config.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "options.hpp"

namespace {

using std::chrono::seconds;

constexpr std::uint64_t most_seconds = std::uint64_t{7} * 24 * 3600;

template <typename Value>
using Words = std::vector<std::pair<const char*, Value>>;

const Words<bool>& words_of(bool) {
  static const Words<bool> words = {{"true", true}, {"false", false}, {"yes", true}, {"no", false},
                                    {"on", true},   {"off", false},   {"1", true},   {"0", false}};
  return words;
}

/// The words for a boolean, each with the value it has in an enumeration of more than two.
template <typename Value>
Words<Value> with_booleans(Value yes, Value no, Words<Value> more) {
  for (const auto& [word, value] : words_of(bool{})) more.emplace_back(word, value ? yes : no);
  return more;
}

const Words<Prerelease>& words_of(Prerelease) {
  static const auto words = with_booleans<Prerelease>(Prerelease::yes, Prerelease::no,
                                                      {{"auto", Prerelease::by_version}});
  return words;
}

const Words<core::Overwrite>& words_of(core::Overwrite) {
  static const auto words = with_booleans<core::Overwrite>(
      core::Overwrite::replace, core::Overwrite::keep, {{"fail", core::Overwrite::fail}});
  return words;
}

const Words<IfExists>& words_of(IfExists) {
  static const Words<IfExists> words = {
      {"update", IfExists::update}, {"skip", IfExists::skip}, {"fail", IfExists::fail}};
  return words;
}

const Words<gitea::Encoding>& words_of(gitea::Encoding) {
  static const Words<gitea::Encoding> words = {{"multipart", gitea::Encoding::multipart},
                                               {"raw", gitea::Encoding::raw}};
  return words;
}

const Words<core::ProjectKind>& words_of(core::ProjectKind) {
  static const auto words = [] {
    Words<core::ProjectKind> all;
    for (const auto kind : {core::ProjectKind::docker, core::ProjectKind::desktop,
                            core::ProjectKind::desktop_docker, core::ProjectKind::library}) {
      all.emplace_back(core::name_of(kind).data(), kind);
    }
    return all;
  }();
  return words;
}

/// One value into its member; each type of member has its own way.
class Setter {
 public:
  Setter(Config& config, const Option& option, const Value& value, core::Problems& problems)
      : config_(config), option_(option), value_(value), problems_(problems) {}

  void operator()(std::string Config::*member) { config_.*member = value_.text; }
  void operator()(gitea::Token Config::*member) { config_.*member = gitea::Token(plain()); }
  void operator()(std::optional<bool> Config::*member) {
    bool value = false;
    if (word(value)) config_.*member = value;
  }
  void operator()(seconds Config::*member) {
    if (const auto value = number(1, most_seconds)) {
      config_.*member = seconds(static_cast<seconds::rep>(*value));
    }
  }
  void operator()(const Number& row) {
    if (const auto value = number(row.least, row.most)) config_.*row.member = *value;
  }
  template <typename Value>
  void operator()(Value Config::*member) {
    word(config_.*member);
  }

 private:
  std::string place() const {
    return value_.where.empty() ? option_.name : fmt::format("{}: {}", value_.where, option_.name);
  }
  std::string plain() const { return std::string(core::trim(value_.text)); }

  template <typename Value>
  bool word(Value& result) {
    std::vector<std::string> known;
    for (const auto& [spelling, value] : words_of(Value{})) {
      if (core::lower(plain()) == spelling) {
        result = value;
        return true;
      }
      known.emplace_back(spelling);
    }
    const std::string meant = core::nearest(plain(), known);
    problems_.add(fmt::format("{}: '{}' is not one of {}", place(), core::one_line(value_.text),
                              core::join(known, ", ")),
                  meant.empty() ? "" : fmt::format("Did you mean '{}'?", meant));
    return false;
  }

  std::optional<std::uint64_t> number(std::uint64_t least, std::uint64_t most) {
    const std::string text = plain();
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < least ||
        value > most) {
      problems_.add(fmt::format("{}: '{}' is not a whole number from {} to {}", place(),
                                core::one_line(value_.text), least, most));
      return std::nullopt;
    }
    return value;
  }

  Config& config_;
  const Option& option_;
  const Value& value_;
  core::Problems& problems_;
};

}  // namespace

Config parse_config(const Command& command, const Values& values, core::Problems& problems) {
  Config config;
  const auto job_token = values.find("job_token");
  if (job_token != values.end()) config.job_token = gitea::Token(job_token->second.text);
  for (const Option& option : command.options) {
    const auto value = values.find(option.name);
    if (value == values.end() || core::trim(value->second.text).empty()) continue;
    std::visit(Setter(config, option, value->second, problems), option.member);
  }
  return config;
}
