/*
 * Time tokens: the server's signed word on what time it was, which a phone carries into its events.
 *
 * Ed25519 is deterministic, so nothing is kept: a token is issued again and compared. One of an
 * earlier online key is known as long as that key stands in the key file.
 */
#include "attendance/attendance_record.h"

#include "base/put.h"
#include "platform/keys.h"

#include <string.h>

#define PREFIX        "luwes/tok/1\n"
#define PREFIX_BYTES  (sizeof(PREFIX) - 1)
#define MESSAGE_BYTES (PREFIX_BYTES + 8 + DEVICE_ID_BYTES + 8)

static void write_message(struct government_id government, const uint8_t device[DEVICE_ID_BYTES],
	int64_t issued_at, uint8_t ret[MESSAGE_BYTES])
{
	uint8_t *at = ret;

	memcpy(at, PREFIX, PREFIX_BYTES);
	at = put_number(at + PREFIX_BYTES, government.v, 8);
	memcpy(at, device, DEVICE_ID_BYTES);
	put_number(at + DEVICE_ID_BYTES, issued_at, 8);
}

static void make_id(const uint8_t signature[SIGNATURE_BYTES], uint8_t ret[TOKEN_ID_BYTES])
{
	struct hash hash = hash_of(signature, SIGNATURE_BYTES);

	memcpy(ret, hash.b, TOKEN_ID_BYTES);
}

struct time_token attendance_make_token(
	struct government_id government, const uint8_t device[DEVICE_ID_BYTES], int64_t issued_at)
{
	struct time_token token = {.issued_at = issued_at};
	uint8_t message[MESSAGE_BYTES];

	write_message(government, device, issued_at, message);
	keys_sign(message, sizeof message, token.signature);
	keys_public(0, token.public_key);
	make_id(token.signature, token.id);
	return token;
}

bool attendance_is_token_ours(struct government_id government,
	const uint8_t device[DEVICE_ID_BYTES], const uint8_t token[TOKEN_ID_BYTES],
	int64_t issued_at)
{
	uint8_t message[MESSAGE_BYTES], signature[SIGNATURE_BYTES], id[TOKEN_ID_BYTES];

	write_message(government, device, issued_at, message);
	for (int i = 0;
		i < ONLINE_KEYS_MAX && keys_sign_with(i, message, sizeof message, signature); i++) {
		make_id(signature, id);
		if (memcmp(id, token, sizeof id) == 0)
			return true;
	}
	return false;
}

static const struct field token_fields[] = {
	F_BYTES(struct token_view, id, 16, 16, 0, "What an event names it by."),
	F_INSTANT(struct token_view, issued_at, 0, "Server time it was signed at."),
	F_BYTES(struct token_view, signature, 64, 64, 0, "Ed25519; its hash begins with the id."),
	F_BYTES(struct token_view, key, 32, 32, 0, "The public key."),
	F_END,
};
const struct shape attendance_token_shape = SHAPE("TimeToken", struct token_view, token_fields);

struct token_view attendance_view_token(struct tx *tx, const uint8_t device[DEVICE_ID_BYTES])
{
	struct time_token token = attendance_make_token(tx->government, device, tx->now_ms);

	return (struct token_view){.id = arena_bytes(tx->arena, token.id, sizeof token.id),
		.issued_at = token.issued_at,
		.signature = arena_bytes(tx->arena, token.signature, sizeof token.signature),
		.key = arena_bytes(tx->arena, token.public_key, sizeof token.public_key)};
}
