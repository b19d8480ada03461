// SPDX-License-Identifier: MIT
// The server itself refused, or failed.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "core/text.hpp"
#include "gitea/message.hpp"
#include "gitea/words.hpp"

namespace gitea {
namespace {

using core::Fault;
using core::Reason;

constexpr const char* ask_the_log =
    "The server's log may say more; running it again with another input or later may help.";

constexpr const char* token_that_writes =
    "Give the job 'permissions: contents: write' and look at the repository's Actions settings; or "
    "make a token with the scope write:repository, store it as a secret (its name must not start "
    "with GITEA_ or GITHUB_; DEPLOY_TOKEN will do), and pass it as 'token'.";

bool is_of_packages(const Request& request) {
  return request.operation == Operation::link_package ||
         request.operation == Operation::list_packages;
}

bool is_of_code(const Request& request) { return request.operation == Operation::create_tag; }

/// What stands in `text` between two marks, or "".
std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const auto begin = text.find(open);
  if (begin == std::string::npos) return {};
  const auto start = begin + open.size();
  return text.substr(start, text.find(close, start) - start);
}

/// "…required=[write:repository], token scope=read:repository" (Gitea from 1.23), or
/// "…required scope(s): [write:repository]" (before, and Forgejo).
Words scope(const std::string& said) {
  const std::string needed = between(said, "[", "]");
  const std::string has = between(said, "token scope=", " ");
  std::string meaning = "the token's scope does not allow it";
  if (!needed.empty()) meaning += fmt::format(": it needs {}", needed);
  if (!has.empty()) meaning += fmt::format(" and has {}", has);
  return {
      Fault::workflow, meaning,
      "Make a token with that scope, store it as a secret (DEPLOY_TOKEN), and pass it as 'token'."};
}

Words may_not_write(const Request& request) {
  return {Fault::workflow,
          is_of_code(request) ? "the token may not make tags here"
                              : "the token may not write Releases here",
          token_that_writes};
}

Words not_found(const Request& request) {
  if (is_of_packages(request)) {
    return {Fault::workflow, "the package or the repository is not found",
            "Push the package first, and check 'package', 'package_type' and 'repository': a "
            "package can be linked to a repository of its own owner only."};
  }
  return {Fault::workflow, "it is not found, or the token may not see it",
          fmt::format("Check 'repository' and 'server_url'. {}", token_that_writes)};
}

/// "…exceeds limit 2147483648": the number in the server's words, for people; else "".
std::string limit_in(const std::string& said) {
  const auto digits = said.find_last_not_of("0123456789");
  std::uint64_t limit = 0;
  const char* begin = said.data() + (digits == std::string::npos ? 0 : digits + 1);
  const char* end = said.data() + said.size();
  const bool is_number = begin != end && std::from_chars(begin, end, limit).ec == std::errc{};
  return is_number ? ": its limit is " + core::human_size(limit) : "";
}

Words too_large(const Request& request, const std::string& said) {
  const std::string size =
      core::human_size(request.upload ? request.file_size : request.json.size());
  return {Fault::workflow, fmt::format("it does not take {}{}", size, limit_in(said)),
          "The server's administrator can raise it in app.ini: '[attachment] MAX_SIZE' (from Gitea "
          "1.26 '[repository.release] FILE_MAX_SIZE')."};
}

/// " (.exe)", for a message.
std::string extension_of(const Request& request) {
  const auto dot = request.file_name.rfind('.');
  return dot == std::string::npos ? "" : " (" + core::one_line(request.file_name.substr(dot)) + ")";
}

Words server_error(const Request& request) {
  if (request.method == "GET") {
    return {Fault::failed, "", "The server's log says why; running it again later may help."};
  }
  return {Fault::failed, "",
          request.upload
              ? "Only its administrators are told why: its disk may be full, or its database busy. "
                "The server's log says which; running it again later may help."
              : "Only its administrators are told why: the server's log has it. Running it again "
                "later may help."};
}

/// About the token and its user.
std::optional<Words> words_of_token(Reason reason, const Request& request,
                                    const std::string& said) {
  switch (reason) {
    case Reason::token_not_accepted:
      return Words{Fault::workflow, "the token is not accepted",
                   "It is wrong, has expired, or its job has ended: set 'token' to one that is "
                   "valid."};
    case Reason::sign_in_required:
      return Words{Fault::workflow, "the server answers nobody without a token", "Set 'token'."};
    case Reason::scope:
      return scope(said);
    case Reason::public_only:
      return Words{Fault::workflow,
                   "the token is for public repositories only, and this one is private",
                   "Make a token that may also use private ones, and pass it as 'token'."};
    case Reason::two_factor:
      return Words{Fault::workflow, "the token's user has to set up two-factor authentication",
                   "Sign in as that user and set it up, or pass another user's token."};
    case Reason::sign_in_prohibited:
      return Words{Fault::workflow, "the token's user may not sign in",
                   "Ask the server's administrator to activate the account, or pass another user's "
                   "token."};
    case Reason::password_change:
      return Words{Fault::workflow, "the token's user has to change the password first",
                   "Sign in as that user and change it, or pass another user's token."};
    case Reason::may_not_write:
      return may_not_write(request);
    case Reason::may_not_write_package:
      return Words{Fault::workflow, "the token may not write this package",
                   "The job's own token never may: make one with the scope write:package, of "
                   "somebody who may write the owner's packages and this repository, store it as a "
                   "secret (DEPLOY_TOKEN), and pass it as 'token'."};
    case Reason::releases_closed:
      return Words{Fault::workflow,
                   "Releases are switched off in this repository, or closed to this token",
                   "Switch them on in the repository's settings (Advanced settings, Releases), or "
                   "use a token that may read them."};
    case Reason::code_closed:
      return Words{
          Fault::workflow,
          "the token may not read the repository's code, to which tags and commits belong",
          "Let it read Code, too: 'permissions: contents: write' gives a job both Code and "
          "Releases."};
    case Reason::forbidden:
      return Words{Fault::workflow, "",
                   fmt::format("If it is about the rights of the token: {}", token_that_writes)};
    default:
      return std::nullopt;
  }
}

/// About the repository, the release or the file.
std::optional<Words> words_of_place(Reason reason, const Request& request,
                                    const std::string& said) {
  switch (reason) {
    case Reason::not_found:
      return not_found(request);
    case Reason::no_such_endpoint:
      return Words{Fault::workflow, "the server does not know this request",
                   "It may be too old for it, or 'server_url' leads to another one."};
    case Reason::unknown_target:
      return Words{Fault::workflow, "the server does not know the target",
                   "Name a branch or commit of this repository in 'target_commitish', one that has "
                   "been pushed."};
    case Reason::repository_empty:
      return Words{Fault::workflow, "the repository is empty",
                   "Push a first commit; a tag needs one."};
    case Reason::archived:
      return Words{Fault::workflow, "the repository is archived",
                   "Its owner can unarchive it in the repository's settings."};
    case Reason::tag_protected:
      return Words{Fault::workflow, "the tag is protected",
                   "Push the tag as somebody who may, and release it then; or allow this token's "
                   "user in the repository's settings (Tags). The job's own token cannot be "
                   "allowed."};
    case Reason::tag_name_invalid:
      return Words{Fault::workflow, "git takes no tag of this name", "Choose another 'tag_name'."};
    case Reason::immutable:
      return Words{Fault::workflow, "the release takes no changes any more",
                   "Release under a new tag."};
    case Reason::attachments_off:
      return Words{Fault::workflow, "the server takes no attachments",
                   "The administrator can switch them on: '[attachment] ENABLED' in app.ini."};
    case Reason::file_type:
      return Words{
          Fault::workflow,
          fmt::format("the server does not take files of this type{}", extension_of(request)),
          "The administrator can allow it: '[repository.release] ALLOWED_TYPES' in app.ini."};
    case Reason::too_large:
      return too_large(request, said);
    case Reason::quota:
      return Words{Fault::workflow, "the quota is used up",
                   "Free space, or ask the server's administrator for more."};
    case Reason::value_too_long:
      return Words{Fault::workflow, "a text is too long for the server's database",
                   "MySQL takes 65,535 bytes of notes, and every database 255 characters of a "
                   "title, a tag or a file name."};
    case Reason::no_raw_uploads:
      return Words{Fault::workflow, "the server takes no raw uploads",
                   "Set 'upload_encoding: multipart', which is the default."};
    default:
      return std::nullopt;
  }
}

}  // namespace

Words words_of_server(Reason reason, const Request& request, const Answer& answer) {
  const std::string said = message_in(answer);
  if (const auto words = words_of_token(reason, request, said)) return *words;
  if (const auto words = words_of_place(reason, request, said)) return *words;
  switch (reason) {
    case Reason::broken_form:
      return {Fault::failed, "the upload did not arrive whole",
              "Something between the runner and the server cuts uploads off."};
    case Reason::disk_full:
      return {Fault::failed, "the server's disk is full", "Its administrator has to make room."};
    case Reason::database_busy:
      return {Fault::failed, "the server's database is busy",
              "Somebody else writes to it for long, as with a large raw upload: run it again "
              "later."};
    case Reason::server_error:
      return server_error(request);
    case Reason::rejected:
      return {Fault::workflow, "", ask_the_log};
    default:
      return {Fault::failed, "", ask_the_log};
  }
}

}  // namespace gitea
