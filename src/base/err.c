/*
 * The list of errors.def as two tables: HTTP status and stable code of each error.
 *
 * Both come from the same list as the enum, so none can be forgotten. An error outside the list is
 * a bug.
 */
#include "base/err.h"

#include <assert.h>

static const int status_of[ERR_COUNT] = {
	[OK] = 200,
#define X(name, status, code) [name] = status,
#include "base/errors.def"
#undef X
};

static const char *const code_of[ERR_COUNT] = {
	[OK] = "ok",
#define X(name, status, code) [name] = code,
#include "base/errors.def"
#undef X
};

int err_status(enum err e)
{
	assert((unsigned)e < ERR_COUNT);
	return status_of[e];
}

const char *err_code(enum err e)
{
	assert((unsigned)e < ERR_COUNT);
	return code_of[e];
}
