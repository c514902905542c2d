/*
 * For tests without a store: an arena of its own for each, as *state. The file that includes it
 * says how much it may hold: TEST_ARENA_BYTES.
 */
#ifndef LUWES_PLATFORM_TEST_ARENA_H
#define LUWES_PLATFORM_TEST_ARENA_H

#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static inline int test_arena_open(void **state)
{
	static struct arena arena;
	arena_init(&arena, TEST_ARENA_BYTES);
	*state = &arena;
	return 0;
}

static inline int test_arena_close(void **state)
{
	arena_release(*state);
	return 0;
}

#define ARENA_TEST(f) cmocka_unit_test_setup_teardown(f, test_arena_open, test_arena_close)

#endif
