/*
 * The buckets of throttle.h: one table of small sets, found by a keyed hash.
 *
 * A bucket is one number, the instant at which it will be full again; each try moves it one refill
 * time further, and it may not lie more than all tokens ahead (the "generic cell rate algorithm").
 * When a set is full, the bucket that is full soonest goes, since it knows least. The hash has a
 * random key per process, so nobody can choose names that push out the bucket of an account.
 */
#include "platform/throttle.h"

#include <arpa/inet.h>
#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>

#define SETS        2048
#define SET_BUCKETS 8
#define CLAIM_MAX   3 /* buckets of one try */

/* So many failures one after another, then one more in each refill time. */
struct limit {
	int64_t tokens, refill_ms;
};

static const struct limit browser_limit = {10, 30 * 1000};
static const struct limit session_limit = {10, 60 * 1000};
static const struct limit account_limit = {10, 60 * 1000};
static const struct limit code_limit = {4, 15 * 60 * 1000}; /* below the tries that end a code */
static const struct limit network_limit = {300, 1000};
static const struct limit everybody_limit = {2000, 100};

struct bucket {
	uint64_t key; /* 0: free */
	int64_t full_at_ms;
};

static struct {
	pthread_mutex_t lock;
	unsigned char key[crypto_shorthash_KEYBYTES];
	bool has_key;
	struct bucket set[SETS][SET_BUCKETS];
	struct bucket everybody[THROTTLE_WAYS]; /* apart, so that no set can lose it */
} table = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* A bucket that a try takes from. */
struct claim {
	const struct limit *limit;
	uint64_t key; /* 0: everybody's */
};

/* ---- names of buckets ---- */

enum bucket_kind { BUCKET_ACCOUNT = 1, BUCKET_BROWSER, BUCKET_NETWORK };

struct network {
	uint8_t family, prefix[6];
};

static struct network network_of(const char *address)
{
	static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
	struct network n = {0};
	uint8_t v6[16], v4[4];
	if (address && inet_pton(AF_INET, address, v4) == 1) {
		n.family = 4;
		memcpy(n.prefix, v4, 3);
	} else if (address && inet_pton(AF_INET6, address, v6) == 1) {
		bool is_v4 = !memcmp(v6, mapped, sizeof mapped);
		n.family = is_v4 ? 4 : 6;
		memcpy(n.prefix, is_v4 ? v6 + 12 : v6, is_v4 ? 3 : 6);
	}
	return n;
}

static uint64_t hash_part(uint64_t before, const void *p, size_t n)
{
	unsigned char out[crypto_shorthash_BYTES];
	uint64_t h;
	crypto_shorthash(out, p, n, table.key);
	memcpy(&h, out, sizeof h);
	return (h ^ before) * UINT64_C(0x9E3779B97F4A7C15);
}

/* Each part is hashed on its own, so that no two lists of parts run together. */
static uint64_t name_bucket(
	const struct throttle_try *t, enum bucket_kind kind, const struct network *network)
{
	int64_t head[] = {kind, t->way, kind == BUCKET_NETWORK ? 0 : t->government.v};
	uint64_t h = hash_part(1, head, sizeof head);
	if (kind != BUCKET_NETWORK)
		h = hash_part(h, t->nip, strlen(t->nip));
	if (kind == BUCKET_BROWSER)
		h = hash_part(h, t->browser, strlen(t->browser));
	if (network)
		h = hash_part(h, network, sizeof *network);
	return h ? h : 1;
}

static int list_claims(const struct throttle_try *t, struct claim claim[CLAIM_MAX])
{
	struct network network = network_of(t->address);
	bool is_code = t->way == THROTTLE_CODE || t->way == THROTTLE_PIN;
	if (t->way == THROTTLE_FEED || t->way == THROTTLE_LOG || t->way == THROTTLE_DOCUMENT) {
		claim[0] = (struct claim){&network_limit, name_bucket(t, BUCKET_NETWORK, &network)};
		return 1;
	}
	if (t->browser) {
		claim[0].limit = t->way == THROTTLE_PASSWORD ? &session_limit : &browser_limit;
		claim[0].key = name_bucket(t, BUCKET_BROWSER, NULL);
		return 1;
	}
	claim[0].limit = is_code ? &code_limit : &account_limit;
	claim[0].key = name_bucket(t, BUCKET_ACCOUNT, is_code ? &network : NULL);
	claim[1] = (struct claim){&network_limit, name_bucket(t, BUCKET_NETWORK, &network)};
	claim[2] = (struct claim){&everybody_limit, 0};
	return 3;
}

/* ---- buckets ---- */

static struct bucket *find_slot(const struct throttle_try *t, uint64_t key)
{
	struct bucket *set = table.set[key % SETS], *spare = set;
	if (!key)
		return &table.everybody[t->way];
	for (int i = 0; i < SET_BUCKETS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].full_at_ms < spare->full_at_ms)
			spare = &set[i];
	}
	*spare = (struct bucket){.key = key};
	return spare;
}

/* The bucket of a claim as of now: not full in the past and, should the clock have been set back,
 * not further ahead than an empty bucket takes. */
static struct bucket *find_bucket(
	const struct throttle_try *t, const struct claim *c, int64_t now_ms)
{
	struct bucket *b = find_slot(t, c->key);
	int64_t latest = now_ms + c->limit->tokens * c->limit->refill_ms;
	if (b->full_at_ms < now_ms)
		b->full_at_ms = now_ms;
	if (b->full_at_ms > latest)
		b->full_at_ms = latest;
	return b;
}

/* Until a token is there; not above 0 when one is. */
static int64_t wait_ms(const struct bucket *b, const struct limit *limit, int64_t now_ms)
{
	return b->full_at_ms - now_ms - (limit->tokens - 1) * limit->refill_ms;
}

static void enter(void)
{
	pthread_mutex_lock(&table.lock);
	if (!table.has_key) {
		crypto_shorthash_keygen(table.key);
		table.has_key = true;
	}
}

static void leave(void)
{
	pthread_mutex_unlock(&table.lock);
}

enum err throttle_take(const struct throttle_try *t, int64_t now_ms, int *ret_wait_seconds)
{
	struct claim claim[CLAIM_MAX];
	int64_t longest_ms = 0;
	assert(t->way < THROTTLE_WAYS && t->nip);
	enter();
	int count = list_claims(t, claim);
	for (int i = 0; i < count; i++) {
		int64_t ms = wait_ms(find_bucket(t, &claim[i], now_ms), claim[i].limit, now_ms);
		longest_ms = ms > longest_ms ? ms : longest_ms;
	}
	for (int i = 0; i < count && longest_ms == 0; i++)
		find_bucket(t, &claim[i], now_ms)->full_at_ms += claim[i].limit->refill_ms;
	leave();
	if (longest_ms == 0)
		return OK;
	*ret_wait_seconds = (int)((longest_ms + 999) / 1000);
	return E_THROTTLED;
}

void throttle_give_back(const struct throttle_try *t, int64_t now_ms)
{
	struct claim claim[CLAIM_MAX];
	enter();
	int count = list_claims(t, claim);
	for (int i = 0; i < count; i++)
		find_bucket(t, &claim[i], now_ms)->full_at_ms -= claim[i].limit->refill_ms;
	leave();
}

void throttle_reset(void)
{
	pthread_mutex_lock(&table.lock);
	memset(table.set, 0, sizeof table.set);
	memset(table.everybody, 0, sizeof table.everybody);
	pthread_mutex_unlock(&table.lock);
}
