// SPDX-License-Identifier: MIT
//
// gitea-sandbox
//
#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "http_server.hpp"
#include "options.hpp"
#include "sandbox.hpp"
#include "text.hpp"

namespace {

/// The place of the assets: one that is there, or a fresh one that goes with this object.
class DataDirectory {
 public:
  explicit DataDirectory(const std::string& wanted) : path_(wanted) {
    if (!wanted.empty()) {
      std::filesystem::create_directories(path_);
      return;
    }
    std::string name = (std::filesystem::temp_directory_path() / "gitea-sandbox-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    path_ = name;
    temporary_ = true;
  }
  ~DataDirectory() { remove(); }
  void remove() const {
    std::error_code ignored;
    if (temporary_) std::filesystem::remove_all(path_, ignored);
  }
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  bool temporary_ = false;
};

/// SIGTERM and SIGINT as a descriptor. Blocks them for this thread and all that it starts.
int watch_signals() {
  sigset_t ends{};
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  return ::signalfd(-1, &ends, SFD_CLOEXEC);
}

void wait_for_the_end(int signals, bool until_stdin_closes) {
  pollfd watched[2] = {{signals, POLLIN, 0}, {until_stdin_closes ? STDIN_FILENO : -1, POLLIN, 0}};
  while (true) {
    if (::poll(watched, 2, -1) < 0) continue;
    if (watched[0].revents != 0) return;
    char ignored[256] = {};
    if (watched[1].revents != 0 && ::read(STDIN_FILENO, ignored, sizeof ignored) <= 0) return;
  }
}

/// The user, the token and the repository that are there from the start; the token.
std::string set_up(sandbox::World& world) {
  const auto guard = world.lock();
  const sandbox::User demo = world.add_user("demo");
  const auto app = world.add_repository(demo.id, "app");
  app->git.commit("main", "Initial commit", "demo", "demo@example.org", sandbox::unix_now());
  sandbox::Token token;
  token.user_id = demo.id;
  token.scopes = {"all"};
  return world.add_token(token);
}

int run(const sandbox::Options& options) {
  const int signals = watch_signals();
  const DataDirectory data(options.data);
  sandbox::Sandbox* ready = nullptr;
  sandbox::HttpServer server(options.port,
                             [&ready](const sandbox::Request& request, sandbox::Body& body) {
                               return ready->handle(request, body);
                             });
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + options.base_path;
  sandbox::Sandbox world(*sandbox::find_profile(options.profile),
                         options.root_url.empty() ? url + "/" : options.root_url, options.base_path,
                         data.path());
  ready = &world;
  const std::string token = set_up(world.world());
  server.start();
  std::printf("GITEA_URL=%s\nGITEA_TOKEN=%s\nGITEA_REPOSITORY=demo/app\n", url.c_str(),
              token.c_str());
  std::fflush(stdout);
  wait_for_the_end(signals, options.until_stdin_closes);
  if (!server.stop()) {
    data.remove();
    std::_Exit(0);  // a thread still waits for something: it must not see the world go
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto options = sandbox::parse_options({argv + 1, argv + argc});
    if (options.help) {
      std::fputs(sandbox::help_text().c_str(), stdout);
      return 0;
    }
    return run(options);
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "gitea-sandbox: %s Try --help.\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gitea-sandbox: %s\n", error.what());
    return 1;
  }
}
