/*
 * Imports of the tree and of the people in it: kinds units and employees.
 *
 * A unit is ended and replaced, never edited: a row that would change name, kind, character or
 * place of a unit in force is refused, `last_day` ends it once nobody is placed there and nothing
 * lies below it. A parent stands before its children, in the file or already in the tree. An
 * employee is known by his NIP; an empty cell of last_day and a column the file lacks leave what is
 * stored as it is. Whose last day changes has his account follow it: nobody who left stays signed
 * in.
 */
#include "org/org_import_int.h"

#include "base/str.h"
#include "platform/clock.h"

/* ---- units ---- */

enum { UNIT_CODE, UNIT_PARENT, UNIT_NAME, UNIT_KIND, UNIT_CHARACTER, UNIT_LAST_DAY };

static const struct import_column unit_columns[] = {
	{"code", IMPORT_REQUIRED | IMPORT_NAME, 60, "DISDIK-KCD1", NULL, "kode|kode unit|unor id"},
	{"parent", 0, 60, "DISDIK", NULL, "induk|kode induk|unit induk"},
	{"name", IMPORT_REQUIRED | IMPORT_NAME, 200, "Cabang Dinas Pendidikan Wilayah I", NULL,
		"nama|nama unit|unit kerja"},
	{"kind", IMPORT_REQUIRED, 40, "branch", unit_kind_names, "jenis|jenis unit"},
	{"character", IMPORT_REQUIRED, 40, "office", unit_character_names, "sifat|karakter"},
	{"last_day", 0, 40, ""},
};

struct unit_entry {
	struct org_unit unit; /* as it will be after the file */
	int line;             /* that named it; 0 none */
	bool is_used;         /* somebody is placed in it after its last day */
	int32_t people_until;
};

struct units_state {
	struct org_map codes;
	struct unit_entry *entry;
	int entries, capacity;
};

static struct unit_entry *add_entry(
	struct import *im, struct units_state *s, const struct org_unit *unit)
{
	if (s->entries == s->capacity) {
		struct unit_entry *old = s->entry;

		s->capacity *= 2;
		s->entry = ARENA_ARRAY(im->tx->arena, (size_t)s->capacity, struct unit_entry);
		for (int i = 0; i < s->entries; i++)
			s->entry[i] = old[i];
	}
	org_map_add(&s->codes, unit->code, s->entries);
	s->entry[s->entries] = (struct unit_entry){.unit = *unit};
	return &s->entry[s->entries++];
}

static struct unit_entry *find_entry(struct units_state *s, const char *code)
{
	int index = org_map_find(&s->codes, code);

	return index < 0 ? NULL : &s->entry[index];
}

static enum err load_unit_uses(struct import *im, struct units_state *s)
{
	struct import_unit_use *use;
	int uses;
	enum err e = org_list_unit_uses(im->tx, &use, &uses);

	for (int i = 0; !e && i < uses; i++) {
		const struct org_unit *unit = org_find_unit(im->tree, use[i].unit);
		struct unit_entry *entry = unit ? find_entry(s, unit->code) : NULL;

		if (entry && entry->unit.id.v == unit->id.v)
			entry->people_until = use[i].last_day;
	}
	return e;
}

static enum err begin_units(struct import *im)
{
	struct units_state *s = im->state = ARENA_NEW(im->tx->arena, struct units_state);

	s->capacity = im->tree->units + 1024;
	s->entry = ARENA_ARRAY(im->tx->arena, (size_t)s->capacity, struct unit_entry);
	org_map_init(&s->codes, im->tx->arena, s->capacity);
	for (int i = 0; i < im->tree->units; i++) {
		const struct org_unit *unit = &im->tree->unit[i];

		if (unit->valid_to >= im->effective)
			add_entry(im, s, unit)->people_until = DAY_NONE;
	}
	return load_unit_uses(im, s);
}

struct unit_cells {
	struct unit_entry *parent;
	int kind, character;
	int32_t last_day; /* DAY_NONE: not given */
};

static bool read_unit_cells(struct import *im, struct units_state *s,
	const struct import_line *line, struct unit_cells *ret)
{
	bool is_sound = org_import_enum(im, line, UNIT_KIND, unit_kind_names, &ret->kind);

	is_sound &= org_import_enum(
		im, line, UNIT_CHARACTER, unit_character_names, &ret->character);
	is_sound &= org_import_day(im, line, UNIT_LAST_DAY, DAY_NONE, &ret->last_day);
	ret->parent = *line->cell[UNIT_PARENT] ? find_entry(s, line->cell[UNIT_PARENT]) : NULL;
	if (*line->cell[UNIT_PARENT] && !ret->parent) {
		org_import_fault(im, line, UNIT_PARENT, "unknown_unit");
		is_sound = false;
	}
	if (is_sound && (ret->parent == NULL) != (ret->kind == UNIT_AGENCY)) {
		org_import_fault(im, line, UNIT_KIND, "agency_has_no_parent");
		is_sound = false;
	}
	return is_sound;
}

static enum err create_unit(struct import *im, struct units_state *s,
	const struct import_line *line, const struct unit_cells *c)
{
	const int64_t id = id_next();
	struct org_unit u = {.id = {id},
		.parent = c->parent ? c->parent->unit.id : (struct unit_id){0},
		.agency = c->parent ? c->parent->unit.agency : (struct unit_id){id},
		.path = arena_printf(im->tx->arena, "%s%lld/",
			c->parent ? c->parent->unit.path : "/", (long long)id),
		.code = arena_strdup(im->tx->arena, line->cell[UNIT_CODE]),
		.name = line->cell[UNIT_NAME],
		.kind = (enum unit_kind)c->kind,
		.character = (enum unit_character)c->character,
		.valid_from = im->effective,
		.valid_to = c->last_day == DAY_NONE ? DAY_FOREVER : c->last_day};
	struct unit_entry *entry;

	if (u.valid_to < u.valid_from) {
		org_import_fault(im, line, UNIT_LAST_DAY, "before_effective");
		return OK;
	}
	entry = add_entry(im, s, &u);
	entry->line = line->line;
	entry->people_until = DAY_NONE;
	org_import_count(im, IMPORT_CREATE);
	return org_import_stage(
		im, &(struct import_staged){IMPORT_CREATE, id,
			    {u.parent.v, u.agency.v, u.kind, u.character, u.valid_from, u.valid_to},
			    {u.path, u.code, u.name}});
}

/* Whether people or units below still need the unit after `last_day`. */
static bool is_unit_used(
	const struct units_state *s, const struct unit_entry *entry, int32_t last_day)
{
	if (entry->people_until != DAY_NONE && entry->people_until > last_day)
		return true;
	for (int i = 0; i < s->entries; i++) {
		if (s->entry[i].unit.parent.v == entry->unit.id.v &&
			s->entry[i].unit.valid_to > last_day)
			return true;
	}
	return false;
}

static enum err end_unit(struct import *im, struct units_state *s, const struct import_line *line,
	struct unit_entry *entry, int32_t last_day)
{
	const char *reason = NULL;

	if (last_day < entry->unit.valid_from)
		reason = "before_effective";
	else if (is_unit_used(s, entry, last_day))
		reason = "unit_in_use";
	if (reason) {
		org_import_fault(im, line, UNIT_LAST_DAY, reason);
		return OK;
	}
	entry->unit.valid_to = last_day;
	org_import_count(im, IMPORT_UPDATE);
	return org_import_stage(
		im, &(struct import_staged){IMPORT_UPDATE, entry->unit.id.v, {last_day}, {0}});
}

static enum err update_unit(struct import *im, struct units_state *s,
	const struct import_line *line, struct unit_entry *entry, const struct unit_cells *c)
{
	const struct org_unit *u = &entry->unit;
	const int faults = im->own->errors;

	entry->line = line->line;
	if (u->parent.v != (c->parent ? c->parent->unit.id.v : 0))
		org_import_fault(im, line, UNIT_PARENT, "unit_is_replaced_not_edited");
	if (!str_eq(u->name, line->cell[UNIT_NAME]))
		org_import_fault(im, line, UNIT_NAME, "unit_is_replaced_not_edited");
	if ((int)u->kind != c->kind)
		org_import_fault(im, line, UNIT_KIND, "unit_is_replaced_not_edited");
	if ((int)u->character != c->character)
		org_import_fault(im, line, UNIT_CHARACTER, "unit_is_replaced_not_edited");
	if (im->own->errors > faults)
		return OK;
	if (c->last_day != DAY_NONE && c->last_day != u->valid_to)
		return end_unit(im, s, line, entry, c->last_day);
	org_import_count(im, IMPORT_UNCHANGED);
	return OK;
}

static enum err check_unit(struct import *im, const struct import_line *line)
{
	struct units_state *s = im->state;
	struct unit_entry *entry = find_entry(s, line->cell[UNIT_CODE]);
	struct unit_cells c;

	if (entry && entry->line) {
		org_import_fault(im, line, UNIT_CODE, "double");
		return OK;
	}
	if (!read_unit_cells(im, s, line, &c))
		return OK;
	return entry ? update_unit(im, s, line, entry, &c) : create_unit(im, s, line, &c);
}

const struct import_kind org_import_units = {IMPORT_UNITS, unit_columns,
	(int)(sizeof(unit_columns) / sizeof(unit_columns[0])), begin_units, check_unit, NULL,
	org_apply_units};

/* ---- employees ---- */

enum { EMP_NIP, EMP_NAME, EMP_BEFORE, EMP_AFTER, EMP_KIND, EMP_PHONE, EMP_LAST_DAY };

static const struct import_column employee_columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010012003", NULL, IMPORT_NIP_ALSO},
	{"name", IMPORT_REQUIRED | IMPORT_NAME, 120, "Sri Wahyuni", NULL,
		"nama|nama pegawai|nama lengkap"},
	{"title_before", IMPORT_NAME, 40, "Dr.", NULL, "gelar depan"},
	{"title_after", IMPORT_NAME, 60, "S.Sos., M.Si.", NULL, "gelar belakang"},
	{"employment_kind", IMPORT_REQUIRED, 40, "pns", employment_kind_names,
		"status asn|status kepegawaian|jenis pegawai|jenis pegawai nama|status cpns pns"},
	{"has_phone", 0, 40, "ya", NULL, "punya ponsel"},
	{"last_day", 0, 40, ""},
};

struct employees_state {
	struct import_employee *stored; /* in the order of own->person */
	struct org_map seen;
};

static enum err begin_employees(struct import *im)
{
	struct employees_state *s = im->state = ARENA_NEW(im->tx->arena, struct employees_state);
	int count;

	org_map_init(&s->seen, im->tx->arena, im->own->people);
	return org_list_import_employees(im->tx, &s->stored, &count);
}

/* The stored employee of this NIP, NULL when he is new. */
static const struct import_employee *find_stored(const struct import *im, const char *nip)
{
	const struct employees_state *s = im->state;
	int index = org_map_find(&im->own->nips, nip);

	return index < 0 ? NULL : &s->stored[index];
}

/* Where the kind is at fault itself, the number is held to what all kinds share. */
static bool check_nip(struct import *im, const struct import_line *line, int kind)
{
	struct employees_state *s = im->state;
	const char *nip = line->cell[EMP_NIP];
	const char *reason = NULL;

	if (csv_is_scientific(nip))
		reason = "nip_scientific";
	else if (org_check_nip(nip, kind < 0 ? PPPK : (enum employment_kind)kind))
		reason = "nip_malformed";
	else if (!org_map_add(&s->seen, arena_strdup(im->tx->arena, nip), line->line))
		reason = "double";
	if (reason)
		org_import_fault(im, line, EMP_NIP, reason);
	return !reason;
}

/* What the row says, with what is stored where it says nothing. */
static bool read_employee(struct import *im, const struct import_line *line,
	const struct import_employee *stored, struct import_employee *ret)
{
	const bool has_before = line->given & 1u << EMP_BEFORE;
	const bool has_after = line->given & 1u << EMP_AFTER;

	*ret = stored ? *stored
		      : (struct import_employee){.title_before = "",
				.title_after = "",
				.has_phone = true,
				.valid_from = im->effective,
				.valid_to = DAY_FOREVER};
	ret->name = line->cell[EMP_NAME];
	ret->title_before = has_before ? line->cell[EMP_BEFORE] : ret->title_before;
	ret->title_after = has_after ? line->cell[EMP_AFTER] : ret->title_after;
	ret->employment_kind = -1;
	bool is_sound = org_import_enum(
		im, line, EMP_KIND, employment_kind_names, &ret->employment_kind);
	is_sound &= org_import_bool(im, line, EMP_PHONE, ret->has_phone, &ret->has_phone);
	is_sound &= org_import_day(im, line, EMP_LAST_DAY, ret->valid_to, &ret->valid_to);
	if (ret->valid_to >= ret->valid_from)
		return is_sound;
	org_import_fault(im, line, EMP_LAST_DAY, "before_effective");
	return false;
}

static bool is_same_employee(const struct import_employee *a, const struct import_employee *b)
{
	return str_eq(a->name, b->name) && str_eq(a->title_before, b->title_before) &&
	       str_eq(a->title_after, b->title_after) && a->employment_kind == b->employment_kind &&
	       a->has_phone == b->has_phone && a->valid_to == b->valid_to;
}

static enum err check_employee(struct import *im, const struct import_line *line)
{
	const struct import_employee *stored = find_stored(im, line->cell[EMP_NIP]);
	struct import_employee e;
	bool is_sound = read_employee(im, line, stored, &e);

	if (!check_nip(im, line, e.employment_kind) || !is_sound)
		return OK;
	if (stored && is_same_employee(stored, &e)) {
		org_import_count(im, IMPORT_UNCHANGED);
		return OK;
	}
	enum import_action action = stored ? IMPORT_UPDATE : IMPORT_CREATE;
	const bool has_new_end = stored && stored->valid_to != e.valid_to;
	org_import_count(im, action);
	return org_import_stage(
		im, &(struct import_staged){action, stored ? stored->id.v : id_next(),
			    {e.employment_kind, e.has_phone, e.valid_from, e.valid_to, has_new_end},
			    {line->cell[EMP_NIP], e.name, str_fold(&im->own->scratch, e.name),
				    e.title_before, e.title_after}});
}

const struct import_kind org_import_employees = {IMPORT_EMPLOYEES, employee_columns,
	(int)(sizeof(employee_columns) / sizeof(employee_columns[0])), begin_employees,
	check_employee, NULL, org_apply_employees, false, org_employee_presets, EMPLOYEE_PRESETS};
