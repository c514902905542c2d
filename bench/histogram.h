/*
 * Latencies of a run, each within 1.6 percent, and how long what share of them took at most.
 */
#ifndef LUWES_BENCH_HISTOGRAM_H
#define LUWES_BENCH_HISTOGRAM_H

#include <stdint.h>

#define PARTS  64 /* of each power of two */
#define POWERS 32

struct histogram {
	int64_t count[POWERS * PARTS], total, largest;
};

static inline int histogram_slot(int64_t us)
{
	uint64_t v = us < 0 ? 0 : (uint64_t)us;
	if (v < PARTS)
		return (int)v;
	int power = 63 - __builtin_clzll(v);
	int slot = (power - 5) * PARTS + (int)((v >> (power - 6)) - PARTS);
	return slot < POWERS * PARTS ? slot : POWERS * PARTS - 1;
}

static inline int64_t histogram_value(int slot)
{
	if (slot < PARTS)
		return slot;
	int power = slot / PARTS + 5;
	return (int64_t)(PARTS + slot % PARTS) << (power - 6);
}

static inline void histogram_add(struct histogram *h, int64_t us)
{
	h->count[histogram_slot(us)]++;
	h->total++;
	h->largest = us > h->largest ? us : h->largest;
}

/* The latency that `per_mille` of the requests did not exceed. */
static inline int64_t histogram_quantile(const struct histogram *h, int per_mille)
{
	int64_t wanted = (h->total * per_mille + 999) / 1000, seen = 0;
	for (int i = 0; i < POWERS * PARTS; i++) {
		seen += h->count[i];
		if (seen >= wanted && seen > 0)
			return histogram_value(i);
	}
	return h->largest;
}

#endif
