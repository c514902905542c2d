/*
 * Blocks of people, one helper for each whose rules are broken, and the answers put together.
 *
 * A rule may tie people of two blocks: the others come along as guests whose days are fixed, block
 * after block, so nothing gets worse on the way.
 */
#include "roster/roster_mip.h"

#include "platform/clock.h"
#include "platform/process.h"
#include "roster/roster_anchor.h"
#include "roster/roster_cut.h"
#include "roster/roster_network.h"
#include "roster/roster_text.h"

#include <string.h>

#define HELPER_MEMORY_MB "4096"
#define BLOCK_BYTES_MAX  ((size_t)8 << 30)
#define OUTPUT_BYTES_MAX ((size_t)64 << 20)
#define CPU_PER_CENT     60 /* of the time by the wall: then the helper answers before it is late */
#define LEAST_WALL_MS    1000
#define NO_BLOCK         (-1)

struct block {
	int32_t head;
	bool is_open;   /* who is directly in the head alone: what lies below are other blocks */
	bool is_broken; /* a rule of its people is, in the flow's roster */
};

struct stage {
	const struct roster_instance *in;
	const struct roster_side *side;
	const struct roster_mip_options *options;
	const _Atomic bool *is_stopped;
	struct arena *arena;
	int64_t deadline;
	uint8_t *home; /* the roster so far */
	struct block *block;
	int32_t *block_of;     /* per group: of who is directly in it */
	int32_t blocks, left;  /* left: broken and not yet solved */
	int64_t least, gained; /* proven: side rules; cost above the flow's */
	bool is_fallback, is_absent;
};

/* A block as an instance of its own, with its rules. */
struct cutting {
	struct roster_cut cut;
	struct roster_side side;
	uint8_t *home;
	bool is_whole; /* nothing outside it is held fixed, so what is proven of it is proven */
};

/* ---- blocks ---- */

static int32_t *count_people(const struct roster_instance *in, struct arena *arena)
{
	int32_t *people = ARENA_ARRAY(arena, (size_t)in->groups, int32_t);
	for (int32_t p = 0; p < in->people; p++)
		people[in->person[p].group]++;
	network_sum_up(in->group, in->groups, 1, people);
	return people;
}

static int32_t add_block(struct stage *s, int32_t head, bool is_open)
{
	s->block[s->blocks] = (struct block){.head = head, .is_open = is_open};
	return s->blocks++;
}

/* From the first group down: what is small enough, or cannot be cut, is a block. */
static void make_blocks(struct stage *s)
{
	size_t groups = (size_t)s->in->groups;
	const int32_t *people = count_people(s->in, s->arena);
	bool *has_parts = ARENA_ARRAY(s->arena, groups, bool);
	s->block = ARENA_ARRAY(s->arena, groups, struct block);
	s->block_of = ARENA_ARRAY(s->arena, groups, int32_t);
	for (int32_t g = 1; g < s->in->groups; g++)
		has_parts[s->in->group[g].parent] = true;
	for (int32_t g = 0; g < s->in->groups; g++) {
		int32_t above = g ? s->block_of[s->in->group[g].parent] : NO_BLOCK;
		bool is_below = above != NO_BLOCK && !s->block[above].is_open;
		bool is_open = has_parts[g] && people[g] > ROSTER_MIP_PEOPLE;
		s->block_of[g] = is_below ? above : add_block(s, g, is_open);
	}
}

static int32_t block_of_person(const struct stage *s, int32_t p)
{
	return s->block_of[s->in->person[p].group];
}

static void mark_person(struct stage *s, int32_t p)
{
	struct block *b = &s->block[block_of_person(s, p)];
	s->left += !b->is_broken;
	b->is_broken = true;
}

/* A weekday that is locked against is not for the helper. */
static void mark_broken(struct stage *s, const struct roster_side_verdict *v)
{
	for (int32_t i = 0; i < v->breaches; i++) {
		const struct roster_side_breach *b = &v->breach[i];
		if (b->kind == SIDE_RUN || b->kind == SIDE_EDGE)
			mark_person(s, b->row);
		for (int32_t k = 0; b->kind == SIDE_SET && k < s->side->set[b->row].people; k++)
			mark_person(s, s->side->set[b->row].person[k]);
	}
}

/* ---- cutting one out ---- */

/* People at home per group and day, in the roster so far. */
static int32_t *count_home(const struct stage *s, struct arena *arena)
{
	const struct roster_instance *in = s->in;
	int32_t *count = ARENA_ARRAY(arena, (size_t)in->groups * (size_t)in->days, int32_t);
	for (int32_t p = 0; p < in->people; p++) {
		for (int32_t d = 0; d < in->days; d++)
			count[network_at(in, in->person[p].group, d)] +=
				s->home[network_at(in, p, d)];
	}
	network_sum_up(in->group, in->groups, in->days, count);
	return count;
}

static int32_t count_block(const struct stage *s, int32_t b, int32_t day)
{
	int32_t count = 0;
	for (int32_t p = 0; p < s->in->people; p++)
		count += block_of_person(s, p) == b && s->home[network_at(s->in, p, day)];
	return count;
}

/* How many of the block may be home on a day while all others stay as they are: what groups above
 * it have room for. A limit that is broken leaves none. */
static struct roster_limit room_on(
	const struct stage *s, int32_t b, const int32_t *count, int32_t day)
{
	const struct roster_group *group = s->in->group;
	int32_t own = count_block(s, b, day), head = s->block[b].head;
	int32_t first = s->block[b].is_open ? head : group[head].parent;
	struct roster_limit room = {0, ROSTER_NO_LIMIT};
	for (int32_t g = first; g >= 0; g = group[g].parent) {
		struct roster_limit l = s->in->limit[network_at(s->in, g, day)];
		int32_t now = count[network_at(s->in, g, day)];
		int32_t up = now < l.most ? l.most - now : 0;
		int32_t down = now > l.least ? now - l.least : 0;
		if (l.most != ROSTER_NO_LIMIT)
			room.most = network_smaller(room.most, own + up);
		if (l.least > 0 && own - down > room.least)
			room.least = own - down;
	}
	return room;
}

/* Per day; NULL when no group above the block limits. */
static struct roster_limit *find_room(const struct stage *s, int32_t b, struct arena *arena)
{
	struct roster_limit *room = ARENA_ARRAY(arena, (size_t)s->in->days, struct roster_limit);
	const int32_t *count = count_home(s, arena);
	bool any = false;
	for (int32_t d = 0; d < s->in->days; d++) {
		room[d] = room_on(s, b, count, d);
		any |= room[d].least > 0 || room[d].most != ROSTER_NO_LIMIT;
	}
	return any ? room : NULL;
}

static bool meets(const struct stage *s, const struct roster_set *set, int32_t b)
{
	for (int32_t i = 0; i < set->people; i++) {
		if (block_of_person(s, set->person[i]) == b)
			return true;
	}
	return false;
}

/* Others that a set ties to people of the block. */
static int32_t find_guests(const struct stage *s, int32_t b, struct arena *arena, int32_t **ret)
{
	bool *is_guest = ARENA_ARRAY(arena, (size_t)s->in->people, bool);
	int32_t guests = 0;
	*ret = ARENA_ARRAY(arena, (size_t)s->in->people, int32_t);
	for (int32_t i = 0; i < s->side->sets; i++) {
		const struct roster_set *set = &s->side->set[i];
		if (!meets(s, set, b))
			continue;
		for (int32_t k = 0; k < set->people; k++) {
			int32_t p = set->person[k];
			if (block_of_person(s, p) == b || is_guest[p])
				continue;
			is_guest[p] = true;
			(*ret)[guests++] = p;
		}
	}
	return guests;
}

/* The sets of the block with the numbers that people have in it. */
static void cut_sets(const struct stage *s, int32_t b, struct arena *arena, struct cutting *c)
{
	struct roster_set *set = ARENA_ARRAY(arena, (size_t)s->side->sets, struct roster_set);
	int32_t *here = ARENA_ARRAY(arena, (size_t)s->in->people, int32_t);
	for (int32_t i = 0; i < c->cut.in.people; i++)
		here[c->cut.person[i]] = i;
	c->side = (struct roster_side){.run_most = s->side->run_most,
		.edge_most = s->side->edge_most,
		.edge_from = s->side->edge_from,
		.edge_tail = s->side->edge_tail,
		.set = set,
		.weekday = s->side->weekday};
	for (int32_t i = 0; i < s->side->sets; i++) {
		const struct roster_set *whole = &s->side->set[i];
		if (!meets(s, whole, b))
			continue;
		int32_t *person = ARENA_ARRAY(arena, (size_t)whole->people, int32_t);
		for (int32_t k = 0; k < whole->people; k++)
			person[k] = here[whole->person[k]];
		set[c->side.sets++] = (struct roster_set){person, whole->people, whole->most};
	}
}

static void cut_block(const struct stage *s, int32_t b, struct arena *arena, struct cutting *c)
{
	bool *group = ARENA_ARRAY(arena, (size_t)s->in->groups, bool);
	int32_t *guest;
	for (int32_t g = 0; g < s->in->groups; g++)
		group[g] = s->block_of[g] == b;
	struct roster_piece piece = {.group = group,
		.is_open = s->block[b].is_open,
		.room = find_room(s, b, arena),
		.home = s->home};
	piece.guests = find_guests(s, b, arena, &guest);
	piece.guest = guest;
	roster_cut_out(s->in, &piece, arena, &c->cut);
	cut_sets(s, b, arena, c);
	c->is_whole = !piece.room && !piece.guests;
	c->home = ARENA_ARRAY(arena, (size_t)c->cut.in.people * (size_t)c->cut.in.days, uint8_t);
	for (int32_t p = 0; p < c->cut.in.people; p++)
		memcpy(c->home + network_at(s->in, p, 0),
			s->home + network_at(s->in, c->cut.person[p], 0), (size_t)s->in->days);
}

/* ---- the helper's answer ---- */

struct figures {
	struct roster_solution solution;
	struct roster_side_verdict verdict;
};

static void judge(const struct cutting *c, uint8_t *home, struct arena *arena, struct figures *ret)
{
	roster_judge(&c->cut.in, home, arena, &ret->solution);
	roster_judge_side(&c->cut.in, &c->side, home, arena, &ret->verdict);
}

static bool keeps_cells(const struct roster_instance *in, const uint8_t *home)
{
	size_t cells = (size_t)in->people * (size_t)in->days;
	for (size_t i = 0; i < cells; i++) {
		if (in->cell[i] != CELL_FREE && home[i] != (in->cell[i] == CELL_HOME))
			return false;
	}
	return true;
}

static bool is_same_limit(const struct roster_breach *a, const struct roster_breach *b)
{
	return a->place.kind == b->place.kind && a->place.row == b->place.row &&
	       a->place.column == b->place.column && a->is_below == b->is_below;
}

/* Every limit that is broken now was broken before, by no less; both are in the same order. */
static bool keeps_limits(const struct roster_solution *before, const struct roster_solution *now)
{
	int32_t k = 0;
	for (int32_t i = 0; i < now->breaches; i++, k++) {
		while (k < before->breaches && !is_same_limit(&before->breach[k], &now->breach[i]))
			k++;
		if (k == before->breaches || before->breach[k].amount < now->breach[i].amount)
			return false;
	}
	return true;
}

static bool is_no_worse(const struct figures *before, const struct figures *now)
{
	if (now->verdict.amount != before->verdict.amount)
		return now->verdict.amount < before->verdict.amount;
	return now->solution.changes != before->solution.changes
		       ? now->solution.changes < before->solution.changes
		       : now->solution.cost <= before->solution.cost;
}

/* What was proven of a block holds for the whole when nothing around it was held fixed. */
static void take_proof(struct stage *s, const struct cutting *c, const struct figures *before,
	const struct figures *now, const struct roster_side_answer *answer)
{
	int64_t bound = answer->bound < now->solution.cost ? answer->bound : now->solution.cost;
	if (!c->is_whole)
		return;
	s->least += answer->least < now->verdict.amount ? answer->least : now->verdict.amount;
	s->gained += bound > before->solution.cost ? bound - before->solution.cost : 0;
}

/* Takes what the helper printed when it is a roster of the block and no worse than the flow's. */
static bool take_answer(struct stage *s, const struct cutting *c, const struct figures *before,
	struct bytes out, struct arena *arena)
{
	struct roster_side_answer answer;
	struct field_fault fault;
	struct figures now;
	uint8_t *home;
	if (roster_read_solution(
		    (const char *)out.p, out.n, &c->cut.in, arena, &home, &answer, &fault) ||
		!keeps_cells(&c->cut.in, home))
		return false;
	judge(c, home, arena, &now);
	if (!keeps_limits(&before->solution, &now.solution) || !is_no_worse(before, &now))
		return false;
	take_proof(s, c, before, &now, &answer);
	for (int32_t p = 0; p < c->cut.in.people; p++)
		memcpy(s->home + network_at(s->in, c->cut.person[p], 0),
			home + network_at(s->in, p, 0), (size_t)s->in->days);
	return true;
}

/* ---- running it ---- */

/* The block and its roster, a line each. */
static struct bytes write_input(
	const struct cutting *c, const struct figures *before, struct arena *arena)
{
	int32_t *day = ARENA_ARRAY(arena, (size_t)c->cut.in.days, int32_t);
	struct buf out;
	for (int32_t d = 0; d < c->cut.in.days; d++)
		day[d] = d; /* the helper has no anchors to choose: any days do */
	buf_init(&out, arena, 1 << 20);
	roster_write_instance(&c->cut.in, day, &c->side, arena, &out);
	buf_char(&out, '\n');
	roster_write_solution(&c->cut.in, &before->solution, NULL, arena, &out);
	return (struct bytes){(const uint8_t *)out.p, out.n};
}

static int64_t wall_of_next(const struct stage *s)
{
	int64_t each = (s->deadline - clock_monotonic()) / (s->left > 0 ? s->left : 1);
	return each > LEAST_WALL_MS ? each : LEAST_WALL_MS;
}

static enum process_outcome run_helper(
	const struct stage *s, struct bytes in, struct arena *arena, struct bytes *ret_out)
{
	int64_t wall_ms = wall_of_next(s), seconds = wall_ms * CPU_PER_CENT / 100000;
	const char *argv[] = {"luwes-mip", "--seconds",
		arena_printf(arena, "%d", seconds > 1 ? (int)seconds : 1), "--memory-mb",
		HELPER_MEMORY_MB, NULL};
	const struct process_task task = {.path = s->options->helper,
		.argv = argv,
		.in = in,
		.out_max = OUTPUT_BYTES_MAX,
		.wall_ms = wall_ms,
		.is_stopped = s->is_stopped};
	return process_run(&task, arena, ret_out);
}

static void solve_block(struct stage *s, int32_t b, struct arena *arena)
{
	struct cutting c;
	struct figures before;
	struct bytes out;
	cut_block(s, b, arena, &c);
	judge(&c, c.home, arena, &before);
	if (!before.verdict.amount) /* mended with a block before it */
		return;
	enum process_outcome outcome = run_helper(s, write_input(&c, &before, arena), arena, &out);
	s->is_absent = outcome == PROCESS_ABSENT;
	if (outcome != PROCESS_DONE || !take_answer(s, &c, &before, out, arena))
		s->is_fallback = true;
}

static bool is_over(const struct stage *s)
{
	return (s->is_stopped && *s->is_stopped) || clock_monotonic() >= s->deadline;
}

static void solve_blocks(struct stage *s)
{
	struct arena arena;
	arena_init(&arena, BLOCK_BYTES_MAX);
	for (int32_t b = 0; b < s->blocks && !s->is_absent; b++) {
		if (!s->block[b].is_broken)
			continue;
		if (is_over(s)) {
			s->is_fallback = true;
			break;
		}
		solve_block(s, b, &arena);
		arena_reset(&arena);
		s->left--;
	}
	arena_release(&arena);
}

/* ---- together ---- */

static int64_t anchors_amount(const struct roster_side_verdict *v)
{
	int64_t amount = 0;
	for (int32_t i = 0; i < v->breaches; i++)
		amount += v->breach[i].kind == SIDE_ANCHOR ? v->breach[i].amount : 0;
	return amount;
}

/*
 * The cost is proven block by block only where the side rules are: else one block could break less,
 * another more, and both be cheaper. The flow's cost always is a bound, unless it is what fewer
 * changes cost.
 */
static void answer(struct stage *s, int64_t flow_cost, const struct roster_solution *ret,
	struct roster_side_answer *ret_side)
{
	*ret_side = (struct roster_side_answer){.side = *s->side,
		.cost = ret->cost,
		.bound = s->in->published ? ROSTER_NOTHING_PROVEN : flow_cost,
		.is_fallback = s->is_fallback};
	roster_judge_side(s->in, s->side, s->home, s->arena, &ret_side->verdict);
	ret_side->least = s->least + anchors_amount(&ret_side->verdict);
	if (!s->in->published && (s->blocks == 1 || ret_side->least == ret_side->verdict.amount))
		ret_side->bound += s->gained;
}

/* The instance with its anchors chosen, and the flow's roster of it. */
static enum roster_outcome solve_flow(struct stage *s, struct roster_solution *ret)
{
	struct roster_instance *in = ARENA_NEW(s->arena, struct roster_instance);
	struct roster_side *side = ARENA_NEW(s->arena, struct roster_side);
	enum roster_outcome outcome = roster_choose_anchors(s->in, s->side, s->arena, s->is_stopped,
		clock_monotonic() + s->options->wall_ms, in, side, &s->is_fallback);
	s->in = in;
	s->side = side;
	return outcome == ROSTER_BEST
		       ? roster_solve_parts(in, s->options->threads, s->arena, s->is_stopped, ret)
		       : outcome;
}

enum roster_sides_outcome roster_solve_sides(const struct roster_instance *in,
	const struct roster_side *side, const struct roster_mip_options *options,
	struct arena *arena, const _Atomic bool *is_stopped, struct roster_solution *ret,
	struct roster_side_answer *ret_side)
{
	struct stage s = {.in = in,
		.side = side,
		.options = options,
		.arena = arena,
		.is_stopped = is_stopped};
	struct roster_side_verdict v;
	enum roster_outcome outcome = solve_flow(&s, ret);
	if (outcome)
		return outcome == ROSTER_LIMIT ? SIDES_LIMIT : SIDES_STOPPED;
	int64_t flow_cost = ret->cost, pivots = ret->pivots;
	s.home = ret->home;
	s.deadline = clock_monotonic() + options->wall_ms;
	make_blocks(&s);
	roster_judge_side(s.in, s.side, s.home, arena, &v);
	mark_broken(&s, &v);
	bool is_needed = s.left > 0;
	solve_blocks(&s);
	if (s.is_absent)
		return SIDES_REFUSED;
	roster_judge(s.in, s.home, arena, ret);
	ret->pivots = pivots;
	answer(&s, flow_cost, ret, ret_side);
	return s.is_fallback ? SIDES_FALLBACK : is_needed ? SIDES_SOLVED : SIDES_KEPT;
}
