// SPDX-License-Identifier: MIT
// The words that fill the gaps in the table of sentences.
#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/text/text.hpp"
#include "gitea/answer_text.hpp"
#include "gitea/explanation.hpp"
#include "gitea/hints.hpp"
#include "gitea/sentences.hpp"

namespace gitea {
namespace {

using core::Fault;
using core::Reason;

constexpr const char* ask_the_log =
    "If the message does not say enough, the server's log may say more. Run it again later or with "
    "different inputs.";

/// The text between `open` and the next `close`, or "".
std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const auto begin = text.find(open);
  if (begin == std::string::npos) return {};
  const auto start = begin + open.size();
  return text.substr(start, text.find(close, start) - start);
}

/// From a message such as "…exceeds limit 2147483648": ": its limit is 2.0 GiB"; else "".
std::string limit_in(const std::string& said) {
  const auto digits = said.find_last_not_of("0123456789");
  std::uint64_t limit = 0;
  const char* begin = said.data() + (digits == std::string::npos ? 0 : digits + 1);
  const char* end = said.data() + said.size();
  const bool is_number = begin != end && std::from_chars(begin, end, limit).ec == std::errc{};
  return is_number ? ": its limit is " + core::human_size(limit) : "";
}

/// " (.exe)", for a message.
std::string extension_of(const Request& request) {
  const auto dot = request.file_name.rfind('.');
  return dot == std::string::npos ? "" : " (" + core::one_line(request.file_name.substr(dot)) + ")";
}

std::string https_address(const Server& server) {
  Url secure = server.root();
  secure.tls = true;
  return secure.text();
}

const char* meaning_of_cloudflare(int status) {
  switch (status) {
    case 521:
      return "the server behind it refuses connections";
    case 522:
    case 523:
      return "the server behind it cannot be reached";
    case 524:
      return "the server behind it took too long to respond";
    case 525:
    case 526:
      return "the TLS handshake with the server behind it failed";
    default:
      return "the server behind it sent no valid response";
  }
}

/// "https://new.example.org/git" if `location` is an address of an API; else "".
std::string server_at(const std::string& location) {
  const auto api = location.find("/api/v1");
  const bool is_absolute = location.starts_with("http://") || location.starts_with("https://");
  return is_absolute && api != std::string::npos ? core::one_line(location.substr(0, api)) : "";
}

Explanation redirected(const Answer& answer) {
  if (answer.circles) {
    return {
        Fault::workflow, "",
        "Check 'server_url' (http or https?) and the rules of any proxy in front of the server."};
  }
  const std::string why =
      "Only redirects on the same server are followed, so that the token is not sent elsewhere";
  const std::string server = server_at(answer.location);
  return {Fault::workflow, "",
          server.empty() ? why + ": set 'server_url' or 'repository' to the new address."
                         : fmt::format("Set 'server_url' to {}. {}.", server, why)};
}

using Words = fmt::dynamic_format_arg_store<fmt::format_context>;

/// Gitea from 1.23 names the scopes as "required=[write:repository], token scope=read:repository",
/// older versions and Forgejo only as "required scope(s): [write:repository]".
Words words_for(const Request& request, const Answer& answer, const Server& server) {
  const std::string said = message_in(answer);
  const std::string needed = between(said, "[", "]");
  const std::string given = between(said, "token scope=", " ");
  Words words;
  const auto add = [&words](const char* name, const std::string& text) {
    words.push_back(fmt::arg(name, text));
  };
  add("scope_needed", needed.empty() ? "" : ": it requires " + needed);
  add("scope_given", given.empty() ? "" : ", and the token has " + given);
  add("limit", limit_in(said));
  add("size", core::human_size(request.upload ? request.file_size : request.json.size()));
  add("extension", extension_of(request));
  add("method", request.method);
  add("cloudflare", meaning_of_cloudflare(answer.status));
  add("https_address", https_address(server));
  add("api_address", server.api.text());
  add("token_that_writes", hint::token_that_writes);
  add("enable_releases", hint::enable_releases);
  add("first_commit", hint::first_commit);
  add("unarchive", hint::unarchive);
  add("protected_tag", hint::protected_tag);
  add("no_attachments", hint::no_attachments);
  add("enable_attachments", hint::enable_attachments);
  add("use_multipart", hint::use_multipart);
  add("ask_the_log", ask_the_log);
  return words;
}

}  // namespace

Explanation explain_answer(Reason reason, const Request& request, const Answer& answer,
                           const Server& server) {
  if (reason == Reason::redirected) return redirected(answer);
  const auto all = sentences();
  const auto row = std::find_if(all.begin(), all.end(), [&](const Sentence& sentence) {
    return sentence.reason == reason && sentence.operations.has(request.operation) &&
           sentence.statuses.has(answer.status);
  });
  if (row == all.end()) return {Fault::failed, "", "Running it again later may help."};
  const Words words = words_for(request, answer, server);
  return {row->fault, fmt::vformat(row->meaning, words), fmt::vformat(row->hint, words)};
}

}  // namespace gitea
