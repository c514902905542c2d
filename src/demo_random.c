/*
 * Chance that comes out the same on every machine: splitmix64 (Steele, Lea, Flood 2014), one stream
 * per thing. Not for anything that must be secret.
 */
#include "demo.h"

uint64_t demo_draw(struct demo_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct demo_random demo_stream(uint64_t seed, uint64_t thing, uint64_t what)
{
	struct demo_random r = {seed};
	r.state = demo_draw(&r) ^ thing * UINT64_C(0xd6e8feb86659fd93);
	r.state = demo_draw(&r) ^ what * UINT64_C(0xa0761d6478bd642f);
	return r;
}

int demo_below(struct demo_random *r, int n)
{
	return (int)((demo_draw(r) >> 32) * (uint64_t)n >> 32);
}

int demo_between(struct demo_random *r, int low, int high)
{
	return low + demo_below(r, high - low + 1);
}

bool demo_chance(struct demo_random *r, int per_mille)
{
	return demo_below(r, 1000) < per_mille;
}
