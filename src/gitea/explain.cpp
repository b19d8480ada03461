// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"

#include <fmt/format.h>

#include "core/json.hpp"
#include "core/text.hpp"
#include "gitea/trust.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool is_html(const Answer& answer) {
  return contains(answer.content_type, "text/html") ||
         core::lower(core::trim(answer.body).substr(0, 14)).starts_with("<!doctype html") ||
         core::lower(core::trim(answer.body).substr(0, 5)) == "<html";
}

std::string title_of(const std::string& html) {
  const std::string low = core::lower(html);
  const auto open = low.find("<title");
  const auto begin = open == std::string::npos ? open : low.find('>', open);
  const auto end = begin == std::string::npos ? begin : low.find("</title", begin);
  if (end == std::string::npos) return {};
  return core::one_line(std::string_view(html).substr(begin + 1, end - begin - 1), 100);
}

constexpr const char* ask_the_log =
    "The server's log may say more; running it again with another input or later may help.";

constexpr const char* token_that_writes =
    "Give the job 'permissions: contents: write' and look at the repository's Actions settings; or "
    "make a token with the scope write:repository, store it as a secret (its name must not start "
    "with GITEA_ or GITHUB_; DEPLOY_TOKEN will do), and pass it as 'token'.";

/// Words and advice for one kind of refusal.
struct Verdict {
  Fault fault = Fault::failed;
  std::string meaning;
  std::string hint;
};

Verdict html_page(const Answer& answer) {
  const std::string title = title_of(answer.body);
  const std::string page =
      title.empty() ? "an HTML page" : fmt::format("an HTML page ('{}')", title);
  return {Fault::failed, fmt::format("{} came with status {} instead of JSON", page, answer.status),
          "A proxy or a login page stands before the API: check 'server_url', and let the runner "
          "reach /api/v1 directly."};
}

Verdict too_large(const Answer& answer, const Request& request) {
  const std::string said = message_in(answer);
  if (is_html(answer)) {
    return {Fault::workflow, "a proxy before the server refused a body of this size (413)",
            "Raise the proxy's limit: 'client_max_body_size' in nginx."};
  }
  if (contains(said, "quota")) {
    return {Fault::workflow, fmt::format("the quota is used up ({})", said),
            "Free space, or ask the server's administrator for more."};
  }
  return {Fault::workflow,
          request.upload ? fmt::format("the file ({}) is larger than the server takes ({})",
                                       core::human_size(request.upload->size), said)
                         : fmt::format("the server refused a body of this size ({})", said),
          "The server's administrator can raise it in app.ini: '[attachment] MAX_SIZE' (from Gitea "
          "1.27 '[repository.release] FILE_MAX_SIZE')."};
}

Verdict forbidden(const std::string& said) {
  if (contains(said, "limited to public")) {
    return {Fault::workflow, fmt::format("the token is for public repositories only ({})", said),
            "Make a token that may also use private ones, and pass it as 'token'."};
  }
  if (contains(said, "scope")) {
    return {Fault::workflow, fmt::format("the token's scope does not allow it ({})", said),
            "Make a token with the scope write:repository and pass it as 'token'."};
  }
  if (contains(said, "specific read permission")) {
    return {Fault::workflow,
            "Releases are switched off in this repository, or closed to this token",
            "Switch them on in the repository's settings (Advanced settings, Releases), or use a "
            "token that may read them."};
  }
  return {Fault::workflow, fmt::format("the token may not do this here ({})", said),
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

Verdict server_error(const Answer& answer, const std::string& said) {
  std::string meaning = fmt::format("the server answered {}", answer.status);
  if (is_html(answer)) {
    const std::string title = title_of(answer.body);
    meaning +=
        title.empty() ? " with an HTML page" : fmt::format(" with an HTML page ('{}')", title);
  } else if (!said.empty()) {
    meaning += fmt::format(" ({})", said);
  }
  if (answer.tries > 1) meaning += fmt::format(", {} times", answer.tries);
  return {Fault::uncertain, meaning,
          "Look at the server's log; running it again later may help. What it can be: a protected "
          "tag, an archived repository, an unknown target, notes above 65,535 bytes."};
}

Verdict untrusted(const Answer& answer) {
  const std::string meaning = "its certificate cannot be verified: " + answer.detail;
  if (system_bundle().empty()) {
    return {Fault::workflow,
            fmt::format("{}; no bundle of authorities was found (looked for {})", meaning,
                        core::join(bundle_places(), ", ")),
            "Install ca-certificates in the job's image, or give 'ca_cert'."};
  }
  return {Fault::workflow, meaning,
          "Give the authority that signed the server's certificate as 'ca_cert' (PEM text or a "
          "path)."};
}

/// No answer came at all.
Verdict unanswered(const Answer& answer, const Server& server) {
  const char* reach = "Check that the runner reaches this address (name, firewall, proxy).";
  switch (answer.trouble) {
    case Trouble::unresolved:
      return {Fault::failed, fmt::format("the name {} cannot be resolved", server.api.host), reach};
    case Trouble::refused:
      return {Fault::failed, "the connection was refused", reach};
    case Trouble::timed_out:
      return {Fault::failed, "no connection came about in time", reach};
    case Trouble::proxy:
      return {Fault::failed, "the proxy did not let the connection through",
              "Check HTTPS_PROXY, its credentials, and NO_PROXY."};
    case Trouble::tls:
      return {Fault::failed, "no TLS connection could be made",
              "Check 'server_url': does the server speak https on this port?"};
    case Trouble::tls_untrusted:
      return untrusted(answer);
    case Trouble::tls_other_name:
      return {Fault::workflow,
              fmt::format("its certificate is for another name than {}", server.api.host),
              "Use the name that the certificate is for in 'server_url'."};
    case Trouble::broke_off:
      return {Fault::uncertain, "the connection broke off while the request was sent",
              "A limit of a proxy or of the server on the size of a body ends like this, too."};
    case Trouble::no_answer:
      return {Fault::uncertain, "no answer came to a request that was sent", reach};
    case Trouble::none:
    case Trouble::other:
      break;
  }
  return {Fault::uncertain, "the connection failed: " + answer.detail, reach};
}

Verdict refusal(const Request& request, const Answer& answer) {
  const std::string said = message_in(answer);
  switch (answer.status) {
    case 400:
      if (contains(said, "forbidden file extension") ||
          contains(said, "not allowed to be uploaded")) {
        return {Fault::workflow, "the server does not take files of this type",
                "The administrator can allow it: '[repository.release] ALLOWED_TYPES' in app.ini."};
      }
      break;
    case 401:
      return {Fault::workflow,
              said.empty() ? "the token is not accepted"
                           : fmt::format("the token is not accepted ({})", said),
              "It is wrong, has expired, or its job has ended: set 'token' to one that is valid."};
    case 403:
      return forbidden(said);
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

}  // namespace

std::string message_in(const Answer& answer) {
  if (is_html(answer)) return title_of(answer.body);
  try {
    const core::Json json = core::Json::parse(answer.body);
    if (json.is_object()) return core::one_line(json.string("message"));
  } catch (const Error&) {
    // Not JSON: plain text, as some refusals are.
  }
  return core::one_line(answer.body);
}

Error explain(const std::string& doing, const Request& request, const Answer& answer,
              const Server& server) {
  if (answer.delivery != Delivery::answered) {
    const Verdict verdict = unanswered(answer, server);
    std::string message = fmt::format("{}: {}: {}", doing, server.api.origin(), verdict.meaning);
    if (answer.tries > 1) message += fmt::format(" (tried {} times)", answer.tries);
    return {verdict.fault, message, verdict.hint};
  }
  Verdict verdict;
  if (answer.status == 429) {
    verdict = {Fault::failed, fmt::format("too many requests (429), {} times", answer.tries),
               "Run it again later, or ask the administrator about the limit."};
  } else if (answer.status >= 500) {
    verdict = server_error(answer, message_in(answer));
  } else if (is_html(answer) && answer.status != 413) {
    verdict = html_page(answer);
  } else {
    verdict = refusal(request, answer);
  }
  return {verdict.fault, doing + ": " + verdict.meaning, verdict.hint};
}

}  // namespace gitea
