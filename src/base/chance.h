/*
 * Chance that comes out the same on every machine: splitmix64 (Steele, Lea, Flood 2014). For
 * invented data and tests; nothing that must be secret rests on it.
 */
#ifndef LUWES_BASE_CHANCE_H
#define LUWES_BASE_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t state; /* the seed */
};

static inline uint64_t chance_draw(struct chance *c)
{
	uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0..n-1; n > 0 */
static inline int32_t chance_below(struct chance *c, int32_t n)
{
	return (int32_t)((chance_draw(c) >> 32) * (uint64_t)n >> 32);
}

/* low..high, both included */
static inline int32_t chance_between(struct chance *c, int32_t low, int32_t high)
{
	return low + chance_below(c, high - low + 1);
}

/* True `per_mille` times of a thousand. */
static inline bool chance_of(struct chance *c, int32_t per_mille)
{
	return chance_below(c, 1000) < per_mille;
}

/* A stream of its own for one thing and one question about it, so that one more draw for somebody
 * changes nobody else. */
static inline struct chance chance_stream(uint64_t seed, uint64_t thing, uint64_t what)
{
	struct chance c = {seed};
	c.state = chance_draw(&c) ^ thing * UINT64_C(0xd6e8feb86659fd93);
	c.state = chance_draw(&c) ^ what * UINT64_C(0xa0761d6478bd642f);
	return c;
}

#endif
