/*
 * Helper programs: text in, text out, and never longer than they may.
 *
 * A helper is a program beside the running one. It gets its input on stdin and an empty
 * environment, no shell is in between and no open file is passed on. It is known by its process id
 * alone, ended by it when time is up, and always reaped.
 */
#ifndef LUWES_PLATFORM_PROCESS_H
#define LUWES_PLATFORM_PROCESS_H

#include "base/arena.h"

#include <stdatomic.h>
#include <stdbool.h>

struct process_task {
	const char *path;        /* of the program */
	const char *const *argv; /* argv[0] too; ends with NULL */
	struct bytes in;
	size_t out_max;                 /* more bytes of output than that are a failure */
	int64_t wall_ms;                /* from now */
	const _Atomic bool *is_stopped; /* looked at between reads; may be NULL */
};

enum process_outcome {
	PROCESS_DONE,   /* exit 0; the output is whole */
	PROCESS_ABSENT, /* there is no such program */
	PROCESS_FAILED, /* another exit, a signal, too much output, or it could not be run */
	PROCESS_LATE,   /* ended when its time was up */
	PROCESS_STOPPED /* ended because is_stopped */
};

/* Runs a helper to its end. *ret_out is the arena's, NUL-terminated, and empty unless DONE. */
enum process_outcome process_run(
	const struct process_task *task, struct arena *arena, struct bytes *ret_out);

/* The path of a program of this name in the directory of the running one. */
char *process_beside(const char *name, struct arena *arena);

#endif
