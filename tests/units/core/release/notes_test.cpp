// SPDX-License-Identifier: MIT
#include "core/release/notes.hpp"

#include <catch2/catch_test_macros.hpp>
#include <limits>

#include "core/text/text.hpp"
#include "units/core/release/notes_fixture.hpp"

using core::Asset;
using core::incoming_text;
using core::Notes;
using core::parse_notes;
using core::Record;
using core::render_notes;
using core::with_appended;

using notes_tests::asset;
using notes_tests::commit;
using notes_tests::digest;
using notes_tests::record_of;

TEST_CASE("rendered notes are parsed back, with and without each of their parts") {
  const std::vector<Asset> assets = {asset(1), asset(2)};
  for (const char* text :
       {"", "One line", "# Title\n\n- a\n- b", "\n  indented\n\n<!-- mine -->"}) {
    for (const bool marked : {false, true}) {
      for (const bool recorded : {false, true}) {
        Notes notes;
        notes.text = text;
        if (marked) notes.mark = commit;
        if (recorded) notes.record = record_of(assets);
        const std::string body = render_notes(notes, assets);
        INFO(body);
        const Notes again = parse_notes(body);
        CHECK(again.text == notes.text);
        CHECK(again.mark == notes.mark);
        CHECK(again.record == notes.record);
        CHECK(render_notes(again, assets) == body);
      }
    }
  }
}

TEST_CASE("the order is text, mark, record") {
  const std::string body = render_notes({"Text", commit, record_of({asset(5)})}, {asset(5)});
  CHECK(body.starts_with("Text\n\n<!-- gitea-release: being filled for commit " + commit +
                         " -->\n"
                         "<!-- gitea-release record: 5:"));
  CHECK(core::lines(body).size() == 4);
}

TEST_CASE("empty notes are one blank, since the server ignores an empty body") {
  CHECK(render_notes({}, {}) == " ");
  CHECK(parse_notes(" ").text.empty());
  CHECK(parse_notes("").text.empty());
}

TEST_CASE("CRLF, as browsers send it, and blanks at the end change nothing") {
  const std::string body = render_notes({"a\n\nb", commit, record_of({asset(5)})}, {asset(5)});
  std::string edited;
  for (const char c : body) edited += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Notes notes = parse_notes(edited + " \r\n\r\n");
  CHECK(notes.text == "a\n\nb");
  CHECK(notes.mark == commit);
  CHECK(notes.record.size() == 1);
}

TEST_CASE("the record counts as the last line only") {
  const std::string body = render_notes({"Text", {}, record_of({asset(5)})}, {asset(5)});
  REQUIRE(parse_notes(body).record.size() == 1);
  const Notes notes = parse_notes(body + "\nmore");
  CHECK(notes.record.empty());
  CHECK(notes.text.ends_with("\nmore"));
}

TEST_CASE("of two records neither is believed") {
  const std::string line = core::render_record(record_of({asset(5)}));
  CHECK(parse_notes(line + "\n\ntext\n\n" + line).record.empty());
  CHECK(parse_notes("quoted: " + line + "\n" + line).record.empty());
  CHECK(parse_notes("<!-- gitea-release record: broken\n" + line).record.empty());
  CHECK(parse_notes("no record: gitea-release record:\n" + line).record.size() == 1);
}

TEST_CASE(
    "a record that was not believed does not become valid when the text after it is removed") {
  const std::string record = core::render_record(record_of({asset(7)}));
  const std::string mark = "<!-- gitea-release: being filled for commit abc -->";
  const std::string broken = "<!-- gitea-release record: x -->";
  for (const bool published : {false, true}) {
    for (const std::string& tail :
         {record + "\n" + record, record + "\n" + mark, broken + "\n\n" + mark,
          record + "\n\n" + mark + "\n" + record}) {
      INFO(tail);
      const Notes notes = parse_notes("text\n\n" + tail, published);
      CHECK(notes.text == "text");
      CHECK(notes.record.empty());
    }
  }
}

TEST_CASE("an invalid record is removed and not believed") {
  const Notes notes = parse_notes("Text\n\n<!-- gitea-release record: 5:dead -->");
  CHECK(notes.record.empty());
  CHECK(notes.text == "Text");
}

TEST_CASE("a mark is a line of its own with a commit in it") {
  const std::string opening = "<!-- gitea-release: being filled for commit";
  CHECK(parse_notes("T\n\n" + opening + " " + commit + " -->").mark == commit);
  for (const std::string& line :
       {opening + " -->", opening + "  -->", opening + " " + commit + "-->", opening + " " + commit,
        "x " + opening + " " + commit + " -->", opening + " " + commit + " --> x",
        opening + " a --> b <!-- c -->"}) {
    INFO(line);
    const Notes notes = parse_notes("T\n\n" + line);
    CHECK_FALSE(notes.mark);
    CHECK(notes.text == "T\n\n" + line);
  }
}

TEST_CASE("text that a user wrote after the comments does not make the draft the user's own") {
  const std::string body = render_notes({"Text", commit, {}}, {});
  CHECK(parse_notes(body + "\n\nA late remark.").mark == commit);
}

TEST_CASE("a second mark does not become valid when the first one is removed") {
  const std::string line = "<!-- gitea-release: being filled for commit " + commit + " -->";
  const Notes notes = parse_notes("Text\n\n" + line + "\n" + line);
  CHECK(notes.mark == commit);
  CHECK_FALSE(parse_notes(render_notes({notes.text, {}, {}}, {})).mark);
}

TEST_CASE("the mark lists the assets that are from another commit") {
  Notes notes{"Text", commit, record_of({asset(9)})};
  notes.outdated_up_to = 7;
  const Notes again = parse_notes(render_notes(notes, {asset(9)}));
  CHECK(again.mark == commit);
  CHECK(again.outdated_up_to == 7);
  CHECK(again.text == "Text");
  CHECK(again.record.contains(9));
  CHECK(parse_notes(render_notes({"Text", commit, {}}, {})).outdated_up_to == 0);
  const std::string opening =
      "<!-- gitea-release: being filled for commit " + commit + "; assets up to ";
  for (const char* rest :
       {"x are of another one -->", " are of another one -->", "7 -->", "07 are of another one -->",
        "-1 are of another one -->", "0 are of another one -->",
        "18446744073709551616 are of another one -->"}) {
    INFO(rest);
    CHECK_FALSE(parse_notes(opening + rest).mark);
  }
}

TEST_CASE("above the limit the record is shortened, never the text, and a mark takes its share") {
  const std::vector<Asset> assets = {asset(1, 10), asset(2, 30), asset(3, 20)};
  const std::size_t with_record = core::render_record(record_of(assets)).size();
  constexpr std::size_t room_of_a_mark = 203;  // with its line ends
  const std::size_t text = core::notes_limit - with_record - room_of_a_mark;
  for (const bool marked : {false, true}) {
    Notes notes{std::string(text, 'x'), {}, record_of(assets)};
    if (marked) notes.mark = commit;
    CHECK(parse_notes(render_notes(notes, assets)).record.size() == 3);
    notes.text += 'x';
    const std::string body = render_notes(notes, assets);
    CHECK(body.size() <= core::notes_limit);
    const Notes again = parse_notes(body);
    CHECK(again.text == notes.text);
    CHECK(again.mark == notes.mark);
    CHECK(again.record.size() == 2);
    CHECK(again.record.contains(2));  // the largest ones
    CHECK(again.record.contains(3));
    CHECK(core::recordable(notes, notes.record, assets) == again.record);
  }
}

TEST_CASE("the longest mark fits next to a full record") {
  std::vector<Asset> assets;
  for (std::uint64_t id = 1; id < 2000; ++id) assets.push_back(asset(id));
  Notes notes{"Text", std::string(64, 'f'), record_of(assets)};  // a repository with SHA-256 names
  notes.outdated_up_to = std::numeric_limits<std::uint64_t>::max();
  const std::string body = render_notes(notes, assets);
  CHECK(body.size() <= core::notes_limit);
  CHECK(body.size() > core::notes_limit - 2 * core::max_entry_length);
  CHECK(parse_notes(body).mark == notes.mark);
}

TEST_CASE("the room for a record depends on the notes, and is never overestimated") {
  std::vector<Asset> assets;
  for (std::uint64_t id = 1; id < 2000; ++id) assets.push_back(asset(1'000'000 + id * 9'999'999));
  for (const std::size_t size : {0, 30'000, 59'000, 59'790, 59'797, 60'000, 70'000}) {
    const Notes notes{std::string(size, 'x'), {}, record_of(assets)};
    const std::size_t kept = core::recordable(notes, notes.record, assets).size();
    INFO(size);
    CHECK(core::record_capacity(notes) <= kept + 1);  // the enclosing comment takes some room
    CHECK((size < 59'700) == (core::record_capacity(notes) > 0));
  }
}

TEST_CASE("a text above the limit is sent completely, with its mark and without a record") {
  const Notes notes{std::string(core::notes_limit + 1, 'x'), commit, record_of({asset(1)})};
  const Notes again = parse_notes(render_notes(notes, {asset(1)}));
  CHECK(again.text == notes.text);
  CHECK(again.mark == commit);
  CHECK(again.record.empty());
}

TEST_CASE("text is appended once, as a paragraph of its own") {
  CHECK(with_appended("a", "b") == "a\n\nb");
  CHECK(with_appended("", "b") == "b");
  CHECK(with_appended("a", "") == "a");
  CHECK(with_appended("a\nb\nc", "b") == "a\nb\nc");
  CHECK(with_appended("ab", "b") == "ab\n\nb");
  const std::string once = with_appended("# T", "- x\n\n- y");
  CHECK(with_appended(once, "- x\n\n- y") == once);
}

TEST_CASE("text is prepended once, as a paragraph of its own") {
  using core::with_prepended;
  CHECK(with_prepended("a", "b") == "b\n\na");
  CHECK(with_prepended("", "b") == "b");
  CHECK(with_prepended("a", "") == "a");
  CHECK(with_prepended("a\nb\nc", "b") == "a\nb\nc");
  CHECK(with_prepended("a", "```\nb") == "```\nb\n```\n\na");
  const std::string once = with_prepended("# T", "- x\n\n- y");
  CHECK(with_prepended(once, "- x\n\n- y") == once);
}

TEST_CASE("a record that was truncated at the end of the notes is dropped") {
  const std::string cut = "<!-- gitea-release record: 7:0123";
  const std::string mark = "<!-- gitea-release: being filled for commit 0123456789abcdef -->";
  const core::Notes notes = core::parse_notes("text\n\n" + mark + "\n" + cut);
  CHECK(notes.text == "text");
  CHECK(notes.mark == "0123456789abcdef");
  CHECK(core::parse_notes("text\n\n" + cut, true).text == "text");
}

TEST_CASE("a truncated mark is text, and closing the comment does not make it a mark") {
  const std::string cut = "<!-- gitea-release: being filled for commit 0123456789abcdef";
  core::Notes notes = core::parse_notes("text\n\n" + cut);
  CHECK_FALSE(notes.mark);
  notes.record[7] = {"01234567", std::string(64, 'a')};
  const core::Notes read = core::parse_notes(
      core::render_notes(notes, {{7, "a", 1, "01234567-0000-0000-0000-000000000000", ""}}));
  CHECK_FALSE(read.mark);
  CHECK(read.text == "text\n\n" + cut + "\n-->");
}

TEST_CASE("a tag's message becomes notes without its signature, unless it only repeats the name") {
  CHECK(core::notes_of_tag("v1.0.0", "What is new\n\n- all\n") == "What is new\n\n- all");
  CHECK(core::notes_of_tag("v1.0.0", "text\n-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END") ==
        "text");
  CHECK(core::notes_of_tag("v1.0.0", "text\n-----BEGIN SSH SIGNATURE-----\nU1\n") == "text");
  CHECK(core::notes_of_tag("v1.0.0", "v1.0.0\n").empty());
  CHECK(core::notes_of_tag("app/v1.0.0", "v1.0.0").empty());
  CHECK(core::notes_of_tag("v1.0.0", "\xff").empty());
  CHECK(core::notes_of_tag("v1.0.0", "<!-- gitea-release: being filled for commit c -->")
            .starts_with("&lt;"));
}
