/*
 * Settings: one table of name, default, meaning. A value comes from the command line (--name
 * VALUE), else from the environment (LUWES_NAME), else from the default; `luwes config` prints all
 * three.
 */
#ifndef LUWES_PLATFORM_CONFIG_H
#define LUWES_PLATFORM_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

enum setting {
#define X(name, option, fallback, kind, lowest, highest, help) name,
#include "platform/settings.def"
#undef X
	SETTING_COUNT
};

/* Takes one "--name VALUE" or "--flag"; returns how many words it used, 0 when the option is
 * unknown, -1 when its value is missing or out of bounds (`ret_why` then says so). */
int config_take(int argc, char **argv, int at, const char **ret_why);

/* Reads the environment for what the command line did not say; false with a sentence on a bad
 * value. */
bool config_read_environment(const char **ret_why);

const char *config_text(enum setting s);
int64_t config_int(enum setting s);
bool config_flag(enum setting s);

/* Prints name, value and where it came from; secrets in a database URL are hidden. */
void config_print(void);

/* One line of help per setting. */
void config_help(void);

#endif
