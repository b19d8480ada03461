// SPDX-License-Identifier: MIT
#include "sandbox_tests/replay.hpp"

#include <cctype>
#include <fstream>
#include <iterator>

#include "support/golden.hpp"

namespace sandbox_tests {
namespace {

constexpr const char* recorded_url = "http://127.0.0.1:3000";

std::string text_of(const rapidjson::Value& object, const char* key) {
  return object.HasMember(key) ? object[key].GetString() : "";
}

Exchange parse_exchange(const rapidjson::Value& json) {
  Exchange out;
  out.name = text_of(json, "case");
  out.as = text_of(json, "as");
  out.method = text_of(json, "method");
  out.path = text_of(json, "path");
  if (json.HasMember("type")) out.headers.emplace_back("Content-Type", json["type"].GetString());
  if (json.HasMember("language")) {
    out.headers.emplace_back("Accept-Language", json["language"].GetString());
  }
  if (json.HasMember("body")) {
    out.body = {json["body"].GetString(), json["body"].GetStringLength()};
  }
  if (json.HasMember("fill")) {
    out.body = support::replaced(out.body, "{fill}", std::string(json["fill"].GetUint64(), 'x'));
  }
  out.status = json["status"].GetInt();
  if (json.HasMember("headers")) {
    for (const auto& field : json["headers"].GetObject()) {
      out.answer_headers[field.name.GetString()] = field.value.GetString();
    }
  }
  out.list_was_cut = json.HasMember("first");
  if (out.list_was_cut) out.json = flattened(json["first"]);
  if (json.HasMember("json")) out.json = flattened(json["json"]);
  if (json.HasMember("text")) out.text = json["text"].GetString();
  return out;
}

bool only(const std::string& text, const char* letters) {
  return text.find_first_not_of(letters) == std::string::npos;
}

// What differs between two runs of one server: digests, identifiers, row ids.
std::string settled_word(const std::string& word, const std::string& before) {
  if (word.size() == 36 && word[8] == '-' && word[13] == '-') return "UUID";
  if (word.size() == 40 && only(word, "0123456789abcdef")) return "SHA";
  if (word.size() == 32 && only(word, "0123456789abcdef")) return "MD5";
  const bool of_row = before.ends_with("/releases/") || before.ends_with("<Repository ");
  if (of_row && !word.empty() && only(word, "0123456789")) return "N";
  return word;
}

// "12+name@noreply.localhost" contains the id of the user, and dates of this decade count as "now".
std::string settled_value(const std::string& key, const std::string& value) {
  const auto plus = value.find('+');
  if (key == "email" && plus != std::string::npos && only(value.substr(1, plus - 1), "0123456789"))
    return "\"N" + value.substr(plus);
  const bool is_date = value.size() == 22 && value[5] == '-' && value[20] == 'Z';
  if (is_date && value.substr(1, 4) > "2021") return "DATE";
  return key == "id" && !value.starts_with('"') ? "N" : value;
}

}  // namespace

std::vector<Exchange> recorded(const std::string& profile) {
  std::ifstream file(std::string(GITEA_RELEASE_SOURCE) + "/tests/data/recordings/" + profile +
                     ".json");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto document = parsed(text);
  std::vector<Exchange> out;
  for (const auto& one : document["exchanges"].GetArray()) out.push_back(parse_exchange(one));
  return out;
}

std::string Replay::filled(std::string text) const {
  text = support::replaced(text, "{commit8}", commit_.substr(0, 8));
  text = support::replaced(support::replaced(text, "{commit}", commit_), "{uuid}", uuid_);
  for (auto at = text.find("{id:"); at != std::string::npos; at = text.find("{id:")) {
    const auto end = text.find('}', at);
    text.replace(at, end + 1 - at, ids_.at(text.substr(at + 4, end - at - 4)));
  }
  return text;
}

std::string Replay::settled(std::string text) const {
  text = support::replaced(filled(std::move(text)), sandbox_.url(), recorded_url);
  std::string out;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : '\n';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-') {
      word += c;
      continue;
    }
    out += settled_word(word, out);
    word.clear();
    if (i < text.size()) out += c;
  }
  return out;
}

std::map<std::string, std::string> Replay::settled(std::map<std::string, std::string> values,
                                                   std::size_t most_items) const {
  std::map<std::string, std::string> out;
  for (const auto& [path, value] : values) {
    if (most_items > 0 && path.empty()) continue;  // the length of the list
    if (most_items > 0 && std::stoul(path.substr(1)) >= most_items) continue;
    out[path] = settled(settled_value(path.substr(path.rfind('.') + 1), value));
  }
  return out;
}

Replay::Differences Replay::differences(const Exchange& exchange, bool relaxed) {
  prepare(exchange.name);
  Headers headers = exchange.headers;
  if (!exchange.as.empty()) headers.emplace_back("Authorization", credentials(exchange.as));
  const Answer answer =
      sandbox_.ask(exchange.method, filled(exchange.path), headers, filled(exchange.body));
  Differences out;
  const auto compare = [&](const std::string& what, const std::string& real,
                           const std::string& ours, bool forgive = false) {
    if (real == ours) return;
    (forgive ? out.forgiven : out.found)
        .push_back(what + ": " + real + " was recorded, and here is " + ours);
  };
  compare("status", std::to_string(exchange.status), std::to_string(answer.status));
  for (const std::string name : {"content-type", "allow", "location", "x-total-count", "link"}) {
    const auto real = exchange.answer_headers.find(name);
    compare(name, real == exchange.answer_headers.end() ? "(absent)" : settled(real->second),
            settled(answer.header(name)), relaxed && (name == "x-total-count" || name == "link"));
  }
  if (answer.status == 201 && !exchange.json.empty()) ids_[exchange.name] = answer.at("id");
  if (exchange.text) compare("body", settled(*exchange.text), settled(answer.body));
  if (exchange.json.empty()) return out;
  const std::size_t most = exchange.list_was_cut ? 2 : 0;
  const auto real = settled(exchange.json, most);
  const auto ours = settled(flattened(parsed(answer.body)), most);
  for (const auto& [path, value] : real) {
    const auto found = ours.find(path);
    if (found == ours.end()) {
      out.found.push_back(path + " is missing");
    } else {
      const bool is_value = !value.starts_with('{') && !found->second.starts_with('{');
      compare(path, value, found->second, relaxed && is_value);
    }
  }
  for (const auto& [path, value] : ours) {
    if (!real.contains(path)) out.found.push_back(path + " is too much: " + value);
  }
  return out;
}

}  // namespace sandbox_tests
