// SPDX-License-Identifier: MIT
#include "options.hpp"

#include <charconv>
#include <map>
#include <stdexcept>

#include "profile.hpp"

namespace sandbox {

namespace {

int port_number(const std::string& text) {
  int port = -1;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc{} || stopped != end || port < 0 || port > 65535) {
    throw std::invalid_argument("--port takes a number from 0 to 65535, not \"" + text + "\".");
  }
  return port;
}

std::string profile_names() {
  std::string names;
  for (const Profile& profile : profiles()) {
    names += (names.empty() ? "" : ", ") + std::string(profile.name);
  }
  return names;
}

const std::map<std::string, std::string Options::*> texts = {
    {"--data", &Options::data},
    {"--profile", &Options::profile},
    {"--root-url", &Options::root_url},
    {"--base-path", &Options::base_path},
    {"--tls-cert", &Options::tls_certificate},
    {"--tls-key", &Options::tls_key},
    {"--tls-max-version", &Options::tls_max_version},
};

}  // namespace

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string name = arguments[i];
    if (name == "--help" || name == "-h") {
      options.help = true;
      continue;
    }
    if (name == "--until-stdin-closes") {
      options.until_stdin_closes = true;
      continue;
    }
    if (name == "--for-measurements") {
      options.for_measurements = true;
      continue;
    }
    std::string value;
    if (const auto equals = name.find('='); equals != std::string::npos) {
      value = name.substr(equals + 1);
      name.resize(equals);
    } else if (i + 1 < arguments.size()) {
      value = arguments[++i];
    } else {
      throw std::invalid_argument("\"" + name + "\" is no option, or its value is missing.");
    }
    if (name == "--port") {
      options.port = port_number(value);
    } else if (const auto text = texts.find(name); text != texts.end()) {
      options.*text->second = value;
    } else {
      throw std::invalid_argument("There is no option \"" + name + "\".");
    }
  }
  if (find_profile(options.profile) == nullptr) {
    throw std::invalid_argument("There is no profile \"" + options.profile + "\", but " +
                                profile_names() + ".");
  }
  while (options.base_path.ends_with('/')) options.base_path.pop_back();
  if (!options.base_path.empty() && !options.base_path.starts_with('/')) {
    options.base_path.insert(0, 1, '/');
  }
  const auto scheme = options.root_url.find("://");
  if (!options.root_url.empty() && scheme == std::string::npos) {
    throw std::invalid_argument("--root-url begins with http:// or https://.");
  }
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    throw std::invalid_argument("--tls-cert and --tls-key belong together.");
  }
  if (!options.root_url.empty() && !options.root_url.ends_with('/')) options.root_url += '/';
  return options;
}

std::string help_text() {
  std::string text =
      R"(gitea-sandbox is a small server that behaves like Gitea as far as releases go.
It keeps users, tokens, repositories, tags, releases and assets, so that a publisher can be tried
and tested without a Gitea. It listens on 127.0.0.1 only.

Usage: gitea-sandbox [OPTION]...

  --port N               Listen on this port. 0, the default, takes a free one.
  --profile NAME         Behave like this server. The default is gitea-1.25.
  --data DIR             Keep the bytes of assets here. By default a fresh temporary directory is
                         used, and removed at the end.
  --base-path /PATH      Serve everything below this path, as a Gitea in a sub-directory does.
  --root-url URL         Write this address into answers. By default it is the one listened on.
  --tls-cert FILE        Serve https, too, on a free port of its own, with this certificate (PEM,
  --tls-key FILE         with what is between it and its authority) and its key.
  --tls-max-version V    The newest TLS to speak there: 1.0, 1.1, 1.2 or 1.3, which is the default.
  --until-stdin-closes   End when standard input is closed, and not only on SIGTERM or SIGINT.
  --for-measurements     Do not look for tokens in what comes in, and write it over what was deleted: both take
                         longer than receiving it.
  --help                 Print this text.

When it is ready it prints three lines:
  GITEA_URL=http://127.0.0.1:PORT
  GITEA_TOKEN=...        a personal token of the user "demo", with all scopes
  GITEA_REPOSITORY=demo/app, which exists and has one commit on the branch main
With --tls-cert there is a fourth line, GITEA_TLS_URL=https://127.0.0.1:PORT.

To try it, evaluate those lines in a shell and send a release:
  curl -H "Authorization: token $GITEA_TOKEN" --json '{"tag_name":"v1","target_commitish":"main"}' \
    $GITEA_URL/api/v1/repos/$GITEA_REPOSITORY/releases

Below GITEA_URL/_sandbox/ is a control plane in JSON that a real server does not have: it pushes
tags, makes users and tokens, orders faults, and shows what was asked and what is stored. It is
described at the top of main.cpp.

Profiles (those marked with * come from reading the server's source, and were never compared with a
running one):
)";
  for (const Profile& profile : profiles()) {
    text += "  " + std::string(profile.name) + (profile.measured ? "" : " *") + "\n";
  }
  return text;
}

}  // namespace sandbox
