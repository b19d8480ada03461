// SPDX-License-Identifier: MIT
#include "sandbox_tests/sandbox.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <thread>

#include "sandbox_tests/json.hpp"

namespace sandbox_tests {
namespace {

std::string greeted(const std::string& output, const std::string& name) {
  const auto at = output.find(name + "=");
  const auto end = at == std::string::npos ? at : output.find('\n', at);
  if (end == std::string::npos) return {};
  return output.substr(at + name.size() + 1, end - at - name.size() - 1);
}

std::string base64(const std::string& text) {
  static const char* letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      bits = bits << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k > text.size() ? '=' : letters[bits >> (18U - 6U * k) & 63U];
    }
  }
  return out;
}

}  // namespace

Sandbox::Sandbox(const std::string& profile, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {GITEA_SANDBOX, "--profile", profile, "--data",
                                        directory_ / "data"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  process_ = std::make_unique<support::Process>(arguments, std::map<std::string, std::string>{},
                                                directory_.path(), directory_ / "log");
  for (int i = 0; i < 5000 && greeted(process_->output(), "GITEA_REPOSITORY").empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  url_ = greeted(process_->output(), "GITEA_URL");
  token_ = greeted(process_->output(), "GITEA_TOKEN");
  if (!url_.starts_with("http://127.0.0.1:")) {
    throw std::runtime_error("the sandbox did not start: " + process_->output());
  }
  port_ = std::stoi(url_.substr(17));
  const auto slash = url_.find('/', 17);
  base_ = slash == std::string::npos ? "" : url_.substr(slash);
  // Only tests of simultaneous requests need the delays.
  set(R"({"create_window_ms":0,"patch_window_ms":0})");
}

Answer Sandbox::ask(const std::string& method, const std::string& path, const Headers& headers,
                    const std::string& body) const {
  Socket socket(port_);
  Headers all = headers;
  if (!body.empty() || method == "POST" || method == "PATCH" || method == "PUT") {
    all.emplace_back("Content-Length", std::to_string(body.size()));
  }
  socket.send(request_head(method, base_ + path, all));
  socket.send(body);
  return socket.read(method == "HEAD");
}

Answer Sandbox::app(const std::string& method, const std::string& below, const std::string& json,
                    const std::string& token) const {
  Headers headers = with_token(token);
  if (!json.empty()) headers.emplace_back("Content-Type", "application/json");
  return ask(method, "/api/v1/repos/demo/app" + below, headers, json);
}

Answer Sandbox::get(const std::string& path, const std::string& token) const {
  return ask("GET", path, with_token(token));
}

Answer Sandbox::control(const std::string& method, const std::string& path,
                        const std::string& json) const {
  const Answer answer = ask(method, "/_sandbox/" + path, {}, json);
  if (answer.status / 100 != 2) throw std::runtime_error(path + ": " + answer.body);
  return answer;
}

void Sandbox::push_tag(const std::string& tag, const std::string& more) const {
  control("POST", "repos/demo/app/push", R"({"ref":"refs/tags/)" + tag + "\"" + more + "}");
}

std::string Sandbox::commit() const {
  return control("POST", "repos/demo/app/push", R"({"ref":"refs/heads/main"})").at("commit");
}

std::string Sandbox::token_of(const std::string& json) const {
  return control("POST", "tokens", json).at("token");
}

std::string Sandbox::collaborator(const std::string& user, const std::string& permission) const {
  control("POST", "repos/demo/app/collaborators",
          R"({"user":")" + user + R"(","permission":")" + permission + "\"}");
  return token_of(R"({"user":")" + user + "\"}");
}

std::string Sandbox::release(const std::string& tag, const std::string& more) const {
  const Answer made = app("POST", "/releases",
                          R"({"target_commitish":"main","tag_name":")" + tag + "\"" + more + "}");
  if (made.status != 201) throw std::runtime_error("release of " + tag + ": " + made.body);
  return made.at("id");
}

Answer Sandbox::upload(const std::string& release, const std::string& name,
                       const std::string& content) const {
  const Answer made = ask("POST", releases_path + "/" + release + "/assets?name=" + name,
                          with_token(token_, {{"Content-Type", form_type}}), form(content));
  if (made.status != 201) throw std::runtime_error("asset " + name + ": " + made.body);
  return made;
}

std::string Sandbox::row(const std::string& tag) const {
  const auto rows = parsed(control("GET", "repos/demo/app/releases").body);
  for (const auto& one : rows.GetArray()) {
    if (one["tag_name"].GetString() == tag) return dumped(one);
  }
  return "{}";
}

std::size_t Sandbox::stored_files() const {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_ / "data")) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

Headers with_token(const std::string& token, Headers more) {
  if (!token.empty()) more.emplace_back("Authorization", "token " + token);
  return more;
}

std::string basic(const std::string& user, const std::string& password) {
  return "Basic " + base64(user + ":" + password);
}

std::string form(const std::string& content, const std::string& file, const std::string& part) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\"" + file +
         "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + content + "\r\n--b--\r\n";
}

}  // namespace sandbox_tests
