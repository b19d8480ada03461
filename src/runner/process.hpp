// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace runner {

/// What has to be settled before a process opens or prints anything, whoever started it:
/// - standard input, output and error are open, on /dev/null where they were not: else the first
///   socket would be one of them, and get what is printed;
/// - what cannot be written (SIGPIPE, SIGXFSZ) is an error and not the end, and children can be
///   awaited;
/// - SIGTERM, SIGINT, SIGHUP and SIGQUIT end it, also as process 1, for which they do nothing by
///   themselves: with 128 and the signal's number;
/// - threads have stacks of 8 MiB.
void prepare_process();

/// Throws Error (workflow) where this process may not have the files open, sockets included, that
/// `jobs` uploads at a time need: later nobody could tell it from a server that refuses.
void check_open_files(std::uint64_t jobs);

}  // namespace runner
