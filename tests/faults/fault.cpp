// SPDX-License-Identifier: MIT
#include "faults/fault.hpp"

#include <fmt/format.h>

#include "faults/exchanges.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

using std::chrono::milliseconds;
using Says = std::vector<std::string>;
using Strikes = std::function<bool(const Exchange&)>;
using Ending = std::function<Expected(const Exchange&)>;

// Quotations from the specification.
constexpr const char* transient = "a transient fault must not even fail the run";
constexpr const char* repeated = "Requests: GET, DELETE, what never reached the server, and 429";
constexpr const char* looked_at = "Requests: everything else is decided by the next look";
constexpr const char* honoured = "Requests: Retry-After is honoured";
constexpr const char* again_later = "Exit status 1: failed, running it again may help";
constexpr const char* to_be_changed = "Exit status 2: the workflow has to be changed";

// How a run ends.
Expected survives(const Exchange& /*one*/) { return {}; }

Ending survives_saying(const std::string& text) {
  return [text](const Exchange&) { return Expected{0, {text}}; };
}

Ending fails(int status, const Says& says) {
  return [=](const Exchange&) { return Expected{status, says}; };
}

/// If an announcement is rejected, the notes of the release contain its information instead.
Ending unless_an_announcement(const Ending& expected) {
  return [=](const Exchange& one) { return announces_a_digest(one) ? Expected{} : expected(one); };
}

Ending unless_it_looks_for_clashes(const Ending& expected) {
  return [=](const Exchange& one) {
    return looks_for_clashing_tags(one) ? Expected{} : expected(one);
  };
}

/// After a write with an unreadable response the release is read again, and after a 404 that is not
/// from the API the write is repeated. An unreadable response to a read does not count.
Ending fails_reads(int status, const Says& says) {
  return [=](const Exchange& one) {
    const bool fatal = one.method == "GET" && one.status == 200;
    return fatal ? Expected{status, says, reads_restrictions(one)} : Expected{};
  };
}

const Says no_answer = {"the request was sent, but no response came",
                        "the connection broke while the request was being sent"};
constexpr const char* json_500 =
    R"("status":500,"content_type":"application/json","body":{"message":"","url":"u"})";
constexpr const char* html_502 =
    R"("status":502,"content_type":"text/html","read_body":true,
       "body":"<html><head><title>502 Bad Gateway</title></head></html>")";
constexpr const char* text_503 =
    R"("status":503,"content_type":"text/plain","read_body":true,"body":"no server is available")";
constexpr const char* unauthorized =
    R"("status":401,"content_type":"application/json",
       "body":{"message":"invalid username, password or token","url":"u"})";

class List {
 public:
  const std::vector<Fault>& faults() const { return faults_; }

  /// Once, and it does not make the run fail.
  Fault& once(const std::string& name, const std::string& order, const char* why = transient) {
    return faults_.emplace_back(
        Fault{.name = name, .order = order, .why = why, .expected = survives, .strikes = any});
  }

  /// From that exchange on, and the run fails.
  Fault& for_good(const std::string& name, const std::string& order, int status, const Says& says) {
    return faults_.emplace_back(Fault{.name = name + ", for good",
                                      .order = order,
                                      .why = status == 1 ? again_later : to_be_changed,
                                      .expected = fails(status, says),
                                      .strikes = any,
                                      .for_good = true});
  }

  void killed(const std::string& name, const std::string& order, Kill kill,
              const Strikes& strikes) {
    faults_.emplace_back(Fault{.name = name,
                               .order = R"("kind":"stall","ms":60000)" + order,
                               .why = "Run it again and it is right: kill -9 included",
                               .expected = fails(128 + 9, {}),
                               .strikes = strikes,
                               .kill = kill});
  }

 private:
  std::vector<Fault> faults_;
};

void add_broken_connections(List& list) {
  Fault& refused = list.once("refused", "", repeated);
  refused.refused_ms = 60;
  refused.retries = 5;
  refused.backoff_ms = 25;
  list.for_good("refused", "", 1, {"the connection was refused (3 attempts)"}).refused_ms = -1;

  list.once("reset before the request is read", R"("kind":"reset_before")");
  list.for_good("reset before the request is read", R"("kind":"reset_before")", 1, no_answer);
  constexpr const char* mid_body = R"("kind":"reset_mid_body","after":100)";
  list.once("reset mid-body", mid_body).strikes = sends_a_body;
  list.for_good("reset mid-body", mid_body, 1, no_answer).strikes = sends_a_body;

  list.once("done, answer dropped", R"("kind":"drop")", looked_at);
  list.for_good("done, answer dropped", R"("kind":"drop")", 1, no_answer);
  for (const std::string part : {"head", "body"}) {
    const std::string order = R"("kind":"cut","within":")" + part + "\"";
    list.once("done, answer cut in its " + part, order, looked_at).strikes = gets_a_body;
    list.for_good("done, answer cut in its " + part, order, 1, no_answer).strikes = gets_a_body;
  }
}

void add_stalls(List& list) {
  const auto patient = [](Fault& fault) -> Fault& {
    fault.answer_timeout = 1;
    fault.longest = milliseconds(30000);
    return fault;
  };
  patient(list.once("stall", R"("kind":"stall","ms":60000)"));
  patient(list.for_good("stall", R"("kind":"stall","ms":60000)", 1, no_answer));
  patient(list.once("done, then a stall", R"("kind":"stall","ms":60000,"execute":true)"));
  constexpr const char* in_request = R"("kind":"stall","ms":60000,"after":100)";
  patient(list.once("stall mid-body", in_request)).strikes = sends_a_body;
  patient(list.for_good("stall mid-body", in_request, 1, no_answer)).strikes = sends_a_body;
  patient(list.once("stall in the answer's head", R"("kind":"cut","within":"head","ms":60000)"));
  // Here `stall_timeout` ends it.
  Fault& in_body =
      list.once("stall in the answer's body", R"("kind":"cut","within":"body","ms":60000)");
  in_body.answer_timeout = 30;
  in_body.longest = milliseconds(20000);
  in_body.strikes = gets_a_body;
  patient(list.once("slow drip", R"("kind":"slow","ms":1)"));
}

void add_server_errors(List& list) {
  const std::string not_done = R"("kind":"status",)";
  const std::string done = R"("kind":"execute_status",)";
  list.once("500", not_done + json_500);
  list.for_good("500", not_done + json_500, 1, {"the server responded 500"});
  Fault& done_500 = list.once("500, though done", done + json_500, looked_at);
  done_500.strikes = write;
  list.for_good("500, though done", done + json_500, 1, {"the server responded 500"}).strikes =
      write;
  list.once("502 HTML", not_done + html_502);
  list.for_good("502 HTML", not_done + html_502, 1, {"502 with an HTML page ('502 Bad Gateway')"});
  list.once("503", not_done + text_503);
  list.for_good("503", not_done + text_503, 1,
                {"the server responded 503 (no server is available)"});
  const std::string wait = R"(,"headers":{"Retry-After":"1"})";
  list.once("503 Retry-After", not_done + text_503 + wait, honoured).pause = milliseconds(1000);
  const std::string many = R"("kind":"status","status":429)";
  list.once("429", many, repeated);
  list.for_good("429", many, 1, {"too many requests (429), 3 times"});
  list.once("429 Retry-After", many + wait, honoured).pause = milliseconds(1000);

  constexpr const char* router_404 =
      R"("kind":"status","status":404,"content_type":"text/plain","read_body":true,
         "body":"404 page not found")";
  constexpr const char* page_404 =
      R"("kind":"status","status":404,"content_type":"text/html","read_body":true,
         "body":"<html><head><title>404 Not Found</title></head></html>")";
  constexpr const char* empty_404 = R"("kind":"status","status":404,"read_body":true)";
  list.once("404 of a router", router_404);
  list.for_good("404 of a router", router_404, 1, {"does not come from the server's API"});
  list.once("404 HTML", page_404);
  list.for_good("404 HTML", page_404, 1, {"does not come from the server's API"});
  list.once("404, empty", empty_404);

  Fault& conflict = list.once("409 as the release appears",
                              done + R"("status":409,"body":{"message":"Release is has no Tag"})",
                              "Creating: a refused create");
  conflict.strikes = support::is_creation;
  Fault& lost_race =
      list.once("500 as the release appears", done + json_500, "Creating: 500 after a lost race");
  lost_race.strikes = support::is_creation;
}

void add_refusals(List& list) {
  list.for_good("401 after the token's end", R"("kind":"status",)" + std::string(unauthorized), 2,
                {"the server does not accept the token"});
  list.once("401 to a broken transfer", R"("kind":"status",)" + std::string(unauthorized),
            "Assets: a 401 after the same token was accepted before")
      .strikes = support::is_upload;
  Fault& too_large =
      list.once("413", R"("kind":"status","status":413,"content_type":"application/json",
                "body":{"message":"attachment exceeds limit 1048576","url":"u"})",
                to_be_changed);
  too_large.expected = unless_an_announcement(fails(2, {"its limit is 1.0 MiB"}));
  too_large.strikes = sends_a_body;
  Fault& by_proxy = list.once(
      "413 HTML", R"("kind":"status","status":413,"content_type":"text/html","read_body":true,
                     "body":"<html><head><title>413 Too Large</title></head></html>")",
      to_be_changed);
  by_proxy.expected = unless_an_announcement(fails(2, {"a proxy in front of the server rejected"}));
  by_proxy.strikes = sends_a_body;
}

void add_nonsense(List& list) {
  const auto nonsense = [&list](const std::string& name, const std::string& body,
                                const Says& says) {
    Fault& fault = list.once(name, R"("kind":"garbage")" + body, again_later);
    fault.expected = fails_reads(1, says);
    fault.strikes = gets_a_body;
  };
  nonsense("garbage JSON", "", {"invalid JSON"});
  list.for_good("garbage JSON", R"("kind":"garbage")", 1,
                {"invalid JSON", "does not come from the server's API"});
  nonsense("JSON: a list", R"(,"body":"[]")", {"the server's response"});
  nonsense("JSON: null", R"(,"body":"null")", {"the server's response"});
  nonsense("JSON: wrong types", R"(,"body":{"id":"x","commit":7,"assets":{}})",
           {"the server's response"});
  nonsense("JSON: an id and nothing else", R"(,"body":{"id":)" + std::string(some_asset) + "}",
           {"the server's response"});
  list.for_good("JSON: a list", R"("kind":"garbage","body":"[]")", 1,
                {"the server's response", "does not come from the server's API"});
  Fault& huge = list.once("JSON of 50 MB", R"("kind":"garbage","fill":52428800)", again_later);
  huge.expected =
      unless_it_looks_for_clashes(unless_an_announcement(fails(1, {"is larger than 8.0 MiB"})));
  huge.strikes = gets_a_body;
  huge.answer_timeout = 30;  // this takes a while on a busy machine
}

void add_redirects(List& list) {
  const std::string away =
      R"("kind":"redirect","location":")" + std::string(other_host) + "/api/v1/user\"";
  Fault& once = list.once("redirect to another host", away,
                          "Requests: redirects are followed for GET on the same origin only");
  once.expected = unless_it_looks_for_clashes([](const Exchange& one) {
    return one.write() ? Expected{} : Expected{2, {"the server redirects to"}};
  });
  list.for_good("redirect to another host", away, 2, {"the server redirects to"});
  list.once("redirect to itself", R"("kind":"redirect","status":307)");
  list.for_good("redirect loop", R"("kind":"redirect","status":307)", 2,
                {"after too many redirects"});
}

void add_short_uploads(List& list) {
  const std::string order = fmt::format(R"("kind":"truncate","after":{})", short_size);
  const auto spoils = [](Fault& fault) -> Fault& {
    fault.strikes = uploads_a_file;
    fault.spoils_uploads = true;
    return fault;
  };
  spoils(list.once("upload stored short", order,
                   "Assets: compare the answer's size; a wrong one is deleted"))
      .expected = survives_saying("the server stored 3 of");
  spoils(list.for_good("upload stored short", order, 1, {"the server stored 3 of"}));
  spoils(list.once("upload stored short, answer dropped", order + R"(,"drop":true)",
                   "Assets: an upload that landed with the right size is taken"));
}

List make_list() {
  List list;
  add_broken_connections(list);
  add_stalls(list);
  add_server_errors(list);
  add_refusals(list);
  add_nonsense(list);
  add_redirects(list);
  add_short_uploads(list);
  list.killed("killed before it", "", Kill::before, any);
  list.killed("killed mid-body", R"(,"after":100)", Kill::within, support::is_upload);
  list.killed("killed after it", R"(,"execute":true)", Kill::after, any);
  return list;
}

}  // namespace

const std::vector<Fault>& all_faults() {
  static const std::vector<Fault> all = [] {
    std::vector<Fault> faults = make_list().faults();
    const auto others = faults_of_others();
    faults.insert(faults.end(), others.begin(), others.end());
    return faults;
  }();
  return all;
}

}  // namespace faults
