/*
 * witness: follows logs of others, signs with a key of its own that they only ever grew, and keeps
 * what it signed.
 *
 * For those whom people trust and who do not run the server: the inspectorate, the council, a
 * university. Once it has signed a head, that history can no longer be changed without its copy
 * showing it. A head that does not continue the last one is kept beside it, signed by the log as it
 * is: the two together are the proof. Exit 3, and a person has to look.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/slice.h"
#include "verb_log.h"

#include <sodium.h>
#include <sys/stat.h>

#define WITNESS_ARENA_BYTES ((size_t)16 << 20)
#define LOGS_MAX            32
#define LIST_BYTES_MAX      16384

struct followed {
	const char *log; /* URL */
	struct vkey key;
	const char *head, *notes, *fork; /* files */
};

struct witness {
	struct skey key;
	struct arena words, arena; /* of the program, of a round */
	struct followed *list;
	int count;
};

/* ---- one log ---- */

/* The checkpoint the server shows, signed by the log; note.n 0: none yet. */
static int fetch_signed(struct witness *w, const struct followed *f, struct bytes *ret_bytes,
	struct note *ret_note, struct checkpoint *ret)
{
	if (!log_fetch_checkpoint("witness", f->log, &w->arena, ret_bytes))
		return EXIT_FAILED;
	if (ret_bytes->n == 0)
		return EXIT_DONE;
	if (!trust_read_note(*ret_bytes, ret_note) || !trust_read_checkpoint(ret_note->text, ret) ||
		!str_eq(ret->origin, f->key.name) ||
		trust_check_note(ret_note, &f->key, NULL) != NOTE_SIGNED)
		return verb_fail("witness", EXIT_FAULT,
			"refused: %s shows a head that the log's key did not sign", f->log);
	return EXIT_DONE;
}

/* The note as it came and our line under it. */
static struct bytes cosign(struct witness *w, const struct note *note, const struct followed *f)
{
	struct bytes line = trust_find_line(note, &f->key);
	struct buf b;
	buf_init(&b, &w->arena, 2048);
	buf_add(&b, note->text.p, note->text.n);
	buf_char(&b, '\n');
	buf_add(&b, line.p, line.n);
	trust_sign_note(note->text, &w->key, clock_now() / 1000, &b);
	return (struct bytes){(const uint8_t *)b.p, b.n};
}

static int refuse_growth(const struct followed *f, enum growth growth,
	const struct tree_head *known, const struct tree_head *offered, struct bytes note)
{
	log_replace_file("witness", f->fork, note);
	return verb_fail("witness", EXIT_FAULT,
		growth == GROWTH_SHRUNK
			? "refused: %s shows %lld leaves, and %lld were witnessed; kept in %s"
			: "refused: %s forked: its %lld leaves do not continue the %lld that were "
			  "witnessed; kept in %s",
		f->log, (long long)offered->size, (long long)known->size, f->fork);
}

static int hand_in(
	struct witness *w, const struct followed *f, const struct checkpoint *c, struct bytes note)
{
	char root[45];
	if (!log_post_note("witness", f->log, "cosignatures", note, &w->arena))
		return EXIT_FAILED;
	trust_print_hash(c->head.root, root);
	printf("witnessed %s %lld %s\n", c->origin, (long long)c->head.size, root);
	fflush(stdout);
	return EXIT_DONE;
}

/* On disk, both as the last head and as one of all, before the signature leaves. */
static int witness_growth(struct witness *w, const struct followed *f, const struct note *note,
	const struct checkpoint *c)
{
	struct bytes signed_note = cosign(w, note, f);
	struct buf kept;
	buf_init(&kept, &w->arena, signed_note.n + 1);
	buf_add(&kept, signed_note.p, signed_note.n);
	buf_char(&kept, '\n');
	if (!log_append_file(
		    "witness", f->notes, (struct bytes){(const uint8_t *)kept.p, kept.n}) ||
		!log_write_state("witness", f->head, c))
		return EXIT_FAILED;
	return hand_in(w, f, c, signed_note);
}

static int follow(struct witness *w, const struct followed *f)
{
	struct tree_head known;
	struct checkpoint c;
	struct bytes bytes;
	struct note note;
	struct log_proof proof;
	if (!log_read_state("witness", f->head, f->key.name, &w->arena, &known))
		return EXIT_FAILED;
	int status = fetch_signed(w, f, &bytes, &note, &c);
	if (status || bytes.n == 0)
		return status;
	if (!log_fetch_consistency("witness", f->log, &known, &c.head, &w->arena, &proof))
		return EXIT_FAILED;
	enum growth growth = trust_judge_growth(&known, &c.head, &proof);
	if (growth == GROWTH_SHRUNK || growth == GROWTH_FORKED)
		return refuse_growth(f, growth, &known, &c.head, bytes);
	if (growth == GROWTH_GOOD)
		return witness_growth(w, f, &note, &c);
	if (c.head.size == 0 || trust_find_line(&note, &w->key.public).n)
		return EXIT_DONE;
	return hand_in(w, f, &c, cosign(w, &note, f)); /* it got lost on its way */
}

/* Every log in turn; the worst of what was found. */
static int round_of(struct witness *w)
{
	int worst = EXIT_DONE;
	for (int i = 0; i < w->count; i++) {
		int status = follow(w, &w->list[i]);
		arena_reset(&w->arena);
		worst = status > worst ? status : worst;
	}
	return worst;
}

static int witness_until_ended(struct witness *w, int every, bool once)
{
	int status, worst = EXIT_DONE;
	log_begin_rounds();
	do {
		status = round_of(w);
		worst = status == EXIT_FAULT ? status : worst;
	} while (!once && log_pause(every));
	return once ? status : worst;
}

/* ---- which logs ---- */

/* The origin as the name of a file: readable, and no two the same. */
static const char *file_name(struct arena *arena, const char *origin)
{
	static const char keep[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
	struct hash h = hash_of(origin, strlen(origin));
	char hex[17], *name = arena_strdup(arena, origin);
	hex_encode(h.b, 8, hex);
	for (char *p = name; *p; p++)
		if (!strchr(keep, *p))
			*p = '_';
	return arena_printf(arena, "%.100s-%s", name, hex);
}

static bool add_log(struct witness *w, const char *state, const char *server,
	const char *government, const char *vkey)
{
	struct followed *f = &w->list[w->count];
	if (w->count == LOGS_MAX)
		return verb_fail("witness", false, "at most %d logs", LOGS_MAX);
	if (!trust_parse_vkey(vkey, &f->key) || f->key.type != KEY_LOG)
		return verb_fail("witness", false, "'%s' is not the verifier key of a log", vkey);
	const char *name = file_name(&w->words, f->key.name);
	f->log = log_url(server, government, &w->words);
	f->head = arena_printf(&w->words, "%s/%s.head", state, name);
	f->notes = arena_printf(&w->words, "%s/%s.notes", state, name);
	f->fork = arena_printf(&w->words, "%s/%s.fork", state, name);
	w->count++;
	return true;
}

/* SERVER GOVERNMENT VKEY a line; '#' begins a remark. */
static bool add_line(struct witness *w, const char *state, char *line)
{
	char *word[3];
	int words = 0;
	line = str_trim(line);
	if (*line == '\0' || *line == '#')
		return true;
	for (char *p = line; p && *p; words++) {
		if (words == 3)
			return verb_fail("witness", false, "a log is SERVER GOVERNMENT VKEY");
		word[words] = p;
		p += strcspn(p, " \t");
		if (*p)
			*p++ = '\0';
		p += strspn(p, " \t");
	}
	if (words != 3)
		return verb_fail("witness", false, "a log is SERVER GOVERNMENT VKEY");
	return add_log(w, state, word[0], word[1], word[2]);
}

static bool add_list(struct witness *w, const char *state, const char *path)
{
	struct bytes text;
	if (!log_read_file("witness", path, LIST_BYTES_MAX, &w->words, &text))
		return false;
	char *line = arena_strndup(&w->words, (const char *)text.p, text.n);
	while (line) {
		char *next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		if (!add_line(w, state, line))
			return false;
		line = next;
	}
	return w->count > 0 || verb_fail("witness", false, "'%s' names no log", path);
}

struct witness_words {
	const char *server, *government, *log_key, *logs, *key, *state, *every, *name, *new_key;
	bool once;
};

static int run_witness(const struct witness_words *w)
{
	struct witness witness = {0};
	int every, status = EXIT_FAILED;
	bool one = w->server && w->government && w->log_key;
	if (!w->key || !w->state || one == (w->logs != NULL))
		return verb_fail("witness", EXIT_USAGE,
			"wants --key, --state and either --logs or --server, --government and "
			"--log-key; try 'luwes help witness'");
	if (!log_take_every("witness", w->every, &every))
		return EXIT_USAGE;
	arena_init(&witness.words, 1 << 20);
	arena_init(&witness.arena, WITNESS_ARENA_BYTES);
	witness.list = ARENA_ARRAY(&witness.words, LOGS_MAX, struct followed);
	mkdir(w->state, 0700); /* what cannot be made cannot be locked either */
	if (log_read_key("witness", w->key, KEY_WITNESS, &witness.key) &&
		log_lock("witness", arena_printf(&witness.words, "%s/witness", w->state)) &&
		(one ? add_log(&witness, w->state, w->server, w->government, w->log_key)
		     : add_list(&witness, w->state, w->logs)))
		status = witness_until_ended(&witness, every, w->once);
	sodium_memzero(&witness.key, sizeof witness.key);
	arena_release(&witness.arena);
	arena_release(&witness.words);
	return status;
}

int verb_witness(int argc, char **argv)
{
	struct witness_words w = {0};
	const struct option_row option[] = {{"--server", &w.server, NULL},
		{"--government", &w.government, NULL}, {"--log-key", &w.log_key, NULL},
		{"--logs", &w.logs, NULL}, {"--key", &w.key, NULL}, {"--state", &w.state, NULL},
		{"--every", &w.every, NULL}, {"--name", &w.name, NULL},
		{"--new-key", &w.new_key, NULL}, {"--once", NULL, &w.once}};
	if (verb_options(argc, argv, option, COUNT_OF(option), NULL, 0) < 0)
		return EXIT_USAGE;
	if (w.new_key)
		return log_make_key("witness", w.new_key, w.name ? w.name : "", KEY_WITNESS)
			       ? EXIT_DONE
			       : EXIT_FAILED;
	return run_witness(&w);
}
