/*
 * The table of settings (settings.def) and the three places a value can come from.
 *
 * Nothing is read from a file: a service unit carries the options, a container the environment. The
 * values live until the program ends.
 */
#include "platform/config.h"

#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *option, *fallback;
	char kind;
	int64_t lowest, highest;
	const char *help;
};

static const struct row table[SETTING_COUNT] = {
#define X(name, option, fallback, kind, lowest, highest, help)                                     \
	{option, fallback, kind, lowest, highest, help},
#include "platform/settings.def"
#undef X
};

enum origin { FROM_DEFAULT, FROM_ENVIRONMENT, FROM_COMMAND_LINE };

static struct {
	const char *value;
	enum origin origin;
} now[SETTING_COUNT];

static char why[256];

static bool accept(enum setting s, const char *value, enum origin origin)
{
	int64_t ignored;
	if (table[s].kind == 'i' &&
		!str_to_int(value, table[s].lowest, table[s].highest, &ignored)) {
		snprintf(why, sizeof why, "--%s wants a whole number from %lld to %lld, not '%s'",
			table[s].option, (long long)table[s].lowest, (long long)table[s].highest,
			value);
		return false;
	}
	now[s].value = value;
	now[s].origin = origin;
	return true;
}

int config_take(int argc, char **argv, int at, const char **ret_why)
{
	*ret_why = why;
	if (!str_starts(argv[at], "--"))
		return 0;
	for (int s = 0; s < SETTING_COUNT; s++) {
		if (!str_eq(argv[at] + 2, table[s].option))
			continue;
		if (table[s].kind == 'f')
			return accept((enum setting)s, "1", FROM_COMMAND_LINE) ? 1 : -1;
		if (at + 1 == argc) {
			snprintf(why, sizeof why, "--%s wants a value", table[s].option);
			return -1;
		}
		return accept((enum setting)s, argv[at + 1], FROM_COMMAND_LINE) ? 2 : -1;
	}
	return 0;
}

static void environment_name(enum setting s, char *out, size_t n)
{
	snprintf(out, n, "LUWES_%s", table[s].option);
	for (char *p = out; *p; p++)
		*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
}

bool config_read_environment(const char **ret_why)
{
	*ret_why = why;
	for (int s = 0; s < SETTING_COUNT; s++) {
		char name[64];
		environment_name((enum setting)s, name, sizeof name);
		const char *value = getenv(name);
		if (now[s].origin == FROM_DEFAULT && value && *value &&
			!accept((enum setting)s, value, FROM_ENVIRONMENT))
			return false;
	}
	return true;
}

const char *config_text(enum setting s)
{
	return now[s].value ? now[s].value : table[s].fallback;
}

int64_t config_int(enum setting s)
{
	int64_t v = 0;
	(void)str_to_int(config_text(s), table[s].lowest, table[s].highest, &v);
	return v;
}

bool config_flag(enum setting s)
{
	return *config_text(s) != '\0';
}

/* "postgresql://user:secret@host/db" without what stands between ':' and '@' */
static void print_value(enum setting s)
{
	const char *value = config_text(s), *at = strchr(value, '@');
	const char *scheme = strstr(value, "://");
	const char *colon = scheme ? strchr(scheme + 3, ':') : NULL;
	if (s == SET_DB && at && colon && colon < at)
		printf("%.*s:***%s", (int)(colon - value), value, at);
	else
		printf("%s", value);
}

void config_print(void)
{
	static const char *const origins[] = {"default", "environment", "command line"};
	for (int s = 0; s < SETTING_COUNT; s++) {
		printf("%s\t", table[s].option);
		print_value((enum setting)s);
		printf("\t%s\n", origins[now[s].origin]);
	}
}

void config_help(void)
{
	for (int s = 0; s < SETTING_COUNT; s++)
		printf("  --%-12s %s%s%s%s\n", table[s].option, table[s].help,
			*table[s].fallback ? " (" : "", table[s].fallback,
			*table[s].fallback ? ")" : "");
}
