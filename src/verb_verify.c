/*
 * verify: checks a bundle without a store, a network or us. Prints what is proven and what could
 * not be checked; exit 3 when something in it is wrong.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/slice.h"
#include "verb_log.h"
#include "verb_verify_words.h"

#include <string.h>

#define KEYS_MAX 8 /* of receipts and tokens */

/* Options that may be given again and again, which verb_options does not know. */
struct verify_words {
	const char *bundle, *log_key, *policy;
	const char *online[KEYS_MAX], *witness[BUNDLE_WITNESSES_MAX];
	int onlines, witnesses;
};

static bool take_repeated(
	const char *name, const char *value, const char **list, int max, int *count)
{
	if (!value)
		return verb_fail("verify", false, "%s wants a value", name);
	if (*count == max)
		return verb_fail("verify", false, "at most %d %s", max, name);
	list[(*count)++] = value;
	return true;
}

/* Takes --online-key and --witness out of argv; what is left goes to verb_options. */
static bool take_words(int *argc, char **argv, struct verify_words *w)
{
	int kept = 0;
	for (int i = 0; i < *argc; i++) {
		bool is_online = str_eq(argv[i], "--online-key");
		if (!is_online && !str_eq(argv[i], "--witness")) {
			argv[kept++] = argv[i];
			continue;
		}
		const char *value = i + 1 < *argc ? argv[i + 1] : NULL;
		if (!(is_online ? take_repeated(argv[i], value, w->online, KEYS_MAX, &w->onlines)
				: take_repeated(argv[i], value, w->witness, BUNDLE_WITNESSES_MAX,
					  &w->witnesses)))
			return false;
		i++;
	}
	*argc = kept;
	return true;
}

struct given {
	struct vkey log_key, witness[BUNDLE_WITNESSES_MAX];
	uint8_t online[KEYS_MAX][ED25519_KEY_BYTES];
	struct bundle_trust trust;
};

static bool take_online(struct arena *arena, const char *text, uint8_t ret[ED25519_KEY_BYTES])
{
	struct bytes key;
	if (!base64url_decode(arena, text, &key) || key.n != ED25519_KEY_BYTES)
		return verb_fail("verify", false,
			"--online-key wants 32 bytes as base64url, not '%s'", text);
	memcpy(ret, key.p, key.n);
	return true;
}

static bool take_vkey(const char *name, const char *text, enum key_type type, struct vkey *ret)
{
	if (trust_parse_vkey(text, ret) && ret->type == type)
		return true;
	return verb_fail(
		"verify", false, "%s: '%s' is not a verifier key of this kind", name, text);
}

static bool take_trust(struct arena *arena, const struct verify_words *w, struct given *g)
{
	int64_t policy = 0;
	if (w->policy && !str_to_int(w->policy, 0, w->witnesses, &policy))
		return verb_fail(
			"verify", false, "--policy wants a number, and as many --witness at least");
	g->trust = (struct bundle_trust){.policy = (int)policy,
		.witness = g->witness,
		.witnesses = w->witnesses,
		.online_key = g->online,
		.online_keys = w->onlines};
	if (w->log_key && !take_vkey("--log-key", w->log_key, KEY_LOG, &g->log_key))
		return false;
	if (w->log_key)
		g->trust.log_key = &g->log_key;
	for (int i = 0; i < w->onlines; i++)
		if (!take_online(arena, w->online[i], g->online[i]))
			return false;
	for (int i = 0; i < w->witnesses; i++)
		if (!take_vkey("--witness", w->witness[i], KEY_WITNESS, &g->witness[i]))
			return false;
	return true;
}

static int report(struct arena *arena, const struct given *g, const char *path)
{
	struct bundle_findings findings;
	struct bundle bundle;
	struct bytes text;
	struct buf out;
	int line;
	if (!log_read_file("verify", path, BUNDLE_BYTES_MAX, arena, &text))
		return EXIT_FAILED;
	if (text.n == 0)
		return verb_fail("verify", EXIT_FAILED, "'%s' is not there, or is empty", path);
	if (!attendance_read_bundle(text, arena, &bundle, &line))
		return verb_fail("verify", EXIT_FAULT, "'%s' is not a bundle: line %d", path, line);
	attendance_check_bundle(&bundle, &g->trust, &findings);
	buf_init(&out, arena, 4096);
	verify_report(&bundle, &g->trust, &findings, &out);
	fputs(out.p, stdout);
	return findings.has_fault ? EXIT_FAULT : EXIT_DONE;
}

int verb_verify(int argc, char **argv)
{
	struct verify_words w = {0};
	struct given given = {0};
	struct arena arena;
	const struct option_row option[] = {
		{"--log-key", &w.log_key, NULL}, {"--policy", &w.policy, NULL}};
	if (!take_words(&argc, argv, &w))
		return EXIT_USAGE;
	int words = verb_options(argc, argv, option, COUNT_OF(option), &w.bundle, 1);
	if (words < 0)
		return EXIT_USAGE;
	if (words == 0)
		return verb_fail("verify", EXIT_USAGE, "wants a bundle; try 'luwes help verify'");
	arena_init(&arena, 1 << 24);
	int status = take_trust(&arena, &w, &given) ? report(&arena, &given, w.bundle) : EXIT_USAGE;
	arena_release(&arena);
	return status;
}
