// SPDX-License-Identifier: MIT
// A server's response: JSON, or something else.
#include "core/text/json.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/answer_text.hpp"
#include "gitea/wire.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

/// Runs `work`; an Error is also a valid result.
template <typename Work>
bool worked(const Work& work) {
  try {
    work();
    return true;
  } catch (const core::Error& error) {
    require(!error.message.empty(), "an error says what happened");
    return false;
  }
}

void read_everything(const core::Json& json) {
  for (const char* member : {"id", "name", "draft", "assets", "commit", "message"}) {
    worked([&] { json.string(member); });
    worked([&] { json.number(member); });
    worked([&] { json.boolean(member); });
    worked([&] { json.object(member).string("sha"); });
    worked([&] {
      for (const core::Json& one : json.array(member))
        require(one.is_object(), "a list of objects");
    });
    require(json.is_object() || !json.has(member), "only an object has members");
  }
  worked([&] { json.elements(); });
  worked([&] { require(gitea::parse_asset(json).id != 0, "an asset has an id"); });
  worked([&] { require(!gitea::parse_tag(json).commit.empty(), "a tag has a commit"); });
  worked([&] {
    const core::Release release = gitea::parse_release(json);
    require(release.id != 0, "a release has an id");
    require(core::is_utf8(release.body) && core::is_utf8(release.tag), "texts are UTF-8");
  });
}

}  // namespace

void fuzz::target(std::string_view input) {
  worked([&] {
    require(core::is_utf8(input) || !worked([&] { core::Json::parse(input); }),
            "what is no UTF-8 is no JSON");
    read_everything(core::Json::parse(input));
  });

  const std::string text(input);
  const std::string written = core::JsonObject().add("t", text).add(text, true).text();
  const core::Json read = core::Json::parse(written);
  require(!core::is_utf8(text) || read.string("t") == text, "what is written is read back");
  require(core::is_utf8(written), "what is written is UTF-8");

  for (const char* type : {"application/json", "text/html", ""}) {
    gitea::Answer answer;
    answer.body = text;
    answer.content_type = type;
    const std::string said = gitea::message_in(answer);
    require(!has_control_characters(said), "a server's words are one line");
    require(said.size() < 400, "a server's words are short");
  }
}
