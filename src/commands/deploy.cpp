// SPDX-License-Identifier: MIT
#include "commands/deploy.hpp"

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "gitea/webhook.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

void call_webhook(const Config& config, const runner::Environment& environment,
                  const runner::Facts& facts) {
  gitea::Server way = reach(config, environment, workspace_of(facts));
  way.answer_timeout = config.webhook_timeout;
  way.deadline = std::chrono::steady_clock::now() + config.webhook_timeout;
  gitea::Webhook webhook(config.webhook_url, way);
  webhook.go_through(gitea::proxy_for(webhook.origin(), environment));
  webhook.call();
}

}  // namespace

void deploy(const Config& config, const runner::Environment& environment, core::Problems& problems,
            runner::Log& log) {
  problems.throw_if_any();
  const runner::Facts facts = runner::read_facts(environment);
  const auto end = [&](const char* state) {
    runner::write_outputs(facts.output_file, {{"state", state}});
  };
  if (config.webhook_url.empty()) {
    log.line("no webhook is given (webhook_url, WEBHOOK_URL): nothing is deployed");
    return end("skipped");
  }
  try {
    call_webhook(config, environment, facts);
  } catch (const core::Error& error) {
    end("failed");
    if (config.required) throw;
    log.warning("nothing was deployed: " + error.message + ". " + error.hint);
    return;
  }
  log.line("the webhook was called: the new image is being deployed");
  end("deployed");
}

}  // namespace commands
