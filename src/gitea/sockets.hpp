// SPDX-License-Identifier: MIT
// The headers of sockets, which Windows has in other places. For the files of network.hpp only.
#pragma once

#if __has_include(<winsock2.h>)
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#endif
