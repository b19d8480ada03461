// SPDX-License-Identifier: MIT
//
// gitea-sandbox: a small server that behaves like Gitea as far as releases go, for tests and
// trials.
//
//   gitea-sandbox --port 3000          prints GITEA_URL, GITEA_TOKEN, GITEA_REPOSITORY; ends on ^C
//
// It keeps a world: users, tokens, repositories with commits and tags, the one table of releases
// and tags that Gitea has, assets with their bytes. It answers as Gitea 1.25.4 did when it was
// measured, mistakes included: lost updates, the window between a push and its rows, uploads that
// hold the database. What other versions do differently is data (profile.cpp, --profile).
//
// Reading on: http_server (the wire) -> sandbox (log, faults) -> routes (which endpoint) ->
// admission (may they) -> api_*.cpp (the endpoints) -> world (the state). downloads is the web
// side.
//
// The control plane is below GITEA_URL/_sandbox/. It speaks JSON, needs no token, and no real
// server has it. Members that are left out keep their default.
//
//   GET, DELETE requests           what was asked, in order of arrival; status 0: on its way, or not
//                                  answered. method path query status body_bytes user started_ms
//                                  ended_ms headers raw_body port, of a fault: fault, and carried_out (the
//                                  status it has not touched; 0: not done). requests?port=N: by that
//                                  door
//   GET leaks                      where a token was received besides the header Authorization
//   POST doors                     -> {"port"}: a further port of this server
//   POST doors/PORT/shut           {"ms"}: refuses connections for so long; -1 (default): for good
//   DELETE doors/PORT              ends its connections; returns once nothing of them goes on
//   POST tokens                    {"user","scopes":["all"],"admin","password","prohibited",
//                                  "must_change_password","job_repository":"o/r","job_reads_only"}
//                                  -> {"token"}; makes the user when there is none (its password is
//                                  its name)
//   DELETE tokens/TOKEN            the token is not accepted any more
//   GET, PATCH settings            {"max_size_bytes":N or null,"allowed_types":".txt,.zip","version",
//                                  "attachments_enabled","require_signin","patch_window_ms",
//                                  "create_window_ms","delete_window_ms","push_window_ms",
//                                  "busy_timeout_ms"}. A window is the time between reading a row
//                                  and writing it back; the busy timeout is how long a writer waits
//                                  for another (0: for ever).
//   PATCH users/NAME               {"name"} renames
//   POST repos/O/R/collaborators   {"user","permission":"read|write|admin"}
//   POST repos/O/R/push            {"ref":"refs/tags/T or refs/heads/B","commit","annotated",
//                                  "message","row_delay_ms","delete","user","date","author","email"}
//                                  -> {"commit"}. A tag is in git at once, and in the table of
//                                  releases after the delay. A branch without "commit" gets a new
//                                  one.
//   POST repos/O/R/packages        {"type":"container","name":"R","version":"latest"}: a version of a
//                                  package of the owner, linked to no repository
//   GET repos/O/R/releases         all rows, also those that are only tags, with the SHA-256 of
//                                  assets
//   GET, DELETE faults             how often each has struck
//   POST faults                    {"kind","method","path","port","skip":0,"times":1, ...}: strikes
//                                  requests of that method whose path?query contains the text, that
//                                  came in by that door, after `skip` of them, `times` times (-1:
//                                  always). Kinds:
//     status          is not carried out: "status" (503), "body", "content_type", "headers"{};
//                     with "read_body" the request is read to its end first
//     redirect        the same with "status" (302) and "location" (to itself)
//     reset_before    RST before the body is read; not carried out
//     reset_mid_body  RST after "after" bytes of the body; not carried out
//     stall           no answer; the connection stays open for "ms", or until the client leaves;
//                     carried out with "execute"; with "after" only so much of the body is read
//     drop            carried out, then closed without an answer
//     cut             carried out; only "after" bytes of the answer, head included, are sent, or
//                     half of what "within" names (head, body); closed after "ms"
//     delay           carried out; answered after "ms"
//     slow            carried out; the answer drips, a byte every "ms"
//     garbage         carried out; the body is nonsense, or "body", or JSON with "fill" bytes of
//                     nothing; also "status", "content_type"
//     execute_status  carried out; answered as by "status" (500)
//     truncate        carried out, but of an upload only "after" bytes are stored; with "drop" without
//                     an answer
//     shut            carried out and answered; from that answer on the door is shut for "ms"
//     late            taken in whole, and carried out after "ms"; with "drop" the connection ends as
//                     soon as it is taken in, and it is carried out though nobody waits any more
//     hold            taken in whole, and carried out once it is let go, or after "ms"; with "drop"
//                     without an answer
//                                  {"all":[...]} orders several at once. The first one that fits a
//                                  request strikes it, and no other
//   POST faults/release            lets go all that is held
//
#include "http_server.hpp"
#include "options.hpp"
#include "sandbox.hpp"
#include "text.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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
  const auto handle = [&ready](const sandbox::Request& request, sandbox::Body& body) {
    return ready->handle(request, body);
  };
  sandbox::HttpServer server(options.port, handle);
  std::optional<sandbox::TlsServer> tls;
  std::optional<sandbox::HttpServer> secure;
  if (!options.tls_certificate.empty()) {
    tls.emplace(options.tls_certificate, options.tls_key, options.tls_max_version);
    secure.emplace(0, handle, &*tls);
  }
  const std::string url = "http://127.0.0.1:" + std::to_string(server.port()) + options.base_path;
  sandbox::Sandbox world(*sandbox::find_profile(options.profile),
                         options.root_url.empty() ? url + "/" : options.root_url, options.base_path,
                         data.path());
  if (options.for_measurements) {
    world.stop_watching();
    world.world().blobs.reuse_room();
  }
  ready = &world;
  const std::string token = set_up(world.world());
  server.start();
  std::printf("GITEA_URL=%s\nGITEA_TOKEN=%s\nGITEA_REPOSITORY=demo/app\n", url.c_str(),
              token.c_str());
  if (secure) {
    secure->start();
    std::printf("GITEA_TLS_URL=https://127.0.0.1:%d%s\n", secure->port(),
                options.base_path.c_str());
  }
  std::fflush(stdout);
  wait_for_the_end(signals, options.until_stdin_closes);
  const bool doors_are_closed = world.stop();
  const bool secure_ended = !secure || secure->stop();
  if (!server.stop() || !doors_are_closed || !secure_ended) {
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
