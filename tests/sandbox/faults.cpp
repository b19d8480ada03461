// SPDX-License-Identifier: MIT
#include "faults.hpp"

#include <stdexcept>
#include <thread>

#include "text.hpp"

namespace sandbox {

namespace {

constexpr std::pair<std::string_view, Fault::Kind> kinds[] = {
    {"status", Fault::Kind::status},
    {"drop", Fault::Kind::drop},
    {"reset_before", Fault::Kind::reset_before},
    {"reset_mid_body", Fault::Kind::reset_mid_body},
    {"cut", Fault::Kind::cut},
    {"stall", Fault::Kind::stall},
    {"delay", Fault::Kind::delay},
    {"slow", Fault::Kind::slow},
    {"redirect", Fault::Kind::redirect},
    {"garbage", Fault::Kind::garbage},
    {"execute_status", Fault::Kind::execute_status},
    {"truncate", Fault::Kind::truncate},
    {"shut", Fault::Kind::shut},
    {"late", Fault::Kind::late},
    {"hold", Fault::Kind::hold},
};

Fault::Kind kind_of(const std::string& name) {
  std::string known;
  for (const auto& [text, kind] : kinds) {
    if (text == name) return kind;
    known += (known.empty() ? "" : ", ") + std::string(text);
  }
  throw std::invalid_argument("unknown kind \"" + name + "\": one of " + known);
}

Answer::Part part_of(const std::string& name) {
  if (name == "head") return Answer::Part::head;
  if (name == "body") return Answer::Part::body;
  if (!name.empty()) throw std::invalid_argument("\"within\" is head or body");
  return Answer::Part::any;
}

std::string nonsense(const Fault& fault) {
  if (fault.fill == 0) return fault.body.value_or("<<<\x01 this is no JSON {]");
  return R"({"nothing":")" + std::string(fault.fill, ' ') + "\"}";
}

Response made_up(const Fault& fault, int usual_status) {
  Response response;
  response.status = fault.status == 0 ? usual_status : fault.status;
  if (!fault.content_type.empty()) response.headers.set("Content-Type", fault.content_type);
  for (const auto& [name, value] : fault.headers) response.headers.set(name, value);
  response.body = fault.body.value_or("");
  return response;
}

}  // namespace

bool Fault::executes() const {
  switch (kind) {
    case Kind::status:
    case Kind::redirect:
    case Kind::reset_before:
      return false;
    case Kind::stall:
      return execute.value_or(false);
    default:
      return true;
  }
}

void Faults::add(const Json& wanted) {
  Fault fault;
  fault.kind_name = wanted.text("kind");
  fault.kind = kind_of(fault.kind_name);
  fault.method = wanted.text("method");
  fault.path = wanted.text("path");
  fault.skip = wanted.number("skip");
  fault.times = wanted.number("times", 1);
  fault.status = static_cast<int>(wanted.number("status"));
  if (wanted.find("body") != nullptr) {
    const Json& body = *wanted.find("body");
    fault.body = body.as_string() != nullptr ? *body.as_string() : body.dump();
    if (body.as_object() != nullptr) fault.content_type = "application/json;charset=utf-8";
  }
  fault.content_type = wanted.text("content_type", fault.content_type);
  fault.location = wanted.text("location");
  fault.port = static_cast<int>(wanted.number("port"));
  fault.after = static_cast<std::uint64_t>(wanted.number("after"));
  fault.within = part_of(wanted.text("within"));
  fault.fill = static_cast<std::uint64_t>(wanted.number("fill"));
  fault.wait = std::chrono::milliseconds(wanted.number("ms"));
  if (wanted.find("execute") != nullptr) fault.execute = wanted.flag("execute");
  fault.read_body = wanted.flag("read_body");
  fault.drop = wanted.flag("drop");
  if (const Json* headers = wanted.find("headers"); headers != nullptr && headers->as_object()) {
    for (const auto& [name, value] : *headers->as_object()) {
      fault.headers.emplace_back(name, value.as_string() ? *value.as_string() : value.dump());
    }
  }
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

Json Faults::show() const {
  const std::lock_guard lock(mutex_);
  Json::Array out;
  for (const Fault& fault : faults_) {
    out.push_back(Json::object({{"kind", fault.kind_name},
                                {"method", fault.method},
                                {"path", fault.path},
                                {"port", fault.port},
                                {"skip", fault.skip},
                                {"times", fault.times},
                                {"hits", fault.hits}}));
  }
  return out;
}

std::optional<Fault> Faults::strike(const Request& request) {
  const std::string target = request.path + (request.query.empty() ? "" : "?" + request.query);
  const std::lock_guard lock(mutex_);
  for (Fault& fault : faults_) {
    if (!fault.method.empty() && fault.method != request.method) continue;
    if (fault.port != 0 && fault.port != request.port) continue;
    if (!contains(target, fault.path) || fault.times == 0) continue;
    if (fault.skip > 0) {
      --fault.skip;
      continue;
    }
    if (fault.times > 0) --fault.times;
    ++fault.hits;
    fault.releases_before = releases_;
    return fault;
  }
  return std::nullopt;
}

void Faults::release() {
  const std::lock_guard lock(mutex_);
  ++releases_;
  released_.notify_all();
}

void Faults::postpone(const Fault& fault) {
  if (fault.kind == Fault::Kind::late) return std::this_thread::sleep_for(fault.wait);
  std::unique_lock lock(mutex_);
  released_.wait_for(lock, fault.wait, [&] { return releases_ > fault.releases_before; });
}

Answer refused_by(const Fault& fault, const Request& request) {
  Answer answer;
  switch (fault.kind) {
    case Fault::Kind::reset_before:
      answer.reset = true;
      break;
    case Fault::Kind::stall:
      answer.silence = fault.wait;
      answer.vanish = true;
      break;
    case Fault::Kind::redirect:
      answer.response = made_up(fault, 302);
      answer.response.headers.set("Location",
                                  fault.location.empty() ? request.target : fault.location);
      break;
    default:
      answer.response = made_up(fault, 503);
      break;
  }
  return answer;
}

Answer spoilt_by(const Fault& fault, Response response) {
  Answer answer;
  switch (fault.kind) {
    case Fault::Kind::drop:
      answer.vanish = true;
      break;
    case Fault::Kind::stall:
      answer.silence = fault.wait;
      answer.vanish = true;
      break;
    case Fault::Kind::cut:
      if (fault.within == Answer::Part::any) answer.cut_after = fault.after;
      answer.cut_within = fault.within;
      answer.silence = fault.wait;
      break;
    case Fault::Kind::truncate:
    case Fault::Kind::late:
    case Fault::Kind::hold:
      answer.vanish = fault.drop;
      break;
    case Fault::Kind::delay:
      answer.delay = fault.wait;
      for (const auto& [name, value] : fault.headers) response.headers.set(name, value);
      break;
    case Fault::Kind::slow:
      answer.drip = std::max(fault.wait, std::chrono::milliseconds(1));
      break;
    case Fault::Kind::garbage:
      response.file.reset();
      response.body = nonsense(fault);
      if (fault.status != 0) response.status = fault.status;
      if (!fault.content_type.empty()) response.headers.set("Content-Type", fault.content_type);
      break;
    case Fault::Kind::execute_status: {
      Response other = made_up(fault, 500);
      other.head_only = response.head_only;
      response = std::move(other);
      break;
    }
    default:
      break;
  }
  answer.response = std::move(response);
  return answer;
}

}  // namespace sandbox
