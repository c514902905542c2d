/*
 * For tests: a whole small world around one event - a phone, a server, a log of sixty leaves with
 * its signer and two witnesses - and the bundle that comes out of it.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_TEST_BUNDLE_H
#define LUWES_ATTENDANCE_ATTENDANCE_TEST_BUNDLE_H

#include "attendance/attendance_bundle.h"
#include "attendance/attendance_office.h"
#include "attendance/attendance_test_key.h"
#include "trust/trust.h"

#include <string.h>

#define WORLD_LEAVES     60
#define WORLD_ENROLMENT  3
#define WORLD_PUNCH      41
#define WORLD_GOVERNMENT INT64_C(769364538163372032)
#define WORLD_EMPLOYEE   INT64_C(769364538163380001)
#define WORLD_TOKEN_AT   INT64_C(1762992600000) /* 2025-11-13T00:10:00Z, 07.10 WIB */
#define WORLD_WALL_AT    INT64_C(1762993205000) /* 07.20.05 */
#define WORLD_RECEIVED   INT64_C(1762993212345)
#define WORLD_WITNESSED  INT64_C(1762993260) /* seconds */

struct world {
	struct arena arena;
	struct test_key phone, kiosk;
	uint8_t online_seed[ED25519_SEED_BYTES];
	struct skey log, witness[2];
	struct hash leaf[WORLD_LEAVES];
	struct signed_event event;
	struct countersign countersign;
	struct bundle bundle;
};

static inline uint8_t *world_put(uint8_t *at, const void *p, size_t n)
{
	memcpy(at, p, n);
	return at + n;
}

static inline uint8_t *world_number(uint8_t *at, int64_t value, int n)
{
	for (int i = n - 1; i >= 0; i--)
		*at++ = (uint8_t)((uint64_t)value >> (8 * i));
	return at;
}

static inline struct bytes world_keep(struct world *w, const void *p, size_t n)
{
	return arena_bytes(&w->arena, p, n);
}

static inline struct hash world_root(const struct world *w, struct leaf_run run)
{
	struct frontier f = {0};
	for (int64_t i = run.from; i < run.to; i++)
		trust_append(&f, w->leaf[i]);
	return trust_root(&f);
}

static inline struct log_proof world_proof(const struct world *w, int64_t index)
{
	struct proof_plan plan;
	struct log_proof proof;
	trust_plan_inclusion(index, WORLD_LEAVES, &plan);
	proof.count = plan.count;
	for (int i = 0; i < plan.count; i++)
		proof.hash[i] = world_root(w, plan.run[i]);
	return proof;
}

static inline void world_sign_online(
	struct world *w, const void *message, size_t n, struct bytes *ret)
{
	uint8_t signature[ED25519_SIGNATURE_BYTES];
	ed25519_sign(w->online_seed, message, n, signature);
	*ret = world_keep(w, signature, sizeof signature);
}

static inline void world_add_token(struct world *w)
{
	uint8_t message[64], *at = world_put(message, "luwes/tok/1\n", 12);
	struct bytes *signature = &w->bundle.token_signature;
	at = world_number(at, WORLD_GOVERNMENT, 8);
	at = world_put(at, w->event.device, DEVICE_ID_BYTES);
	at = world_number(at, WORLD_TOKEN_AT, 8);
	world_sign_online(w, message, (size_t)(at - message), signature);
	struct hash id = hash_of(signature->p, signature->n);
	memcpy(w->event.token, id.b, TOKEN_ID_BYTES);
	w->event.token_issued_at = w->bundle.token_at = WORLD_TOKEN_AT;
}

/* Signs w->event anew. */
static inline void world_sign_event(struct world *w)
{
	uint8_t message[11 + EVENT_BYTES_MAX], signature[64];
	memcpy(message, "luwes/ev/1\n", 11);
	size_t n = attendance_write_event(&w->event, message + 11);
	test_sign(&w->phone, message, 11 + n, signature);
	w->bundle.event = world_keep(w, message + 11, n);
	w->bundle.signature = world_keep(w, signature, sizeof signature);
}

static inline struct bundle_leaf world_leaf(
	struct world *w, enum leaf_kind kind, int64_t at, const void *payload, size_t n, int index)
{
	uint8_t salt[16];
	memset(salt, 0x40 + index, sizeof salt);
	struct bundle_leaf leaf = {
		(int32_t)kind, at, world_keep(w, salt, sizeof salt), world_keep(w, payload, n)};
	w->leaf[index] = trust_leaf_hash(kind, at, trust_commitment(salt, leaf.payload));
	return leaf;
}

static inline void world_enrol(struct world *w)
{
	uint8_t payload[200], *at = world_put(payload, "luwes/de/1\n", 11);
	struct hash key = hash_of(w->phone.public, sizeof w->phone.public);
	int64_t enrolled = WORLD_TOKEN_AT - 7 * MS_PER_DAY;
	at = world_number(at, 1, 1);
	at = world_number(at, WORLD_GOVERNMENT, 8);
	at = world_number(at, WORLD_EMPLOYEE, 8);
	at = world_put(at, w->event.device, DEVICE_ID_BYTES);
	at = world_number(at, WORLD_EMPLOYEE, 8);
	at = world_number(at, enrolled, 8);
	at = world_put(at, key.b, sizeof key.b);
	at = world_number(at, 55, 8);
	at = world_put(at, "198504122010011001", 18);
	w->bundle.enrolment = world_leaf(
		w, LEAF_DEVICE, enrolled, payload, (size_t)(at - payload), WORLD_ENROLMENT);
	w->bundle.enrolment_index = WORLD_ENROLMENT;
}

static inline void world_receive(struct world *w)
{
	struct hash event = attendance_event_hash(w->bundle.event);
	uint8_t payload[200], receipt[200];
	uint8_t *at = world_put(payload, "luwes/pu/1\n", 11);
	at = world_number(at, WORLD_EMPLOYEE, 8);
	at = world_number(at, 9001, 8);
	at = world_number(at, WORLD_RECEIVED, 8);
	at = world_put(at, event.b, 32);
	w->bundle.leaf = world_leaf(
		w, LEAF_PUNCH, WORLD_RECEIVED, payload, (size_t)(at - payload), WORLD_PUNCH);
	at = world_put(receipt, "luwes/rc/1\n", 11);
	at = world_number(at, WORLD_GOVERNMENT, 8);
	at = world_number(at, WORLD_EMPLOYEE, 8);
	at = world_put(at, w->event.device, DEVICE_ID_BYTES);
	at = world_put(at, event.b, 32);
	at = world_number(at, 9001, 8);
	at = world_number(at, WORLD_RECEIVED, 8);
	at = world_put(at, w->leaf[WORLD_PUNCH].b, 32);
	at = world_number(at, WORLD_PUNCH, 8);
	at = world_number(at, RECEIPT_ACCEPTED, 1);
	at = world_number(at, VERDICT_OK, 1);
	w->bundle.receipt = world_keep(w, receipt, (size_t)(at - receipt));
	world_sign_online(w, receipt, (size_t)(at - receipt), &w->bundle.receipt_signature);
}

/* Signs and witnesses the log as it is now; `witnesses` of the two. */
static inline void world_sign_log(struct world *w, int witnesses)
{
	struct checkpoint c = {.head.size = WORLD_LEAVES};
	struct buf b;
	memcpy(c.origin, w->log.public.name, sizeof c.origin);
	c.head.root = world_root(w, (struct leaf_run){0, WORLD_LEAVES});
	buf_init(&b, &w->arena, 2048);
	trust_print_checkpoint(&c, &b);
	struct bytes text = world_keep(w, b.p, b.n);
	buf_char(&b, '\n');
	trust_sign_note(text, &w->log, 0, &b);
	for (int i = 0; i < witnesses; i++)
		trust_sign_note(text, &w->witness[i], WORLD_WITNESSED + i, &b);
	w->bundle.has_proof = true;
	w->bundle.index = WORLD_PUNCH;
	w->bundle.proof = world_proof(w, WORLD_PUNCH);
	w->bundle.enrolment_proof = world_proof(w, WORLD_ENROLMENT);
	w->bundle.note = (struct bytes){(const uint8_t *)b.p, b.n};
}

static inline void world_countersign(struct world *w)
{
	uint8_t message[11 + COUNTERSIGN_BYTES], signature[64];
	w->countersign = (struct countersign){.version = 1,
		.kind = COUNTERSIGN_QR,
		.seq = 7,
		.wall_at = WORLD_WALL_AT + 2000,
		.subject = attendance_event_hash(w->bundle.event),
		.employee = WORLD_EMPLOYEE,
		.type = w->event.type};
	memset(w->countersign.kiosk, 0x22, sizeof w->countersign.kiosk);
	memcpy(message, "luwes/kc/1\n", 11);
	attendance_write_countersign(&w->countersign, message + 11);
	test_sign(&w->kiosk, message, sizeof message, signature);
	w->bundle.countersign = world_keep(w, message + 11, COUNTERSIGN_BYTES);
	w->bundle.countersign_signature = world_keep(w, signature, sizeof signature);
	w->bundle.kiosk_key = (struct bytes){w->kiosk.public, sizeof w->kiosk.public};
}

static inline const char *world_vkey(struct world *w, const struct skey *key)
{
	struct buf b;
	buf_init(&b, &w->arena, VKEY_TEXT_MAX);
	trust_print_vkey(&key->public, &b);
	return b.p;
}

static inline void world_keys(struct world *w)
{
	uint8_t seed[ED25519_SEED_BYTES] = {1}, online[ED25519_KEY_BYTES];
	w->phone = make_test_key();
	w->kiosk = make_test_key();
	memset(w->online_seed, 0x5A, sizeof w->online_seed);
	assert_true(trust_make_skey("luwes.jabar", KEY_LOG, seed, &w->log));
	seed[0] = 2;
	assert_true(trust_make_skey("inspektorat.jabar", KEY_WITNESS, seed, &w->witness[0]));
	seed[0] = 3;
	assert_true(trust_make_skey("dprd.jabar", KEY_WITNESS, seed, &w->witness[1]));
	ed25519_public(w->online_seed, online);
	w->bundle.online_key = world_keep(w, online, sizeof online);
	w->bundle.device_key = (struct bytes){w->phone.public, sizeof w->phone.public};
	w->bundle.log_key = world_vkey(w, &w->log);
	w->bundle.witness[0] = world_vkey(w, &w->witness[0]);
	w->bundle.witness[1] = world_vkey(w, &w->witness[1]);
	w->bundle.witnesses = 2;
}

/* Everything is there and true, but for the kiosk; world_countersign adds it. */
static inline void world_open(struct world *w)
{
	*w = (struct world){.event = {.version = 1,
				    .type = EVENT_TYPE_IN,
				    .bits = EVENT_BIT_INSTALLED,
				    .employee = WORLD_EMPLOYEE,
				    .seq = 5,
				    .wall_at = WORLD_WALL_AT,
				    .point = {-69024690, 1076186220},
				    .accuracy_cm = 1850,
				    .position_at = WORLD_WALL_AT - 1000,
				    .speed_cms = UNKNOWN_SPEED,
				    .altitude_cm = UNKNOWN_ALTITUDE}};
	arena_init(&w->arena, (size_t)256 << 20);
	w->bundle.government = WORLD_GOVERNMENT;
	w->bundle.government_name = "Pemerintah Daerah Provinsi Jawa Barat";
	w->bundle.person_name = "Asep Sunandar, S.Sos.";
	w->bundle.zone = ZONE_WIB;
	memset(w->event.device, 0xD1, sizeof w->event.device);
	memset(w->event.prev.b, 0x77, sizeof w->event.prev.b);
	for (int i = 0; i < WORLD_LEAVES; i++)
		w->leaf[i] = hash_of(&i, sizeof i);
	world_keys(w);
	world_add_token(w);
	world_sign_event(w);
	world_enrol(w);
	world_receive(w);
	world_sign_log(w, 2);
}

static inline void world_close(struct world *w)
{
	EVP_PKEY_free(w->phone.pair);
	EVP_PKEY_free(w->kiosk.pair);
	arena_release(&w->arena);
}

#endif
