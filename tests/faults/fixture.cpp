// SPDX-License-Identifier: MIT
#include "faults/fixture.hpp"

#include <random>
#include <stdexcept>

namespace faults {

Fixture::Fixture(support::Server& server_of_ours, const std::string& tag_of_ours)
    : server(server_of_ours),
      tag(tag_of_ours),
      commit(server.commit()),
      job(server, tag),
      marks{commit} {
  build(commit);
}

void Fixture::build(const std::string& commit_sha) {
  built_ = commit_sha;
  marks.insert(commit_sha);
  job.variable("GITHUB_SHA", commit_sha);
}

void Fixture::bring(const Files& files) {
  std::string patterns;
  for (const auto& [name, content] : files) {
    job.file("dist/" + name, content);
    patterns += "dist/" + name + "\n";
    wanted.assets[name] = {content};
  }
  job.input("files", patterns);
}

void Fixture::rebuild(const std::string& name) {
  const std::string content = rival_of(*wanted.assets.at(name).begin());
  job.file("dist/" + name, content);
  wanted.assets.at(name) = {content};
  for (const char* made : {"SHA256SUMS", "SHA256SUMS.minisig"}) {
    const auto expected = wanted.assets.find(made);
    if (expected != wanted.assets.end()) expected->second.clear();  // anything that is correct
  }
}

void Fixture::keep(const std::string& name, const std::string& content) {
  wanted.assets[name] = {content};
  ++unrecorded;
}

void Fixture::publish() {
  job.variable("GITHUB_SERVER_URL", server.url());  // and not a door that a runner has closed
  job.variable("GITHUB_API_URL", server.url() + "/api/v1");
  const support::Run run = job.publish();
  if (run.status != 0) throw std::runtime_error("the fixture cannot be set: " + run.log);
}

std::string rival_of(std::string content) {
  constexpr unsigned char change = 0x55;
  for (char& byte : content) byte = static_cast<char>(static_cast<unsigned char>(byte) ^ change);
  return content;
}

std::string bytes(std::size_t size, unsigned seed) {
  std::minstd_rand random(seed);
  std::string result(size, '\0');
  for (char& byte : result) byte = static_cast<char>(random() >> 8U);
  return result;
}

}  // namespace faults
