/*
 * sign: signs the heads of a log, in a process and with a key of its own.
 *
 * It is the log's first witness: before it signs it asks for a proof that the new head continues
 * the last one it signed, keeps the new head on disk, and only then lets the signature out. So
 * neither a server that was broken into nor a store that was put back in time gets a second history
 * signed: exit 3, and a person has to look. It also registers, with the store at hand, the keys
 * whose signatures the server takes.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/slice.h"
#include "trust/trust_log.h"
#include "verb_log.h"

#include <sodium.h>

#define SIGN_ARENA_BYTES ((size_t)16 << 20)

/* ---- signing ---- */

struct signer {
	const char *log, *state;
	struct skey key;
	struct arena arena; /* of a round */
};

/* Text, blank line and our signature over a head. */
static struct bytes sign_head(struct signer *s, const struct checkpoint *c)
{
	struct buf b;
	buf_init(&b, &s->arena, 1024);
	trust_print_checkpoint(c, &b);
	size_t text = b.n;
	buf_char(&b, '\n');
	trust_sign_note((struct bytes){(const uint8_t *)b.p, text}, &s->key, 0, &b);
	return (struct bytes){(const uint8_t *)b.p, b.n};
}

static int hand_in(struct signer *s, const struct checkpoint *c)
{
	char root[45];
	struct bytes note = sign_head(s, c);
	if (!log_post_note("sign", s->log, "checkpoints", note, &s->arena))
		return EXIT_FAILED;
	trust_print_hash(c->head.root, root);
	printf("signed %lld %s\n", (long long)c->head.size, root);
	fflush(stdout);
	return EXIT_DONE;
}

/* Nothing new: what was signed last may have got lost on its way. */
static int hand_in_again(struct signer *s, const struct checkpoint *c)
{
	struct checkpoint there = {0};
	struct bytes note;
	struct note read;
	if (c->head.size == 0)
		return EXIT_DONE;
	if (!log_fetch_checkpoint("sign", s->log, &s->arena, &note))
		return EXIT_FAILED;
	if (note.n && trust_read_note(note, &read) && trust_read_checkpoint(read.text, &there) &&
		there.head.size >= c->head.size)
		return EXIT_DONE;
	return hand_in(s, c);
}

static int refuse_growth(
	enum growth growth, const struct tree_head *known, const struct tree_head *offered)
{
	return verb_fail("sign", EXIT_FAULT,
		growth == GROWTH_SHRUNK
			? "refused: the log has %lld leaves, and %lld were signed: an older store?"
			: "refused: the log of %lld leaves does not continue the %lld that were "
			  "signed",
		(long long)offered->size, (long long)known->size);
}

static int sign_round(struct signer *s)
{
	struct tree_head known, offered;
	struct log_proof proof;
	struct checkpoint c = {0};
	snprintf(c.origin, sizeof c.origin, "%s", s->key.public.name);
	if (!log_read_state("sign", s->state, c.origin, &s->arena, &known) ||
		!log_fetch_head("sign", s->log, &s->arena, &offered) ||
		!log_fetch_consistency("sign", s->log, &known, &offered, &s->arena, &proof))
		return EXIT_FAILED;
	enum growth growth = trust_judge_growth(&known, &offered, &proof);
	if (growth == GROWTH_SHRUNK || growth == GROWTH_FORKED)
		return refuse_growth(growth, &known, &offered);
	c.head = offered;
	if (growth == GROWTH_NONE)
		return hand_in_again(s, &c);
	if (!log_write_state("sign", s->state, &c)) /* on disk before a signature exists */
		return EXIT_FAILED;
	return hand_in(s, &c);
}

/* A fault ends it; a server that does not answer is asked again. */
static int sign_until_ended(struct signer *s, int every, bool once)
{
	int status;
	log_begin_rounds();
	do {
		status = sign_round(s);
		arena_reset(&s->arena);
	} while (!once && status != EXIT_FAULT && log_pause(every));
	return once || status == EXIT_FAULT ? status : EXIT_DONE;
}

struct sign_words {
	const char *server, *government, *key, *state, *every, *name, *new_key, *letter, *add, *end;
	bool once, list;
};

static int run_sign(const struct sign_words *w)
{
	struct signer s = {.state = w->state};
	struct arena words;
	int every, status = EXIT_FAILED;
	if (!w->server || !w->government || !w->key || !w->state)
		return verb_fail("sign", EXIT_USAGE,
			"wants --server, --government, --key and --state; try 'luwes help sign'");
	if (!log_take_every("sign", w->every, &every))
		return EXIT_USAGE;
	arena_init(&words, 1 << 16);
	arena_init(&s.arena, SIGN_ARENA_BYTES);
	s.log = log_url(w->server, w->government, &words);
	if (log_read_key("sign", w->key, KEY_LOG, &s.key) && log_lock("sign", w->state))
		status = sign_until_ended(&s, every, w->once);
	sodium_memzero(&s.key, sizeof s.key);
	arena_release(&s.arena);
	arena_release(&words);
	return status;
}

/* ---- whose signatures are taken ---- */

struct key_act {
	struct log_key key;
	int64_t id;
};

static enum err write_key(struct tx *tx, void *arg)
{
	struct key_act *act = arg;
	return trust_add_key(tx, &act->key);
}

static enum err write_end(struct tx *tx, void *arg)
{
	struct key_act *act = arg;
	return trust_end_key(tx, act->id);
}

static int print_keys(struct tx *tx)
{
	struct log_key *list = ARENA_ARRAY(tx->arena, LOG_KEYS_MAX, struct log_key);
	int count = 0;
	enum err e = db_begin_read(tx->db, 0);
	if (!e)
		e = trust_list_keys(tx, list, &count);
	db_rollback(tx->db);
	for (int i = 0; i < count && !e; i++) {
		char from[25], to[25] = "";
		struct buf vkey;
		buf_init(&vkey, tx->arena, VKEY_TEXT_MAX);
		trust_print_vkey(&list[i].key, &vkey);
		instant_format(list[i].valid_from, from);
		if (list[i].valid_to)
			instant_format(list[i].valid_to, to);
		printf("%lld\t%s\t%s\t%s\t%s\t%s\n", (long long)list[i].id,
			list[i].key.type == KEY_LOG ? "log" : "witness", vkey.p, from, to,
			list[i].letter);
	}
	return e ? verb_fail("sign", EXIT_FAILED, "cannot read the store: %s", db_message(tx->db))
		 : EXIT_DONE;
}

static int change_keys(struct tx *tx, const struct sign_words *w, struct key_act *act)
{
	if (w->list)
		return print_keys(tx);
	enum err e = verb_write("sign", tx, w->add ? write_key : write_end, act);
	if (e == E_CONFLICT)
		return verb_fail("sign", EXIT_FAILED, "this key is registered already");
	if (e == E_NOT_FOUND)
		return verb_fail("sign", EXIT_FAILED, "no such key in force");
	if (!e && w->add)
		printf("%lld\n", (long long)act->key.id);
	return e ? EXIT_FAILED : EXIT_DONE;
}

static int run_keys(const struct sign_words *w)
{
	struct key_act act = {.key = {.letter = w->letter ? w->letter : ""}};
	struct arena arena;
	int status = EXIT_FAILED;
	if (w->add && (!trust_parse_vkey(w->add, &act.key.key) || !w->letter ||
			      strlen(w->letter) > LOG_LETTER_MAX || !*w->letter))
		return verb_fail("sign", EXIT_USAGE,
			"--register wants a verifier key, and --letter the paper it is by");
	if (w->end && !str_to_int(w->end, 1, INT64_MAX, &act.id))
		return verb_fail("sign", EXIT_USAGE, "--end wants the number of a key");
	arena_init(&arena, SIGN_ARENA_BYTES * 4);
	struct tx tx = {.arena = &arena, .db = verb_open("sign", DB_WRITE, &arena)};
	tx.now_ms = clock_now();
	if (tx.db && verb_government("sign", &tx, w->government))
		status = change_keys(&tx, w, &act);
	if (tx.db)
		verb_close(tx.db);
	arena_release(&arena);
	return status;
}

int verb_sign(int argc, char **argv)
{
	struct sign_words w = {0};
	const struct option_row option[] = {{"--server", &w.server, NULL},
		{"--government", &w.government, NULL}, {"--key", &w.key, NULL},
		{"--state", &w.state, NULL}, {"--every", &w.every, NULL}, {"--name", &w.name, NULL},
		{"--new-key", &w.new_key, NULL}, {"--letter", &w.letter, NULL},
		{"--register", &w.add, NULL}, {"--end", &w.end, NULL}, {"--once", NULL, &w.once},
		{"--list", NULL, &w.list}};
	if (verb_options(argc, argv, option, COUNT_OF(option), NULL, 0) < 0)
		return EXIT_USAGE;
	if ((w.new_key != NULL) + (w.add != NULL) + (w.end != NULL) + w.list > 1)
		return verb_fail("sign", EXIT_USAGE,
			"--new-key, --register, --end and --list are one at a time");
	if (w.new_key)
		return log_make_key("sign", w.new_key, w.name ? w.name : "", KEY_LOG) ? EXIT_DONE
										      : EXIT_FAILED;
	return w.add || w.end || w.list ? run_keys(&w) : run_sign(&w);
}
