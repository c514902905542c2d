/*
 * Imports of what is dated about a person: placements with their service posts, supervisors and
 * team leads.
 *
 * A file holds from one effective day (TMT). The row in force is ended the day before and the new
 * one begins; a row that already begins on that day is replaced; a row that begins later stops the
 * import of that person, because what lies between cannot be told. `posts` lists all posts of the
 * person from the effective day on; a file without the column leaves them alone.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <string.h>

#define FIRST_OF(rows, count, employee)                                                            \
	org_import_first((rows), (count), sizeof((rows)[0]), (employee))

/* ---- placements ---- */

enum { PLACE_NIP, PLACE_UNIT, PLACE_POSITION, PLACE_LEVEL, PLACE_DECREE, PLACE_POSTS };

/* Further rows of a placement in the stage. */
enum { MEMBER_BEGINS = IMPORT_DETAIL, MEMBER_ENDS = IMPORT_DETAIL_2 };

#define PERSON_POSTS_MAX 8

static const struct import_column placement_columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010012003", NULL, IMPORT_NIP_ALSO},
	{"unit", IMPORT_REQUIRED, 200, "DISDIK-KCD1", NULL,
		"satker|satuan kerja|unit kerja|unit organisasi|unor|unor id|nama unor|opd|kode "
		"unit"},
	{"position", IMPORT_REQUIRED | IMPORT_NAME, 120, "Analis Kepegawaian Ahli Muda", NULL,
		"jabatan|nama jabatan|jabatan nama"},
	{"position_level", IMPORT_REQUIRED, 40, "fungsional", position_level_names,
		"jenis jabatan|jenis jabatan id|eselon|jenjang jabatan"},
	{"decree", IMPORT_NAME, 100, "821.2/KEP.77/BKD/2025", NULL,
		"nomor sk|no sk|sk|nomor sk jabatan"},
	{"posts", 0, 400, "", NULL, "loket|pos pelayanan"},
};

struct placements_state {
	struct import_placement
		*placement; /* by employee, first day; all end on the effective day or later */
	int placements;
	struct import_member *member; /* by employee */
	int members;
	struct org_map posts; /* code -> index in the tree */
	int *seen_line;       /* per person */
};

static enum err begin_placements(struct import *im)
{
	struct placements_state *s = im->state = ARENA_NEW(im->tx->arena, struct placements_state);
	enum err e = org_list_import_placements(
		im->tx, im->effective, &s->placement, &s->placements);

	if (e || (e = org_list_import_members(im->tx, im->effective, &s->member, &s->members)))
		return e;
	s->seen_line = ARENA_ARRAY(im->tx->arena, (size_t)im->own->people, int);
	org_map_init(&s->posts, im->tx->arena, im->tree->posts);
	for (int i = 0; i < im->tree->posts; i++) {
		const struct org_post *post = &im->tree->post[i];

		if (post->valid_from <= im->effective && post->valid_to >= im->effective)
			org_map_add(&s->posts, post->code, i);
	}
	return OK;
}

/* The row in force on the effective day (NULL none); false when one begins later. */
static bool find_placement(
	const struct import *im, struct employee_id employee, const struct import_placement **ret)
{
	const struct placements_state *s = im->state;

	*ret = NULL;
	for (int i = FIRST_OF(s->placement, s->placements, employee); i < s->placements; i++) {
		if (s->placement[i].employee.v != employee.v)
			break;
		if (s->placement[i].valid_from > im->effective)
			return false;
		*ret = &s->placement[i];
	}
	return true;
}

struct member_list {
	struct post_id post[PERSON_POSTS_MAX];
	int posts;
};

/* Reads "LOKET-1, LOKET-2". */
static bool read_posts(struct import *im, const struct import_line *line, struct member_list *ret)
{
	const struct placements_state *s = im->state;
	char *rest = arena_strdup(&im->own->scratch, line->cell[PLACE_POSTS]);
	const char *reason = NULL;

	*ret = (struct member_list){0};
	while (rest && !reason) {
		char *code = str_trim(strsep(&rest, ","));
		int index = *code ? org_map_find(&s->posts, code) : -1;

		if (!*code)
			continue;
		if (index < 0)
			reason = "unknown_post";
		else if (ret->posts == PERSON_POSTS_MAX)
			reason = "too_many_posts";
		else
			ret->post[ret->posts++] = im->tree->post[index].id;
	}
	if (reason)
		org_import_fault(im, line, PLACE_POSTS, reason);
	return !reason;
}

static bool is_listed(const struct member_list *list, struct post_id post)
{
	for (int i = 0; i < list->posts; i++) {
		if (list->post[i].v == post.v)
			return true;
	}
	return false;
}

/* Stages what begins and what ends; *ret_changed when there was anything. */
static enum err stage_members(struct import *im, struct employee_id employee,
	const struct member_list *list, bool *ret_changed)
{
	const struct placements_state *s = im->state;
	struct member_list stays = {0};
	enum err e = OK;

	for (int i = FIRST_OF(s->member, s->members, employee); !e && i < s->members; i++) {
		const struct import_member *m = &s->member[i];

		if (m->employee.v != employee.v)
			break;
		if (is_listed(list, m->post)) {
			if (stays.posts < PERSON_POSTS_MAX)
				stays.post[stays.posts++] = m->post;
			continue;
		}
		*ret_changed = true;
		e = org_import_stage(im, &(struct import_staged){(enum import_action)MEMBER_ENDS,
						 employee.v, {m->post.v, m->valid_from}, {0}});
	}
	for (int i = 0; !e && i < list->posts; i++) {
		if (is_listed(&stays, list->post[i]))
			continue;
		*ret_changed = true;
		e = org_import_stage(im, &(struct import_staged){(enum import_action)MEMBER_BEGINS,
						 employee.v, {list->post[i].v}, {0}});
	}
	return e;
}

static bool is_first_line(struct import *im, const struct import_line *line, int *seen_line,
	const struct import_person *person, int column)
{
	int *seen = &seen_line[person - im->own->person];

	if (!*seen) {
		*seen = line->line;
		return true;
	}
	org_import_fault(im, line, column, "double");
	return false;
}

struct placement_cells {
	const struct import_person *person;
	const struct org_unit *unit;
	int level;
	struct member_list posts;
	const struct import_placement *stored;
};

static bool read_placement(
	struct import *im, const struct import_line *line, struct placement_cells *ret)
{
	struct placements_state *s = im->state;
	bool is_sound = org_import_employee(im, line, PLACE_NIP, im->effective, &ret->person);

	is_sound &= org_import_unit(im, line, PLACE_UNIT, &ret->unit);
	is_sound &= org_import_enum(im, line, PLACE_LEVEL, position_level_names, &ret->level);
	is_sound &= read_posts(im, line, &ret->posts);
	if (!is_sound || !is_first_line(im, line, s->seen_line, ret->person, PLACE_NIP))
		return false;
	if (find_placement(im, ret->person->id, &ret->stored))
		return true;
	org_import_fault(im, line, PLACE_NIP, "later_row");
	return false;
}

static enum err check_placement(struct import *im, const struct import_line *line)
{
	struct placement_cells c;
	bool has_members_changed = false;
	enum err e = OK;

	if (!read_placement(im, line, &c))
		return OK;
	const char *decree = line->given & 1u << PLACE_DECREE ? line->cell[PLACE_DECREE] : "";
	if (c.stored && !(line->given & 1u << PLACE_DECREE))
		decree = c.stored->decree;
	bool is_same = c.stored && c.stored->unit.v == c.unit->id.v && c.stored->level == c.level &&
		       str_eq(c.stored->position, line->cell[PLACE_POSITION]) &&
		       str_eq(c.stored->decree, decree);
	if (line->given & 1u << PLACE_POSTS)
		e = stage_members(im, c.person->id, &c.posts, &has_members_changed);
	if (e)
		return e;
	if (is_same) {
		org_import_count(im, has_members_changed ? IMPORT_UPDATE : IMPORT_UNCHANGED);
		return OK;
	}
	enum import_action action = c.stored ? IMPORT_UPDATE : IMPORT_CREATE;
	org_import_count(im, action);
	return org_import_stage(
		im, &(struct import_staged){action, c.person->id.v,
			    {c.unit->id.v, c.level, c.stored ? c.stored->valid_from : 0},
			    {line->cell[PLACE_POSITION], decree}});
}

const struct import_kind org_import_placements = {IMPORT_PLACEMENTS, placement_columns,
	(int)(sizeof(placement_columns) / sizeof(placement_columns[0])), begin_placements,
	check_placement, NULL, org_apply_placements, false, org_placement_presets,
	PLACEMENT_PRESETS};

/* ---- supervisors and team leads ---- */

enum { SUP_NIP, SUP_SUPERIOR, SUP_RELATION };

static const struct import_column supervisor_columns[] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP, 40, "199001022015031004", NULL, IMPORT_NIP_ALSO},
	{"superior", IMPORT_REQUIRED | IMPORT_NIP, 40, "198504122010012003", NULL,
		"nip atasan|atasan langsung|nip atasan langsung|nip pejabat penilai"},
	{"relation", 0, 40, "supervisor", relation_kind_names, "hubungan|sebagai"},
};

struct relations_state {
	struct import_relation *relation; /* by employee, first day */
	int relations;
	int *seen_line[2]; /* per kind of relation and person */
};

static enum err begin_supervisors(struct import *im)
{
	struct relations_state *s = im->state = ARENA_NEW(im->tx->arena, struct relations_state);

	for (int kind = 0; kind < 2; kind++)
		s->seen_line[kind] = ARENA_ARRAY(im->tx->arena, (size_t)im->own->people, int);
	return org_list_import_relations(im->tx, im->effective, &s->relation, &s->relations);
}

static bool find_relation(const struct import *im, struct employee_id employee, int kind,
	const struct import_relation **ret)
{
	const struct relations_state *s = im->state;

	*ret = NULL;
	for (int i = FIRST_OF(s->relation, s->relations, employee); i < s->relations; i++) {
		if (s->relation[i].employee.v != employee.v)
			break;
		if (s->relation[i].kind != kind)
			continue;
		if (s->relation[i].valid_from > im->effective)
			return false;
		*ret = &s->relation[i];
	}
	return true;
}

static bool read_relation(struct import *im, const struct import_line *line,
	const struct import_person **ret_person, const struct import_person **ret_superior,
	int *ret_kind)
{
	struct relations_state *s = im->state;
	bool is_sound = org_import_employee(im, line, SUP_NIP, im->effective, ret_person);

	is_sound &= org_import_employee(im, line, SUP_SUPERIOR, im->effective, ret_superior);
	*ret_kind = RELATION_SUPERVISOR;
	if (*line->cell[SUP_RELATION])
		is_sound &= org_import_enum(im, line, SUP_RELATION, relation_kind_names, ret_kind);
	if (is_sound && *ret_person == *ret_superior) {
		org_import_fault(im, line, SUP_SUPERIOR, "own_superior");
		is_sound = false;
	}
	return is_sound && is_first_line(im, line, s->seen_line[*ret_kind], *ret_person, SUP_NIP);
}

static enum err check_supervisor(struct import *im, const struct import_line *line)
{
	const struct import_person *person, *superior;
	const struct import_relation *stored;
	int kind;

	if (!read_relation(im, line, &person, &superior, &kind))
		return OK;
	if (!find_relation(im, person->id, kind, &stored)) {
		org_import_fault(im, line, SUP_NIP, "later_row");
		return OK;
	}
	if (stored && stored->superior.v == superior->id.v) {
		org_import_count(im, IMPORT_UNCHANGED);
		return OK;
	}
	enum import_action action = stored ? IMPORT_UPDATE : IMPORT_CREATE;
	org_import_count(im, action);
	return org_import_stage(
		im, &(struct import_staged){action, person->id.v,
			    {kind, superior->id.v, stored ? stored->valid_from : 0}, {0}});
}

const struct import_kind org_import_supervisors = {IMPORT_SUPERVISORS, supervisor_columns,
	(int)(sizeof(supervisor_columns) / sizeof(supervisor_columns[0])), begin_supervisors,
	check_supervisor, NULL, org_apply_relations};
