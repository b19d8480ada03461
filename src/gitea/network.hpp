// SPDX-License-Identifier: MIT
// The network calls that systems have in different headers. A socket is an int, as POSIX has it.
#pragma once

#include <string>

namespace gitea {

/// The bits of an IP address, 4 or 16 bytes; empty for a name.
std::string address_bits(const std::string& host);

/// Whether a name server, or the system, knows an address of the name.
bool resolves(const std::string& host);

int duplicate_socket(int socket);  ///< -1 if it fails
void shut_down_socket(int socket);
void close_socket(int socket);

}  // namespace gitea
