/*
 * The network simplex, primal, with block search.
 *
 * A basis is a spanning tree over the nodes and a root of our own, to which each node has an
 * artificial arc. The tree is kept as a thread (the order of a depth-first walk) with the size and
 * the last node of every subtree, after Kovács, "Minimum-cost flow algorithms: an experimental
 * evaluation" (2015), section 3.4: a pivot then touches the path between the two old places and the
 * subtree that moved, and nothing else.
 */
#include "roster/roster_flow.h"

#include <assert.h>

#define BLOCK_MIN 16
#define STRIDE    199 /* neighbours of a network are apart in the search: half the time */

enum arc_state { AT_CAPACITY = -1, IN_TREE = 0, AT_ZERO = 1 };
enum { DOWN = -1, UP = 1 }; /* of the arc between a node and its parent: UP goes to the parent */

/* Arcs stand in the order of the search, the artificial ones behind the others. */
struct flow_tree {
	int32_t arcs;   /* without the artificial ones */
	int32_t *place; /* per arc of the network: where it stands here */
	int32_t *from;  /* per arc, and so on */
	int32_t *to;
	int32_t *capacity;
	int32_t *flow;
	int64_t *cost;
	int8_t *state;   /* enum arc_state */
	int32_t *parent; /* per node, and so on */
	int32_t *pred;   /* the arc to the parent */
	int8_t *way;     /* its direction */
	int32_t *thread; /* the next node of the walk */
	int32_t *before; /* the one before */
	int32_t *size;   /* of the subtree, itself included */
	int32_t *last;   /* of the subtree in the walk */
	int64_t *potential;
	int32_t *changed; /* nodes whose `thread` was rewritten: room for every node */
	int32_t next;     /* where the search goes on */
	int32_t block;
};

/* One exchange: arc `in` enters; its flow goes from first to second, through join and back. */
struct pivot {
	int32_t in, first, second, join;
	int32_t delta;
	int32_t u_in, v_in;   /* the ends of `in`: of the subtree that moves, of the rest */
	int32_t u_out, v_out; /* the same of the arc that leaves */
	bool is_exchange;     /* false: `in` itself went from one bound to the other */
};

static struct flow_tree *make_tree(struct arena *arena, int32_t nodes, int32_t arcs)
{
	size_t n = (size_t)nodes + 1, m = (size_t)arcs + (size_t)nodes;
	struct flow_tree *t = ARENA_NEW(arena, struct flow_tree);
	*t = (struct flow_tree){
		.place = ARENA_ARRAY(arena, (size_t)arcs, int32_t),
		.from = ARENA_ARRAY(arena, m, int32_t),
		.to = ARENA_ARRAY(arena, m, int32_t),
		.capacity = ARENA_ARRAY(arena, m, int32_t),
		.flow = ARENA_ARRAY(arena, m, int32_t),
		.cost = ARENA_ARRAY(arena, m, int64_t),
		.state = ARENA_ARRAY(arena, m, int8_t),
		.parent = ARENA_ARRAY(arena, n, int32_t),
		.pred = ARENA_ARRAY(arena, n, int32_t),
		.way = ARENA_ARRAY(arena, n, int8_t),
		.thread = ARENA_ARRAY(arena, n, int32_t),
		.before = ARENA_ARRAY(arena, n, int32_t),
		.size = ARENA_ARRAY(arena, n, int32_t),
		.last = ARENA_ARRAY(arena, n, int32_t),
		.potential = ARENA_ARRAY(arena, n, int64_t),
		.changed = ARENA_ARRAY(arena, n, int32_t),
	};
	return t;
}

/* ---- the first tree: every node hangs on the root ---- */

static int64_t artificial_cost(const struct flow_net *net)
{
	int64_t largest = 0;
	for (int32_t a = 0; a < net->arcs; a++) {
		int64_t c = net->cost[a] < 0 ? -net->cost[a] : net->cost[a];
		if (c > largest)
			largest = c;
	}
	return (largest + 1) * ((int64_t)net->nodes + 1);
}

/* Arcs of one node, which the network adds one after another, come STRIDE apart. */
static void take_arcs(struct flow_net *net)
{
	struct flow_tree *t = net->tree;
	t->arcs = net->arcs;
	for (int32_t a = 0, at = 0, start = 0; a < net->arcs; a++) {
		t->place[a] = at;
		t->from[at] = net->from[a];
		t->to[at] = net->to[a];
		t->capacity[at] = net->capacity[a];
		t->cost[at] = net->cost[a];
		t->flow[at] = 0;
		t->state[at] = AT_ZERO;
		at = at < net->arcs - STRIDE ? at + STRIDE : ++start;
	}
}

static void hang_on_root(struct flow_net *net)
{
	struct flow_tree *t = net->tree;
	int32_t n = net->nodes, root = n;
	int64_t dear = artificial_cost(net);

	t->parent[root] = t->pred[root] = -1;
	t->thread[root] = 0;
	t->before[0] = root;
	t->size[root] = n + 1;
	t->last[root] = n - 1;
	t->potential[root] = 0;
	for (int32_t u = 0; u < n; u++) {
		int32_t a = t->arcs + u;
		bool gives = net->supply[u] >= 0;
		t->from[a] = gives ? u : root;
		t->to[a] = gives ? root : u;
		t->capacity[a] = INT32_MAX;
		t->cost[a] = dear;
		t->flow[a] = gives ? net->supply[u] : -net->supply[u];
		t->state[a] = IN_TREE;
		t->parent[u] = root;
		t->pred[u] = a;
		t->way[u] = gives ? UP : DOWN;
		t->potential[u] = gives ? -dear : dear;
		t->thread[u] = u + 1; /* the last one: the root again */
		t->before[u + 1] = u;
		t->size[u] = 1;
		t->last[u] = u;
	}
	t->next = 0;
	t->block = BLOCK_MIN;
	while ((int64_t)t->block * t->block < t->arcs / 2)
		t->block++;
}

/* ---- which arc enters ---- */

static inline int64_t reduced_cost(const struct flow_tree *t, int32_t a)
{
	return t->state[a] * (t->cost[a] + t->potential[t->from[a]] - t->potential[t->to[a]]);
}

/* The best of the first block that holds any; false when no arc of all improves. */
static bool find_entering(struct flow_tree *t, int32_t *ret)
{
	int64_t best = 0;
	int32_t left = t->block, a = t->next;

	for (int32_t seen = 0; seen < t->arcs; seen++) {
		int64_t c = reduced_cost(t, a);
		if (c < best) {
			best = c;
			*ret = a;
		}
		if (++a == t->arcs)
			a = 0;
		if (--left == 0) {
			if (best < 0)
				break;
			left = t->block;
		}
	}
	t->next = a;
	return best < 0;
}

/* ---- which arc leaves ---- */

static int32_t find_join(const struct flow_tree *t, int32_t u, int32_t v)
{
	while (u != v) {
		if (t->size[u] < t->size[v])
			u = t->parent[u];
		else
			v = t->parent[v];
	}
	return u;
}

/* How much more the arc between u and its parent carries towards the parent, or away from it. */
static inline int32_t room(const struct flow_tree *t, int32_t u, int way)
{
	int32_t a = t->pred[u];
	return t->way[u] == way ? t->capacity[a] - t->flow[a] : t->flow[a];
}

/*
 * The tightest arc of the cycle; of equal ones the last, seen from join along the flow. With that
 * choice the tree stays strongly feasible.
 */
static void find_leaving(const struct flow_tree *t, struct pivot *p)
{
	bool forwards = t->state[p->in] == AT_ZERO;
	p->first = forwards ? t->from[p->in] : t->to[p->in];
	p->second = forwards ? t->to[p->in] : t->from[p->in];
	p->join = find_join(t, p->first, p->second);
	p->delta = t->capacity[p->in];
	p->is_exchange = false;
	for (int32_t u = p->first; u != p->join; u = t->parent[u]) {
		int32_t left = room(t, u, DOWN);
		if (left < p->delta) {
			p->delta = left;
			p->u_out = u;
			p->u_in = p->first;
			p->v_in = p->second;
			p->is_exchange = true;
		}
	}
	for (int32_t u = p->second; u != p->join; u = t->parent[u]) {
		int32_t left = room(t, u, UP);
		if (left <= p->delta) {
			p->delta = left;
			p->u_out = u;
			p->u_in = p->second;
			p->v_in = p->first;
			p->is_exchange = true;
		}
	}
}

static void push_flow(struct flow_tree *t, const struct pivot *p)
{
	if (p->delta == 0)
		return;
	t->flow[p->in] += t->state[p->in] * p->delta;
	for (int32_t u = p->first; u != p->join; u = t->parent[u])
		t->flow[t->pred[u]] -= t->way[u] * p->delta;
	for (int32_t u = p->second; u != p->join; u = t->parent[u])
		t->flow[t->pred[u]] += t->way[u] * p->delta;
}

/* ---- the tree after it ---- */

static inline void follow(struct flow_tree *t, int32_t u, int32_t v)
{
	t->thread[u] = v;
	t->before[v] = u;
}

/* The arc that leaves hung the very node that `in` hangs elsewhere: its subtree moves as it is. */
static void move_subtree(struct flow_tree *t, const struct pivot *p)
{
	int32_t u = p->u_in, end = t->last[u], ahead = t->before[u];
	t->parent[u] = p->v_in;
	if (t->thread[p->v_in] == u)
		return;
	follow(t, ahead, t->thread[end]);
	int32_t behind = t->thread[p->v_in];
	follow(t, p->v_in, u);
	follow(t, end, behind);
}

/*
 * The nodes from u_in up to u_out, the stem, turn around: each becomes the child of the one below
 * it. Their subtrees are threaded anew, one behind the other, after v_in.
 */
static void turn_stem(struct flow_tree *t, const struct pivot *p)
{
	int32_t ahead = t->before[p->u_out];
	bool is_next = ahead == p->v_in;
	int32_t behind = is_next ? t->thread[t->last[p->u_out]] : t->thread[p->v_in];
	int32_t stem = p->u_in, above = p->v_in, end = t->last[p->u_in], after = t->thread[end];
	int32_t changes = 0;

	t->thread[p->v_in] = p->u_in;
	t->changed[changes++] = p->v_in;
	while (stem != p->u_out) {
		int32_t next = t->parent[stem];
		t->thread[end] = next;
		t->changed[changes++] = end;
		follow(t, t->before[stem], after);
		t->parent[stem] = above;
		above = stem;
		stem = next;
		end = t->last[stem] == t->last[above] ? t->before[above] : t->last[stem];
		after = t->thread[end];
	}
	t->parent[p->u_out] = above;
	follow(t, end, behind);
	t->last[p->u_out] = end;
	if (!is_next)
		follow(t, ahead, after);
	for (int32_t i = 0; i < changes; i++)
		t->before[t->thread[t->changed[i]]] = t->changed[i];
}

/* Arcs, sizes and ends of the stem, from u_out down to where it hangs now. */
static void count_stem(struct flow_tree *t, const struct pivot *p, int32_t moved)
{
	int32_t size = 0, end = t->last[p->u_out];
	for (int32_t u = p->u_out, above = t->parent[u]; u != p->u_in;
		u = above, above = t->parent[u]) {
		t->pred[u] = t->pred[above];
		t->way[u] = (int8_t)-t->way[above];
		size += t->size[u] - t->size[above];
		t->size[u] = size;
		t->last[above] = end;
	}
	t->size[p->u_in] = moved;
}

/* The ends of the subtrees above both places. */
static void mend_ends(struct flow_tree *t, const struct pivot *p, int32_t ahead, int32_t old_end)
{
	int32_t limit = t->last[p->join] == p->v_in ? p->join : -1, end = t->last[p->u_out];
	for (int32_t u = p->v_in; u != -1 && t->last[u] == p->v_in; u = t->parent[u])
		t->last[u] = end;
	if (p->join != ahead && p->v_in != ahead)
		end = ahead;
	else if (end == old_end)
		return;
	for (int32_t u = p->v_out; u != limit && t->last[u] == old_end; u = t->parent[u])
		t->last[u] = end;
}

static void exchange(struct flow_tree *t, struct pivot *p)
{
	int32_t out = t->pred[p->u_out], moved = t->size[p->u_out];
	int32_t ahead = t->before[p->u_out], old_end = t->last[p->u_out];

	p->v_out = t->parent[p->u_out];
	t->state[p->in] = IN_TREE;
	t->state[out] = t->flow[out] == 0 ? AT_ZERO : AT_CAPACITY;
	if (p->u_in == p->u_out) {
		move_subtree(t, p);
	} else {
		turn_stem(t, p);
		count_stem(t, p, moved);
	}
	t->pred[p->u_in] = p->in;
	t->way[p->u_in] = t->from[p->in] == p->u_in ? UP : DOWN;
	mend_ends(t, p, ahead, old_end);
	for (int32_t u = p->v_in; u != p->join; u = t->parent[u])
		t->size[u] += moved;
	for (int32_t u = p->v_out; u != p->join; u = t->parent[u])
		t->size[u] -= moved;

	int64_t shift = t->potential[p->v_in] - t->potential[p->u_in] -
			t->way[p->u_in] * t->cost[p->in];
	int32_t end = t->thread[t->last[p->u_in]];
	for (int32_t u = p->u_in; u != end; u = t->thread[u])
		t->potential[u] += shift;
}

/* ---- the whole ---- */

/* The flow as the network numbers its arcs, and what it costs. */
static int64_t give_flow(struct flow_net *net)
{
	int64_t sum = 0, part;
	for (int32_t a = 0; a < net->arcs; a++) {
		net->flow[a] = net->tree->flow[net->tree->place[a]];
		bool overflows = __builtin_mul_overflow(net->cost[a], net->flow[a], &part) ||
				 __builtin_add_overflow(sum, part, &sum);
		assert(!overflows && "the costs of a network sum to more than an int64");
	}
	return sum;
}

enum flow_outcome flow_solve(struct flow_net *net, const _Atomic bool *is_stopped,
	int64_t pivots_max, struct flow_result *ret)
{
	if (!net->tree)
		net->tree = make_tree(net->arena, net->nodes, net->arcs);
	struct flow_tree *t = net->tree;
	struct pivot p = {.in = 0};
	*ret = (struct flow_result){.flow = net->flow, .potential = t->potential};
	take_arcs(net);
	hang_on_root(net);
	while (find_entering(t, &p.in)) {
		if (ret->pivots == pivots_max)
			return FLOW_LIMIT;
		if (is_stopped && ret->pivots % FLOW_LOOK_EVERY == 0 && atomic_load(is_stopped))
			return FLOW_STOPPED;
		ret->pivots++;
		find_leaving(t, &p);
		push_flow(t, &p);
		if (p.is_exchange)
			exchange(t, &p);
		else
			t->state[p.in] = (int8_t)-t->state[p.in];
	}
	ret->cost = give_flow(net);
	for (int32_t u = 0; u < net->nodes; u++) {
		if (t->flow[t->arcs + u])
			return FLOW_INFEASIBLE;
	}
	return FLOW_OPTIMAL;
}
