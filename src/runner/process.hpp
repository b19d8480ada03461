// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace runner {

/// Prepares the process before it opens or prints anything:
/// - opens standard input, output and error on /dev/null if they are closed; otherwise the first
///   socket could become one of them and receive the output;
/// - makes a failed write (SIGPIPE, SIGXFSZ) an error instead of ending the process, and makes
///   waiting for children possible;
/// - lets SIGTERM, SIGINT, SIGHUP and SIGQUIT end the process, also as process 1, which ignores
///   them by default; the exit status is then 128 plus the signal's number;
/// - gives threads stacks of 8 MiB.
void prepare_process();

/// Throws Error (workflow) if this process may not open as many files and sockets as `jobs`
/// parallel uploads need. During the uploads, the failure would look like a server that refuses
/// connections.
void check_open_files(std::uint64_t jobs);

}  // namespace runner
