/*
 * What may be signed by what, and codes of papers. Pure.
 */
#include "org/org_document_int.h"

#include <ctype.h>

const char *const document_class_names[] = {"internal", "right", "citizen", NULL};
const char *const issued_state_names[] = {"in_force", "replaced", "withdrawn", NULL};

struct document_rule org_default_document_rule(enum print_kind kind)
{
	static const struct {
		enum document_class class;
		const char *legal_basis;
	} row[PRINT_KIND_COUNT] = {
#define X(kind, class, legal_basis) [kind] = {class, legal_basis},
#include "org/org_document_kind.def"
#undef X
	};

	return (struct document_rule){.kind = (int32_t)kind,
		.class = (int32_t)row[kind].class,
		.legal_basis = row[kind].legal_basis,
		.verified_by = "",
		.valid_to = DAY_FOREVER};
}

bool org_may_sign(enum document_class class, enum signature_standing standing)
{
	static const bool may[CLASS_COUNT][SIGNATURE_CERTIFIED + 1] = {
		/*                  by hand  internal  certified */
		[CLASS_INTERNAL] = {true, true, true},
		[CLASS_RIGHT] = {true, false, true},
		[CLASS_CITIZEN] = {true, false, true},
	};

	return may[class][standing];
}

bool org_read_document_code(const char *typed, char ret[CODE_DIGITS + 1])
{
	int n = 0;

	for (const char *p = typed; *p; p++) {
		if (*p == ' ' || *p == '-')
			continue;
		if (n == CODE_DIGITS || !isxdigit((unsigned char)*p))
			return false;
		ret[n++] = (char)tolower((unsigned char)*p);
	}
	ret[n] = '\0';
	return n == CODE_DIGITS;
}

const char *org_show_document_code(struct arena *arena, const char *code)
{
	struct buf out;

	buf_init(&out, arena, CODE_DIGITS + CODE_DIGITS / 4 + 1);
	for (int i = 0; code[i]; i++) {
		if (i > 0 && i % 4 == 0)
			buf_char(&out, '-');
		buf_char(&out, (char)toupper((unsigned char)code[i]));
	}
	return out.p;
}
