/*
 * For tests of org: asks a route as the dispatcher does, without a network: input, object,
 * permission, handler, reply.
 */
#ifndef LUWES_ORG_ORG_TEST_ASK_H
#define LUWES_ORG_ORG_TEST_ASK_H

#include "org/org_access.h"
#include "org/org_test_office.h"

#include "base/str.h"

struct argument {
	const char *name, *value;
};
#define ARGUMENTS(...)                                                                             \
	(const struct argument[])                                                                  \
	{                                                                                          \
		__VA_ARGS__,                                                                       \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}
#define NO_ARGUMENTS                                                                               \
	(const struct argument[])                                                                  \
	{                                                                                          \
		{                                                                                  \
			NULL, NULL                                                                 \
		}                                                                                  \
	}

static inline const struct route *find_route(enum method method, const char *path)
{
	for (int i = 0; i < org_slice.route_count; i++) {
		if (org_slice.routes[i].method == method && str_eq(org_slice.routes[i].path, path))
			return &org_slice.routes[i];
	}
	fail_msg("no route %s", path);
	return NULL;
}

static inline void read_arguments(
	struct office *o, const struct shape *shape, const struct argument *argument, void *input)
{
	struct field_fault fault = {0};

	for (; argument->name; argument++) {
		const struct field *f = shape->fields;

		while (f->type != FIELD_END && !str_eq(f->name, argument->name))
			f++;
		assert_int_not_equal(f->type, FIELD_END);
		assert_int_equal(
			fields_decode_text(f, &o->s.arena, argument->value, input, &fault), OK);
	}
}

static inline void *read_input(struct office *o, const struct shape *shape,
	const struct argument *argument, const char *json)
{
	struct field_fault fault = {0};
	void *input = arena_alloc(&o->s.arena, shape->size);

	fields_init(shape, input);
	enum err e = fields_decode(shape, &o->s.arena, json, strlen(json), input, &fault);
	if (e)
		fail_msg("%s: %s: %s", json, fault.pointer, fault.reason);
	read_arguments(o, shape, argument, input);
	return input;
}

static inline enum err ask(struct office *o, struct employee_id who, enum method method,
	const char *path, const struct argument *argument, const char *json, struct req *ret)
{
	const struct route *route = find_route(method, path);
	enum err e = OK;

	*ret = (struct req){.route = route,
		.tx = &o->s.tx,
		.actor = {.government = o->s.tx.government, .employee = who},
		.object = {.day = DAY_NONE}};
	if (route->input)
		ret->input = read_input(o, route->input, argument, json);
	buf_init(&ret->body, &o->s.arena, 256);
	if (route->object)
		e = route->object(ret, &ret->object);
	if (!e && route->permission != P_SIGNED_IN)
		e = org_authorise(ret, route->permission, &ret->object);
	return e ? e : route->handler(ret);
}

static inline const char *id_text(struct office *o, int64_t id)
{
	return arena_printf(&o->s.arena, "%lld", (long long)id);
}

static inline void assert_has(const struct req *rq, const char *text)
{
	if (!strstr(rq->body.p, text))
		fail_msg("no %s in %s", text, rq->body.p);
}

static inline void assert_lacks(const struct req *rq, const char *text)
{
	if (strstr(rq->body.p, text))
		fail_msg("%s in %s", text, rq->body.p);
}

static inline void make_bkd(struct office *o, struct employee_id who)
{
	add_role(o, who, ROLE_BKD, (struct unit_id){0}, ACTING_DEFINITIVE, (struct employee_id){0},
		18000, DAY_FOREVER);
}

#endif
