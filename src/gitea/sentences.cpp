// SPDX-License-Identifier: MIT
#include "gitea/sentences.hpp"

namespace gitea {
namespace {

using core::Reason;
using enum core::Fault;
using enum Hint;
using enum Operation;

constexpr Operations any = operations::any;
constexpr Operations packages = operations::of_packages;
constexpr Operations reads = operations::reads;
constexpr StatusRange every = {0, 999};

constexpr Sentence rows[] = {
    // The token and its user.
    {Reason::token_not_accepted, any, every, workflow, "the server does not accept the token",
     possible,
     "It can be that the token is wrong, has expired, or belongs to a job that has ended: set "
     "'token' to a valid one."},
    {Reason::sign_in_required, any, every, workflow, "the server requires a token", certain,
     "Set 'token'."},
    {Reason::scope, any, every, workflow,
     "the token's scope does not allow this{scope_needed}{scope_given}", certain,
     "Create a token with this scope, store it as a secret (for example DEPLOY_TOKEN), and pass it "
     "as 'token'."},
    {Reason::public_only, any, every, workflow,
     "the token is for public repositories only, and this one is private", certain,
     "Create a token that may access private repositories, and pass it as 'token'."},
    {Reason::two_factor, any, every, workflow,
     "the token's user has to set up two-factor authentication", certain,
     "Sign in as that user and set it up, or pass another user's token."},
    {Reason::sign_in_prohibited, any, every, workflow, "the token's user may not sign in", certain,
     "Ask the server's administrator to activate the account, or pass another user's token."},
    {Reason::password_change, any, every, workflow,
     "the token's user has to change the password first", certain,
     "Sign in as that user and change it, or pass another user's token."},
    {Reason::may_not_write, create_tag, every, workflow,
     "the token may not create tags in this repository", certain, "{token_that_writes}"},
    {Reason::may_not_write, any, every, workflow,
     "the token may not write Releases in this repository", certain, "{token_that_writes}"},
    {Reason::may_not_write_package, any, every, workflow, "the token may not write this package",
     certain,
     "The job's own token never may. Create a token with the scope write:package for a user who "
     "may write the owner's packages and this repository, store it as a secret (for example "
     "DEPLOY_TOKEN), and pass it as 'token'."},
    {Reason::releases_closed, any, every, workflow,
     "Releases are disabled in this repository, or the token may not read them", possible,
     "{enable_releases}, give the job 'permissions: contents: write', or use a token that may read "
     "them."},
    {Reason::code_closed, any, every, workflow,
     "the token may not read the repository's code, which includes tags and commits", certain,
     "Let the token read Code too: 'permissions: contents: write' gives a job access to both Code "
     "and Releases."},
    {Reason::forbidden, any, every, workflow, "", possible,
     "If the token lacks a permission: {token_that_writes}"},

    // The repository, the release or the file.
    {Reason::not_found, packages, every, workflow, "the package or the repository was not found",
     possible,
     "Push the package first, and check 'package', 'package_type' and 'repository': a package can "
     "only be linked to a repository of the same owner."},
    {Reason::not_found, list_pulls, every, workflow,
     "the repository has no pull requests, or the token may not read them", possible,
     "If the workflow sets 'permissions', add 'pull-requests: read'. Or enable pull requests in "
     "the repository's settings, or take the notes from commits: 'notes: source: commits'."},
    {Reason::not_found, any, every, workflow, "it does not exist, or the token may not see it",
     possible, "Check 'repository' and 'server_url'. {token_that_writes}"},
    {Reason::no_such_endpoint, any, every, workflow, "the server does not support this request",
     possible,
     "The server may be too old, or 'server_url' may be the address of a different server."},
    {Reason::unknown_target, any, every, workflow, "the target does not exist in the repository",
     certain,
     "Set 'target_commitish' to a branch or commit that has been pushed to this repository."},
    {Reason::repository_empty, any, every, workflow, "the repository is empty", certain,
     "{first_commit}"},
    {Reason::archived, any, every, workflow, "the repository is archived", certain, "{unarchive}"},
    {Reason::tag_protected, any, every, workflow, "the tag is protected", certain,
     "{protected_tag}"},
    {Reason::tag_name_invalid, any, every, workflow, "git does not allow this tag name", certain,
     "Choose another 'tag_name'."},
    {Reason::immutable, any, every, workflow, "the release can no longer be changed", certain,
     "Create a release for a new tag."},
    {Reason::attachments_off, any, every, workflow, "{no_attachments}", certain,
     "{enable_attachments}"},
    {Reason::file_type, any, every, workflow,
     "the server does not accept files of this type{extension}", certain,
     "Ask the server's administrator to allow it: '[repository.release] ALLOWED_TYPES' in "
     "app.ini."},
    {Reason::too_large, any, every, workflow, "the server does not accept {size}{limit}", certain,
     "The server's administrator can increase the limit in app.ini: '[attachment] MAX_SIZE' (from "
     "Gitea 1.26 on '[repository.release] FILE_MAX_SIZE')."},
    {Reason::quota, any, every, workflow, "the quota is used up", certain,
     "Delete something, or ask the server's administrator for a larger quota."},
    {Reason::value_too_long, any, every, workflow, "a text is too long for the server's database",
     certain,
     "Shorten it: MySQL stores at most 65,535 bytes of notes, and every database at most 255 "
     "characters of a title, a tag or a file name."},
    {Reason::no_raw_uploads, any, every, workflow, "the server does not support raw uploads",
     certain, "{use_multipart}"},

    // A failure of the server.
    {Reason::broken_form, any, every, failed, "the server did not receive the whole upload",
     possible,
     "Check the proxies and firewalls between the runner and the server: it can be that one of "
     "them cuts uploads off."},
    {Reason::disk_full, any, every, failed, "the server's disk is full", certain,
     "Ask the server's administrator to free disk space."},
    {Reason::database_busy, any, every, failed, "the server's database is busy", possible,
     "It can be that another request, such as a large raw upload, keeps it busy: run it again "
     "later."},
    {Reason::server_error, reads, every, failed, "", certain,
     "See the server's log, or run it again later."},
    {Reason::server_error, upload_asset, every, failed, "", possible,
     "The server shows the reason only to administrators: its disk may be full or its database "
     "busy. See the server's log, or run it again later."},
    {Reason::server_error, any, every, failed, "", certain,
     "The server shows the reason only to administrators. See the server's log, or run it again "
     "later."},
    {Reason::rejected, any, every, workflow, "", possible, "{ask_the_log}"},

    // Something between the runner and the server.
    {Reason::https_expected, any, every, workflow, "this port expects https", certain,
     "Set 'server_url' to {https_address}."},
    {Reason::not_the_api,
     any,
     {0, 299},
     failed,
     "the response does not come from the server's API",
     possible,
     "A proxy or a login page may be in front of the API: check 'server_url', and let the runner "
     "reach /api/v1 directly."},
    {Reason::not_the_api, any, every, failed,
     "the response from {api_address} does not come from the server's API", possible,
     "Check that 'server_url' is the address of a Gitea or Forgejo server. If it is, a proxy in "
     "front of it responded, for example while the server was restarting: run it again."},
    {Reason::gateway,
     upload_asset,
     {504, 504},
     failed,
     "",
     possible,
     "It can be that storing a large file takes the server a while, and a proxy did not wait for "
     "it: increase the proxy's timeout ('proxy_read_timeout' in nginx)."},
    {Reason::gateway, any, every, failed, "", possible,
     "It can be that the server is restarting, or that the proxy in front of it has a problem: run "
     "it again later."},
    {Reason::cloudflare,
     upload_asset,
     {524, 524},
     failed,
     "{cloudflare}",
     certain,
     "Cloudflare waits 100 s for a response: set 'server_url' to an address that does not go "
     "through Cloudflare."},
    {Reason::cloudflare, any, every, failed, "{cloudflare}", possible,
     "It can be that the server has a problem, or that its settings at Cloudflare are wrong: run "
     "it again later."},
    {Reason::blocked, any, every, failed,
     "the response does not come from the server's API: a proxy or a firewall rejected the "
     "request",
     certain,
     "Ask the administrator of the proxy or firewall to let requests to /api/v1 through, including "
     "uploads."},
    {Reason::login_in_front, any, every, failed,
     "a proxy in front of the server requires its own login", certain,
     "Let the runner reach /api/v1 without this login: the token is only for the server."},
    {Reason::request_timeout, any, every, failed, "the request took too long to arrive", possible,
     "It can be that the connection is slow, or that the timeout of a proxy is too short "
     "('client_body_timeout' in nginx)."},
    {Reason::misdirected, any, every, failed, "the connection leads to a different server",
     possible,
     "It can be that a proxy mixes up its servers: run it again later, or tell the administrator "
     "of the proxy."},
    {Reason::expectation, any, every, failed,
     "a proxy in front of the server rejects the header 'Expect: 100-continue'", certain,
     "Configure the proxy to pass this header on or to ignore it."},
    {Reason::method_refused, any, every, failed,
     "requests with the method {method} are not allowed", possible,
     "Check 'server_url', and that any proxy in front of the server lets GET, POST, PATCH and "
     "DELETE through."},
    {Reason::too_large_for_proxy, any, every, workflow,
     "a proxy in front of the server rejected the upload ({size})", certain,
     "Increase the size limit of the proxy ('client_max_body_size' in nginx); at Cloudflare it "
     "depends on the plan."},
    {Reason::too_many_requests, any, every, failed, "", certain,
     "Run it again later, or ask the administrator about the limit."},

    // Everything else that the server has answered.
    {Reason::conflict, any, every, failed, "", possible, "{ask_the_log}"},
    {Reason::already_exists, any, every, failed, "", possible, "{ask_the_log}"},
    {Reason::already_linked, any, every, failed, "", possible, "{ask_the_log}"},
    {Reason::unreadable, any, every, failed, "", possible, "{ask_the_log}"},
};

}  // namespace

std::span<const Sentence> sentences() { return rows; }

}  // namespace gitea
