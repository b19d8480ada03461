// SPDX-License-Identifier: MIT
// The driver without libFuzzer: inputs of the corpus, changed at random from a seed.
//   NAME [-max_total_time=SECONDS] [-seed=N] [-artifact_prefix=PATH/] DIRECTORY…
// An input that breaks a promise is left in PATH/broken-input. The arguments are libFuzzer's; its
// other ones are ignored.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "target.hpp"

namespace {

std::string current;  // the current input, for the signal handler
std::string artifact = "broken-input";

constexpr unsigned longest_input_takes = 10;  // seconds

extern "C" void leave_input(int signal) {
  const int file = open(artifact.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  [[maybe_unused]] const ssize_t written = write(file, current.data(), current.size());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

class Mutation {
 public:
  explicit Mutation(std::uint64_t seed) : random_(seed) {}

  std::string of(const std::vector<std::string>& corpus) {
    std::string text = corpus[below(corpus.size())];
    for (std::size_t changes = below(6); changes > 0; --changes) change(text, corpus);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  void change(std::string& text, const std::vector<std::string>& corpus) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length = std::min(below(16), text.size() - at);
    switch (below(6)) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(below(text.size() + 1), length));
        break;
      case 2:
        text.insert(at, 1, static_cast<char>(below(256)));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 4:
        text.insert(at, words_[below(words_.size())]);
        break;
      default: {
        const std::string& other = corpus[below(corpus.size())];
        text = text.substr(0, at) + other.substr(below(other.size() + 1));
      }
    }
  }

  std::mt19937_64 random_;
  const std::vector<std::string> words_ = {"\n",
                                           "\r\n",
                                           "\r",
                                           std::string(1, '\0'),
                                           "\xFF",
                                           "::",
                                           "##[",
                                           "<<",
                                           "=",
                                           "<!--",
                                           "-->",
                                           "{",
                                           "}",
                                           "[",
                                           "]",
                                           "**",
                                           "?",
                                           "\\",
                                           "/",
                                           "@",
                                           "%",
                                           "\"",
                                           "0",
                                           "-1",
                                           "99999999999999999999"};
};

std::string value_of(const std::string& argument, const std::string& name) {
  return argument.starts_with(name) ? argument.substr(name.size()) : "";
}

}  // namespace

int main(int argc, char** argv) {
  std::chrono::seconds time(5);
  std::uint64_t seed = std::random_device{}();
  std::vector<std::string> corpus = {""};
  for (const std::string& argument : std::vector<std::string>(argv + 1, argv + argc)) {
    if (const auto given = value_of(argument, "-max_total_time="); !given.empty()) {
      time = std::chrono::seconds(std::stoi(given));
    } else if (const auto number = value_of(argument, "-seed="); !number.empty()) {
      seed = std::stoull(number);
    } else if (const auto prefix = value_of(argument, "-artifact_prefix="); !prefix.empty()) {
      artifact = prefix + "broken-input";
    } else if (!argument.starts_with('-')) {
      for (const auto& entry : std::filesystem::directory_iterator(argument)) {
        std::ifstream file(entry.path(), std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
      }
    }
  }
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGALRM}) std::signal(signal, leave_input);
  for (const std::string& entry : corpus) fuzz::target(current = entry);

  Mutation mutation(seed);
  const auto end = std::chrono::steady_clock::now() + time;
  std::uint64_t count = 0;
  for (; std::chrono::steady_clock::now() < end; ++count) {
    current = mutation.of(corpus);
    alarm(longest_input_takes);
    fuzz::target(current);
  }
  std::printf("%llu inputs from %zu of the corpus, seed %llu\n",
              static_cast<unsigned long long>(count), corpus.size(),
              static_cast<unsigned long long>(seed));
  return 0;
}
