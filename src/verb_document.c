/*
 * document: the key that signs issued papers, and checking a signed paper without a server.
 *
 * The key is of the office's program; it is made where the server runs and never leaves. Whoever
 * has the certificate can check a file: `--check` says whether it is what was signed, whole, by
 * that key (exit 3 when not). It does not say whether the paper still holds: that is /periksa/.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/clock.h"
#include "platform/config.h"
#include "platform/signature.h"
#include "platform/slice.h"
#include "verb_log.h"

#define FILE_MAX    (64 * 1024 * 1024)
#define YEARS_MAX   10
#define YEARS_USUAL 2

struct document_words {
	const char *new_key, *certificate, *name, *years, *check;
};

static int make_key(const struct document_words *w, struct arena *arena)
{
	int64_t years = YEARS_USUAL;
	const char *why = NULL;
	if (!w->name || !*w->name || !w->certificate)
		return verb_fail("document", EXIT_USAGE, "--new-key wants --cert and --name");
	if (w->years && !str_to_int(w->years, 1, YEARS_MAX, &years))
		return verb_fail("document", EXIT_USAGE, "--years wants 1 to %d", YEARS_MAX);
	if (*config_text(SET_CLOCK) && !clock_set(config_text(SET_CLOCK)))
		return verb_fail("document", EXIT_USAGE, "--clock wants INSTANT");
	if (!signature_make_key(
		    w->new_key, w->certificate, w->name, clock_now(), (int)years, arena, &why))
		return verb_fail("document", EXIT_FAILED, "%s", why);
	struct signature_key *key = signature_open_certificate(w->certificate, arena, &why);
	if (!key)
		return verb_fail("document", EXIT_FAILED, "%s", why);
	printf("%s %s\n", signature_fingerprint(key), signature_name(key));
	signature_close_key(key);
	return EXIT_DONE;
}

static int check_file(const struct document_words *w, struct arena *arena)
{
	struct bytes pdf;
	const char *why = NULL;
	if (!w->certificate)
		return verb_fail("document", EXIT_USAGE, "--check wants --cert");
	if (!log_read_file("document", w->check, FILE_MAX, arena, &pdf))
		return EXIT_FAILED;
	if (pdf.n == 0)
		return verb_fail("document", EXIT_FAILED, "there is nothing in '%s'", w->check);
	struct signature_key *key = signature_open_certificate(w->certificate, arena, &why);
	if (!key)
		return verb_fail("document", EXIT_FAILED, "%s", why);
	enum signature_fault fault = signature_check(key, pdf, arena);
	printf("%s %s\n", signature_fault_names[fault], signature_name(key));
	signature_close_key(key);
	return fault ? EXIT_FAULT : EXIT_DONE;
}

int verb_document(int argc, char **argv)
{
	struct document_words w = {0};
	struct arena arena;
	const struct option_row option[] = {{"--new-key", &w.new_key, NULL},
		{"--cert", &w.certificate, NULL}, {"--name", &w.name, NULL},
		{"--years", &w.years, NULL}, {"--check", &w.check, NULL}};
	if (verb_options(argc, argv, option, COUNT_OF(option), NULL, 0) < 0)
		return EXIT_USAGE;
	if (!w.new_key == !w.check)
		return verb_fail("document", EXIT_USAGE, "one of --new-key and --check");
	arena_init(&arena, (size_t)512 << 20);
	int status = w.new_key ? make_key(&w, &arena) : check_file(&w, &arena);
	arena_release(&arena);
	return status;
}
