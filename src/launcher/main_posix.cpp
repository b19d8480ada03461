// SPDX-License-Identifier: MIT
// The launcher of an application that updates itself. It is in the application's folder, under the
// application's name.
#include "launcher/program.hpp"

int main(int argc, char** argv) { return launcher::run_program({argv + 1, argv + argc}); }
