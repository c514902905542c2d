/* All routes, indexed by the parts of their paths. Private to platform/. */
#ifndef LUWES_PLATFORM_ROUTE_TABLE_H
#define LUWES_PLATFORM_ROUTE_TABLE_H

#include "platform/http.h"

struct slice;

#define PATH_PARTS_MAX 8

struct path_match {
	const struct route *route; /* NULL: no such path */
	bool wrong_method;         /* the path exists; `allow` lists its methods */
	char allow[40];
	int params;
	struct {
		const char *name;
		int name_bytes;
		const char *value;
		int value_bytes;
	} param[PATH_PARTS_MAX];
};

/* Joins the routes of slices and asserts that each is well-formed and that no two are alike. */
void route_table_build(const struct slice *const *slices, int count);

/* Finds the row of a method and a raw path (without query). */
void route_table_match(
	const char *method, const char *path, size_t path_bytes, struct path_match *ret);

const struct route *const *route_table_all(int *ret_count);

/* Whether requests of the row go through the committer. */
static inline bool route_is_write(const struct route *route)
{
	return route->tx == TX_WRITE || route->tx == TX_EVENT;
}

const char *method_name(enum method m);

#endif
