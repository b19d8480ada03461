// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "faults/sweep.hpp"

namespace faults {
namespace {

/// A user's own draft, with a file in it. `draft: false` fills and publishes it; title and notes
/// stay unchanged. One file is sent raw, larger than the buffers of two sockets.
void prepare(Fixture& fixture) {
  fixture.server.create_tag(fixture.tag);
  core::JsonObject json;
  json.add("tag_name", fixture.tag).add("name", "Their title").add("body", "Their notes");
  const auto draft = fixture.server.create_release(json.add("draft", true).text());
  fixture.server.upload(draft.id, "theirs.bin", "theirs");
  fixture.bring({{"large.img", bytes(std::size_t{4} << 20, 1)}, {"small.txt", "small"}});
  fixture.keep("theirs.bin", "theirs");
  fixture.job.input("draft", "false").input("upload_encoding", "raw");
  fixture.wanted.titles = {"Their title"};
  fixture.wanted.texts = {"Their notes"};
}

}  // namespace

TEST_CASE("publishing a user's draft withstands every fault at every exchange") {
  sweep({"the user's draft published", prepare});
}

}  // namespace faults
