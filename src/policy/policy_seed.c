/*
 * Instruments from data/instruments.csv and data/rules.csv: circulars as rows of two tables, with
 * names and not numbers, so that whoever knows a circular can add it without a programmer.
 *
 * An instrument row says what it is and where it was read (verified_by empty: an example, not law).
 * A rule row names its instrument by `code` and fills the columns its kind needs; a kind of
 * government limits it to provinces, regencies or cities. Everything is checked as if it were
 * entered by hand.
 */
#include "policy/policy_int.h"

#include "base/str.h"
#include "org/org_csv.h"
#include "platform/platform_db.h"

#include <stddef.h>

#define SEED_ROWS_MAX  1000
#define SEED_RULES_MAX 100 /* of one instrument */

struct seed_row {
	int line;
	const char *const *cell;
};

struct seed_table {
	const char *name;
	const char *column[CSV_CELLS_MAX];
	int columns;
	struct seed_row *row;
	int rows;
};

struct seeder {
	struct tx *tx;
	const struct org_tree *tree;
	struct government government;
	struct seed_table instruments, rules;
	const char *fault;
};

static enum err fail(struct seeder *s, const struct seed_table *table, int line, const char *what)
{
	s->fault = arena_printf(s->tx->arena, "%s line %d: %s", table->name, line, what);
	return E_BAD_REQUEST;
}

static const char *const *copy_cells(
	struct arena *arena, const struct csv_record *record, int columns)
{
	const char **cell = ARENA_ARRAY(arena, (size_t)columns, const char *);
	for (int i = 0; i < columns; i++)
		cell[i] = i < record->cells ? arena_strdup(arena, record->cell[i]) : "";
	return cell;
}

static enum err read_table(struct seeder *s, struct bytes text, struct seed_table *ret)
{
	struct arena *arena = s->tx->arena;
	struct csv *csv = ARENA_NEW(arena, struct csv);
	struct csv_record record = {.line = 1};
	enum csv_fault fault = csv_open(csv, text);
	if (fault || (fault = csv_next(csv, &record)))
		return fail(s, ret, record.line, csv_fault_names[fault]);
	ret->columns = record.cells;
	memcpy(ret->column, copy_cells(arena, &record, record.cells),
		(size_t)record.cells * sizeof ret->column[0]);
	ret->row = ARENA_ARRAY(arena, SEED_ROWS_MAX, struct seed_row);
	while (!(fault = csv_next(csv, &record))) {
		if (ret->rows == SEED_ROWS_MAX || record.cells > ret->columns)
			return fail(s, ret, record.line, "too many rows or cells");
		ret->row[ret->rows++] = (struct seed_row){
			record.line, copy_cells(arena, &record, ret->columns)};
	}
	return fault == CSV_END ? OK : fail(s, ret, record.line, csv_fault_names[fault]);
}

/* The cell of a column; "" when the file lacks it. */
static const char *get(
	const struct seed_table *table, const struct seed_row *row, const char *column)
{
	for (int i = 0; i < table->columns; i++) {
		if (str_eq(table->column[i], column))
			return row->cell[i];
	}
	return "";
}

static int find_name(const char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++) {
		if (str_eq(names[i], name))
			return i;
	}
	return -1;
}

/* Whether `word` is one of the blank-separated words of `text`. */
static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	while (*text) {
		size_t length = strcspn(text, " ");
		if (length == n && !strncmp(text, word, n))
			return true;
		text += length + strspn(text + length, " ");
	}
	return false;
}

/* Columns of a rule that hold a name of a list. */
static const struct {
	const char *column;
	const char *const *names;
	size_t offset;
} name_columns[] = {
	{"character", unit_character_names, offsetof(struct rule, character)},
	{"level", position_level_names, offsetof(struct rule, level)},
	{"for_mode", work_mode_names, offsetof(struct rule, for_mode)},
	{"mode", work_mode_names, offsetof(struct rule, mode)},
	{"bound", share_bound_names, offsetof(struct rule, bound)},
	{"base", share_base_names, offsetof(struct rule, base)},
	{"share_level", share_level_names, offsetof(struct rule, share_level)},
	{"duty", rule_duty_names, offsetof(struct rule, duty)},
	{"place", place_rule_names, offsetof(struct rule, place)},
	{"window", window_kind_names, offsetof(struct rule, window_kind)},
};

/* Columns of a rule that hold a number or a minute of day. */
static const struct {
	const char *column;
	bool is_minute;
	size_t offset;
} number_columns[] = {
	{"percent", false, offsetof(struct rule, percent)},
	{"days_per_week", false, offsetof(struct rule, days_per_week)},
	{"opens", true, offsetof(struct rule, opens)},
	{"closes", true, offsetof(struct rule, closes)},
};

static void put(struct rule *rule, size_t offset, int value)
{
	memcpy((char *)rule + offset, &value, sizeof value);
}

/* Each reads one part of a rule; the name of the column at fault, or NULL. */
static const char *read_names(struct seeder *s, const struct seed_row *row, struct rule *ret)
{
	for (size_t i = 0; i < sizeof name_columns / sizeof name_columns[0]; i++) {
		const char *cell = get(&s->rules, row, name_columns[i].column);
		int value = find_name(name_columns[i].names, cell);
		if (*cell && value < 0)
			return name_columns[i].column;
		put(ret, name_columns[i].offset, value);
	}
	return NULL;
}

static const char *read_numbers(struct seeder *s, const struct seed_row *row, struct rule *ret)
{
	for (size_t i = 0; i < sizeof number_columns / sizeof number_columns[0]; i++) {
		const char *cell = get(&s->rules, row, number_columns[i].column);
		int64_t number = -1;
		int minute = -1;
		if (*cell && !(number_columns[i].is_minute ? minute_parse(cell, &minute)
							   : str_to_int(cell, 0, 100, &number)))
			return number_columns[i].column;
		put(ret, number_columns[i].offset,
			number_columns[i].is_minute ? minute : (int)number);
	}
	return NULL;
}

static const char *read_weekdays(struct seeder *s, const struct seed_row *row, struct rule *ret)
{
	static const char *const names[] = {
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL};
	const char *cell = get(&s->rules, row, "weekdays");
	if (!*cell)
		return NULL;
	ret->weekdays = 0;
	size_t said = 0;
	for (int i = 0; names[i]; i++) {
		if (!has_word(cell, names[i]))
			continue;
		ret->weekdays |= WEEKDAY_BIT(i + 1);
		said += strlen(names[i]) + 1;
	}
	return said == strlen(cell) + 1 ? NULL : "weekdays";
}

static const char *read_scope(
	struct seeder *s, const struct seed_row *row, int32_t day, struct rule *ret)
{
	const char *unit_code = get(&s->rules, row, "unit"), *post = get(&s->rules, row, "post");
	const struct org_unit *unit = org_find_unit_by_code(s->tree, unit_code, day);
	if (*unit_code && !unit)
		return "unit";
	ret->unit = *unit_code ? unit->id : (struct unit_id){0};
	ret->post_match = !*post ? POST_ANY : str_eq(post, "direct") ? POST_DIRECT : POST_THIS;
	for (int i = 0; ret->post_match == POST_THIS && i < s->tree->posts; i++) {
		if (str_eq(s->tree->post[i].code, post))
			ret->post = s->tree->post[i].id;
	}
	return ret->post_match == POST_THIS && !ret->post.v ? "post" : NULL;
}

static enum err read_rule(
	struct seeder *s, const struct seed_row *row, int32_t day, struct rule *ret)
{
	int kind = find_name(rule_kind_names, get(&s->rules, row, "kind"));
	const char *wrong = kind < 0 ? "kind" : NULL;
	*ret = policy_rule_of(kind < 0 ? RULE_MODE : (enum rule_kind)kind);
	ret->article = get(&s->rules, row, "article");
	ret->position = get(&s->rules, row, "position");
	ret->words = get(&s->rules, row, "words");
	if (!wrong)
		wrong = read_names(s, row, ret);
	if (!wrong)
		wrong = read_numbers(s, row, ret);
	if (!wrong)
		wrong = read_weekdays(s, row, ret);
	if (!wrong)
		wrong = read_scope(s, row, day, ret);
	if (!wrong)
		wrong = policy_check_rule(ret);
	return wrong ? fail(s, &s->rules, row->line, wrong) : OK;
}

static bool is_for_this_kind(struct seeder *s, const struct seed_row *row)
{
	const char *kinds = get(&s->rules, row, "government_kind");
	return !*kinds || has_word(kinds, government_kind_names[s->government.kind]);
}

static enum err read_rules(
	struct seeder *s, const char *code, int32_t day, struct rule *ret_rule, int *ret_count)
{
	int count = 0;
	for (int i = 0; i < s->rules.rows; i++) {
		const struct seed_row *row = &s->rules.row[i];
		if (!str_eq(get(&s->rules, row, "instrument"), code) || !is_for_this_kind(s, row))
			continue;
		if (count == SEED_RULES_MAX)
			return fail(s, &s->rules, row->line, "too many rules");
		enum err e = read_rule(s, row, day, &ret_rule[count++]);
		if (e)
			return e;
	}
	*ret_count = count;
	return OK;
}

/* A day, or `otherwise` for an empty cell. */
static bool read_day(const char *cell, int32_t otherwise, int32_t *ret_day)
{
	*ret_day = otherwise;
	return !*cell || day_parse(cell, ret_day);
}

static enum err read_instrument(
	struct seeder *s, const struct seed_row *row, struct instrument *ret)
{
	const struct seed_table *t = &s->instruments;
	int rank = find_name(instrument_rank_names, get(t, row, "rank"));
	*ret = (struct instrument){.rank = (enum instrument_rank)rank,
		.number = get(t, row, "number"),
		.title = get(t, row, "title"),
		.signer = get(t, row, "signer"),
		.legal_basis = get(t, row, "legal_basis"),
		.verified_by = get(t, row, "verified_by"),
		.note = get(t, row, "note")};
	if (rank < 0 || !*ret->number || !*ret->title)
		return fail(s, t, row->line, "rank, number or title");
	if (!day_parse(get(t, row, "issued"), &ret->issued) ||
		!read_day(get(t, row, "valid_from"), ret->issued, &ret->valid_from) ||
		!read_day(get(t, row, "valid_to"), DAY_FOREVER, &ret->valid_to))
		return fail(s, t, row->line, "issued, valid_from or valid_to");
	return OK;
}

static enum err add_row(struct seeder *s, const struct seed_row *row)
{
	struct rule *rule = ARENA_ARRAY(s->tx->arena, SEED_RULES_MAX, struct rule);
	struct instrument instrument;
	struct instrument_id id;
	int rules = 0;
	enum err e = read_instrument(s, row, &instrument);
	if (e || (e = read_rules(s, get(&s->instruments, row, "code"), instrument.valid_from, rule,
			  &rules)))
		return e;
	return policy_add_instrument(s->tx, &instrument, rule, rules, &id);
}

static enum err seed(struct seeder *s, const char *choose, int *ret_added)
{
	for (int i = 0; i < s->instruments.rows; i++) {
		const struct seed_row *row = &s->instruments.row[i];
		if (!str_eq(get(&s->instruments, row, "government"), choose) &&
			!str_eq(get(&s->instruments, row, "code"), choose))
			continue;
		enum err e = add_row(s, row);
		if (e)
			return e;
		(*ret_added)++;
	}
	return OK;
}

enum err policy_seed(struct tx *tx, struct bytes instruments_csv, struct bytes rules_csv,
	const char *choose, int *ret_added, const char **ret_fault)
{
	struct seeder s = {
		.tx = tx, .instruments.name = "instruments.csv", .rules.name = "rules.csv"};
	enum err e = org_load_tree(tx, &s.tree);
	*ret_added = 0;
	if (!e)
		e = platform_load_government(tx, &s.government);
	if (!e)
		e = read_table(&s, instruments_csv, &s.instruments);
	if (!e)
		e = read_table(&s, rules_csv, &s.rules);
	if (!e)
		e = seed(&s, choose, ret_added);
	if (ret_fault)
		*ret_fault = s.fault;
	return e;
}
