/*
 * Import of plans of results: kind "targets" of the imports of org. A row is a measure; rows of a
 * person and period stand together.
 *
 * e-Kinerja BKN is where plans are kept by law (PermenPANRB 6/2022); nobody shall type them twice.
 * What comes of a file are drafts of their owners and nothing more: a plan holds once both agreed,
 * so that the owner reads, completes and proposes it, and no import agrees for anybody. A plan that
 * exists is never touched: the same rows again are unchanged, other rows are a fault. What a result
 * is derived from is read by the words of the superior's agreed result, to the letter: others are a
 * fault, and nothing is guessed. The headings
 * of the example are not confirmed by any agency: nothing is read by it until somebody looked at it
 * and saved it (org_mapping_presets.c says the same of the others).
 */
#include "reports/reports_target.h"

#include "base/date.h"
#include "base/str.h"
#include "org/org_import.h"
#include "org/org_map.h"
#include "platform/clock.h"
#include "platform/db.h"
#include "platform/slice.h"

enum {
	COLUMN_NIP,
	COLUMN_NAME,
	COLUMN_PERIOD,
	COLUMN_RESULT,
	COLUMN_KIND,
	COLUMN_ASPECT,
	COLUMN_INDICATOR,
	COLUMN_TARGET,
	COLUMN_UNIT,
	COLUMN_PARENT,
	COLUMNS
};

static const struct import_column columns[COLUMNS] = {
	{"nip", IMPORT_REQUIRED | IMPORT_NIP | IMPORT_REPEATS, 40, "198504122010011003", NULL,
		IMPORT_NIP_ALSO},
	{"nama", 0, 200, "Sri Wahyuni", NULL, "nama pegawai"},
	{"period", IMPORT_REQUIRED | IMPORT_REPEATS, 40, "2026", NULL,
		"periode|tahun|tahun skp|periode skp"},
	{"result", IMPORT_REQUIRED | IMPORT_NAME | IMPORT_REPEATS, 500,
		"Berkas mutasi terverifikasi tepat waktu", NULL,
		"rencana hasil kerja|rhk|rencana hasil kerja rhk|hasil kerja|sasaran kinerja"},
	{"kind", 0, 20, "main", target_kind_names, "jenis|jenis rhk"},
	{"aspect", IMPORT_REQUIRED, 20, "quantity", target_aspect_names, "aspek"},
	{"indicator", IMPORT_REQUIRED | IMPORT_NAME, 300, "Jumlah berkas", NULL,
		"indikator|indikator kinerja individu|iki|indikator kinerja"},
	{"target", IMPORT_REQUIRED | IMPORT_NAME, 80, "600", NULL, "target tahunan|target kinerja"},
	{"unit_of_measure", IMPORT_NAME, 40, "berkas", NULL, "satuan"},
	{"superior_result", IMPORT_NAME, 500, "Layanan mutasi tepat waktu", NULL,
		"rhk atasan yang diintervensi|rencana hasil kerja atasan yang diintervensi|rencana "
		"hasil kerja pimpinan yang diintervensi|rhk pimpinan yang diintervensi|rhk yang "
		"diintervensi"},
};

static const struct import_value kinds[] = {{"Utama", "main"}, {"Tambahan", "additional"}};
static const struct import_value aspects[] = {
	{"Kuantitas", "quantity"}, {"Kualitas", "quality"}, {"Waktu", "time"}, {"Biaya", "cost"}};

static const struct import_mapping presets[] = {
	{0, "e-Kinerja: SKP", IMPORT_TARGETS, DATES_DMY, true,
		{{"NIP", "", NULL, 0}, {"", "", NULL, 0}, {"TAHUN", "", NULL, 0},
			{"RENCANA HASIL KERJA", "", NULL, 0}, {"", "main", kinds, COUNT_OF(kinds)},
			{"ASPEK", "", aspects, COUNT_OF(aspects)},
			{"INDIKATOR KINERJA INDIVIDU", "", NULL, 0}, {"TARGET", "", NULL, 0},
			{"", "", NULL, 0}, {"", "", NULL, 0}}}};

/* ---- cells ---- */

static int read_quarter(const char *word)
{
	static const char *const names[] = {"1", "2", "3", "4", "i", "ii", "iii", "iv"};

	for (int i = 0; i < COUNT_OF(names); i++)
		if (str_eq(names[i], word))
			return i % 4 + 1;
	return 0;
}

bool reports_read_period(const char *text, enum report_period *ret_period, int32_t *ret_first)
{
	char copy[41], *rest = copy;
	int64_t year = 0;
	int quarter = 0;
	size_t n = 0;

	for (; text[n] && n < sizeof(copy) - 1; n++)
		copy[n] = text[n] == '-' || text[n] == '/'   ? ' '
			  : text[n] >= 'A' && text[n] <= 'Z' ? (char)(text[n] + 32)
							     : text[n];
	copy[n] = '\0';
	for (char *word = strsep(&rest, " "); word; word = strsep(&rest, " ")) {
		if (!*word || str_eq(word, "triwulan") || str_eq(word, "tw") ||
			str_eq(word, "tahun"))
			continue;
		if (!year && strlen(word) == 4 && str_to_int(word, 2000, 2100, &year))
			continue;
		if (quarter || !(quarter = read_quarter(word)))
			return false;
	}
	if (text[n] || !year)
		return false;
	*ret_period = quarter ? PERIOD_QUARTERLY : PERIOD_ANNUAL;
	*ret_first = day_from_civil((int)year, quarter ? 3 * quarter - 2 : 1, 1);
	return true;
}

/* Digits in threes behind dots, as Indonesian sheets print them. */
static bool is_group(const char *p)
{
	return p[0] == '.' && p[1] >= '0' && p[1] <= '9' && p[2] >= '0' && p[2] <= '9' &&
	       p[3] >= '0' && p[3] <= '9' && !(p[4] >= '0' && p[4] <= '9');
}

bool reports_read_amount(const char *text, int32_t *ret_amount, const char **ret_unit)
{
	int64_t amount = 0;
	const char *p = text;

	for (; (*p >= '0' && *p <= '9') || (p > text && is_group(p)); p++) {
		amount = *p == '.' ? amount : amount * 10 + (*p - '0');
		if (amount > AMOUNT_MAX)
			return false;
	}
	if (p == text || *p == ',' || *p == '.' || *p == '-')
		return false;
	p += strspn(p, " ");
	*ret_amount = (int32_t)amount;
	*ret_unit = p;
	return !(*p >= '0' && *p <= '9') && *p != '-';
}

/* ---- rows ---- */

/* What the file says about one plan so far, and what there is of it already. */
struct draft {
	int64_t id;
	struct employee_id owner;
	enum report_period period;
	int32_t first;
	struct target target[TARGETS_MAX];
	struct target_measure measure[TARGETS_MAX][MEASURES_MAX];
	int targets;
	struct target *known; /* of the newest revision that exists; NULL: none does */
	int known_count;
	struct target *above; /* what the superior agreed; loaded for the first row that names it */
	int above_count;      /* -1: not loaded */
};

struct targets_state {
	struct org_map seen; /* plans whose rows began */
	struct draft draft;  /* the one whose rows are being read */
	int rows;
};

/* Plans of a large agency; applied in one transaction, which holds up the clock. */
#define ROWS_MAX 20000

static enum err begin_targets(struct import *im)
{
	struct targets_state *s = im->state = ARENA_NEW(im->tx->arena, struct targets_state);

	org_map_init(&s->seen, im->tx->arena, 1000);
	return OK;
}

struct cells {
	const struct import_person *person;
	enum report_period period;
	int32_t first;
	int kind, aspect;
	struct target_measure measure;
};

static bool read_period(struct import *im, const struct import_line *line, struct cells *ret)
{
	int32_t first, last;

	if (!reports_read_period(line->cell[COLUMN_PERIOD], &ret->period, &ret->first)) {
		org_import_fault(im, line, COLUMN_PERIOD, "not_a_period");
		return false;
	}
	reports_period_of(ret->period, ret->first, &first, &last);
	if (reports_decide_plan_begin(first, last, im->today)) {
		org_import_fault(im, line, COLUMN_PERIOD, "period_over");
		return false;
	}
	return true;
}

static bool read_measure(struct import *im, const struct import_line *line, struct cells *ret)
{
	struct target_measure *m = &ret->measure;
	const char *unit = line->cell[COLUMN_UNIT], *behind;

	m->aspect = ret->aspect;
	m->indicator = line->cell[COLUMN_INDICATOR];
	if (!reports_read_amount(line->cell[COLUMN_TARGET], &m->amount, &behind)) {
		org_import_fault(im, line, COLUMN_TARGET, "not_a_whole_number");
		return false;
	}
	m->unit_of_measure = *unit ? unit : behind;
	if (!*m->unit_of_measure || strlen(m->unit_of_measure) > 40) {
		org_import_fault(
			im, line, COLUMN_UNIT, *m->unit_of_measure ? "too_long" : "required");
		return false;
	}
	return true;
}

static bool read_cells(struct import *im, const struct import_line *line, struct cells *ret)
{
	bool is_sound = org_import_employee(im, line, COLUMN_NIP, im->today, &ret->person);

	ret->kind = TARGET_MAIN;
	is_sound &= read_period(im, line, ret);
	if (*line->cell[COLUMN_KIND])
		is_sound &= org_import_enum(im, line, COLUMN_KIND, target_kind_names, &ret->kind);
	is_sound &= org_import_enum(im, line, COLUMN_ASPECT, target_aspect_names, &ret->aspect);
	is_sound &= read_measure(im, line, ret);
	if (strlen(line->cell[COLUMN_RESULT]) < 5) {
		org_import_fault(im, line, COLUMN_RESULT, "too_short");
		is_sound = false;
	}
	return is_sound && *line->cell[COLUMN_INDICATOR];
}

/* ---- plans ---- */

static enum err load_known(struct import *im, struct draft *d)
{
	struct target_plan plan[PLANS_OF_YEAR_MAX];
	int32_t first, last, newest;
	int count = 0;
	enum err e = reports_load_newest_revision(im->tx, d->owner, d->period, d->first, &newest);

	if (e || !newest)
		return e;
	reports_period_of(d->period, d->first, &first, &last);
	e = reports_list_plans(im->tx, d->owner, first, last, plan, PLANS_OF_YEAR_MAX, &count);
	for (int i = 0; i < count && !e; i++)
		if (plan[i].period == (int32_t)d->period && plan[i].first_day == d->first &&
			plan[i].revision == newest)
			return reports_list_targets(im->tx, plan[i].id, &d->known, &d->known_count);
	return e;
}

/* The plan a row belongs to: the one before it, or a new one that no earlier row spoke of. */
static enum err find_draft(struct import *im, const struct import_line *line, const struct cells *c,
	struct draft **ret)
{
	struct targets_state *s = im->state;
	struct draft *d = &s->draft;
	enum err e;

	*ret = d;
	if (d->id && d->owner.v == c->person->id.v && d->period == c->period &&
		d->first == c->first)
		return OK;
	if (!org_map_add(&s->seen,
		    arena_printf(im->tx->arena, "%lld %d %d", (long long)c->person->id.v,
			    (int)c->period, (int)c->first),
		    1)) {
		org_import_fault(im, line, COLUMN_NIP, "rows_apart");
		*ret = NULL;
		return OK;
	}
	*d = (struct draft){.id = id_next(),
		.owner = c->person->id,
		.period = c->period,
		.first = c->first,
		.above_count = -1};
	if ((e = load_known(im, d)))
		return e;
	org_import_count(im, d->known ? IMPORT_UNCHANGED : IMPORT_CREATE);
	return OK;
}

/* What the superior of the period agreed for it; as of today while it runs. */
static enum err load_above(struct import *im, struct draft *d)
{
	struct employee_id superior;
	int32_t first, last, day;
	enum err e;

	reports_period_of(d->period, d->first, &first, &last);
	day = im->today > first ? im->today : first;
	e = org_load_superior(im->tx, d->owner, RELATION_SUPERVISOR, day, &superior);
	return e ? e : reports_list_targets_on(im->tx, superior, day, &d->above, &d->above_count);
}

/* The superior's result of the row's words: of the quarter's and the year's that say the same, the
 * one of the draft's own period; 0: the row names none. */
static enum err find_parent(struct import *im, const struct import_line *line, struct draft *d,
	int64_t *ret_parent, bool *ret_sound)
{
	const char *words = line->cell[COLUMN_PARENT];
	enum err e = *words && d->above_count < 0 ? load_above(im, d) : OK;

	*ret_parent = 0;
	for (int i = 0; *words && !e && i < d->above_count; i++)
		if (str_eq(d->above[i].result, words) &&
			(!*ret_parent || d->period == PERIOD_ANNUAL))
			*ret_parent = d->above[i].id;
	*ret_sound = !e && (!*words || *ret_parent);
	if (!e && !*ret_sound)
		org_import_fault(im, line, COLUMN_PARENT, "unknown_superior_result");
	return e;
}

static bool is_measure(const struct target_measure *a, const struct target_measure *b)
{
	return a->aspect == b->aspect && a->amount == b->amount &&
	       str_eq(a->indicator, b->indicator) && str_eq(a->unit_of_measure, b->unit_of_measure);
}

/* The plan that exists says the same. */
static bool is_known(
	const struct draft *d, const char *result, int64_t parent, const struct target_measure *m)
{
	for (int i = 0; i < d->known_count; i++)
		for (int k = 0; k < d->known[i].measures_count; k++)
			if (str_eq(d->known[i].result, result) &&
				(!parent || d->known[i].parent == parent) &&
				is_measure(&d->known[i].measures[k], m))
				return true;
	return false;
}

/* The result of the row; NULL after a fault. */
static struct target *find_result(struct import *im, const struct import_line *line,
	struct draft *d, int kind, int64_t parent)
{
	const char *result = line->cell[COLUMN_RESULT];
	struct target *t;

	for (int i = 0; i < d->targets; i++) {
		t = &d->target[i];
		if (!str_eq(t->result, result))
			continue;
		if (parent && t->parent && t->parent != parent) {
			org_import_fault(im, line, COLUMN_PARENT, "two_superior_results");
			return NULL;
		}
		t->parent = parent ? parent : t->parent;
		return t;
	}
	if (d->targets == TARGETS_MAX) {
		org_import_fault(im, line, COLUMN_RESULT, "too_many_results");
		return NULL;
	}
	t = &d->target[d->targets];
	*t = (struct target){.id = id_next(),
		.kind = kind,
		.parent = parent,
		.result = arena_strdup(im->tx->arena, result),
		.measures = d->measure[d->targets++]};
	return t;
}

/* Adds the measure to its result and looks at the plan's rules; false after a fault. */
static bool add_measure(struct import *im, const struct import_line *line, struct target *t,
	const struct target_measure *m)
{
	struct target_fault f;

	if (t->measures_count == MEASURES_MAX) {
		org_import_fault(im, line, COLUMN_INDICATOR, "too_many_measures");
		return false;
	}
	t->measures[t->measures_count++] = (struct target_measure){m->aspect,
		arena_strdup(im->tx->arena, m->indicator), m->amount,
		arena_strdup(im->tx->arena, m->unit_of_measure)};
	if (!reports_find_target_fault(t, 1, &f))
		return true;
	org_import_fault(im, line, str_eq(f.field, "amount") ? COLUMN_TARGET : COLUMN_ASPECT,
		str_eq(f.field, "amount") ? "quantity_of_none" : "two_quantities");
	return false;
}

/* Staged: plan, what the result is derived from, first day, result, period with kind and aspect,
 * amount. */
_Static_assert(PERIOD_QUARTERLY < 2 && TARGET_ADDITIONAL < 2, "packed as such");

static enum err check_target(struct import *im, const struct import_line *line)
{
	struct targets_state *s = im->state;
	struct cells c;
	struct draft *d;
	struct target *t;
	int64_t parent;
	bool is_sound;
	enum err e;

	if (++s->rows > ROWS_MAX) {
		org_import_fault(im, line, COLUMN_NIP, "too_many_rows");
		return OK;
	}
	if (!read_cells(im, line, &c))
		return OK;
	if ((e = find_draft(im, line, &c, &d)) || !d ||
		(e = find_parent(im, line, d, &parent, &is_sound)) || !is_sound)
		return e;
	if (d->known) {
		if (!is_known(d, line->cell[COLUMN_RESULT], parent, &c.measure))
			org_import_fault(im, line, COLUMN_RESULT, "plan_exists");
		return OK;
	}
	t = find_result(im, line, d, c.kind, parent);
	if (!t || !add_measure(im, line, t, &c.measure))
		return OK;
	return org_import_stage(
		im, &(struct import_staged){IMPORT_CREATE, c.person->id.v,
			    {d->id, t->parent, c.first, t->id,
				    (c.period * 2 + t->kind) * 8 + c.aspect, c.measure.amount},
			    {t->result, c.measure.indicator, c.measure.unit_of_measure}});
}

/* ---- applying ---- */

#define ROWS_AT_ONCE 200

/* A plan as its rows come by. */
struct gathered {
	struct target_plan plan;
	struct target target[TARGETS_MAX];
	struct target_measure measure[TARGETS_MAX][MEASURES_MAX];
	int targets;
};

/* E_STALE: its owner began it himself since the file was checked, so that it is checked again. */
static enum err write_draft(struct tx *tx, struct gathered *g)
{
	struct employee_row owner;
	int32_t newest;
	enum err e;

	if (!g->plan.id)
		return OK;
	if ((e = reports_load_newest_revision(tx, g->plan.owner, (enum report_period)g->plan.period,
		     g->plan.first_day, &newest)))
		return e;
	if (newest)
		return E_STALE;
	if ((e = org_load_employee(tx, g->plan.owner, g->plan.first_day, &owner)) == E_NOT_FOUND)
		owner.unit = (struct unit_id){0};
	else if (e)
		return e;
	g->plan.unit = owner.unit;
	if ((e = reports_add_plan(tx, &g->plan)))
		return e;
	return reports_set_targets(tx, g->plan.id, g->target, g->targets);
}

static void gather(struct tx *tx, struct gathered *g, const struct import_staged *row)
{
	struct target *t = g->targets ? reports_find_target(g->target, g->targets, row->i[3])
				      : NULL;

	if (!t) {
		t = &g->target[g->targets];
		*t = (struct target){.id = row->i[3],
			.kind = (int32_t)row->i[4] / 8 % 2,
			.result = arena_strdup(tx->arena, row->t[0]),
			.measures = g->measure[g->targets++]};
	}
	t->parent = row->i[1] ? row->i[1] : t->parent;
	t->measures[t->measures_count++] = (struct target_measure){(int32_t)row->i[4] % 8,
		arena_strdup(tx->arena, row->t[1]), (int32_t)row->i[5],
		arena_strdup(tx->arena, row->t[2])};
}

static void begin_draft(
	struct gathered *g, const struct import_staged *row, const struct import_apply *apply)
{
	*g = (struct gathered){.plan = {.id = row->i[0],
				       .owner = {row->subject},
				       .period = (int32_t)row->i[4] / 16,
				       .revision = 1,
				       .state = PLAN_DRAFT,
				       .version = 1,
				       .note = "",
				       .import_id = apply->import_id}};
	reports_period_of((enum report_period)g->plan.period, (int32_t)row->i[2],
		&g->plan.first_day, &g->plan.last_day);
}

static enum err apply_targets(struct tx *tx, const struct import_apply *apply)
{
	struct import_staged *row = ARENA_ARRAY(tx->arena, ROWS_AT_ONCE, struct import_staged);
	struct gathered *g = ARENA_NEW(tx->arena, struct gathered);
	int64_t last = 0;
	int rows;
	enum err e;

	do {
		e = org_import_list_staged(
			tx, apply->import_id, last, row, ROWS_AT_ONCE, &rows, &last);
		for (int i = 0; i < rows && !e; i++) {
			if (g->plan.id != row[i].i[0]) {
				e = write_draft(tx, g);
				begin_draft(g, &row[i], apply);
			}
			gather(tx, g, &row[i]);
		}
	} while (!e && rows == ROWS_AT_ONCE);
	return e ? e : write_draft(tx, g);
}

const struct import_kind reports_target_import = {
	.subject = IMPORT_TARGETS,
	.column = columns,
	.columns = COLUMNS,
	.begin = begin_targets,
	.check_row = check_target,
	.apply = apply_targets,
	.preset = presets,
	.presets = COUNT_OF(presets),
};
