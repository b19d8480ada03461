// SPDX-License-Identifier: MIT
#include "inputs/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/text.hpp"

namespace inputs {
namespace {

using std::chrono::seconds;

constexpr std::uint64_t max_seconds = std::uint64_t{7} * 24 * 3600;

template <typename Value>
using Words = std::vector<std::pair<const char*, Value>>;

const Words<bool>& words_of(bool) {
  static const Words<bool> words = {{"true", true}, {"false", false}, {"yes", true}, {"no", false},
                                    {"on", true},   {"off", false},   {"1", true},   {"0", false}};
  return words;
}

/// The spellings of a boolean, each with the corresponding value of an enumeration, and `more`.
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

const Words<core::Encoding>& words_of(core::Encoding) {
  static const Words<core::Encoding> words = {{"multipart", core::Encoding::multipart},
                                              {"raw", core::Encoding::raw}};
  return words;
}

const Words<core::Retention::Kind>& words_of(core::Retention::Kind) {
  using Kind = core::Retention::Kind;
  static const Words<Kind> words = {
      {"prerelease", Kind::prerelease}, {"draft", Kind::draft}, {"any", Kind::any}};
  return words;
}

const Words<core::Retention::Order>& words_of(core::Retention::Order) {
  using Order = core::Retention::Order;
  static const Words<Order> words = {{"version", Order::version}, {"date", Order::date}};
  return words;
}

const Words<core::ProjectKind>& words_of(core::ProjectKind) {
  static const auto words = [] {
    Words<core::ProjectKind> all;
    for (const auto kind : core::all_kinds()) all.emplace_back(core::name_of(kind).data(), kind);
    return all;
  }();
  return words;
}

/// Parses one value and stores it in its slot.
class Setter {
 public:
  Setter(const Option& option, const Value& value, core::Problems& problems)
      : option_(option), value_(value), problems_(problems) {}

  void operator()(std::string* slot) { *slot = value_.text; }
  void operator()(core::Token* slot) { *slot = core::Token(plain()); }
  void operator()(std::optional<bool>* slot) {
    bool value = false;
    if (word(value)) *slot = value;
  }
  void operator()(seconds* slot) {
    if (const auto value = number(1, max_seconds)) {
      *slot = seconds(static_cast<seconds::rep>(*value));
    }
  }
  void operator()(const Number& slot) {
    if (const auto value = number(slot.min, slot.max)) *slot.value = *value;
  }
  template <typename Value>
  void operator()(Value* slot) {
    word(*slot);
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

  std::optional<std::uint64_t> number(std::uint64_t min, std::uint64_t max) {
    const std::string text = plain();
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size() || value < min || value > max) {
      problems_.add(fmt::format("{}: '{}' is not a whole number from {} to {}", place(),
                                core::one_line(value_.text), min, max));
      return std::nullopt;
    }
    return value;
  }

  const Option& option_;
  const Value& value_;
  core::Problems& problems_;
};

/// Of the spellings of a boolean, only "true" and "false" are shown.
bool is_other_boolean(std::string_view word) {
  const auto& booleans = words_of(bool{});
  return word != "true" && word != "false" &&
         std::any_of(booleans.begin(), booleans.end(),
                     [word](const auto& spelling) { return spelling.first == word; });
}

/// The spellings of the values of a slot.
struct Spellings {
  template <typename Value>
  std::vector<std::string> operator()(Value* slot) const {
    std::vector<std::string> words;
    if constexpr (requires { words_of(*slot); }) {
      for (const auto& [word, value] : words_of(*slot)) {
        if (!is_other_boolean(word)) words.emplace_back(word);
      }
    }
    return words;
  }
  std::vector<std::string> operator()(std::optional<bool>*) const { return {"true", "false"}; }
  std::vector<std::string> operator()(bool*) const { return {"true", "false"}; }
  std::vector<std::string> operator()(const Number&) const { return {}; }
};

/// Sets the job's own token, for commands that use a server.
void set_job_token(Inputs& inputs, const std::string& token) {
  std::visit(
      [&](auto& command) {
        if constexpr (requires { command.server; }) command.server.job_token = core::Token(token);
      },
      inputs);
}

}  // namespace

Inputs parse(const Command& command, const Values& values, core::Problems& problems) {
  Inputs inputs = command.defaults;
  const auto job_token = values.find("job_token");
  if (job_token != values.end()) set_job_token(inputs, job_token->second.text);
  for (const Option& option : command.options) {
    const auto value = values.find(option.name);
    if (value == values.end() || core::trim(value->second.text).empty()) continue;
    std::visit(Setter(option, value->second, problems), option.place.slot(inputs));
  }
  return inputs;
}

std::vector<std::string> values_of(const Command& command, const Option& option) {
  Inputs inputs = command.defaults;
  return std::visit(Spellings(), option.place.slot(inputs));
}

}  // namespace inputs
