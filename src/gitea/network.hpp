// SPDX-License-Identifier: MIT
// The network calls that differ between systems, and what is made of them. A socket is an int, as POSIX
// has it; -1 is none.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace gitea {

/// The bits of an IP address, 4 or 16 bytes; empty for a name.
std::string address_bits(const std::string& host);

/// Whether a name server, or the system, knows an address of the name.
bool resolves(const std::string& host);

/// A socket that is being connected to an IP address, that never waits, and that children do not inherit;
/// -1 if that failed. is_connected() says how it ended.
int begin_connection(const std::string& address, int port);
bool is_connected(int socket);

/// The number of bytes, 0 if the other side has closed, or -1. After that, may_repeat() says whether
/// the call may succeed once the socket is ready.
std::ptrdiff_t send_some(int socket, std::string_view bytes);
std::ptrdiff_t receive_some(int socket, char* buffer, std::size_t size);
bool may_repeat();

enum class Readiness { to_send, to_receive };
/// Waits until the socket is ready, `time` at most.
bool becomes_ready(int socket, Readiness what, std::chrono::milliseconds time);

int duplicate_socket(int socket);  ///< -1 if it fails
void shut_down_socket(int socket);
void close_socket(int socket);

// For network.cpp.

int open_socket(int family);  ///< for begin_connection()
bool is_in_progress();        ///< after connect()

}  // namespace gitea
