// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <charconv>

#include "core/text.hpp"
#include "gitea/message.hpp"
#include "gitea/verdict.hpp"

namespace gitea {
namespace {

using core::Fault;

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* ask_the_log =
    "The server's log may say more; running it again with another input or later may help.";

constexpr const char* token_that_writes =
    "Give the job 'permissions: contents: write' and look at the repository's Actions settings; or "
    "make a token with the scope write:repository, store it as a secret (its name must not start "
    "with GITEA_ or GITHUB_; DEPLOY_TOKEN will do), and pass it as 'token'.";

/// "…exceeds limit 2147483648": the number in the server's words, for people; else its words.
std::string limit_in(const std::string& said) {
  const auto digits = said.find_last_not_of("0123456789");
  std::uint64_t limit = 0;
  const char* begin = said.data() + (digits == std::string::npos ? 0 : digits + 1);
  const char* end = said.data() + said.size();
  const bool is_number = begin != end && std::from_chars(begin, end, limit).ec == std::errc{};
  return is_number ? "its limit is " + core::human_size(limit) : said;
}

Verdict too_large(const Answer& answer, const Request& request) {
  const std::string said = message_in(answer);
  const std::string size =
      core::human_size(request.upload ? request.file_size : request.json.size());
  if (is_html(answer)) {
    return {Fault::workflow,
            fmt::format("a proxy before the server refused the {} of it (413)", size),
            "Raise the proxy's limit: 'client_max_body_size' in nginx."};
  }
  if (contains(said, "quota")) {
    return {Fault::workflow, fmt::format("the quota is used up ({})", said),
            "Free space, or ask the server's administrator for more."};
  }
  return {Fault::workflow, fmt::format("the server refused the {} of it: {}", size, limit_in(said)),
          "The server's administrator can raise it in app.ini: '[attachment] MAX_SIZE' (from Gitea "
          "1.27 '[repository.release] FILE_MAX_SIZE')."};
}

/// What stands in `text` between two marks, or "".
std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const auto begin = text.find(open);
  if (begin == std::string::npos) return {};
  const auto start = begin + open.size();
  return text.substr(start, text.find(close, start) - start);
}

/// "…required=[write:repository], token scope=read:repository" (Gitea from 1.23), or
/// "…required scope(s): [write:repository]" (before, and Forgejo).
Verdict scope(const std::string& said) {
  const std::string needed = between(said, "[", "]");
  const std::string has = between(said, "token scope=", " ");
  std::string meaning = "the token's scope does not allow it";
  if (!needed.empty()) meaning += fmt::format(": it needs {}", needed);
  if (!has.empty()) meaning += fmt::format(" and has {}", has);
  return {
      Fault::workflow, meaning,
      "Make a token with that scope, store it as a secret (DEPLOY_TOKEN), and pass it as 'token'."};
}

bool is_of_packages(const Request& request) { return request.path.starts_with("/packages/"); }

Verdict forbidden(const Request& request, const std::string& said) {
  if (contains(said, "limited to public")) {
    return {Fault::workflow, "the token is for public repositories only, and this one is private",
            "Make a token that may also use private ones, and pass it as 'token'."};
  }
  if (contains(said, "scope")) return scope(said);
  if (is_of_packages(request)) {
    return {
        Fault::workflow, fmt::format("the token may not write this package ({})", said),
        "The job's own token never may: make one with the scope write:package, of somebody who may "
        "write the owner's packages and this repository, store it as a secret (DEPLOY_TOKEN), "
        "and pass it as 'token'."};
  }
  if (contains(said, "specific read permission")) {
    return {Fault::workflow,
            "Releases are switched off in this repository, or closed to this token",
            "Switch them on in the repository's settings (Advanced settings, Releases), or use a "
            "token that may read them."};
  }
  return {Fault::workflow, fmt::format("the token may not write Releases here ({})", said),
          token_that_writes};
}

Verdict not_found(const Request& request, const std::string& said) {
  if (contains(said, "target")) {
    return {Fault::workflow, fmt::format("the server does not know the target ({})", said),
            "Name a branch or commit of this repository in 'target_commitish'."};
  }
  if (contains(said, "Attachment is not enabled")) {
    return {Fault::workflow, "the server takes no attachments",
            "The administrator can switch them on: '[attachment] ENABLED' in app.ini."};
  }
  if (is_of_packages(request)) {
    return {Fault::workflow, fmt::format("not found ({})", said),
            "Push the package first, and check 'package', 'package_type' and 'repository': a "
            "package can be linked to a repository of its own owner only."};
  }
  // The release has been found before: whether it is still there, the next look tells.
  const bool below_a_release = request.method == "PATCH" || request.upload;
  return {below_a_release ? Fault::uncertain : Fault::workflow, fmt::format("not found ({})", said),
          fmt::format("Check 'repository' and 'server_url'. {}", token_that_writes)};
}

Verdict unprocessable(const std::string& said) {
  if (contains(said, "repo is empty")) {
    return {Fault::workflow, "the repository is empty", "Push a first commit; a tag needs one."};
  }
  if (contains(said, "archived")) {
    return {Fault::workflow, fmt::format("the repository is archived ({})", said),
            "Its owner can unarchive it in the repository's settings."};
  }
  if (contains(said, "protected")) {
    return {Fault::workflow, fmt::format("the tag is protected ({})", said),
            "Push the tag as somebody who may, and release it then; or allow this token's user in "
            "the repository's settings (Tags). The job's own token cannot be allowed."};
  }
  return {Fault::workflow, fmt::format("the server refused it ({})", said), ask_the_log};
}

/// " (.exe)", for a message.
std::string extension_of(const Request& request) {
  const auto dot = request.file_name.rfind('.');
  return dot == std::string::npos ? "" : " (" + core::one_line(request.file_name.substr(dot)) + ")";
}

}  // namespace

Verdict refusal(const Request& request, const Answer& answer) {
  const std::string said = message_in(answer);
  switch (answer.status) {
    case 400:
      if (contains(said, "forbidden file extension") ||
          contains(said, "not allowed to be uploaded")) {
        return {Fault::workflow,
                fmt::format("the server does not take files of this type{}", extension_of(request)),
                "The administrator can allow it: '[repository.release] ALLOWED_TYPES' in app.ini."};
      }
      break;
    case 401:
      return {Fault::workflow,
              said.empty() ? "the token is not accepted"
                           : fmt::format("the token is not accepted ({})", said),
              "It is wrong, has expired, or its job has ended: set 'token' to one that is valid."};
    case 403:
      return forbidden(request, said);
    case 404:
      return not_found(request, said);
    case 413:
      return too_large(answer, request);
    case 422:
    case 423:
      return unprocessable(said);
    case 301:
    case 302:
    case 307:
    case 308:
      if (answer.circles) {
        return {Fault::workflow,
                fmt::format("the server redirects in a circle (to {} at last)",
                            core::one_line(answer.location)),
                "Check 'server_url' (http or https?), and the rules of a proxy before the server."};
      }
      return {Fault::workflow,
              fmt::format("the server redirects to {}", core::one_line(answer.location)),
              "Only redirects on the same server are followed, so that the token stays there: set "
              "'server_url' or 'repository' to the new place."};
    default:
      break;
  }
  return {answer.status == 409 ? Fault::uncertain : Fault::failed,
          fmt::format("the server answered {} ({})", answer.status, said), ask_the_log};
}

}  // namespace gitea
