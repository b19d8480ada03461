// SPDX-License-Identifier: MIT
#include "core/text/json.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using core::Json;
using core::JsonObject;

namespace {

/// The message of the Error that `work` throws; "" if it throws none.
template <typename Work>
std::string message_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    return error.message;
  }
  return {};
}

}  // namespace

TEST_CASE("members of the expected type are read") {
  const Json json = Json::parse(
      R"({"name":"a\"bä\u00e4\n","id":18446744073709551615,"draft":true,"off":false,
          "commit":{"sha":"c0ffee"},"assets":[{"id":1},{"id":2}]})");
  CHECK(json.is_object());
  CHECK(json.string("name") == "a\"b\xC3\xA4\xC3\xA4\n");
  CHECK(json.number("id") == 18446744073709551615U);
  CHECK(json.boolean("draft"));
  CHECK_FALSE(json.boolean("off"));
  CHECK(json.object("commit").string("sha") == "c0ffee");
  REQUIRE(json.array("assets").size() == 2);
  CHECK(json.array("assets")[1].number("id") == 2);
}

TEST_CASE("an absent or null member reads as empty") {
  const Json json = Json::parse(R"({"null":null})");
  for (const char* member : {"null", "absent"}) {
    INFO(member);
    CHECK_FALSE(json.has(member));
    CHECK(json.string(member).empty());
    CHECK(json.number(member) == 0);
    CHECK_FALSE(json.boolean(member));
    CHECK(json.object(member).is_object());
    CHECK(json.object(member).object("deeper").string("still").empty());
    CHECK(json.array(member).empty());
  }
}

TEST_CASE("a member of the wrong type is an error that names it") {
  const Json json = Json::parse(
      R"({"s":"1","n":1,"neg":-1,"frac":1.5,"big":18446744073709551616,"b":true,"l":[1]})");
  CHECK(message_of([&] { json.string("n"); }).find("'n'") != std::string::npos);
  CHECK(message_of([&] { json.string("b"); }).find("'b'") != std::string::npos);
  CHECK(message_of([&] { json.number("s"); }).find("'s'") != std::string::npos);
  CHECK(message_of([&] { json.number("neg"); }).find("'neg'") != std::string::npos);
  CHECK(message_of([&] { json.number("frac"); }).find("'frac'") != std::string::npos);
  CHECK(message_of([&] { json.number("big"); }).find("'big'") != std::string::npos);
  CHECK(message_of([&] { json.boolean("n"); }).find("'n'") != std::string::npos);
  CHECK(message_of([&] { json.object("l"); }).find("'l'") != std::string::npos);
  CHECK(message_of([&] { json.array("s"); }).find("'s'") != std::string::npos);
  CHECK(message_of([&] { json.array("l"); }) != "");
  CHECK(message_of([&] { json.elements(); }) != "");
}

TEST_CASE("a list of strings is read, and other types are rejected") {
  const Json json = Json::parse(R"({"a":["x","y\u0000z"],"b":[],"c":null,"d":[1],"e":"x"})");
  CHECK(json.strings("a") == std::vector<std::string>{"x", std::string("y\0z", 3)});
  CHECK(json.strings("b").empty());
  CHECK(json.strings("c").empty());
  CHECK(json.strings("missing").empty());
  CHECK_THROWS_AS(json.strings("d"), core::Error);
  CHECK_THROWS_AS(json.strings("e"), core::Error);
}

TEST_CASE("a value that is not an object has no members") {
  for (const char* text : {"null", "[]", "1", "\"id\"", "true"}) {
    INFO(text);
    const Json json = Json::parse(text);
    CHECK_FALSE(json.is_object());
    CHECK_FALSE(json.has("id"));
    CHECK(json.number("id") == 0);
  }
  CHECK(Json::parse("[{},{}]").elements().size() == 2);
}

TEST_CASE("anything but one complete JSON document is rejected") {
  for (const char* text : {"", " ", "{", "{}{}", "{} x", "{\"a\":}", "{'a':1}", "<html>", "[1,]",
                           "\"\\ud800\"", "\"\xFF\"", "{\"a\":\"\xC0\x80\"}"}) {
    INFO(text);
    CHECK(message_of([&] { Json::parse(text); }).find("JSON") != std::string::npos);
  }
}

TEST_CASE("an incomplete byte order mark is rejected, and so is other invalid UTF-8") {
  CHECK(Json::parse("\xEF\xBB\xBF{}").is_object());
  CHECK_THROWS_AS(Json::parse("\xBB{}"), core::Error);
  CHECK_THROWS_AS(Json::parse("\xBF{}"), core::Error);
  CHECK_THROWS_AS(Json::parse("{\"a\":\"\xFF\"}"), core::Error);
}

TEST_CASE("a NUL does not end a document: the text after it counts") {
  CHECK_THROWS_AS(Json::parse(std::string_view("{}\0garbage", 10)), core::Error);
  CHECK_THROWS_AS(Json::parse(std::string_view("\0", 1)), core::Error);
}

TEST_CASE("hundreds of thousands of brackets do not overflow the stack") {
  const std::string open(200'000, '[');
  CHECK(message_of([&] { Json::parse(open); }) != "");
  CHECK_FALSE(Json::parse(open + std::string(200'000, ']')).is_object());
}

TEST_CASE("a value outlives the document variable that it came from") {
  const Json commit = Json::parse(R"({"commit":{"sha":"abc"}})").object("commit");
  CHECK(commit.string("sha") == "abc");
}

TEST_CASE("an object is written with its strings escaped") {
  JsonObject json;
  json.add("a", "x\"\\\n\x01ä").add("flag", true).add("off", false);
  json.add("n", std::uint64_t{18446744073709551615U});
  CHECK(json.text() ==
        "{\"a\":\"x\\\"\\\\\\n\\u0001ä\",\"flag\":true,\"off\":false,"
        "\"n\":18446744073709551615}");
  CHECK(JsonObject().text() == "{}");
  const std::string zero("a\0b", 3);
  CHECK(Json::parse(JsonObject().add("z", zero).text()).string("z") == zero);
}

TEST_CASE("strings that are not UTF-8 are written with replacement characters") {
  const std::string replacement = "\xEF\xBF\xBD";
  const auto sent = [](std::string_view text) {
    return Json::parse(JsonObject().add("s", text).text()).string("s");
  };
  CHECK(sent("a\xFFz") == "a" + replacement + "z");
  CHECK(sent("ä\xC3") == "ä" + replacement);
  CHECK(sent("\xF0\x9F\x98\x80\x80") == "😀" + replacement);
  CHECK(sent("\xE2(") == replacement + "(");
}
