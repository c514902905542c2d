/* See json_memory.h. jansson asks through two functions, set once for the whole program. */
#include "platform/json_memory.h"

#include <jansson.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#define PIECE_BYTES (32 * 1024)
#define ALIGNMENT   16

static __thread struct {
	_Alignas(ALIGNMENT) char byte[PIECE_BYTES];
	size_t used;
	bool is_open;
} piece;

static void *take(size_t n)
{
	size_t room = (n + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);

	if (!piece.is_open || room < n || room > PIECE_BYTES - piece.used)
		return malloc(n);
	piece.used += room;
	return piece.byte + piece.used - room;
}

static void give_back(void *p)
{
	uintptr_t at = (uintptr_t)p, first = (uintptr_t)piece.byte;

	if (at < first || at >= first + PIECE_BYTES)
		free(p);
}

static void set_functions(void)
{
	json_set_alloc_funcs(take, give_back);
}

void json_memory_open(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, set_functions);
	piece.used = 0;
	piece.is_open = true;
}

void json_memory_close(void)
{
	piece.is_open = false;
}
