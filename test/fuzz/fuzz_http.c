/*
 * The HTTP glue without a network: any bytes as "METHOD TARGET\n" and a body go through the route
 * table and, where a row fits, into its input struct. What was accepted is encoded again when the
 * row has an output of the same shape. Seeds: test/fuzz/corpus/http.
 */
#include "platform/request_input.h"
#include "platform/dispatch.h"
#include "routes.h"

#include <assert.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena arena;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	arena_init(&arena, 64 << 20);
	luwes_wire();
	return 0;
}

/* The path that the matched row has, so that input reaches deep without guessing whole paths. */
static const char *pick_target(const char *target, uint8_t choice)
{
	int count;
	const struct route *const *all = dispatch_routes(&count);
	const struct route *r = all[choice % count];
	if (*target == '/')
		return target;
	return arena_printf(&arena, "%s%s", r->example_path ? r->example_path : r->path, target);
}

static void decode(const char *method, const char *target, const char *body, size_t n)
{
	struct tx tx = {.arena = &arena};
	struct req rq = {.tx = &tx};
	struct path_match match;
	const char *query = strchr(target, '?');
	route_table_match(method, target, strcspn(target, "?"), &match);
	if (!match.route)
		return;
	rq.route = match.route;
	enum err e = request_read_input(&rq, &match, query ? query + 1 : NULL, body, n);
	assert(e != E_BAD_FIELD || rq.fault.pointer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const methods[] = {"GET", "POST", "PUT", "DELETE"};
	if (size < 2)
		return 0;
	const char *text = arena_strndup(&arena, (const char *)data + 2, size - 2);
	size_t line = strcspn(text, "\n");
	const char *target = pick_target(arena_strndup(&arena, text, line), data[1]);
	const char *body = text[line] ? text + line + 1 : "";
	decode(methods[data[0] % 4], target, body, strlen(body));
	arena_reset(&arena);
	return 0;
}
