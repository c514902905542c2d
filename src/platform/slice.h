/*
 * What a slice hands to the program: routes, statements, projection, rebuild. routes.c joins them.
 */
#ifndef LUWES_PLATFORM_SLICE_H
#define LUWES_PLATFORM_SLICE_H

#include "platform/http.h"
#include "platform/jobs.h"

struct slice {
	const char *name;
	const struct route *routes;
	int route_count;
	struct db_stmt *const *stmts;
	int stmt_count;
	const struct job_kind *jobs;
	int job_count;
	/* Registers what the slice brings to others (import kinds, streams); once at start of any
	 * verb. */
	void (*wire)(void);
	/* Folds what a batch changed into this slice's projections; NULL when it has none. */
	enum err (*project)(struct tx *tx);
};

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

#endif
