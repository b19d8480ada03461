// SPDX-License-Identifier: MIT
//
// gitea-sandbox: a small server that behaves like Gitea in everything that concerns releases, for
// tests and experiments.
//
//   gitea-sandbox --port 3000          prints GITEA_URL, GITEA_TOKEN, GITEA_REPOSITORY; ends on ^C
//
// Its world consists of users, tokens, repositories with commits and tags, Gitea's single table of
// releases and tags, and assets with their bytes. It responds like Gitea 1.25.4 in measurements,
// bugs included: lost updates, the window between a push and its rows, uploads that block the
// database. The differences of other versions are data (profile.cpp, --profile).
//
// A request passes through http_server (the wire) -> sandbox (log, faults) -> routes (which
// endpoint) -> admission (permissions) -> api_*.cpp (the endpoints) -> world (the state). downloads
// is the web side.
//
// The control plane is below GITEA_URL/_sandbox/. It speaks JSON, needs no token, and does not
// exist on real servers. Absent members keep their default.
//
//   GET, DELETE requests           the log of requests, in order of arrival; status 0: in progress,
//                                  or no response. method path query status body_bytes user
//                                  started_ms ended_ms headers raw_body port; with a fault also
//                                  fault and carried_out (the status before the fault changed it;
//                                  0: not done). requests?port=N: only those through that door
//   GET leaks                      where a token was received outside of the header Authorization
//   POST doors                     -> {"port"}: an additional port of this server
//   POST doors/PORT/shut           {"ms"}: refuses connections for so long; -1 (default): for good
//   DELETE doors/PORT              ends its connections; returns when none of them is in use
//   POST tokens                    {"user","scopes":["all"],"admin","password","prohibited",
//                                  "must_change_password","job_repository":"o/r","job_reads_only",
//                                  "job_permissions":{"contents":"write"}} -> {"token"}; creates
//                                  the user if necessary (the default password is the user's name).
//                                  "job_permissions" are the `permissions:` of the job's workflow
//   DELETE tokens/TOKEN            the server no longer accepts the token
//   GET, PATCH settings            {"max_size_bytes":N or null,"allowed_types":".txt,.zip","version",
//                                  "attachments_enabled","require_signin","patch_window_ms",
//                                  "create_window_ms","delete_window_ms","push_window_ms",
//                                  "busy_timeout_ms"}. A window is the time between reading a row
//                                  and writing it back; the busy timeout is how long a writer waits
//                                  for another one (0: for ever).
//   PATCH users/NAME               {"name"} renames
//   POST repos/O/R/collaborators   {"user","permission":"read|write|admin"}
//   POST repos/O/R/push            {"ref":"refs/tags/T or refs/heads/B","commit","annotated",
//                                  "message","row_delay_ms","delete","user","date","author","email"}
//                                  -> {"commit"}. A tag is in git at once, and in the table of
//                                  releases after the delay. A branch without "commit" gets a new
//                                  commit.
//   POST repos/O/R/packages        {"type":"container","name":"R","version":"latest"}: a version of a
//                                  package of the owner, not linked to a repository
//   GET repos/O/R/releases         all rows, including those that are only tags, with the SHA-256 of
//                                  the assets
//   GET, DELETE faults             how often each has applied
//   POST faults                    {"kind","method","path","port","skip":0,"times":1, ...}: applies to
//                                  requests with that method whose path?query contains the text and
//                                  that arrive through that door, after `skip` of them, `times`
//                                  times (-1: always). Kinds:
//     status          not carried out; the response has "status" (503), "body", "content_type",
//                     "headers"{}; with "read_body" the request is read to its end first
//     redirect        the same with "status" (302) and "location" (default: the request's own)
//     reset_before    RST before the body is read; not carried out
//     reset_mid_body  RST after "after" bytes of the body; not carried out
//     stall           no response; the connection stays open for "ms", or until the client leaves;
//                     carried out with "execute"; with "after" only that much of the body is read
//     drop            carried out, then closed without a response
//     cut             carried out; only "after" bytes of the response, header included, are sent, or
//                     half of the part "within" (head, body); closed after "ms"
//     delay           carried out; the response is sent after "ms"
//     slow            carried out; the response is sent byte by byte, one every "ms"
//     garbage         carried out; the body is nonsense, or "body", or JSON with "fill" meaningless
//                     bytes; also "status", "content_type"
//     execute_status  carried out; the response is that of "status" (500)
//     truncate        carried out, but only "after" bytes of an upload are stored; with "drop"
//                     without a response
//     shut            carried out and answered; with that response the door is shut for "ms"
//     late            read completely, and carried out after "ms"; with "drop" the connection ends
//                     directly after reading, and the request is carried out without a client
//     hold            read completely, and carried out when it is released, or after "ms"; with
//                     "drop" without a response
//                                  {"all":[...]} requests several faults at once. Of those that match
//                                  a request only the first one applies
//   POST faults/release            releases all requests that are held
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

/// The directory of the assets: an existing one, or a temporary one that is removed with this
/// object.
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

/// Creates the first user, token and repository; returns the token.
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
    std::_Exit(0);  // a thread is still waiting: the world must not be destroyed under it
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
