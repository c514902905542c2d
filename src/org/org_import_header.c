/*
 * Headings: in which sheet and row they stand, and what each column is.
 *
 * Offices put titles above their tables, merge headings over two rows ("TMT" over "GOL" and "JAB")
 * and number the columns below. So the row of headings is the one of the first HEAD_ROWS_MAX that
 * holds most of the names looked for; a heading merged over others is put in front of theirs. Two
 * columns with one heading that is read are ambiguous and refused. With a mapping all other columns
 * are left unread; without one they are named, because a misspelt heading must not lose a column in
 * silence.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <string.h>

#define HEAD_ROWS_MAX 30

/* A row that may be headings, or the two it is merged from. */
struct head {
	int line; /* the lower one */
	bool is_merged;
	int cells;
	const char *text[SHEET_CELLS_MAX];
	const char *key[SHEET_CELLS_MAX];
};

/* The first rows of a sheet, each alone and each together with the row below. */
struct heads {
	struct head row[HEAD_ROWS_MAX * 2];
	int rows;
};

/* The best place for a set of names. */
struct found {
	int sheet;
	struct head head;
	int score;
	bool is_whole; /* every column that must be there is */
};

char *org_import_heading_key(struct arena *arena, const char *heading)
{
	char *key = str_fold(arena, heading);
	size_t n = 0;

	for (const char *p = key; *p; p++) {
		bool is_kept = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ||
			       (uint8_t)*p >= 0x80;

		if (is_kept)
			key[n++] = *p;
		else if (n > 0 && key[n - 1] != ' ')
			key[n++] = ' ';
	}
	if (n > 0 && key[n - 1] == ' ')
		n--;
	key[n] = '\0';
	return key;
}

/* ---- the first rows ---- */

static void add_head(struct arena *arena, struct heads *heads, const struct head *head)
{
	struct head *row = &heads->row[heads->rows++];

	*row = *head;
	for (int i = 0; i < row->cells; i++)
		row->key[i] = org_import_heading_key(arena, row->text[i]);
}

/* `upper` over `lower`: an upper heading reaches over the columns behind it that have none. */
static void add_merged(struct arena *arena, struct heads *heads, const struct head *upper,
	const struct head *lower)
{
	struct head both = {.line = lower->line, .is_merged = true};
	const char *above = "";

	both.cells = upper->cells > lower->cells ? upper->cells : lower->cells;
	for (int i = 0; i < both.cells; i++) {
		const char *top = i < upper->cells ? upper->text[i] : "";
		const char *below = i < lower->cells ? lower->text[i] : "";

		above = *top ? top : *below ? above : "";
		both.text[i] = !*below  ? top
			       : *above ? arena_printf(arena, "%s %s", above, below)
					: below;
	}
	add_head(arena, heads, &both);
}

/* Reads the first rows of the selected sheet; the line of a fault that ended them, else 0. */
static int read_heads(struct import *im, struct heads *heads)
{
	struct arena *arena = im->tx->arena;
	struct head before = {0};
	struct sheet_row row;
	enum sheet_step step = SHEET_END;

	heads->rows = 0;
	while (heads->rows < HEAD_ROWS_MAX * 2 - 1 &&
		(step = sheet_next(im->own->sheet, &row)) == SHEET_ROW) {
		struct head head = {.line = row.line, .cells = row.cells};

		for (int i = 0; i < row.cells; i++)
			head.text[i] = arena_strdup(arena, row.cell[i]);
		add_head(arena, heads, &head);
		if (before.cells && before.line == head.line - 1)
			add_merged(arena, heads, &before, &head);
		before = head;
	}
	return step == SHEET_FAULT ? row.line : 0;
}

/* ---- names looked for ---- */

/* Key of the heading a column of the kind is looked for under; "" for none. */
static const char *wanted_key(struct import *im, const struct import_mapping *mapping, int column)
{
	const char *heading = mapping ? mapping->source[column].heading
				      : im->own->kind->column[column].name;

	return org_import_heading_key(im->tx->arena, heading);
}

static int find_key(const struct head *head, const char *key)
{
	for (int i = 0; i < head->cells; i++) {
		if (*key && str_eq(head->key[i], key))
			return i;
	}
	return -1;
}

/* How many of the wanted names a row has, and whether none that must be there is missing: of a
 * mapping every heading it names. */
static int score_head(struct import *im, const struct import_mapping *mapping,
	const char *const *key, const struct head *head, bool *ret_whole)
{
	int score = 0;

	*ret_whole = true;
	for (int i = 0; i < im->own->kind->columns; i++) {
		bool must = mapping ? *key[i] != '\0'
				    : (im->own->kind->column[i].flags & IMPORT_REQUIRED) != 0;
		bool is_there = find_key(head, key[i]) >= 0;

		score += is_there;
		*ret_whole &= is_there || !must;
	}
	return score;
}

/*
 * A row with more of the names; or with as many, when it is the best one with the row below: what
 * is merged over two rows has nothing below it, and a row of data would.
 */
static bool is_better(const struct found *best, int sheet, const struct head *head, int score)
{
	if (score != best->score)
		return score > best->score;
	return score > 0 && head->is_merged && !best->head.is_merged && best->sheet == sheet &&
	       best->head.line == head->line - 1;
}

/* The best row of a sheet for these names, if it is better than `best`. */
static void find_best(struct import *im, const struct import_mapping *mapping,
	const struct heads *heads, int sheet, struct found *best)
{
	const char *key[IMPORT_COLUMNS_MAX];

	for (int i = 0; i < im->own->kind->columns; i++)
		key[i] = wanted_key(im, mapping, i);
	for (int i = 0; i < heads->rows; i++) {
		bool is_whole;
		int score = score_head(im, mapping, key, &heads->row[i], &is_whole);

		if (!is_better(best, sheet, &heads->row[i], score))
			continue;
		*best = (struct found){sheet, heads->row[i], score, is_whole && score > 0};
	}
}

/* ---- what each column is ---- */

/* Takes a heading that is a day, for a kind that takes days; NULL, or why it cannot be taken. */
static const char *take_day_column(struct import *im, const char *heading, int place)
{
	enum date_order order = im->own->mapping ? im->own->mapping->dates : DATES_DMY;
	int32_t day;

	if (!im->own->kind->takes_days || !org_import_parse_day(heading, order, &day))
		return "unknown_column";
	for (int i = 0; i < im->days; i++) {
		if (im->day[i] == day)
			return "double_column";
	}
	if (im->days == IMPORT_DAYS_MAX)
		return "too_many_columns";
	im->own->day_place[im->days] = place;
	im->day[im->days++] = day;
	return NULL;
}

/* Gives a column of the file to the columns of the kind that are looked for under its heading. */
static const char *take_column(struct import *im, const struct head *head, int place)
{
	struct import_private *own = im->own;
	const char *reason = "unknown_column";

	for (int i = 0; i < own->kind->columns; i++) {
		const char *key = wanted_key(im, own->mapping, i);

		if (!*key || !str_eq(key, head->key[place]))
			continue;
		if (own->place[i] >= 0)
			return "double_column";
		own->place[i] = place;
		reason = NULL;
	}
	return reason ? take_day_column(im, head->text[place], place) : NULL;
}

static void report_missing(struct import *im)
{
	struct import_private *own = im->own;

	for (int i = 0; i < own->kind->columns; i++) {
		const struct import_source *source = own->mapping ? &own->mapping->source[i] : NULL;
		bool is_wanted = source ? *source->heading != '\0'
					: (own->kind->column[i].flags & IMPORT_REQUIRED) != 0;
		bool is_said = own->place[i] >= 0 || (source && *source->fixed);

		if (is_said)
			own->given |= 1u << i;
		if (own->place[i] < 0 && is_wanted)
			org_import_fault_at(im, own->header_line, -1, own->kind->column[i].name,
				"missing_column", source ? source->heading : "");
		else if (!is_said && (own->kind->column[i].flags & IMPORT_REQUIRED))
			org_import_fault_at(im, own->header_line, -1, own->kind->column[i].name,
				"not_mapped", "");
	}
}

/* Where each column of the kind stands in the file. */
static void take_header(struct import *im, const struct head *head)
{
	struct import_private *own = im->own;

	own->header_cells = head->cells;
	own->header_line = head->line;
	for (int i = 0; i < IMPORT_COLUMNS_MAX; i++)
		own->place[i] = -1;
	for (int i = 0; i < head->cells; i++) {
		const char *reason = take_column(im, head, i);

		if (!reason || (own->mapping && str_eq(reason, "unknown_column")))
			continue;
		org_import_fault_at(im, head->line, i, arena_printf(im->tx->arena, "%d", i + 1),
			reason, head->text[i]);
	}
	report_missing(im);
}

/* ---- the choice ---- */

struct choice {
	struct found own;   /* for our own headings, or those of the mapping that was named */
	struct found *best; /* for each other mapping */
	int fault_line;     /* of a sheet that cannot be read; 0 none */
	const char *reason;
};

/* Looks through the sheets people see for each set of names. */
static void look_through(struct import *im, struct choice *c)
{
	struct import_private *own = im->own;
	struct heads *heads = ARENA_NEW(im->tx->arena, struct heads);

	for (int sheet = 0; sheet < sheet_count(own->sheet); sheet++) {
		if (sheet_is_hidden(own->sheet, sheet))
			continue;
		int line = sheet_select(own->sheet, sheet) ? read_heads(im, heads) : 1;

		if (line && !c->fault_line) {
			c->fault_line = line;
			c->reason = sheet_reason(own->sheet);
		}
		if (!c->own.is_whole)
			find_best(im, own->mapping, heads, sheet, &c->own);
		for (int i = 0; i < own->offers; i++) {
			if (!c->best[i].is_whole)
				find_best(im, &own->offered[i], heads, sheet, &c->best[i]);
		}
	}
}

/* Our own headings, or the mapping that fits with most of its headings. */
static const struct found *choose(struct import *im, struct choice *c)
{
	struct import_private *own = im->own;
	const struct found *chosen = &c->own;

	for (int i = 0; i < own->offers && !c->own.is_whole; i++) {
		if (!c->best[i].is_whole || (chosen->is_whole && c->best[i].score <= chosen->score))
			continue;
		chosen = &c->best[i];
		own->mapping = &own->offered[i];
	}
	return chosen;
}

static void keep_head(struct import_private *own, const struct found *found)
{
	own->head = (struct import_head){
		.sheet = found->sheet, .line = found->head.line, .cells = found->head.cells};
	for (int i = 0; i < found->head.cells; i++)
		own->head.heading[i] = found->head.text[i];
}

void org_import_find_header(struct import *im)
{
	struct import_private *own = im->own;
	struct choice c = {.own = {.score = -1}, .reason = "empty"};

	if (own->mapping) /* it was chosen */
		own->offers = 0;
	c.best = ARENA_ARRAY(im->tx->arena, (size_t)own->offers, struct found);
	for (int i = 0; i < own->offers; i++)
		c.best[i].score = -1;
	look_through(im, &c);
	const struct found *chosen = choose(im, &c);
	keep_head(own, chosen);
	if (chosen->score < 0 || (c.fault_line && !chosen->is_whole))
		org_import_fault_at(im, c.fault_line ? c.fault_line : 1, -1, "", c.reason, "");
	else if (sheet_select(own->sheet, chosen->sheet))
		take_header(im, &chosen->head);
	else
		org_import_fault_at(im, 1, -1, "", sheet_reason(own->sheet), "");
}

/* ---- a sheet nobody mapped yet ---- */

/* Columns of the kind that some heading of the row could be. */
static int guess_score(struct import *im, const struct head *head)
{
	int score = 0;

	for (int i = 0; i < im->own->kind->columns; i++) {
		int best = 0;

		for (int place = 0; place < head->cells; place++) {
			int likeness = compute_heading_score(
				im->tx->arena, &im->own->kind->column[i], head->key[place]);

			best = likeness > best ? likeness : best;
		}
		score += best >= HEADING_SCORE_LEAST ? best : 0;
	}
	return score;
}

bool org_import_guess_header(struct import *im)
{
	struct import_private *own = im->own;
	struct heads *heads = ARENA_NEW(im->tx->arena, struct heads);
	struct found best = {.score = -1};

	for (int sheet = 0; sheet < sheet_count(own->sheet); sheet++) {
		if (sheet_is_hidden(own->sheet, sheet) || !sheet_select(own->sheet, sheet))
			continue;
		read_heads(im, heads);
		for (int i = 0; i < heads->rows; i++) {
			int score = guess_score(im, &heads->row[i]);

			if (is_better(&best, sheet, &heads->row[i], score))
				best = (struct found){sheet, heads->row[i], score, false};
		}
	}
	keep_head(own, &best);
	return best.score >= 0;
}
