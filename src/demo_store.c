/*
 * The plan written down: governments, units with sites and counters, people with placement,
 * superior and account, through the functions every other writer uses.
 *
 * People come in bulk, so the log gets one leaf over the hash of them all, as an import does. Work
 * goes in a few large transactions; between them the memory of the transaction is forgotten.
 */
#include "demo.h"

#include "org/org_rows.h"
#include "platform/auth.h"
#include "platform/changes.h"
#include "platform/clock.h"
#include "trust/trust.h"
#include "verbs.h"

#include <sodium.h>

#define PEOPLE_PER_WRITE 20000

void demo_clock(struct demo_world *w, int64_t at_ms)
{
	char text[25], spec[32];
	instant_format(at_ms, text);
	snprintf(spec, sizeof spec, "%s,x0", text);
	bool is_set = clock_set(spec);
	if (!is_set)
		abort(); /* the verb checked the instant */
	w->tx->now_ms = at_ms;
}

static enum err write(struct demo_world *w, enum err (*step)(struct tx *tx, void *arg), void *arg)
{
	arena_reset(w->tx->arena);
	return verb_write("demo", w->tx, step, arg);
}

/* ---- units ---- */

static int32_t founded(void)
{
	return day_from_civil(2017, 1, 1);
}

#define HALF_BLOCK_E7 9000 /* about a hundred metres */

/* A circle, or a block of four corners around the centre. */
static enum err store_site(struct tx *tx, const struct demo_unit *u)
{
	struct geo_point c = u->centre;
	struct geo_point corner[4] = {{c.lat_e7 - HALF_BLOCK_E7, c.lon_e7 - HALF_BLOCK_E7},
		{c.lat_e7 - HALF_BLOCK_E7, c.lon_e7 + HALF_BLOCK_E7},
		{c.lat_e7 + HALF_BLOCK_E7, c.lon_e7 + HALF_BLOCK_E7},
		{c.lat_e7 + HALF_BLOCK_E7, c.lon_e7 - HALF_BLOCK_E7}};
	bool is_circle = u->radius_metres > 0;
	struct site_id id;
	return org_add_site(tx,
		&(struct org_site){.unit = u->id,
			.name = u->name,
			.zone = ZONE_WIB,
			.centre = is_circle ? c : corner[0],
			.radius_metres = u->radius_metres,
			.corner = is_circle ? NULL : corner,
			.corners = is_circle ? 0 : 4,
			.valid_from = founded(),
			.valid_to = DAY_FOREVER},
		&id);
}

/* Of a counter as planned; of a desk inside the office six tenths of those who serve it. */
static int minimum_of(const struct demo_plan *plan, const struct demo_unit *u)
{
	int serving = 0;
	for (int i = 0; i < plan->persons; i++)
		serving += plan->person[i].serves && &plan->unit[plan->person[i].unit] == u;
	return u->post_minimum ? u->post_minimum : serving * 6 / 10;
}

/* Open on working days: to 14.00, on Friday to 11.00 and from 13.00. */
static enum err store_post(struct tx *tx, const struct demo_plan *plan, struct demo_unit *u)
{
	struct post_period period[6];
	int minimum = minimum_of(plan, u);
	for (int i = 0; i < 5; i++)
		period[i] = (struct post_period){
			(enum weekday)(i + 1), 8 * 60, i == 4 ? 11 * 60 : 14 * 60, minimum};
	period[5] = (struct post_period){FRIDAY, 13 * 60, 14 * 60, minimum};
	return org_add_post(tx,
		&(struct org_post){.unit = u->id,
			.code = arena_printf(tx->arena, "%s-LOKET", u->code),
			.name = u->post_name,
			.is_direct = u->post_minimum > 0,
			.valid_from = founded(),
			.valid_to = DAY_FOREVER},
		u->post_minimum ? "pelayanan,kasir" : "", period, 6, &u->post);
}

static enum err store_unit(struct tx *tx, struct demo_plan *plan, struct demo_unit *u)
{
	enum err e = org_add_unit(tx,
		&(struct org_unit){
			.parent = u->parent < 0 ? (struct unit_id){0} : plan->unit[u->parent].id,
			.code = u->code,
			.name = u->name,
			.kind = u->kind,
			.character = u->character,
			.valid_from = founded(),
			.valid_to = DAY_FOREVER},
		&u->id);
	if (!e && u->has_site)
		e = store_site(tx, u);
	if (!e && u->post_name)
		e = store_post(tx, plan, u);
	return e;
}

static enum err store_units(struct tx *tx, void *arg)
{
	struct demo_world *w = arg;
	enum err e = OK;
	for (int i = 0; i < w->plan->units && !e; i++)
		e = store_unit(tx, w->plan, &w->plan->unit[i]);
	return e ? e : org_touch_generation(tx);
}

static enum err store_government(struct tx *tx, void *arg)
{
	const struct government *g = arg;
	enum err e = platform_set_demo(tx);
	return e ? e : platform_add_government(tx, g);
}

/* ---- people ---- */

struct slice_of_people {
	struct demo_world *world;
	int from, to;
	crypto_hash_sha256_state content; /* of the bulk leaf */
};

static int32_t day_max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* Placements begin with the new organisation of 2022, or with the service of the person. */
static enum err place(struct tx *tx, const struct demo_plan *plan, const struct demo_person *p)
{
	int32_t from = day_max(p->since, day_from_civil(2022, 1, 3));
	int unit = p->moved_from >= 0 ? p->moved_from : p->unit;
	enum err e = org_place(tx, p->id, plan->unit[unit].id, p->position, p->level,
		"821/Kep.112-BKD/2022", from);
	if (!e && p->moved_from >= 0)
		e = org_place(tx, p->id, plan->unit[p->unit].id, p->position, p->level,
			"821.2/Kep.407-BKD/2025", p->moved_on);
	return e;
}

static enum err store_person(struct tx *tx, struct demo_world *w, struct demo_person *p)
{
	enum err e = org_add_employee(tx,
		&(struct employee_row){.nip = p->nip,
			.name = p->name,
			.title_before = p->title_before,
			.title_after = p->title_after,
			.kind = p->kind,
			.has_phone = p->has_phone},
		p->since, DAY_FOREVER, &p->id);
	if (!e)
		e = place(tx, w->plan, p);
	return e ? e : auth_add_account(tx, p->id, p->nip, w->phc);
}

static void note_content(
	struct slice_of_people *s, const struct demo_person *p, const struct demo_unit *unit)
{
	const char *const text[] = {p->nip, p->name, p->position, unit->code};
	for (size_t i = 0; i < sizeof text / sizeof *text; i++)
		crypto_hash_sha256_update(
			&s->content, (const uint8_t *)text[i], strlen(text[i]) + 1);
}

static enum err store_people(struct tx *tx, void *arg)
{
	struct slice_of_people *s = arg;
	struct demo_plan *plan = s->world->plan;
	struct hash hash;
	enum err e = OK;
	crypto_hash_sha256_init(&s->content);
	for (int i = s->from; i < s->to && !e; i++) {
		e = store_person(tx, s->world, &plan->person[i]);
		note_content(s, &plan->person[i], &plan->unit[plan->person[i].unit]);
	}
	crypto_hash_sha256_final(&s->content, hash.b);
	trust_add_leaf(tx, LEAF_IMPORT, 0, hash.b, sizeof hash.b);
	return e;
}

/* The superior of the unit he came from answered for him until he moved. */
static enum err relate(struct tx *tx, const struct demo_plan *plan, const struct demo_person *p)
{
	int32_t from = day_max(p->since, day_from_civil(2022, 1, 3));
	int earlier = p->moved_from >= 0 ? plan->unit[p->moved_from].head : NOBODY;
	enum err e = OK;
	if (earlier != NOBODY)
		e = org_relate(tx, p->id, RELATION_SUPERVISOR, plan->person[earlier].id, from);
	if (!e && p->supervisor != NOBODY)
		e = org_relate(tx, p->id, RELATION_SUPERVISOR, plan->person[p->supervisor].id,
			earlier != NOBODY ? p->moved_on : from);
	if (!e && p->team_lead != NOBODY)
		e = org_relate(tx, p->id, RELATION_TEAM_LEAD, plan->person[p->team_lead].id,
			p->moved_from >= 0 ? p->moved_on : from);
	return e;
}

static enum err store_ties(struct tx *tx, void *arg)
{
	struct slice_of_people *s = arg;
	const struct demo_plan *plan = s->world->plan;
	enum err e = OK;
	for (int i = s->from; i < s->to && !e; i++) {
		const struct demo_person *p = &plan->person[i];
		e = relate(tx, plan, p);
		if (!e && p->serves)
			e = org_add_post_member(tx, p->id, plan->unit[p->unit].post,
				day_max(p->since, p->moved_from >= 0 ? p->moved_on
								     : day_from_civil(2022, 1, 3)));
		if (!e && p->status != STATUS_NONE)
			e = org_set_status(tx, p->id, p->status, p->status_from, p->status_to,
				arena_printf(tx->arena, "850/%d/%s", i + 1, "KPG.2025"));
	}
	return e;
}

static enum err for_slices(struct demo_world *w, enum err (*step)(struct tx *tx, void *arg))
{
	enum err e = OK;
	for (int from = 0; from < w->plan->persons && !e; from += PEOPLE_PER_WRITE) {
		int to = from + PEOPLE_PER_WRITE < w->plan->persons ? from + PEOPLE_PER_WRITE
								    : w->plan->persons;
		struct slice_of_people s = {.world = w, .from = from, .to = to};
		e = write(w, step, &s);
	}
	return e;
}

enum err demo_store_plan(struct demo_world *w, const struct government *government)
{
	enum err e = write(w, store_government, (void *)(uintptr_t)government);
	if (!e)
		e = write(w, store_units, w);
	if (!e)
		e = for_slices(w, store_people);
	return e ? e : for_slices(w, store_ties);
}
