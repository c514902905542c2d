/*
 * From whole numbers to CBC and back. The solver reckons in floating point; what it says is rounded
 * here, and whoever asked judges the roster again in whole numbers. Bounds are rounded up only by
 * what is far beyond its tolerances.
 */
#include "mip/mip_problem.h"

#include <coin/Cbc_C_Interface.h>
#include <math.h>
#include <string.h>

#define NAME_BYTES 16
#define NEAR       1e-4 /* a bound this little above a whole number is that number */
#define BELOW_ONE  0.99 /* between the best there is and a bound that proves it: sums are whole */

/* ---- building ---- */

/* Room for one more element. */
static void *grow(struct arena *arena, void *array, int32_t used, int32_t *room, size_t size)
{
	if (used < *room)
		return array;
	*room = *room ? 2 * *room : 1024;
	void *larger = arena_array(arena, (size_t)*room, size);
	if (used)
		memcpy(larger, array, (size_t)used * size);
	return larger;
}

int32_t mip_add_column(struct mip_problem *m, struct mip_column column)
{
	m->column = grow(m->arena, m->column, m->columns, &m->column_room, sizeof *m->column);
	m->column[m->columns] = column;
	return m->columns++;
}

void mip_add_row(struct mip_problem *m, int64_t least, int64_t most)
{
	m->row = grow(m->arena, m->row, m->rows, &m->row_room, sizeof *m->row);
	m->row[m->rows++] = (struct mip_row){least, most, m->terms};
}

void mip_add_term(struct mip_problem *m, int32_t column, int32_t factor)
{
	m->term = grow(m->arena, m->term, m->terms, &m->term_room, sizeof *m->term);
	m->term[m->terms++] = (struct mip_term){column, factor};
}

bool mip_has_level(const struct mip_problem *m, int32_t level)
{
	for (int32_t c = 0; c < m->columns; c++) {
		if (m->column[c].level == level && m->column[c].price)
			return true;
	}
	return false;
}

void mip_keep_level(struct mip_problem *m, int32_t level, int64_t most)
{
	mip_add_row(m, -MIP_FREE, most);
	for (int32_t c = 0; c < m->columns; c++) {
		if (m->column[c].level == level && m->column[c].price)
			mip_add_term(m, c, (int32_t)m->column[c].price);
	}
}

/* ---- to CBC ---- */

static double bound(int64_t value)
{
	return value == MIP_FREE ? HUGE_VAL : value == -MIP_FREE ? -HUGE_VAL : (double)value;
}

/* The terms by columns, as CBC wants them: those of column c stand from first[c] on. */
struct matrix {
	CoinBigIndex *first;
	int *row;
	double *factor;
};

static struct matrix by_columns(const struct mip_problem *m)
{
	struct matrix x = {ARENA_ARRAY(m->arena, (size_t)m->columns + 1, CoinBigIndex),
		ARENA_ARRAY(m->arena, (size_t)m->terms, int),
		ARENA_ARRAY(m->arena, (size_t)m->terms, double)};
	CoinBigIndex *next = ARENA_ARRAY(m->arena, (size_t)m->columns, CoinBigIndex);
	for (int32_t t = 0; t < m->terms; t++)
		x.first[m->term[t].column + 1]++;
	for (int32_t c = 0; c < m->columns; c++) {
		x.first[c + 1] += x.first[c];
		next[c] = x.first[c];
	}
	for (int32_t r = 0; r < m->rows; r++) {
		int32_t to = r + 1 < m->rows ? m->row[r + 1].first : m->terms;
		for (int32_t t = m->row[r].first; t < to; t++) {
			CoinBigIndex at = next[m->term[t].column]++;
			x.row[at] = r;
			x.factor[at] = m->term[t].factor;
		}
	}
	return x;
}

static void load_problem(const struct mip_problem *m, int32_t level, Cbc_Model *cbc)
{
	struct matrix x = by_columns(m);
	double *lower = ARENA_ARRAY(m->arena, (size_t)m->columns, double);
	double *upper = ARENA_ARRAY(m->arena, (size_t)m->columns, double);
	double *price = ARENA_ARRAY(m->arena, (size_t)m->columns, double);
	double *least = ARENA_ARRAY(m->arena, (size_t)m->rows, double);
	double *most = ARENA_ARRAY(m->arena, (size_t)m->rows, double);
	for (int32_t c = 0; c < m->columns; c++) {
		lower[c] = bound(m->column[c].lower);
		upper[c] = bound(m->column[c].upper);
		price[c] = m->column[c].level == level ? (double)m->column[c].price : 0;
	}
	for (int32_t r = 0; r < m->rows; r++) {
		least[r] = bound(m->row[r].least);
		most[r] = bound(m->row[r].most);
	}
	Cbc_loadProblem(cbc, m->columns, m->rows, x.first, x.row, x.factor, lower, upper, price,
		least, most);
	for (int32_t c = 0; c < m->columns; c++) {
		if (m->column[c].is_integer)
			Cbc_setInteger(cbc, c);
	}
}

/* Names of all columns and rows: a start is known by names, and where only some have one the
 * solver reads beyond its list of them. */
static const char **name_all(const struct mip_problem *m, Cbc_Model *cbc)
{
	const char **name = ARENA_ARRAY(m->arena, (size_t)m->columns, const char *);
	char row[NAME_BYTES];
	for (int32_t c = 0; c < m->columns; c++) {
		name[c] = arena_printf(m->arena, "x%d", c);
		Cbc_setColName(cbc, c, name[c]);
	}
	for (int32_t r = 0; r < m->rows; r++) {
		snprintf(row, sizeof row, "r%d", r);
		Cbc_setRowName(cbc, r, row);
	}
	return name;
}

static void load_start(const struct mip_problem *m, const int64_t *start, Cbc_Model *cbc)
{
	const char **all = name_all(m, cbc);
	const char **name = ARENA_ARRAY(m->arena, (size_t)m->columns, const char *);
	double *value = ARENA_ARRAY(m->arena, (size_t)m->columns, double);
	int count = 0;
	for (int32_t c = 0; c < m->columns; c++) {
		if (!m->column[c].is_integer)
			continue;
		name[count] = all[c];
		value[count++] = (double)start[c];
	}
	Cbc_setMIPStart(cbc, count, name, value);
}

static Cbc_Model *load(
	const struct mip_problem *m, int32_t level, const int64_t *start, int32_t seconds)
{
	Cbc_Model *cbc = Cbc_newModel();
	char limit[NAME_BYTES];
	load_problem(m, level, cbc);
	Cbc_setLogLevel(cbc, 0);
	Cbc_setAllowableGap(cbc, BELOW_ONE);
	snprintf(limit, sizeof limit, "%d", seconds > 0 ? seconds : 1);
	Cbc_setParameter(cbc, "sec", limit);
	/* with it 2.10 was seen to report an optimum that no roster has */
	Cbc_setParameter(cbc, "preprocess", "off");
	load_start(m, start, cbc);
	return cbc;
}

/* ---- and back ---- */

static void take_values(const struct mip_problem *m, Cbc_Model *cbc, struct mip_answer *ret)
{
	const double *value = Cbc_bestSolution(cbc);
	for (int32_t c = 0; value && c < m->columns; c++)
		ret->value[c] = llround(value[c]);
}

void mip_minimise(struct mip_problem *m, int32_t level, const int64_t *start, int32_t seconds,
	struct mip_answer *ret)
{
	Cbc_Model *cbc = load(m, level, start, seconds);
	*ret = (struct mip_answer){
		MIP_STOPPED, ARENA_ARRAY(m->arena, (size_t)m->columns, int64_t), -MIP_FREE};
	memcpy(ret->value, start, (size_t)m->columns * sizeof *start);
	Cbc_solve(cbc);
	double possible = Cbc_getBestPossibleObjValue(cbc);
	take_values(m, cbc, ret);
	if (Cbc_isProvenOptimal(cbc)) {
		ret->outcome = MIP_BEST;
		ret->bound = llround(Cbc_getObjValue(cbc));
	} else if (fabs(possible) < 1e15) {
		ret->bound = (int64_t)ceil(possible - NEAR);
	}
	Cbc_deleteModel(cbc);
}
