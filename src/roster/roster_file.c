/*
 * The file for the old attendance app: one row per person and day of what is in force in the node
 * on the days of a version, with the columns the procedure names; or only what the app was not told
 * yet.
 *
 * Swaps and later versions are in it whoever's lines say them, so that one file of a month is the
 * whole truth of it, and one sent late sets nothing back. A NIP
 * is in full for who may read it; imports of that app need it.
 */
#include "roster/roster_print.h"

#include "base/str.h"
#include "platform/auth.h"
#include "platform/platform_db.h"
#include "platform/table.h"
#include "roster/roster.h"

#include <string.h>

#define COLUMNS_MAX 50 /* names of three letters in the 200 a procedure may have */

struct file {
	struct req *rq;
	struct table *t;
	const struct org_tree *tree;
	const char *column[COLUMNS_MAX];
	int columns;
	bool shows_nip, changes;
	const struct held_line *held;
	const struct sent_file *sent;
	int helds, sents, at;
	int rows;
};

/* ---- columns ---- */

static const struct {
	const char *name;
	enum table_type type;
	int width;
} kinds[] = {
	{"nip", TABLE_TEXT, 20},
	{"nama", TABLE_TEXT, 34},
	{"unit", TABLE_TEXT, 34},
	{"tanggal", TABLE_DAY, 12},
	{"kode", TABLE_TEXT, 6},
	{"mode", TABLE_TEXT, 6},
	{"jam_masuk", TABLE_MINUTE, 10},
	{"jam_pulang", TABLE_MINUTE, 10},
};
enum file_column { NIP, NAME, UNIT, DAY, CODE, MODE, IN, OUT };

static enum file_column kind_of(const char *name)
{
	int i = 0;
	while (i + 1 < (int)(sizeof kinds / sizeof *kinds) && !str_eq(kinds[i].name, name))
		i++;
	return (enum file_column)i;
}

/* The procedure was checked when it was entered: it names known columns. */
static void read_columns(struct file *f, const char *text)
{
	while (*text && f->columns < COLUMNS_MAX) {
		size_t n = strcspn(text, ",");
		f->column[f->columns++] = arena_strndup(f->rq->tx->arena, text, n);
		text += n + (text[n] != '\0');
	}
}

/* ---- rows ---- */

/* Lines come by employee, and so do those that held. */
static char told(struct file *f, const struct walked_day *d)
{
	int64_t employee = d->line->employee.v;
	int last;
	while (f->at < f->helds && f->held[f->at].employee.v < employee)
		f->at++;
	for (last = f->at; last < f->helds && f->held[last].employee.v == employee;)
		last++;
	return roster_sent_letter(f->held + f->at, last - f->at, f->sent, f->sents, d->day);
}

static const char *mode_word(char letter)
{
	switch (roster_letter_mode(letter)) {
	case MODE_OFFICE:
		return "WFO";
	case MODE_HOME:
		return "WFH";
	case MODE_ANYWHERE:
		return "WFA";
	default:
		return NULL;
	}
}

static int hour_of(const struct walked_day *d, bool is_end)
{
	const struct shift *s = d->ruling ? &d->ruling->shift : NULL;
	if (!s || s->starts == MINUTE_OFF || !mode_word(d->letter))
		return MINUTE_NONE;
	return is_end ? s->ends : s->starts;
}

static void put_cell(struct file *f, enum file_column column, const struct walked_day *d)
{
	struct arena *a = f->rq->tx->arena;
	const struct org_unit *unit = d->facts ? org_find_unit(f->tree, d->facts->unit) : NULL;
	switch (column) {
	case NIP:
		table_text(f->t, f->shows_nip ? d->line->nip : org_mask_nip(a, d->line->nip));
		break;
	case NAME:
		table_text(f->t, d->line->name);
		break;
	case UNIT:
		table_text(f->t, unit ? unit->name : NULL);
		break;
	case DAY:
		table_day(f->t, d->day);
		break;
	case CODE:
		table_text(f->t, arena_printf(a, "%c", d->letter));
		break;
	case MODE:
		table_text(f->t, mode_word(d->letter));
		break;
	case IN:
	case OUT:
		table_minute(f->t, hour_of(d, column == OUT));
		break;
	}
}

static enum err put_day(void *arg, const struct walked_day *d)
{
	struct file *f = arg;
	if (f->changes && told(f, d) == d->letter)
		return OK;
	if (++f->rows > TABLE_ROWS_MAX)
		return refuse(f->rq, E_TOO_LARGE, "/version",
			"more rows than a file holds: take the changes alone");
	for (int i = 0; i < f->columns; i++)
		put_cell(f, kind_of(f->column[i]), d);
	table_end_row(f->t);
	return OK;
}

/* ---- the file ---- */

static enum table_format format_of(const struct file_input *in)
{
	return in->format == INT_NONE ? TABLE_XLSX : (enum table_format)in->format;
}

static enum err begin(struct file *f)
{
	struct arena *a = f->rq->tx->arena;
	struct table_column *column = ARENA_ARRAY(a, (size_t)f->columns, struct table_column);
	struct government g;
	enum err e = platform_load_government(f->rq->tx, &g);
	if (e)
		return e;
	for (int i = 0; i < f->columns; i++) {
		enum file_column kind = kind_of(f->column[i]);
		column[i] = (struct table_column){
			f->column[i], kinds[kind].type, kinds[kind].width};
	}
	f->t = table_new(a, &(struct table_options){.format = format_of(f->rq->input),
				    .zone = g.zone,
				    .is_demo = g.is_demo,
				    .now_ms = f->rq->tx->now_ms});
	table_begin(f->t,
		&(struct table_sheet){.name = "Jadwal", .column = column, .columns = f->columns});
	return OK;
}

static enum err load_sent(struct file *f, const struct roster_version *v)
{
	struct sent_file *sent = ARENA_ARRAY(f->rq->tx->arena, SENT_FILES_MAX, struct sent_file);
	struct held_line *held;
	enum err e = roster_list_held_lines(f->rq->tx, v, &held, &f->helds);
	f->held = e ? NULL : held;
	f->sent = sent;
	return e ? e : roster_list_sent_files(f->rq->tx, v, sent, &f->sents);
}

static enum err fill(struct file *f, const struct roster_version *v)
{
	struct print_line *line;
	int lines;
	enum err e = roster_list_in_force(f->rq->tx, v, &line, &lines);
	if (!e && f->changes)
		e = load_sent(f, v);
	if (e == E_TOO_LARGE)
		return refuse(f->rq, e, "/version", "more lines than a file holds");
	return e ? e : roster_walk_lines(f->rq->tx, v, line, lines, put_day, f);
}

static enum err load(struct file *f, struct roster_version *v, const struct org_unit **ret_node)
{
	const struct file_input *in = f->rq->input;
	struct roster_procedure procedure;
	enum err e = roster_load_version(f->rq->tx, in->version, v);
	if (e || (e = org_load_tree(f->rq->tx, &f->tree)))
		return e;
	if (v->state != ROSTER_PUBLISHED)
		return refuse(
			f->rq, E_CONFLICT, "/version", "does not hold: only what holds is sent");
	*ret_node = org_find_unit(f->tree, v->unit);
	if (!*ret_node)
		return E_NOT_FOUND;
	e = roster_load_procedure(f->rq->tx, (*ret_node)->agency, req_today(f->rq), &procedure);
	if (!e)
		read_columns(f, procedure.columns);
	return e;
}

enum err roster_get_file(struct req *rq)
{
	const struct file_input *in = rq->input;
	struct file f = {.rq = rq, .changes = in->changes};
	const struct org_unit *node;
	struct roster_version v;
	struct bytes bytes;
	char from[11];
	enum err e = load(&f, &v, &node);
	if (e)
		return e;
	f.shows_nip = auth_authorise(rq, P_NIP_READ,
			      &(struct object){.unit = v.unit, .day = DAY_NONE}) == OK;
	if ((e = begin(&f)))
		return e;
	if ((e = fill(&f, &v))) {
		table_discard(f.t);
		return e;
	}
	if ((e = table_finish(f.t, &bytes)))
		return e;
	day_format(v.period_from, from);
	rq->disposition = arena_printf(rq->tx->arena, "jadwal-%s-%s%s.%s", node->code, from,
		in->changes ? "-perubahan" : "", table_format_names[format_of(in)]);
	return reply_raw(rq, 200, table_media_type(format_of(in)), (const char *)bytes.p, bytes.n);
}
