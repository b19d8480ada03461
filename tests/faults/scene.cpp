// SPDX-License-Identifier: MIT
#include "faults/scene.hpp"

#include <random>
#include <stdexcept>

namespace faults {

Scene::Scene(support::Server& server_of_ours, const std::string& tag_of_ours)
    : server(server_of_ours),
      tag(tag_of_ours),
      commit(server.commit()),
      job(server, tag),
      marks{commit} {}

void Scene::bring(const Files& files) {
  std::string patterns;
  for (const auto& [name, content] : files) {
    job.file("dist/" + name, content);
    patterns += "dist/" + name + "\n";
    wanted.assets[name] = {content};
  }
  job.input("files", patterns);
}

void Scene::keep(const std::string& name, const std::string& content) {
  wanted.assets[name] = {content};
  ++unrecorded;
}

void Scene::publish() {
  const support::Run run = job.publish();
  if (run.status != 0) throw std::runtime_error("the scene cannot be set: " + run.log);
}

std::string bytes(std::size_t size, unsigned seed) {
  std::minstd_rand random(seed);
  std::string result(size, '\0');
  for (char& byte : result) byte = static_cast<char>(random() >> 8U);
  return result;
}

}  // namespace faults
