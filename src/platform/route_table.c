/*
 * Finds the route of a path. Paths are split at '/', rows are kept by number of parts, so a look-up
 * compares a handful of rows; a part in braces matches anything that is not empty.
 */
#include "platform/route_table.h"

#include "base/str.h"
#include "platform/slice.h"

#include <assert.h>

#define ROUTES_MAX 512

struct entry {
	const struct route *route;
	int parts;
	struct {
		const char *p;
		int n;
		bool is_param;
	} part[PATH_PARTS_MAX];
};

static struct entry entries[ROUTES_MAX];
static const struct route *all[ROUTES_MAX];
static int count;

const char *method_name(enum method m)
{
	static const char *const names[METHOD_COUNT] = {"GET", "POST", "PUT", "DELETE"};
	return names[m];
}

const char *permission_code(enum permission p)
{
	static const char *const codes[PERMISSION_COUNT] = {
#define X(name, code) code,
#include "base/permission.def"
#undef X
	};
	return codes[p];
}

static void split_pattern(struct entry *e, const char *path)
{
	assert(path[0] == '/');
	while (*path == '/') {
		const char *start = ++path;
		while (*path && *path != '/')
			path++;
		assert(e->parts < PATH_PARTS_MAX && path > start);
		e->part[e->parts].is_param = *start == '{';
		e->part[e->parts].p = *start == '{' ? start + 1 : start;
		e->part[e->parts].n = (int)(path - start) - (*start == '{' ? 2 : 0);
		e->parts++;
	}
}

static bool same_pattern(const struct entry *a, const struct entry *b)
{
	if (a->parts != b->parts || a->route->method != b->route->method)
		return false;
	for (int i = 0; i < a->parts; i++) {
		if (a->part[i].is_param != b->part[i].is_param)
			return false;
		if (!a->part[i].is_param &&
			(a->part[i].n != b->part[i].n ||
				memcmp(a->part[i].p, b->part[i].p, (size_t)a->part[i].n)))
			return false;
	}
	return true;
}

/* Every placeholder of the path is a path field of the input, and the other way round. */
static void check_path_fields(const struct entry *e)
{
	int fields = 0, params = 0;
	for (const struct field *f = e->route->input ? e->route->input->fields : NULL; f && f->name;
		f++)
		fields += f->from == FROM_PATH;
	for (int i = 0; i < e->parts; i++) {
		if (!e->part[i].is_param)
			continue;
		params++;
		bool found = false;
		for (const struct field *f = e->route->input ? e->route->input->fields : NULL;
			f && f->name; f++)
			found |= f->from == FROM_PATH && (int)strlen(f->name) == e->part[i].n &&
				 !strncmp(f->name, e->part[i].p, (size_t)e->part[i].n);
		assert(found);
	}
	assert(fields == params);
}

static void add_route(const struct route *route)
{
	struct entry *e = &entries[count];
	assert(count < ROUTES_MAX && route->handler && route->summary);
	assert(route->tx == TX_NONE || route->permission < PERMISSION_COUNT);
	e->route = route;
	split_pattern(e, route->path);
	check_path_fields(e);
	for (int i = 0; i < count; i++)
		assert(!same_pattern(&entries[i], e));
	all[count++] = route;
}

void route_table_build(const struct slice *const *slices, int n)
{
	memset(entries, 0, sizeof entries);
	count = 0;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < slices[i]->route_count; j++)
			add_route(&slices[i]->routes[j]);
}

const struct route *const *route_table_all(int *ret_count)
{
	*ret_count = count;
	return all;
}

struct request_path {
	int parts;
	struct {
		const char *p;
		int n;
	} part[PATH_PARTS_MAX];
};

static bool split_path(const char *path, size_t n, struct request_path *ret)
{
	size_t at = 0;
	ret->parts = 0;
	while (at < n && path[at] == '/') {
		size_t start = ++at;
		while (at < n && path[at] != '/')
			at++;
		if (ret->parts == PATH_PARTS_MAX || at == start || at - start > 256)
			return false;
		ret->part[ret->parts].p = path + start;
		ret->part[ret->parts].n = (int)(at - start);
		ret->parts++;
	}
	return at == n && n > 0;
}

/* From the end: all rows begin alike. */
static bool path_fits(const struct entry *e, const struct request_path *path)
{
	if (e->parts != path->parts)
		return false;
	for (int i = e->parts - 1; i >= 0; i--)
		if (!e->part[i].is_param &&
			(e->part[i].n != path->part[i].n ||
				memcmp(e->part[i].p, path->part[i].p, (size_t)e->part[i].n)))
			return false;
	return true;
}

static void take_params(
	const struct entry *e, const struct request_path *path, struct path_match *ret)
{
	ret->params = 0;
	for (int i = 0; i < e->parts; i++) {
		if (!e->part[i].is_param)
			continue;
		ret->param[ret->params].name = e->part[i].p;
		ret->param[ret->params].name_bytes = e->part[i].n;
		ret->param[ret->params].value = path->part[i].p;
		ret->param[ret->params].value_bytes = path->part[i].n;
		ret->params++;
	}
}

/* A row with fewer placeholders wins, so "/reports/daily" is never taken for "/reports/{x}". */
static bool beats(const struct entry *e, const struct path_match *best, int best_params)
{
	int params = 0;
	for (int i = 0; i < e->parts; i++)
		params += e->part[i].is_param;
	return !best->route || params < best_params;
}

void route_table_match(const char *method, const char *path, size_t n, struct path_match *ret)
{
	struct request_path parts;
	memset(ret, 0, sizeof *ret);
	if (!split_path(path, n, &parts))
		return;
	for (int i = 0; i < count; i++) {
		if (!path_fits(&entries[i], &parts))
			continue;
		const char *name = method_name(entries[i].route->method);
		if (str_eq(method, name) && beats(&entries[i], ret, ret->params)) {
			ret->route = entries[i].route;
			take_params(&entries[i], &parts, ret);
		}
		size_t used = strlen(ret->allow);
		if (!strstr(ret->allow, name))
			snprintf(ret->allow + used, sizeof ret->allow - used, "%s%s",
				used ? ", " : "", name);
	}
	ret->wrong_method = !ret->route && *ret->allow;
}
