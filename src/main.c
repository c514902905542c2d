/*
 * luwes: one program, many verbs. Picks the row of the verb; everything else is in the verb's file.
 */
#include "verbs.h"

#include "base/str.h"
#include "platform/config.h"
#include "platform/openapi.h"
#include "platform/slice.h"
#include "routes.h"

#include <sodium.h>
#include <stdarg.h>

#define LUWES_VERSION "0.1.0"

static int verb_routes(int argc, char **argv)
{
	bool examples = false;
	struct option_row option[] = {{"--examples", NULL, &examples}};
	if (verb_options(argc, argv, option, COUNT_OF(option), NULL, 0) < 0)
		return EXIT_USAGE;
	luwes_wire();
	if (examples)
		openapi_print_examples(stdout);
	else
		openapi_print_routes(stdout);
	return EXIT_DONE;
}

static int verb_openapi(int argc, char **argv)
{
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	luwes_wire();
	openapi_print(stdout, LUWES_VERSION);
	return EXIT_DONE;
}

static int verb_config(int argc, char **argv)
{
	if (verb_options(argc, argv, NULL, 0, NULL, 0) < 0)
		return EXIT_USAGE;
	config_print();
	return EXIT_DONE;
}

static int verb_version(int argc, char **argv)
{
	(void)argc, (void)argv;
	puts("luwes " LUWES_VERSION);
	return EXIT_DONE;
}

static int verb_help(int argc, char **argv);

static const struct verb verbs[] = {
	{"serve", "serve the API and the web app",
		"[--db STORE] [--listen HOST:PORT] [--origin URL] [--clock INSTANT[,xN]] "
		"[--migrate]\n"
		"Prints \"listening http://HOST:PORT\" when it is ready; ends on SIGTERM after "
		"finishing what was accepted.",
		verb_serve},
	{"migrate", "bring a store up to date, or make a new one", "[--db STORE]", verb_migrate},
	{"demo", "fill an empty store with a fictional province",
		"[--db STORE] [--employees N] [--seed N] [--at INSTANT] [--history-days N] "
		"[--items N] | --logins | --sessions N FILE [--superiors]\n"
		"Every name is invented. Only stores made by this verb accept --logins and "
		"--sessions. With --items\neverybody reports N things done on each working day, "
		"which is for measuring.",
		verb_demo},
	{"replay", "send a demo day's punches over HTTP",
		"--url URL --day DAY --speed N [--offline PERCENT --until HH:MM] [--db STORE]",
		verb_replay},
	{"import", "import a CSV file without a server",
		"--government CODE --kind KIND --effective DAY [--dry-run] [--db STORE] FILE",
		verb_import},
	{"rebuild", "compute days and counters again from the journal",
		"[--government CODE] [--from DAY] [--to DAY] [--clock INSTANT] [--db STORE]\n"
		"Prints how many rows differed; exit 3 when any did. Today is judged by --clock: "
		"give "
		"a demo store the\ninstant it was made for (luwes help demo), or its last day is "
		"judged as long over.",
		verb_rebuild},
	{"dump", "print a store as text, the same for equal content", "[--db STORE]", verb_dump},
	{"doctor", "check a store: integrity, log roots, counters, files",
		"[--db STORE]\nPrints \"root HEX\" per government; exit 3 on any fault.",
		verb_doctor},
	{"backup", "copy a store and its files while it is in use", "--to DIR [--db STORE]",
		verb_backup},
	{"restore", "make a store from a backup", "--from DIR --db STORE", verb_restore},
	{"user", "accounts: print a one-time code, disable",
		"code NIP | disable NIP  [--government CODE] [--db STORE]", verb_user},
	{"role", "roles: grant, end, list",
		"list NIP | grant NIP ROLE --letter NUMBER [--unit CODE] [--acting plt|plh]\n"
		"[--acts-for NIP] [--from DAY] [--to DAY] | end ROLE_ID --last-day DAY\n"
		"[--government CODE] [--db STORE]\n"
		"--acting: plt or plh of the office. --acts-for: a delegate in the place of this\n"
		"supervisor, for ROLE supervisor or team_lead. A letter is needed for each.",
		verb_role},
	{"roster", "plan a rotation by hand",
		"generate [--employees N] [--days N] [--seed N] [--exactly PERCENT] [--weekday "
		"1..5]\n"
		"       luwes roster instance --unit CODE --from DAY --to DAY [--government CODE]\n"
		"       luwes roster solve [--seconds N] | clashes | check <INSTANCE\n"
		"generate prints an invented instance, instance an office of the store; solve the "
		"best roster of one, with every "
		"limit\n"
		"it cannot keep; clashes why, as limits that cannot all be kept; check says "
		"whether one\n"
		"can be solved, exit 3 when not. Side rules are solved by luwes-mip, which lies\n"
		"beside this program, in at most so many seconds. JSON on stdin and stdout\n"
		"(docs/ROSTER.md).",
		verb_roster},
	{"document", "the key that signs issued papers, and checking a signed one",
		"--new-key FILE --cert FILE --name NAME [--years N] [--clock INSTANT]\n"
		"       luwes document --check PDF --cert FILE\n"
		"--new-key makes a self-signed certificate for internal papers: give both files "
		"to\n"
		"serve as --document-key and --document-cert. Prints the certificate's SHA-256.\n"
		"--check prints good, none, many, malformed, not_whole, other_key or broken; exit "
		"3\n"
		"unless good.",
		verb_document},
	{"sign", "sign the heads of a log, with a key of its own",
		"--server URL --government CODE --key FILE --state FILE [--every SECONDS] "
		"[--once]\n"
		"       luwes sign --new-key FILE --name NAME\n"
		"       luwes sign --register VKEY --letter NUMBER | --end ID | --list\n"
		"                  [--government CODE] [--db STORE]\n"
		"Signs the head once a minute when the log has grown; prints \"signed SIZE "
		"ROOT\".\n"
		"Exit 3 when the log forked or shrank: it is not signed, and a person has to "
		"look.\n"
		"--new-key prints the verifier key, whose name is the origin of the log. "
		"--register\n"
		"makes the server take the signatures of a key: of its log or of a witness.",
		verb_sign},
	{"verify", "check a bundle of evidence, without a store or a network",
		"BUNDLE [--log-key VKEY] [--online-key KEY]... [--witness VKEY]... [--policy N]\n"
		"Prints what is proven and what could not be checked (docs/EVIDENCE.md). Keys "
		"given "
		"here\ncount; those in the bundle only show that it fits together. --policy: so "
		"many "
		"of the\nwitnesses given must have signed. Exit 3 when something in it is wrong.",
		verb_verify},
	{"witness", "follow logs of others and sign that they only grew",
		"--server URL --government CODE --log-key VKEY --key FILE --state DIR\n"
		"         [--every SECONDS] [--once]\n"
		"       luwes witness --logs FILE --key FILE --state DIR [--every SECONDS] "
		"[--once]\n"
		"       luwes witness --new-key FILE --name NAME\n"
		"FILE of --logs: SERVER GOVERNMENT VKEY a line. DIR keeps what was witnessed. "
		"Exit 3 when\na log forked, shrank, or shows what its key did not sign.",
		verb_witness},
	{"routes", "print every route with its permission", "[--examples]", verb_routes},
	{"openapi", "print the OpenAPI document", "", verb_openapi},
	{"config", "print the settings in force and where they come from", "", verb_config},
	{"version", "print the version", "", verb_version},
	{"help", "explain a verb", "[VERB]", verb_help},
};

static const struct verb *find_verb(const char *name)
{
	for (int i = 0; i < COUNT_OF(verbs); i++)
		if (str_eq(name, verbs[i].name))
			return &verbs[i];
	return NULL;
}

static void print_verbs(FILE *out)
{
	fprintf(out, "usage: luwes VERB [options]\n\n");
	for (int i = 0; i < COUNT_OF(verbs); i++)
		fprintf(out, "  %-9s %s\n", verbs[i].name, verbs[i].summary);
	fprintf(out, "\nluwes help VERB explains one of them.\n");
}

static int verb_help(int argc, char **argv)
{
	const struct verb *v = argc > 1 ? find_verb(argv[1]) : NULL;
	if (argc > 1 && !v)
		return verb_fail("help", EXIT_USAGE, "no verb '%s'", argv[1]);
	if (!v) {
		print_verbs(stdout);
		return EXIT_DONE;
	}
	printf("luwes %s: %s\n\nusage: luwes %s %s\n", v->name, v->summary, v->name, v->usage);
	if (v->run == verb_serve || v->run == verb_config) {
		puts("\nsettings (also LUWES_NAME in the environment):");
		config_help();
	}
	return EXIT_DONE;
}

int verb_fail(const char *verb, int status, const char *fmt, ...)
{
	va_list ap;
	fprintf(stderr, "luwes %s: ", verb);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return status;
}

/* How many words of argv the option at `at` took; 0 unknown, -1 told. */
static int take_option(int argc, char **argv, int at, const struct option_row *option, int options)
{
	const char *why;
	for (int i = 0; i < options; i++) {
		if (!str_eq(argv[at], option[i].name))
			continue;
		if (option[i].flag) {
			*option[i].flag = true;
			return 1;
		}
		if (at + 1 == argc)
			return verb_fail(argv[0], -1, "%s wants a value", argv[at]);
		*option[i].text = argv[at + 1];
		return 2;
	}
	int took = config_take(argc, argv, at, &why);
	return took < 0 ? verb_fail(argv[0], -1, "%s", why) : took;
}

int verb_options(int argc, char **argv, const struct option_row *option, int options,
	const char **rest, int max)
{
	const char *why;
	int count = 0;
	for (int at = 1; at < argc;) {
		int took = take_option(argc, argv, at, option, options);
		if (took < 0)
			return -1;
		if (took == 0 && (argv[at][0] == '-' || count == max))
			return verb_fail(argv[0], -1, "do not understand '%s'; try 'luwes help %s'",
				argv[at], argv[0]);
		if (took == 0)
			rest[count++] = argv[at];
		at += took ? took : 1;
	}
	if (!config_read_environment(&why))
		return verb_fail(argv[0], -1, "%s", why);
	return count;
}

int main(int argc, char **argv)
{
	if (sodium_init() < 0)
		return EXIT_FAILED;
	if (argc < 2) {
		print_verbs(stderr);
		return EXIT_USAGE;
	}
	const struct verb *v = find_verb(argv[1]);
	if (!v && (str_eq(argv[1], "--help") || str_eq(argv[1], "-h")))
		v = find_verb("help");
	if (!v && str_eq(argv[1], "--version"))
		v = find_verb("version");
	if (!v) {
		fprintf(stderr, "luwes: no verb '%s'; 'luwes help' lists them\n", argv[1]);
		return EXIT_USAGE;
	}
	return v->run(argc - 1, argv + 1);
}
