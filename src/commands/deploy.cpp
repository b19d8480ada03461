// SPDX-License-Identifier: MIT
#include "commands/deploy.hpp"

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "gitea/webhook.hpp"

namespace commands {
namespace {

void call_webhook(const inputs::Deploy& inputs, const Context& context) {
  gitea::Server settings = reach(inputs.connection, context, workspace_of(context.facts));
  settings.answer_timeout = inputs.connection.timeout;
  gitea::Webhook webhook(inputs.webhook_url, settings);
  webhook.go_through(gitea::proxy_for(webhook.origin(), context.environment));
  webhook.call();
}

}  // namespace

void deploy(const inputs::Deploy& inputs, const Context& context) {
  context.problems.throw_if_any();
  const auto end = [&](const char* state) { context.set_outputs({{"state", state}}); };
  if (inputs.webhook_url.empty()) {
    context.log.line("No webhook is set (webhook_url or WEBHOOK_URL): nothing was deployed");
    return end("skipped");
  }
  try {
    call_webhook(inputs, context);
  } catch (const core::Error& error) {
    end("failed");
    if (inputs.required) throw;
    context.log.warning("the image was not deployed: " + error.message + ". " + error.hint);
    return;
  }
  context.log.line("Called the webhook: the container manager deploys the new image");
  end("deployed");
}

}  // namespace commands
