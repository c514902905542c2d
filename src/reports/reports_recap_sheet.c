/*
 * The recap as a workbook or CSV: every figure in a column of its own, for a unit or for all below
 * it.
 *
 * A closed unit gives what was sealed, an open one says so in its row. The table writer keeps a NIP
 * a text and no cell a formula.
 */
#include "reports/reports_recap_routes.h"

#include "base/str.h"
#include "org/org_print.h"
#include "platform/platform_db.h"
#include "platform/table.h"

#define SHEET_PEOPLE_MAX 6000

static const struct field query_fields[] = {
	PATH_ID(struct recap_input, unit, "The unit."),
	Q_DAY(struct recap_input, month, OPTIONAL, "Any day of the month; this month when absent."),
	Q_ENUM(struct recap_input, format, table_format_names, OPTIONAL, "xlsx when absent."),
	Q_BOOL(struct recap_input, below, OPTIONAL, "The units below it, too."),
	F_END,
};
const struct shape recap_sheet_query_shape = SHAPE(
	"RecapSheetQuery", struct recap_input, query_fields);

static const struct table_column columns[] = {
	{"Unit kerja", TABLE_TEXT, 34},
	{"Keadaan", TABLE_TEXT, 12},
	{"NIP", TABLE_TEXT, 20},
	{"Nama", TABLE_TEXT, 34},
	{"Jabatan", TABLE_TEXT, 30},
	{"Hadir", TABLE_INT, 0},
#define X(name, column, head) {head, TABLE_INT, 0},
#include "reports/reports_recap.def"
#undef X
	{"Melebihi batas terlambat", TABLE_TEXT, 14},
};

static void put_line(struct table *t, const struct recap_line *line)
{
	table_int(t, recap_present(line));
	for (int i = 0; i < FIGURE_COUNT; i++)
		table_int(t, line->n[i]);
}

static void put_month(struct table *t, const struct org_unit *unit, const char *state,
	const struct recap_month *m, const struct recap_band *limit)
{
	for (int i = 0; i < m->people; i++) {
		const struct recap_person *p = &m->person[i];

		table_text(t, unit->name);
		table_text(t, state);
		table_text(t, p->nip);
		table_text(t, p->name);
		table_text(t, p->position);
		put_line(t, &p->line);
		table_text(t, recap_is_often_late(limit, &p->line) ? "ya" : "");
		table_end_row(t);
	}
}

struct sheet {
	struct req *rq;
	struct table *t;
	int32_t month;
	int people;
	const struct recap_band *limit;
	struct recap_line total;
};

static enum err put_unit(struct sheet *s, const struct org_unit *unit)
{
	struct recap_part *part = ARENA_ARRAY(s->rq->tx->arena, RECAP_PARTS_MAX, struct recap_part);
	struct recap_month m;
	int parts;
	enum err e = recap_load_month(s->rq, unit->id, s->month, part, &parts, &m);

	if (e || (e = recap_name_people(s->rq->tx, &m)))
		return e;
	s->people += m.people;
	if (s->people > SHEET_PEOPLE_MAX)
		return refuse(s->rq, E_TOO_LARGE, "/unit",
			"more people than a sheet holds: take the units below one by one");
	recap_sort_by_name(&m);
	put_month(s->t, unit, parts ? "ditutup" : "sementara", &m, s->limit);
	recap_add_line(&s->total, &m.total);
	return OK;
}

static enum err put_units(struct sheet *s, const struct org_tree *tree, const struct org_unit *top)
{
	const struct recap_input *in = s->rq->input;
	enum err e = OK;

	for (int i = 0; i < tree->units && !e; i++)
		if (tree->unit[i].id.v == top->id.v ||
			(in->below && str_starts(tree->unit[i].path, top->path)))
			e = put_unit(s, &tree->unit[i]);
	table_text(s->t, "Jumlah");
	for (int i = 0; i < 4; i++)
		table_empty(s->t);
	put_line(s->t, &s->total);
	table_empty(s->t);
	table_end_total(s->t);
	return e;
}

static struct table *begin(
	struct req *rq, const struct government *g, const struct org_unit *unit, int32_t month)
{
	const struct recap_input *in = rq->input;
	const char **title = ARENA_ARRAY(rq->tx->arena, 2, const char *);
	struct table *t = table_new(rq->tx->arena,
		&(struct table_options){
			.format = in->format == INT_NONE ? TABLE_XLSX
							 : (enum table_format)in->format,
			.zone = g->zone,
			.is_demo = g->is_demo,
			.now_ms = rq->tx->now_ms,
		});

	title[0] = arena_printf(
		rq->tx->arena, "Rekapitulasi kehadiran %s", org_print_month(rq->tx->arena, month));
	title[1] = unit->name;
	table_begin(t, &(struct table_sheet){"Rekap", title, 2, columns, (int)COUNT_OF(columns)});
	return t;
}

enum err recap_get_sheet(struct req *rq)
{
	const struct recap_input *in = rq->input;
	struct sheet s = {.rq = rq, .month = recap_month_asked(rq, in->month)};
	enum table_format format = in->format == INT_NONE ? TABLE_XLSX
							  : (enum table_format)in->format;
	const struct org_tree *tree;
	const struct org_unit *unit;
	struct government g;
	struct bytes file;
	char month[11];
	enum err e = org_load_tree(rq->tx, &tree);

	if (e || !(unit = org_find_unit(tree, in->unit)))
		return e ? e : E_NOT_FOUND;
	if ((e = platform_load_government(rq->tx, &g)) ||
		(e = recap_load_limit(rq, s.month, &s.limit)))
		return e;
	s.t = begin(rq, &g, unit, s.month);
	if ((e = put_units(&s, tree, unit))) {
		table_discard(s.t);
		return e;
	}
	if ((e = table_finish(s.t, &file)))
		return e;
	day_format(s.month, month);
	rq->disposition = arena_printf(
		rq->tx->arena, "rekap-%s-%.7s.%s", unit->code, month, table_format_names[format]);
	return reply_raw(rq, 200, table_media_type(format), (const char *)file.p, file.n);
}
