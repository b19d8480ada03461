// SPDX-License-Identifier: MIT
// A release is changed only by an action of a session's step, and deleted only by prune: the code
// that carries actions out decides nothing.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(GITEA_RELEASE_SOURCE) / "src";

/// The API's methods that write to a release, in calls and as names.
const std::regex writes(
    R"((^|[^:\w]|[^n]::)(create_tag|create_release|edit_release|upload_asset|delete_asset|delete_release|delete_tag)\b)");
const std::regex write_operations(
    R"(\bRequest( \w+)?[({].*\bOperation::(create_tag|create_release|edit_release|publish_release|upload_asset|delete_asset|delete_release|delete_tag)\b)");
const std::regex carrying_out(
    R"(\b(perform|result_of|carry_out|carry_out_one|carry_out_uploads|upload_all)\()");

struct Line {
  std::string function;  ///< around the line: the line with its name
  std::string code;      ///< without leading blanks and trailing comments
  bool operator<(const Line& other) const {
    return std::tie(function, code) < std::tie(other.function, other.code);
  }
  bool operator==(const Line& other) const = default;
};

std::string code_of(const std::string& line) {
  const auto first = line.find_first_not_of(' ');
  if (first == std::string::npos || line.compare(first, 2, "//") == 0) return {};
  return line.substr(first, line.find(" //") - first);
}

/// A line that begins a function, outside of a class or directly in one. Only outside may the
/// parameters continue on the next line.
bool begins_function(const std::string& line) {
  const auto first = line.find_first_not_of(' ');
  const bool is_outermost = first == 0 || (first == 2 && line[2] != '}');
  const std::string code = code_of(line);
  static const std::regex statement(R"(^(if|for|while|switch|return|else|do|try|catch)\b|=|;)");
  return is_outermost && code.find('(') != std::string::npos &&
         (code.find('{') != std::string::npos || (first == 0 && code.ends_with(','))) &&
         !std::regex_search(code, statement);
}

/// The lines of a file that match, except those that begin a function.
std::set<Line> lines_with(const std::regex& wanted, const std::string& path) {
  std::set<Line> found;
  std::ifstream file(source / path);
  REQUIRE(file);
  std::string function;
  for (std::string line; std::getline(file, line);) {
    const std::string code = code_of(line);
    if (begins_function(line)) {
      function = code;
    } else if (std::regex_search(code, wanted)) {
      found.insert({function, code});
    }
  }
  return found;
}

std::vector<std::string> files_of(const std::string& room) {
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(source / room)) {
    const std::string path = entry.path().lexically_relative(source).string();
    if (path.ends_with(".cpp") || path.ends_with(".hpp")) files.push_back(path);
  }
  return files;
}

}  // namespace

TEST_CASE("the commands write to a release only when they carry out the matching action") {
  const std::map<std::string, std::set<Line>> expected = {
      {"commands/session_runner.cpp",
       {{"Ok SessionRunner::perform(const core::CreateTag& action) {", "api_.create_tag(action);"},
        {"Ok SessionRunner::perform(const core::CreateRelease& action) {",
         "ok.release = api_.create_release(action);"},
        {"Ok SessionRunner::perform(const core::DeleteAsset& action) {",
         "api_.delete_asset(session_.memory().release_id, action.asset.id);"},
        {"Ok SessionRunner::perform(const core::EditRelease& action) {",
         "ok.release = api_.edit_release(session_.memory().release_id, action);"},
        {"Ok SessionRunner::perform(const core::AnnounceDigest& action) {",
         "ok.asset = api_.upload_asset(session_.memory().release_id,"}}},
      {"commands/prune.cpp",
       {{"void remove(const core::Release& release, gitea::Api& api) {",
         "api.delete_release(release.id, release.tag);"},
        {"void remove(const core::Release& release, gitea::Api& api) {",
         "if (with_tag) api.delete_tag(release.tag);"}}},
      {"commands/upload.cpp",
       {{"Uploaded send(gitea::Api& api, const core::UploadAsset& upload) {",
         "api.upload_asset(release_, upload.name, source, job_.inputs.assets.upload_encoding);"}}}};
  int files = 0;
  for (const std::string& path : files_of("commands")) {
    INFO(path);
    ++files;
    const auto allowed = expected.find(path);
    const std::set<Line> found = lines_with(writes, path);
    for (const Line& line : found) {
      INFO(line.function << "\n" << line.code);
      CHECK((allowed != expected.end() && allowed->second.contains(line)));
    }
    if (allowed != expected.end()) CHECK(found.size() == allowed->second.size());
  }
  CHECK(files > 30);
}

TEST_CASE("every write is a method of the API, and the API never writes on its own") {
  for (const std::string& path : files_of("gitea")) {
    INFO(path);
    const bool is_api = path == "gitea/api.cpp" || path == "gitea/api_assets.cpp";
    // Where the methods are declared, and where operations are named without `Operation::`.
    const bool names_them = path == "gitea/api.hpp" || path == "gitea/operation_groups.hpp" ||
                            path == "gitea/classify.cpp" || path == "gitea/sentences.cpp";
    for (const Line& line : names_them ? std::set<Line>() : lines_with(writes, path)) {
      FAIL_CHECK(line.function << "\n" << line.code);
    }
    for (const Line& line : lines_with(write_operations, path)) {
      INFO(line.function << "\n" << line.code);
      CHECK(is_api);
      static const std::regex method(R"(^(void|core::\w+) Api::(create|edit|upload|delete)_\w+\()");
      CHECK(std::regex_search(line.function, method));
    }
  }
}

TEST_CASE("only actions of a step, or of the session's response to a read, are carried out") {
  const std::set<Line> expected = {
      {"void SessionRunner::run() {", "carry_out(step);"},
      {"void SessionRunner::carry_out(const core::Step& step) {",
       "uploads.empty() ? carry_out_one(step.now[i++]) : carry_out_uploads(uploads);"},
      {"bool SessionRunner::carry_out_one(const core::Action& action) {",
       "const bool goes_on = take(action, result_of(action));"},
      {"core::Result SessionRunner::result_of(const core::Action& action) {",
       "const Ok ok = std::visit([this](const auto& chosen) { return perform(chosen); }, action);"},
      {"bool SessionRunner::carry_out_uploads(const std::vector<core::UploadAsset>& uploads) {",
       "const auto results = upload_all(job_, api_.repository(), session_.memory().release_id, "
       "uploads,"},
      {"void SessionRunner::watch_during_uploads() {", "if (edit) carry_out_one(*edit);"},
  };
  CHECK(lines_with(carrying_out, "commands/session_runner.cpp") == expected);
  for (const std::string& path : files_of("commands")) {
    const bool may_name_it =
        path.starts_with("commands/upload.") || path == "commands/session_runner.cpp";
    INFO(path);
    if (!may_name_it) CHECK(lines_with(std::regex(R"(\bupload_all\()"), path).empty());
  }
}

TEST_CASE("this test recognizes a stray write") {
  for (const char* code :
       {"api.delete_asset(1, 2);", "api_->edit_release(id, edit);", "create_tag(action);",
        "std::invoke(&gitea::Api::upload_asset, api, 1);", "auto work = &Api::create_release;"}) {
    INFO(code);
    CHECK(std::regex_search(std::string(code), writes));
  }
  for (const char* code : {"case Operation::create_tag:", "Request(core::Operation::delete_asset)",
                           "delete_assets_of(x);", "may_create_tag(x)"}) {
    INFO(code);
    CHECK_FALSE(std::regex_search(std::string(code), writes));
  }
  CHECK(std::regex_search(std::string("const Request request(Operation::delete_asset, path);"),
                          write_operations));
  CHECK(begins_function("  Uploaded send(gitea::Api& api, const core::UploadAsset& upload) {"));
  CHECK(begins_function("Ok SessionRunner::perform(const core::ReadRelease&) {"));
  CHECK_FALSE(begins_function("  if (edit) {"));
  CHECK_FALSE(begins_function("  for (const auto& one : all(x)) {"));
}
