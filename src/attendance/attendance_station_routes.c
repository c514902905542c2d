/*
 * Screens and kiosks over HTTP, for the officers of their unit: a list, a new one with its code
 * shown once, another code while it waits, its end, and who may stand at a kiosk.
 *
 * Whoever sets a station up types the code into it; from then on its key speaks for it. Whoever
 * stands there is named by an officer, never by himself.
 */
#include "attendance/attendance_office_routes.h"

#include "org/org_access.h"
#include "platform/auth.h"
#include "platform/clock.h"

#include <string.h>

/* ---- what is shown ---- */

struct officer_view {
	struct employee_id employee;
	const char *full_name;
	bool has_phone;
	int32_t valid_from;
};
static const struct field officer_fields[] = {
	F_ID(struct officer_view, employee, 0, "Who may stand there."),
	F_TEXT(struct officer_view, full_name, 1, 300, 0, "His name with titles."),
	F_BOOL(struct officer_view, has_phone, 0,
		"Has an enrolled phone, with which he takes his turn."),
	F_DAY(struct officer_view, valid_from, 0, "Since when."),
	F_END,
};
static const struct shape officer_shape = SHAPE(
	"StationOfficer", struct officer_view, officer_fields);

struct station_view {
	int64_t id;
	int32_t kind, state;
	struct unit_id unit;
	const char *unit_name, *site_name, *name, *label, *added_by, *ended_by, *end_reason;
	int64_t added_at, code_until, enrolled_at, seen_at, ended_at;
	struct officer_view *officers;
	int officer_count;
};
static const struct field station_fields[] = {
	F_ID(struct station_view, id, 0, "The screen or kiosk."),
	F_ENUM(struct station_view, kind, station_kind_names, 0, "Which of the two."),
	F_ENUM(struct station_view, state, station_state_names, 0,
		"Waiting for its code, active, or ended."),
	F_ID(struct station_view, unit, 0, "Its unit."),
	F_TEXT(struct station_view, unit_name, 1, 200, 0, "Name of the unit."),
	F_TEXT(struct station_view, site_name, 1, 200, OPTIONAL, "Where it stands."),
	F_TEXT(struct station_view, name, 1, STATION_NAME_MAX, 0, "Its name."),
	F_TEXT(struct station_view, label, 0, STATION_LABEL_MAX, 0, "Browser and device."),
	F_TEXT(struct station_view, added_by, 0, 300, 0, "Who added it."),
	F_INSTANT(struct station_view, added_at, 0, "When."),
	F_INSTANT(struct station_view, code_until, OPTIONAL,
		"Waiting: until when its code can be typed in."),
	F_INSTANT(struct station_view, enrolled_at, OPTIONAL, "When it was set up."),
	F_INSTANT(struct station_view, seen_at, OPTIONAL, "When it last had a connection."),
	F_INSTANT(struct station_view, ended_at, OPTIONAL, "When it ended."),
	F_TEXT(struct station_view, ended_by, 0, 300, OPTIONAL, "Who ended it."),
	F_TEXT(struct station_view, end_reason, 0, LONG_REASON, OPTIONAL, "Why."),
	F_LIST(struct station_view, officers, officer_count, &officer_shape, 0,
		STATION_OFFICERS_MAX, 0, "Of a kiosk: who may stand there today."),
	F_END,
};
static const struct shape station_shape = SHAPE("Station", struct station_view, station_fields);

static int64_t or_none(int64_t at)
{
	return at ? at : INSTANT_NONE;
}

static enum err show_officers(struct req *rq, const struct station *s, struct station_view *v)
{
	struct station_officer *officer = ARENA_ARRAY(
		rq->tx->arena, STATION_OFFICERS_MAX, struct station_officer);
	enum err e;

	v->officers = ARENA_ARRAY(rq->tx->arena, STATION_OFFICERS_MAX, struct officer_view);
	if (s->kind != STATION_KIOSK || s->state == STATION_ENDED)
		return OK;
	e = attendance_list_station_officers(
		rq->tx, s->id, req_today(rq), officer, &v->officer_count);
	for (int i = 0; i < v->officer_count; i++)
		v->officers[i] = (struct officer_view){officer[i].employee, officer[i].full_name,
			officer[i].device.n > 0, officer[i].valid_from};
	return e;
}

static const char *site_name(const struct org_tree *tree, struct site_id site)
{
	for (int i = 0; i < tree->sites; i++)
		if (site.v && tree->site[i].id.v == site.v)
			return tree->site[i].name;
	return NULL;
}

static enum err show(struct req *rq, const struct station *s, struct station_view *v)
{
	const struct org_tree *tree;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	*v = (struct station_view){.id = s->id,
		.kind = (int32_t)s->kind,
		.state = (int32_t)s->state,
		.unit = s->unit,
		.site_name = site_name(tree, s->site),
		.name = s->name,
		.label = s->label,
		.added_at = s->added_at,
		.code_until = s->state == STATION_WAITING ? s->code_until : INSTANT_NONE,
		.enrolled_at = or_none(s->enrolled_at),
		.seen_at = or_none(s->seen_at),
		.ended_at = or_none(s->ended_at),
		.end_reason = s->ended_at ? s->end_reason : NULL};
	if ((e = attendance_load_unit_name(rq->tx, s->unit, &v->unit_name)) ||
		(e = attendance_load_name(rq->tx, s->added_by, &v->added_by)))
		return e;
	if (s->ended_at && (e = attendance_load_name(rq->tx, s->ended_by, &v->ended_by)))
		return e;
	return show_officers(rq, s, v);
}

/* ---- the list ---- */

struct stations_query {
	struct unit_id unit;
};
static const struct field query_fields[] = {
	Q_ID(struct stations_query, unit, OPTIONAL, "Only of this unit and those below it."),
	F_END,
};
const struct shape attendance_unit_query_shape = SHAPE(
	"OfficeUnitQuery", struct stations_query, query_fields);

struct station_list {
	struct station_view *items;
	int count;
};
static const struct field list_fields[] = {
	F_LIST(struct station_list, items, count, &station_shape, 0, STATIONS_MAX, 0,
		"The latest first, ended ones too."),
	F_END,
};
const struct shape attendance_stations_shape = SHAPE("Stations", struct station_list, list_fields);

enum err attendance_find_query_unit(struct req *rq, struct object *ret_object)
{
	const struct stations_query *in = rq->input;

	ret_object->unit = in->unit;
	return OK;
}

enum err attendance_load_office_paths(
	struct req *rq, enum permission permission, struct org_scopes *ret)
{
	const struct stations_query *in = rq->input;
	const struct org_tree *tree;
	const struct org_unit *unit;
	enum err e;

	if (in->unit.v == 0)
		return org_load_scopes(rq, permission, ret);
	if ((e = org_load_tree(rq->tx, &tree)))
		return e;
	unit = org_find_unit(tree, in->unit);
	if (!unit)
		return E_NOT_FOUND;
	*ret = (struct org_scopes){.path = {unit->path}, .paths = 1};
	return OK;
}

enum err attendance_get_stations(struct req *rq)
{
	struct station *s = ARENA_ARRAY(rq->tx->arena, STATIONS_MAX, struct station);
	struct station_list out = {
		.items = ARENA_ARRAY(rq->tx->arena, STATIONS_MAX, struct station_view)};
	struct org_scopes scopes;
	int stations = 0;
	enum err e = attendance_load_office_paths(rq, P_STATION_READ, &scopes);

	for (int i = 0; i < scopes.paths && !e; i++) {
		int found = 0;

		e = attendance_list_stations(
			rq->tx, scopes.path[i], s + stations, STATIONS_MAX - stations, &found);
		stations += found;
	}
	for (; out.count < stations && !e; out.count++)
		e = show(rq, &s[out.count], &out.items[out.count]);
	return e ? e : reply(rq, 200, &out);
}

/* ---- a new one, and its code ---- */

struct station_input {
	struct unit_id unit;
	struct site_id site;
	int32_t kind;
	const char *name;
};
static const struct field input_fields[] = {
	F_ID(struct station_input, unit, 0, "The unit whose it is."),
	F_ID(struct station_input, site, OPTIONAL,
		"Where it stands, of the unit's sites; absent: the nearest."),
	F_ENUM(struct station_input, kind, station_kind_names, 0, "A screen or a kiosk."),
	F_TEXT(struct station_input, name, 1, STATION_NAME_MAX, 0, "Its name: where it stands."),
	F_END,
};
const struct shape attendance_station_input_shape = SHAPE(
	"StationInput", struct station_input, input_fields);

struct station_code {
	int64_t station;
	const char *code;
	int64_t code_until;
};
static const struct field code_fields[] = {
	F_ID(struct station_code, station, 0, "The screen or kiosk."),
	F_TEXT(struct station_code, code, 11, 11, 0, "Typed into it once; shown only here."),
	F_INSTANT(struct station_code, code_until, 0, "Until when."),
	F_END,
};
const struct shape attendance_station_code_shape = SHAPE(
	"StationCode", struct station_code, code_fields);

enum err attendance_find_input_unit(struct req *rq, struct object *ret_object)
{
	const struct station_input *in = rq->input;

	return org_find_object(rq->tx, in->unit, ret_object);
}

/* Draws a code for the station; the store gets its hash. */
static void draw_code(struct req *rq, struct station *s, struct station_code *out)
{
	char code[AUTH_CODE_LETTERS + 2];
	struct hash *hash = ARENA_NEW(rq->tx->arena, struct hash);

	auth_make_code(code);
	attendance_hash_station_code(rq->tx->government, code, hash);
	s->code_hash = (struct bytes){hash->b, sizeof(hash->b)};
	s->code_until = rq->tx->now_ms + STATION_CODE_MINUTES * MS_PER_MINUTE;
	*out = (struct station_code){s->id, arena_strdup(rq->tx->arena, code), s->code_until};
}

static enum err choose_site(struct req *rq, struct station *s, struct site_id asked)
{
	const struct org_site *site[STATION_SITES_MAX];
	const struct org_tree *tree;
	int sites;
	enum err e = org_load_tree(rq->tx, &tree);

	if (e)
		return e;
	sites = org_list_sites(tree, s->unit, req_today(rq), site, STATION_SITES_MAX);
	s->site = asked;
	if (!asked.v) {
		s->site = sites ? site[0]->id : asked;
		return OK;
	}
	for (int i = 0; i < sites; i++)
		if (site[i]->id.v == asked.v)
			return OK;
	return refuse(rq, E_BAD_FIELD, "/site", "none of the unit's sites");
}

void attendance_add_station_leaf(struct tx *tx, const struct station *s, const char *what,
	struct employee_id by, const char *reason)
{
	char hex[2 * ES256_KEY_BYTES + 1] = "";
	struct buf fact;

	if (s->public_key.n == ES256_KEY_BYTES)
		hex_encode(s->public_key.p, s->public_key.n, hex);
	buf_init(&fact, tx->arena, 512);
	buf_printf(&fact, "station %s %s unit %lld site %lld name %s key %s by %lld reason %s",
		station_kind_names[s->kind], what, (long long)s->unit.v, (long long)s->site.v,
		s->name, hex, (long long)by.v, reason);
	trust_add_leaf(tx, LEAF_OFFICE, s->id, fact.p, fact.n);
}

enum err attendance_post_station(struct req *rq)
{
	const struct station_input *in = rq->input;
	struct station s = {.id = id_next(),
		.kind = (enum station_kind)in->kind,
		.unit = in->unit,
		.name = str_trim(arena_strdup(rq->tx->arena, in->name)),
		.state = STATION_WAITING,
		.added_at = rq->tx->now_ms,
		.added_by = rq->actor.employee};
	struct station_code out;
	enum err e;

	if (!*s.name)
		return refuse(rq, E_BAD_FIELD, "/name", "name where it stands");
	if ((e = choose_site(rq, &s, in->site)))
		return e;
	draw_code(rq, &s, &out);
	if ((e = attendance_add_station(rq->tx, &s)))
		return e;
	attendance_add_station_leaf(rq->tx, &s, "added", rq->actor.employee, "");
	return reply(rq, 200, &out);
}

/* ---- one of them ---- */

struct station_path {
	int64_t station;
};
static const struct field path_fields[] = {
	PATH_ID(struct station_path, station, "The screen or kiosk."), F_END};
const struct shape attendance_station_path_shape = SHAPE(
	"StationPath", struct station_path, path_fields);

enum err attendance_find_station(struct req *rq, struct object *ret_object)
{
	struct station s;
	enum err e = attendance_load_station(
		rq->tx, ((const struct station_path *)rq->input)->station, &s);

	if (!e)
		ret_object->unit = s.unit;
	return e;
}

enum err attendance_post_station_code(struct req *rq)
{
	const struct station_path *in = rq->input;
	struct station_code out;
	struct station s;
	enum err e = attendance_load_station(rq->tx, in->station, &s);

	if (e)
		return e;
	if (s.state != STATION_WAITING)
		return refuse(rq, E_CONFLICT, "/station",
			"set up already: end it and add another one for another device");
	draw_code(rq, &s, &out);
	e = attendance_set_station(rq->tx, &s);
	return e ? e : reply(rq, 200, &out);
}

struct station_end {
	int64_t station;
	const char *reason;
};
static const struct field end_fields[] = {
	PATH_ID(struct station_end, station, "The screen or kiosk."),
	F_TEXT(struct station_end, reason, REASON_LEAST, LONG_REASON, 0, "Why it ends."),
	F_END,
};
const struct shape attendance_station_end_shape = SHAPE(
	"StationEnd", struct station_end, end_fields);

enum err attendance_post_station_end(struct req *rq)
{
	const struct station_end *in = rq->input;
	struct station s;
	enum err e = attendance_load_station(rq->tx, in->station, &s);

	if (e)
		return e;
	if (s.state == STATION_ENDED)
		return refuse(rq, E_CONFLICT, "/station", "has ended already");
	s.state = STATION_ENDED;
	s.code_hash = (struct bytes){0};
	s.ended_at = rq->tx->now_ms;
	s.ended_by = rq->actor.employee;
	s.end_reason = in->reason;
	if ((e = attendance_set_station(rq->tx, &s)))
		return e;
	attendance_add_station_leaf(rq->tx, &s, "ended", rq->actor.employee, in->reason);
	return reply(rq, 204, NULL);
}

/* ---- who stands there ---- */

struct officers_input {
	int64_t station;
	int64_t *officers;
	int count;
};
static const struct field officers_fields[] = {
	PATH_ID(struct officers_input, station, "The kiosk."),
	F_IDS(struct officers_input, officers, count, 0, STATION_OFFICERS_MAX, 0,
		"All who may stand there from today on."),
	F_END,
};
const struct shape attendance_officers_input_shape = SHAPE(
	"StationOfficersInput", struct officers_input, officers_fields);

static const char *officer_pointer(struct req *rq, int i)
{
	return arena_printf(rq->tx->arena, "/officers/%d", i);
}

/* Who may stand there today. */
struct named {
	struct station_officer *officer;
	int count;
};

static bool is_among(int64_t id, const struct named *named)
{
	for (int i = 0; i < named->count; i++)
		if (named->officer[i].employee.v == id)
			return true;
	return false;
}

/* A person of the actor's own units, in service today; he himself only when another one named him.
 */
static enum err check_officer(struct req *rq, const struct org_scopes *scopes,
	const struct named *named, const struct officers_input *in, int i)
{
	const struct employee_id employee = {in->officers[i]};
	const struct org_tree *tree;
	struct employee_row row;
	const struct org_unit *unit;
	enum err e;

	for (int k = 0; k < i; k++)
		if (in->officers[k] == in->officers[i])
			return refuse(rq, E_BAD_FIELD, officer_pointer(rq, i), "stands twice");
	if (employee.v == rq->actor.employee.v && !is_among(employee.v, named))
		return refuse(rq, E_SELF, officer_pointer(rq, i), "another officer names him");
	if ((e = org_load_tree(rq->tx, &tree)))
		return e;
	e = org_load_employee(rq->tx, employee, req_today(rq), &row);
	unit = e ? NULL : org_find_unit(tree, row.unit);
	if (e == E_NOT_FOUND || (!e && (!unit || !org_in_scopes(scopes, unit->path))))
		return refuse(rq, E_BAD_FIELD, officer_pointer(rq, i), "nobody of one's own units");
	return e;
}

static bool is_asked(const struct officers_input *in, struct employee_id employee)
{
	for (int i = 0; i < in->count; i++)
		if (in->officers[i] == employee.v)
			return true;
	return false;
}

/* From today on exactly those of the list. */
static enum err set_officers(
	struct req *rq, const struct officers_input *in, const struct named *named)
{
	enum err e = OK;

	for (int i = 0; i < named->count && !e; i++)
		if (!is_asked(in, named->officer[i].employee))
			e = attendance_end_station_officer(
				rq->tx, in->station, named->officer[i].employee, req_today(rq));
	for (int i = 0; i < in->count && !e; i++)
		if (!is_among(in->officers[i], named))
			e = attendance_add_station_officer(rq->tx, in->station,
				(struct employee_id){in->officers[i]}, req_today(rq),
				rq->actor.employee);
	return e;
}

static void add_officers_leaf(struct req *rq, const struct officers_input *in)
{
	struct buf fact;

	buf_init(&fact, rq->tx->arena, 512);
	buf_printf(&fact, "station officers from %d by %lld are", req_today(rq),
		(long long)rq->actor.employee.v);
	for (int i = 0; i < in->count; i++)
		buf_printf(&fact, " %lld", (long long)in->officers[i]);
	trust_add_leaf(rq->tx, LEAF_OFFICE, in->station, fact.p, fact.n);
}

enum err attendance_put_station_officers(struct req *rq)
{
	const struct officers_input *in = rq->input;
	struct named named = {
		ARENA_ARRAY(rq->tx->arena, STATION_OFFICERS_MAX, struct station_officer), 0};
	struct org_scopes scopes;
	struct station s;
	enum err e = attendance_load_station(rq->tx, in->station, &s);

	if (e || (e = org_load_scopes(rq, P_STATION_WRITE, &scopes)) ||
		(e = attendance_list_station_officers(
			 rq->tx, s.id, req_today(rq), named.officer, &named.count)))
		return e;
	if (s.kind != STATION_KIOSK || s.state == STATION_ENDED)
		return refuse(
			rq, E_CONFLICT, "/station", "nobody stands at a screen, nor at what ended");
	for (int i = 0; i < in->count && !e; i++)
		e = check_officer(rq, &scopes, &named, in, i);
	if (e || (e = set_officers(rq, in, &named)))
		return e;
	add_officers_leaf(rq, in);
	return reply(rq, 204, NULL);
}
