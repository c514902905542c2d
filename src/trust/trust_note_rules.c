/*
 * Reading and writing signed notes and the keys that sign them (c2sp.org/signed-note,
 * c2sp.org/tlog-cosignature).
 *
 * Every reader takes exactly one spelling: padded base64 without loose bits, numbers without
 * leading zeros, one blank line. What a witness signs is copied together first, because Ed25519
 * takes its message whole.
 */
#include "trust/trust_note.h"

#include "base/put.h"
#include "base/str.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define BASE64          sodium_base64_VARIANT_ORIGINAL
#define DASH            "\xE2\x80\x94 " /* em dash, space */
#define DASH_BYTES      4
#define LINE_BYTES_MAX  6144 /* decoded; those of other algorithms are long */
#define ID_BYTES        4
#define TIME_BYTES      8
#define COSIGNED_PREFIX "cosignature/v1\ntime "
#define SECRET_PREFIX   "PRIVATE+KEY+"

static uint64_t take_number(const uint8_t *p, size_t n)
{
	uint64_t value = 0;
	for (size_t i = 0; i < n; i++)
		value = value << 8 | p[i];
	return value;
}

bool trust_is_base64(struct bytes text)
{
	for (size_t i = 0; i < text.n; i++) {
		uint8_t c = text.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '+' || c == '/' || c == '='))
			return false;
	}
	return true;
}

/* Exactly base64; false when it would be more than `room` bytes. */
static bool decode(struct bytes base64, uint8_t *ret, size_t room, size_t *ret_n)
{
	const char *end;
	return base64.n > 0 && trust_is_base64(base64) &&
	       sodium_base642bin(ret, room, (const char *)base64.p, base64.n, NULL, ret_n, &end,
		       BASE64) == 0 &&
	       end == (const char *)base64.p + base64.n;
}

static void add_base64(struct buf *out, const uint8_t *p, size_t n)
{
	char text[128];
	assert(sodium_base64_ENCODED_LEN(n, BASE64) <= sizeof text);
	buf_str(out, sodium_bin2base64(text, sizeof text, p, n, BASE64));
}

/* ---- keys ---- */

/* The blanks of Unicode that are more than one byte. */
static bool has_wide_blank(const char *s)
{
	static const char *const blank[] = {"\xC2\xA0", "\xE1\x9A\x80", "\xE2\x80\xA8",
		"\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", NULL};
	for (int i = 0; blank[i]; i++)
		if (strstr(s, blank[i]))
			return true;
	for (const char *p = s; (p = strstr(p, "\xE2\x80")); p += 2)
		if ((uint8_t)p[2] >= 0x80 && (uint8_t)p[2] <= 0x8A)
			return true;
	return false;
}

static bool is_name(const char *name)
{
	size_t n = strlen(name);
	return n > 0 && n <= KEY_NAME_MAX && str_is_text(name, n) && !strpbrk(name, " \t\n+") &&
	       !has_wide_blank(name);
}

static uint32_t key_id(const char *name, enum key_type type, const uint8_t *key)
{
	const uint8_t middle[] = {'\n', (uint8_t)type};
	const struct bytes part[] = {{(const uint8_t *)name, strlen(name)}, {middle, sizeof middle},
		{key, ED25519_KEY_BYTES}};
	struct hash h = hash_sha256(part, 3);
	return (uint32_t)take_number(h.b, ID_BYTES);
}

bool trust_make_vkey(const char *name, enum key_type type, const uint8_t key[ED25519_KEY_BYTES],
	struct vkey *ret)
{
	if (!is_name(name))
		return false;
	*ret = (struct vkey){.type = type, .id = key_id(name, type, key)};
	memcpy(ret->name, name, strlen(name));
	memcpy(ret->key, key, ED25519_KEY_BYTES);
	return true;
}

/* NAME+id+base64(type ‖ 32 bytes); the id is for the caller to compare. */
static bool split_key(const char *text, char name[KEY_NAME_MAX + 1], enum key_type *ret_type,
	uint32_t *ret_id, uint8_t ret_bytes[32])
{
	const char *plus = strchr(text, '+');
	uint8_t id[ID_BYTES], raw[1 + 32];
	char hex[2 * ID_BYTES + 1] = "";
	size_t n = 0;
	if (!plus || plus - text > KEY_NAME_MAX || strlen(plus) < 2 * ID_BYTES + 2 ||
		plus[1 + 2 * ID_BYTES] != '+')
		return false;
	memcpy(name, text, (size_t)(plus - text));
	name[plus - text] = '\0';
	memcpy(hex, plus + 1, 2 * ID_BYTES);
	const char *base64 = plus + 2 + 2 * ID_BYTES;
	bool good = hex_decode(hex, id, sizeof id) &&
		    decode((struct bytes){(const uint8_t *)base64, strlen(base64)}, raw, sizeof raw,
			    &n) &&
		    n == sizeof raw && (raw[0] == KEY_LOG || raw[0] == KEY_WITNESS);
	if (good) {
		*ret_type = (enum key_type)raw[0];
		*ret_id = (uint32_t)take_number(id, sizeof id);
		memcpy(ret_bytes, raw + 1, 32);
	}
	sodium_memzero(raw, sizeof raw);
	return good;
}

bool trust_parse_vkey(const char *text, struct vkey *ret)
{
	char name[KEY_NAME_MAX + 1];
	uint8_t key[ED25519_KEY_BYTES];
	enum key_type type;
	struct vkey made;
	uint32_t id;
	if (!split_key(text, name, &type, &id, key) || !trust_make_vkey(name, type, key, &made) ||
		made.id != id)
		return false;
	*ret = made;
	return true;
}

static void print_key(const struct vkey *public, const uint8_t bytes[32], struct buf *out)
{
	uint8_t id[ID_BYTES], raw[1 + 32] = {(uint8_t) public->type};
	char hex[2 * ID_BYTES + 1];
	put_number(id, public->id, sizeof id);
	hex_encode(id, sizeof id, hex);
	memcpy(raw + 1, bytes, 32);
	buf_str(out, public->name);
	buf_char(out, '+');
	buf_str(out, hex);
	buf_char(out, '+');
	add_base64(out, raw, sizeof raw);
	sodium_memzero(raw, sizeof raw);
}

void trust_print_vkey(const struct vkey *key, struct buf *out)
{
	print_key(key, key->key, out);
}

bool trust_make_skey(const char *name, enum key_type type, const uint8_t seed[ED25519_SEED_BYTES],
	struct skey *ret)
{
	uint8_t key[ED25519_KEY_BYTES];
	ed25519_public(seed, key);
	if (!trust_make_vkey(name, type, key, &ret->public))
		return false;
	memcpy(ret->seed, seed, ED25519_SEED_BYTES);
	return true;
}

bool trust_parse_skey(const char *text, struct skey *ret)
{
	char name[KEY_NAME_MAX + 1];
	uint8_t seed[ED25519_SEED_BYTES];
	enum key_type type;
	uint32_t id;
	bool good = str_starts(text, SECRET_PREFIX) &&
		    split_key(text + sizeof(SECRET_PREFIX) - 1, name, &type, &id, seed) &&
		    trust_make_skey(name, type, seed, ret) && ret->public.id == id;
	sodium_memzero(seed, sizeof seed);
	return good;
}

void trust_print_skey(const struct skey *key, struct buf *out)
{
	buf_str(out, SECRET_PREFIX);
	print_key(&key->public, key->seed, out);
}

/* ---- notes ---- */

static bool is_note_text(struct bytes bytes)
{
	if (bytes.n == 0 || bytes.n > NOTE_BYTES_MAX || bytes.p[bytes.n - 1] != '\n' ||
		!str_is_text((const char *)bytes.p, bytes.n))
		return false;
	return !memchr(bytes.p, '\t', bytes.n);
}

/* Bytes before the last blank line, its newline among them; 0 when there is none. */
static size_t find_text(struct bytes bytes)
{
	for (size_t at = bytes.n - 1; at > 0; at--)
		if (bytes.p[at] == '\n' && bytes.p[at - 1] == '\n')
			return at;
	return 0;
}

/* "— NAME BASE64", without its newline. */
static bool read_line(struct bytes line, struct note_line *ret)
{
	char name[KEY_NAME_MAX + 1] = "";
	uint8_t raw[LINE_BYTES_MAX];
	size_t n = 0;
	if (line.n <= DASH_BYTES || memcmp(line.p, DASH, DASH_BYTES) != 0)
		return false;
	const uint8_t *at = line.p + DASH_BYTES, *end = line.p + line.n;
	const uint8_t *blank = memchr(at, ' ', (size_t)(end - at));
	if (!blank || blank - at > KEY_NAME_MAX)
		return false;
	memcpy(name, at, (size_t)(blank - at));
	ret->name = (struct bytes){at, (size_t)(blank - at)};
	ret->base64 = (struct bytes){blank + 1, (size_t)(end - blank - 1)};
	if (!is_name(name) || !decode(ret->base64, raw, sizeof raw, &n) || n <= ID_BYTES)
		return false;
	ret->id = (uint32_t)take_number(raw, ID_BYTES);
	return true;
}

bool trust_read_note(struct bytes bytes, struct note *ret)
{
	if (!is_note_text(bytes))
		return false;
	size_t text = find_text(bytes);
	if (text == 0)
		return false;
	ret->text = (struct bytes){bytes.p, text};
	ret->lines = 0;
	for (size_t at = text + 1; at < bytes.n;) {
		const uint8_t *end = memchr(bytes.p + at, '\n', bytes.n - at);
		size_t n = (size_t)(end - bytes.p) - at; /* the last byte is a newline */
		if (ret->lines == NOTE_SIGNATURES_MAX ||
			!read_line((struct bytes){bytes.p + at, n}, &ret->line[ret->lines]))
			return false;
		ret->lines++;
		at += n + 1;
	}
	return ret->lines > 0;
}

static bool is_line_of(const struct note_line *line, const struct vkey *key)
{
	return line->id == key->id && line->name.n == strlen(key->name) &&
	       memcmp(line->name.p, key->name, line->name.n) == 0;
}

/* What a witness signs. */
static size_t cosigned(struct bytes text, int64_t time, uint8_t ret[NOTE_BYTES_MAX + 64])
{
	struct arena *no_arena = NULL;
	struct buf b = {.arena = no_arena, .p = (char *)ret, .cap = NOTE_BYTES_MAX + 64};
	assert(text.n <= NOTE_BYTES_MAX);
	buf_str(&b, COSIGNED_PREFIX);
	buf_int(&b, time);
	buf_char(&b, '\n');
	buf_add(&b, text.p, text.n);
	return b.n;
}

static bool is_cosigned(
	struct bytes text, const struct vkey *key, const uint8_t raw[TIME_BYTES + 64])
{
	uint8_t message[NOTE_BYTES_MAX + 64];
	uint64_t time = take_number(raw, TIME_BYTES);
	if (time > INT64_MAX)
		return false;
	size_t n = cosigned(text, (int64_t)time, message);
	return ed25519_verify(key->key, message, n, raw + TIME_BYTES);
}

static bool check_line(
	struct bytes text, const struct note_line *line, const struct vkey *key, int64_t *ret_time)
{
	uint8_t raw[ID_BYTES + TIME_BYTES + ED25519_SIGNATURE_BYTES];
	size_t n = 0;
	if (!decode(line->base64, raw, sizeof raw, &n))
		return false;
	if (key->type == KEY_LOG)
		return n == ID_BYTES + ED25519_SIGNATURE_BYTES &&
		       ed25519_verify(key->key, text.p, text.n, raw + ID_BYTES);
	if (n != sizeof raw || !is_cosigned(text, key, raw + ID_BYTES))
		return false;
	*ret_time = (int64_t)take_number(raw + ID_BYTES, TIME_BYTES);
	return true;
}

enum signed_by trust_check_note(const struct note *note, const struct vkey *key, int64_t *ret_time)
{
	enum signed_by found = NOTE_UNSIGNED;
	int64_t time = 0;
	for (int i = 0; i < note->lines; i++) {
		if (!is_line_of(&note->line[i], key))
			continue;
		if (!check_line(note->text, &note->line[i], key, &time))
			return NOTE_SPOILT;
		found = NOTE_SIGNED;
	}
	if (ret_time)
		*ret_time = time;
	return found;
}

void trust_sign_note(struct bytes text, const struct skey *key, int64_t time, struct buf *out)
{
	uint8_t raw[ID_BYTES + TIME_BYTES + ED25519_SIGNATURE_BYTES];
	uint8_t message[NOTE_BYTES_MAX + 64];
	size_t head = ID_BYTES;
	put_number(raw, key->public.id, ID_BYTES);
	if (key->public.type == KEY_WITNESS) {
		put_number(raw + ID_BYTES, (uint64_t)time, TIME_BYTES);
		head += TIME_BYTES;
		size_t n = cosigned(text, time, message);
		ed25519_sign(key->seed, message, n, raw + head);
	} else {
		ed25519_sign(key->seed, text.p, text.n, raw + head);
	}
	buf_str(out, DASH);
	buf_str(out, key->public.name);
	buf_char(out, ' ');
	add_base64(out, raw, head + ED25519_SIGNATURE_BYTES);
	buf_char(out, '\n');
}

struct bytes trust_find_line(const struct note *note, const struct vkey *key)
{
	for (int i = 0; i < note->lines; i++) {
		const struct note_line *line = &note->line[i];
		if (!is_line_of(line, key))
			continue;
		const uint8_t *from = line->name.p - DASH_BYTES;
		const uint8_t *to = line->base64.p + line->base64.n + 1;
		return (struct bytes){from, (size_t)(to - from)};
	}
	return (struct bytes){0};
}
