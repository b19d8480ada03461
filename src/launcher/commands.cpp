// SPDX-License-Identifier: MIT
#include "launcher/commands.hpp"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>
#include <thread>

#include "core/error.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "launcher/arguments.hpp"
#include "launcher/changes.hpp"
#include "launcher/child.hpp"
#include "launcher/command_context.hpp"
#include "launcher/exit_status.hpp"
#include "launcher/lock.hpp"
#include "launcher/progress_lines.hpp"
#include "launcher/reads.hpp"
#include "launcher/selftest.hpp"
#include "launcher/state_file.hpp"
#include "launcher/status.hpp"
#include "launcher/swap_runner.hpp"
#include "launcher/trusted_keys.hpp"
#include "launcher/updates.hpp"

namespace launcher {
namespace {

using core::Error;
using core::Fault;

constexpr std::chrono::milliseconds between_looks{250};

/// Waits for the answer of the launcher that runs the application.
CommandResult followed(const CommandContext& context, const Request& request) {
  const bool is_download = request.wish == Wish::download;
  ProgressLines lines(context.arguments.json && is_download);
  send_request(context.folder, context.files, request);
  for (;;) {
    std::this_thread::sleep_for(between_looks);
    const core::Json status =
        core::Json::parse(text_of(context.folder.status(), max_status).value_or("{}"));
    if (const auto answer = answer_in(status, request.id)) {
      return {answer->status, answer->message};
    }
    lines.show(status.number("done"), status.number("total"));
    if (!lock_holder(context.folder)) {
      throw Error(Fault::failed, "the launcher of the application has ended without an answer");
    }
  }
}

Request request_for(Wish wish, const Arguments& arguments) {
  Request request;
  constexpr int bits_64 = 2;
  request.id = random_hex(bits_64);
  request.wish = wish;
  request.version = arguments.operand;
  request.now = arguments.now;
  request.data = arguments.data;
  return parse_request(render_request(request));  // with its checks
}

/// Lets the launcher that runs the application do it, or does it here if none runs.
CommandResult requested(const CommandContext& context, const Request& request,
                        const std::function<CommandResult(SwapRunner&)>& here) {
  const Lock lock = Lock::take(context.folder);
  if (lock.state() == Lock::State::taken) {
    if (lock_holder(context.folder)) return followed(context, request);
    return {ExitStatus::in_use, "processes that the application has started still run"};
  }
  Log log(context.files, context.folder.log(), Log::Echo::no);
  SwapRunner swap(context.folder, context.files, log);
  return here(swap);
}

CommandResult apply_update(const CommandContext& context) {
  const Request request = request_for(Wish::apply, context.arguments);
  return requested(context, request, [&](SwapRunner& swap) -> CommandResult {
    swap.change(asking_for(context.folder, swap.journal(), request.version));
    return {0, fmt::format("{} will be installed at the next start", swap.journal().new_version)};
  });
}

CommandResult roll_back_update(const CommandContext& context) {
  const Request request = request_for(Wish::rollback, context.arguments);
  return requested(context, request, [&](SwapRunner& swap) -> CommandResult {
    swap.change(going_back(context.folder, swap.journal(), request.data));
    return {0, fmt::format("{} will be back at the next start", swap.journal().old_version)};
  });
}

CommandResult skip_version(const CommandContext& context) {
  const Request request = request_for(Wish::skip, context.arguments);
  return requested(context, request, [&](SwapRunner& swap) -> CommandResult {
    swap.change(skipping(swap.journal(), request.version));
    return {0, fmt::format("{} is not offered any more", request.version)};
  });
}

CommandResult not_running() { throw Error(Fault::failed, "the application does not run"); }

CommandResult confirm_health(const CommandContext& context) {
  Request request = request_for(Wish::confirm, context.arguments);
  request.run = own_variable("LAUNCHER_RUN");
  if (request.run.empty()) {
    throw Error(Fault::workflow, "LAUNCHER_RUN is not set: only the application can confirm");
  }
  return requested(context, request, [](SwapRunner&) { return not_running(); });
}

CommandResult extend_time(const CommandContext& context) {
  Arguments arguments = context.arguments;
  std::uint64_t seconds = 0;
  const std::string& text = arguments.operand;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
    throw Error(Fault::workflow, fmt::format("'{}' is not a number of seconds", text));
  }
  arguments.operand.clear();
  Request request = request_for(Wish::extend, arguments);
  request.seconds = seconds;
  return requested(context, request, [](SwapRunner&) { return not_running(); });
}

CommandResult noted(SwapRunner& swap, const UpdateResult& result) {
  const core::Journal journal = remembering(swap.journal(), result.withdrawn);
  if (journal != swap.journal()) swap.change(journal);
  return {result.status, result.message};
}

CommandResult look_for_release(const CommandContext& context) {
  const Request request = request_for(Wish::check, context.arguments);
  return requested(context, request, [&](SwapRunner& swap) {
    return noted(swap, check(context.folder, context.files, swap.journal()));
  });
}

/// A request names no path, so the launcher that runs the application cannot do it.
CommandResult download_archive(const CommandContext& context) {
  const UpdateResult result =
      download_from(context.arguments.from, context.folder, read_journal(context.folder),
                    printing(context.arguments.json));
  return {result.status, result.message};
}

CommandResult download_release(const CommandContext& context) {
  Request request = request_for(Wish::download, context.arguments);
  request.retry = !request.version.empty();  // a person has named it
  if (!context.arguments.from.empty()) return download_archive(context);
  return requested(context, request, [&](SwapRunner& swap) {
    const core::Journal journal = forgetting_failure(swap.journal(), request.version);
    if (journal != swap.journal()) swap.change(journal);
    return noted(
        swap, download(context.folder, journal, request.version, printing(context.arguments.json)));
  });
}

CommandResult update_all(const CommandContext& context) {
  CommandResult found = look_for_release(context);
  if (found.status != ExitStatus::newer_release) return found;
  CommandResult downloaded = download_release(context);
  return downloaded.status == 0 ? apply_update(context) : downloaded;
}

CommandResult stop_application(const CommandContext& context) {
  const auto holder = lock_holder(context.folder);
  if (!holder) return {0, "the application does not run"};
  ask_to_end(*holder);
  constexpr std::chrono::seconds slack{15};
  const auto release = release_in(context.folder.current());
  const auto patience =
      (release ? release->stop_timeout : core::ReleaseFile().stop_timeout) + slack;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (lock_holder(context.folder) == holder) {
    if (std::chrono::steady_clock::now() > deadline) {
      return {ExitStatus::in_use, "the application does not end"};
    }
    std::this_thread::sleep_for(between_looks);
  }
  return {0, "the application has ended"};
}

CommandResult change_keys(const CommandContext& context,
                          const std::function<void(TrustedKeys&)>& change) {
  TrustedKeys keys =
      TrustedKeys::parse(text_of(context.folder.trusted(), max_trusted).value_or(""));
  change(keys);
  context.files.write_durably(context.folder.trusted(), keys.text());
  return {0, fmt::format("{} keys are trusted", keys.keys().size())};
}

CommandResult trust_key(const CommandContext& context) {
  return change_keys(context, [&](TrustedKeys& keys) { keys.trust(context.arguments.operand); });
}

CommandResult distrust_key(const CommandContext& context) {
  return change_keys(context, [&](TrustedKeys& keys) { keys.distrust(context.arguments.operand); });
}

CommandResult tell_version(const CommandContext& context) {
  return {0, fmt::format("launcher {}, application {}", LAUNCHER_VERSION,
                         version_in(context.folder.current()))};
}

CommandResult run_selftest(const CommandContext& context) {
  selftest(context.folder, context.arguments.operand);
  return {0, "the launcher can work in this folder"};
}

StatusReport report_without_holder(const Folder& folder) {
  StatusReport report;
  report.version = version_in(folder.current());
  if (const auto release = release_in(folder.current())) report.app = release->app;
  report.state = "ended";
  describe_folder(report, folder, read_journal(folder));
  return report;
}

CommandResult tell_status(const CommandContext& context) {
  const Folder& folder = context.folder;
  const auto written = lock_holder(folder) ? text_of(folder.status(), max_status) : std::nullopt;
  const std::string text = written ? *written : render_status(report_without_holder(folder));
  if (context.arguments.json) {
    print_line(std::string(core::trim(text)));
    return {};
  }
  const core::Json json = core::Json::parse(text);
  for (const char* member : {"app", "version", "state", "phase", "new_version", "ready", "previous",
                             "newest", "outcome"}) {
    const std::string value = json.string(member);
    if (!value.empty()) print_line(fmt::format("{}: {}", member, value));
  }
  return {};
}

CommandResult tell_log(const CommandContext& context) {
  constexpr std::uint64_t most = 64 << 10;  // bytes
  for (const std::string& line : core::lines(end_of(context.folder.log(), most))) {
    print_line(context.arguments.json ? core::JsonObject().add("line", line).text() : line);
  }
  return {};
}

CommandResult tell_help(const CommandContext& /*context*/) { return {0, usage()}; }

const std::map<std::string, CommandResult (*)(const CommandContext&)> commands = {
    {"status", tell_status},        {"log", tell_log},
    {"version", tell_version},      {"check", look_for_release},
    {"download", download_release}, {"apply", apply_update},
    {"update", update_all},         {"confirm", confirm_health},
    {"extend", extend_time},        {"rollback", roll_back_update},
    {"stop", stop_application},     {"skip", skip_version},
    {"trust", trust_key},           {"distrust", distrust_key},
    {"selftest", run_selftest},     {"help", tell_help}};

void print_result(const CommandResult& result, bool as_json) {
  if (as_json) {
    if (result.message.empty() && result.status == 0) return;
    print_line(core::JsonObject()
                   .add("status", static_cast<std::uint64_t>(result.status))
                   .add("message", result.message)
                   .text());
    return;
  }
  const bool is_good = result.status == 0 || result.status == ExitStatus::newer_release;
  for (const std::string& line : core::lines(result.message)) {
    is_good ? print_line(line) : print_message(line);
  }
}

}  // namespace

int run_command(const Folder& folder, const std::vector<std::string>& words) {
  const Arguments arguments = parse_arguments(words);
  // Says what to do if this is no installation. During a swap there is no version in use for a moment.
  if (entry_at(folder.updater()) == Entry::absent) release_in_use(folder);
  FileCalls calls;
  FileSystem files(calls, folder.trash());
  CommandResult result;
  try {
    result = commands.at(arguments.command)({folder, files, arguments});
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    if (!arguments.json) throw;
    result = {failure.status, failure.error.message};
  }
  print_result(result, arguments.json);
  return result.status;
}

}  // namespace launcher
