/*
 * JSON lines on stderr. A line is put together on the stack and leaves in one write(2), so lines of
 * threads never mix and nothing here allocates or locks.
 *
 * What a value may not be is the caller's duty (log.h); here every text is escaped and cut.
 */
#include "platform/log.h"

#include "base/date.h"
#include "platform/clock.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define LINE_BYTES     2048
#define TEXT_BYTES_MAX 400

static _Atomic int highest = LOG_INFO;

static const char *const level_names[] = {"error", "warn", "info", "debug"};

struct line {
	size_t n;
	char p[LINE_BYTES];
};

void log_set_level(enum log_level level)
{
	atomic_store(&highest, (int)level);
}

/* Room for the closing brace and the newline is always kept. */
static void add(struct line *line, const char *p, size_t n)
{
	size_t room = LINE_BYTES - 3 - line->n;
	if (n > room)
		n = room;
	memcpy(line->p + line->n, p, n);
	line->n += n;
}

static void add_text(struct line *line, const char *s)
{
	add(line, s, strlen(s));
}

static void add_escaped(struct line *line, const char *s)
{
	if (!s) {
		add_text(line, "null");
		return;
	}
	add(line, "\"", 1);
	for (size_t i = 0; s[i] && i < TEXT_BYTES_MAX && line->n < LINE_BYTES - 16; i++) {
		unsigned char c = (unsigned char)s[i];
		char code[8];
		if (c == '"' || c == '\\')
			snprintf(code, sizeof code, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			snprintf(code, sizeof code, "\\u%04x", c);
		else
			snprintf(code, sizeof code, "%c", c);
		add_text(line, code);
	}
	add(line, "\"", 1);
}

static void add_int(struct line *line, int64_t v)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%" PRId64, v);
	add_text(line, digits);
}

static void begin_line(struct line *line, enum log_level level, const char *event)
{
	char now[25];
	instant_format(clock_now(), now);
	line->n = 0;
	add_text(line, "{\"t\":");
	add_escaped(line, now);
	add_text(line, ",\"level\":");
	add_escaped(line, level_names[level]);
	add_text(line, ",\"event\":");
	add_escaped(line, event);
}

static void end_line(struct line *line)
{
	line->p[line->n++] = '}';
	line->p[line->n++] = '\n';
	/* A log that cannot be written must not stop the program. */
	ssize_t ignored = write(STDERR_FILENO, line->p, line->n);
	(void)ignored;
}

static void add_name(struct line *line, const char *name, size_t n)
{
	add(line, ",\"", 2);
	add(line, name, n);
	add(line, "\":", 2);
}

/* The value of a conversion; returns where the format goes on. The compiler has checked the types.
 */
static const char *add_value(struct line *line, const char *conversion, va_list *args)
{
	int longs = 0;
	const char *c = conversion + 1;
	for (; *c == 'l' || *c == 'z'; c++)
		longs += *c == 'l' ? 1 : 2;
	if (*c == 's')
		add_escaped(line, va_arg(*args, const char *));
	else if (*c == 'c')
		add_escaped(line, (char[2]){(char)va_arg(*args, int), '\0'});
	else if (*c == 'u')
		add_int(line, longs ? (int64_t)va_arg(*args, unsigned long)
				    : (int64_t)va_arg(*args, unsigned));
	else
		add_int(line, longs ? va_arg(*args, long) : va_arg(*args, int));
	return *c ? c + 1 : c;
}

static void add_pairs(struct line *line, const char *fmt, va_list *args)
{
	while (fmt && *fmt) {
		fmt += strspn(fmt, " ");
		size_t n = strcspn(fmt, " =%");
		if (n == 0)
			return;
		add_name(line, fmt, n);
		fmt += n;
		fmt += strspn(fmt, " =");
		if (*fmt == '%') {
			fmt = add_value(line, fmt, args);
		} else {
			add_text(line, "null");
			return;
		}
	}
}

void log_event(enum log_level level, const char *event, const char *fmt, ...)
{
	if ((int)level > atomic_load(&highest))
		return;
	struct line line;
	va_list args;
	begin_line(&line, level, event);
	va_start(args, fmt);
	add_pairs(&line, fmt, &args);
	va_end(args);
	end_line(&line);
}

/* Ids are 64 bits wide: texts, so that no reader of JSON rounds them. */
static void add_id(struct line *line, const char *name, int64_t id)
{
	char digits[24];
	snprintf(digits, sizeof digits, "%" PRId64, id);
	add_name(line, name, strlen(name));
	add_escaped(line, digits);
}

void log_request(const struct log_request *r)
{
	enum log_level level = r->status >= 500 ? LOG_WARN : LOG_INFO;
	if ((int)level > atomic_load(&highest))
		return;
	struct line line;
	begin_line(&line, level, "request");
	const struct {
		const char *name, *value;
	} texts[] = {{"request_id", r->request_id}, {"method", r->method}, {"route", r->route},
		{"code", r->code}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		add_name(&line, texts[i].name, strlen(texts[i].name));
		add_escaped(&line, texts[i].value);
	}
	add_name(&line, "status", strlen("status"));
	add_int(&line, r->status);
	add_name(&line, "us", strlen("us"));
	add_int(&line, r->microseconds);
	add_id(&line, "actor", r->actor);
	add_id(&line, "government", r->government);
	end_line(&line);
}
