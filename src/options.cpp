// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "core/text.hpp"

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

/// One value into its member; each type of member has its own way.
class Setter {
 public:
  Setter(Config& config, const Option& option, const std::string& value, core::Problems& problems)
      : config_(config), option_(option), value_(value), problems_(problems) {}

  void operator()(std::string Config::*member) { config_.*member = value_; }
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
  std::string plain() const { return std::string(core::trim(value_)); }

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
    problems_.add(fmt::format("{}: '{}' is not one of {}", option_.name, core::one_line(value_),
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
      problems_.add(fmt::format("{}: '{}' is not a whole number from {} to {}", option_.name,
                                core::one_line(value_), least, most));
      return std::nullopt;
    }
    return value;
  }

  Config& config_;
  const Option& option_;
  const std::string& value_;
  core::Problems& problems_;
};

}  // namespace

std::string Option::flag() const {
  std::string result = std::string("--") + name;
  std::replace(result.begin(), result.end(), '_', '-');
  return result;
}

std::string Option::variable() const {
  std::string result = std::string("INPUT_") + name;
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return result;
}

bool Option::on_command_line() const {
  return !std::holds_alternative<gitea::Token Config::*>(member);
}

bool Option::may_stand_alone() const {
  return std::holds_alternative<bool Config::*>(member) ||
         std::holds_alternative<std::optional<bool> Config::*>(member);
}

const std::vector<Option>& publish_options() {
  static const std::vector<Option> table = {
      {"tag_name", "the pushed tag; on a `release` event that release's tag",
       "The release's tag. Needed where the run's ref is no tag.", &Config::tag_name},
      {"name", "the tag, for a new release", "The title, 255 characters at most.", &Config::name},
      {"body", "", "The notes, as text.", &Config::body},
      {"body_path", "`RELEASE_NOTES.md` where that file exists",
       "The notes, from a file. One found by itself is used for a new release or empty notes only.",
       &Config::body_path},
      {"append_body", "false",
       "Add the text at the end of the notes, unless it stands there already as whole lines.",
       &Config::append_body},
      {"draft", "",
       "`true`: leave a new release a draft. `false`: publish, a draft that somebody else made "
       "too. "
       "Unset: publish what this action made. A published release is never hidden again.",
       &Config::draft},
      {"prerelease", "auto for a new release, else unchanged",
       "`true`, `false`, or `auto`: by the version in the tag (`v1.2.0-rc.1`, `1.2.0rc1`).",
       &Config::prerelease},
      {"target_commitish",
       "the run's commit; for another repository the head of its default branch",
       "Branch or commit where a tag that does not exist yet is made.", &Config::target_commitish},
      {"tag_message", "", "Make a new tag an annotated one, with this text.", &Config::tag_message},
      {"if_exists", "update",
       "For a release that is published already: `update` it, `skip` (nothing is done, outputs are "
       "filled), or `fail`.",
       &Config::if_exists},
      {"files", "",
       "Files to attach, a pattern a line: `**`, `*`, `?`, `[…]`, `{a,b}`; `!pattern` excludes; "
       "`path => name` renames.",
       &Config::files},
      {"working_directory", "the workspace", "Where patterns and paths start.",
       &Config::working_directory},
      {"fail_on_unmatched_files", "true",
       "A pattern that matches nothing is an error (else a warning).",
       &Config::fail_on_unmatched_files},
      {"overwrite_files", "true",
       "`true`: replace an asset of the same name. `false`: keep what is there. `fail`: stop "
       "before "
       "any write, naming all clashes.",
       &Config::overwrite_files},
      {"remove_other_files", "false",
       "Delete assets that this run does not bring. For the only job, or the last one.",
       &Config::remove_other_files},
      {"upload_before_publish", "true",
       "`false`: publish first, upload after, for workflows that wait for the event `published`.",
       &Config::upload_before_publish},
      {"repository", "this repository", "`owner/name`.", &Config::repository},
      {"server_url", "the runner's server", "Base address of the server; a sub-path is allowed.",
       &Config::server_url},
      {"token", "${{ github.token }}",
       "Needs write access to Releases. Never an option of the command line: INPUT_TOKEN, else "
       "GITEA_TOKEN, or --token-file.",
       &Config::token},
      {"ca_cert", "", "A certificate authority to trust besides the system's: PEM text or a path.",
       &Config::ca_cert},
      {"insecure", "false", "Do not verify TLS certificates. Warns.", &Config::insecure},
      {"jobs", "2",
       "Uploads at a time, 1 to 8. Servers before 1.25 get one file above 64 MiB at a time.",
       Number{&Config::jobs, 1, 8}},
      {"upload_encoding", "multipart",
       "`multipart`, or `raw`: faster for large files, but it blocks a server with SQLite while it "
       "runs.",
       &Config::upload_encoding},
      {"retries", "5", "Further tries of a request, 0 to 100.", Number{&Config::retries, 0, 100}},
      {"stall_timeout", "60", "Seconds without a byte moving before a try is given up.",
       &Config::stall_timeout},
      {"answer_timeout", "600",
       "Seconds to wait for an answer once a request is sent; a server stores a large file before "
       "it answers.",
       &Config::answer_timeout},
      {"timeout", "3600", "Seconds for the whole run.", &Config::timeout},
      {"dry_run", "false", "Print what would be done; send no write.", &Config::dry_run},
      {"make_latest", "", "Accepted with a warning: the server has no such flag.",
       &Config::make_latest},
  };
  return table;
}

const std::vector<std::pair<std::string, std::string>>& publish_outputs() {
  static const std::vector<std::pair<std::string, std::string>> table = {
      {"id", "The release's id."},
      {"release_id", "The same."},
      {"tag_name", "The release's tag."},
      {"name", "Its title."},
      {"html_url", "Its page."},
      {"url", "Its address in the API."},
      {"upload_url", "Where the API takes further assets."},
      {"draft", "`true` where it is a draft."},
      {"prerelease", "`true` where it is a prerelease."},
      {"state", "`created`, `updated`, `unchanged` or `skipped`."},
      {"version", "The tag without its `v`."},
      {"body", "The notes, without this action's invisible comments."},
      {"assets",
       "A JSON array, one asset a line: `name`, `id`, `size`, `url`, `sha256`, and `action` "
       "(`uploaded`, `replaced`, `kept`, `present`)."},
  };
  return table;
}

Config parse_config(const std::map<std::string, std::string>& values, core::Problems& problems) {
  Config config;
  for (const Option& option : publish_options()) {
    const auto value = values.find(option.name);
    if (value == values.end() || core::trim(value->second).empty()) continue;
    std::visit(Setter(config, option, value->second, problems), option.member);
  }
  return config;
}
