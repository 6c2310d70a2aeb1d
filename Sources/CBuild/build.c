#include "build.h"

/* Package.swift defines both when it is told the commit. They are here because a define of Swift carries no value. */
#ifndef LOBSCOPE_COMMIT
#define LOBSCOPE_COMMIT 0
#define LOBSCOPE_CHANGED 0
#endif

uint64_t build_commit(void) { return LOBSCOPE_COMMIT; }

bool build_has_changes(void) { return LOBSCOPE_CHANGED; }
