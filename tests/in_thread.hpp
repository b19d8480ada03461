// SPDX-License-Identifier: MIT
// Runs code in a thread with fewer permissions than the test program; processes that it starts
// inherit this.
#pragma once

#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <exception>
#include <thread>

/// Runs `work` after `prepare`, and throws what either throws. Nothing else runs meanwhile.
template <typename Prepare, typename Work>
void in_thread(Prepare&& prepare, Work&& work) {
  std::exception_ptr failure;
  std::thread([&] {
    try {
      prepare();
      work();
    } catch (...) {
      failure = std::current_exception();
    }
  }).join();
  if (failure) std::rethrow_exception(failure);
}

/// Runs `work` where openat2 fails with `error`, like on an old kernel (ENOSYS) and with an old
/// Docker (EPERM); 0: where it works.
template <typename Work>
void without_openat2(int error, Work&& work) {
  const auto prepare = [error] {
    if (error == 0) return;
    const auto number = static_cast<unsigned>(offsetof(seccomp_data, nr));
    std::array<sock_filter, 4> rules{{
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, number},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_openat2},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | static_cast<unsigned>(error)},
        {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW},
    }};
    const sock_fprog program{rules.size(), rules.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
      SKIP("this system lets nobody filter system calls");
    }
  };
  in_thread(prepare, work);
}

/// Runs `work` as an unprivileged user: as nobody, if this is root.
template <typename Work>
void without_privileges(Work&& work) {
  const auto prepare = [] {
    if (geteuid() != 0) return;
    constexpr int nobody = 65534;
    // The kernel has a user for each thread; the C library would change all threads.
    if (syscall(SYS_setgroups, 0, nullptr) != 0 ||
        syscall(SYS_setresgid, nobody, nobody, nobody) != 0 ||
        syscall(SYS_setresuid, nobody, nobody, nobody) != 0) {
      SKIP("this system lets root become nobody else");
    }
  };
  in_thread(prepare, work);
}
