/*
 * Mappings as rules: what may be saved, which heading names which column, and what is private.
 *
 * UU 27/2022 (personal data), art. 16: no more is processed than the purpose needs. An export of
 * SIASN has 52 columns of which an import needs about ten; headings of the others are known here,
 * so that their cells are not even shown.
 */
#include "org/org_import_int.h"

#include "base/str.h"

#include <strings.h>

/* ---- what may be saved ---- */

static int find_name(const char *const *names, const char *value)
{
	for (int i = 0; names[i]; i++) {
		if (strcasecmp(names[i], value) == 0)
			return i;
	}
	return -1;
}

/* The meanings given are values of the column, and no word means two things. */
static const char *check_values(
	struct arena *arena, const struct import_column *column, const struct import_source *source)
{
	struct org_map said;

	if (column->names && *source->fixed && find_name(column->names, source->fixed) < 0)
		return "the fixed value is not one the column takes";
	if (source->values > MAPPING_VALUES_MAX)
		return "too many values";
	org_map_init(&said, arena, source->values);
	for (int i = 0; i < source->values; i++) {
		const struct import_value *v = &source->value[i];

		if (column->names && find_name(column->names, v->to) < 0)
			return "a value means what the column does not take";
		if (!org_map_add(&said, str_fold(arena, v->from), i))
			return "a value is said to mean two things";
	}
	return NULL;
}

const char *check_mapping(struct arena *arena, const struct import_kind *kind,
	const struct import_mapping *mapping, const char **ret_pointer)
{
	int read = 0;

	for (int i = 0; i < kind->columns; i++) {
		const struct import_source *source = &mapping->source[i];
		bool is_filled = *source->heading || *source->fixed;
		const char *why = NULL;

		*ret_pointer = arena_printf(arena, "/columns/%s", kind->column[i].name);
		read += *source->heading != '\0';
		if ((kind->column[i].flags & IMPORT_REQUIRED) && !is_filled)
			why = "required: give its heading or a fixed value";
		else if (source->values && !*source->heading)
			why = "values need a heading they stand under";
		else
			why = check_values(arena, &kind->column[i], source);
		if (why)
			return why;
	}
	*ret_pointer = "/columns";
	return read ? NULL : "no column is read from the sheet";
}

/* ---- headings ---- */

bool is_private_heading(const char *key)
{
	static const char *const words[] = {"nik", "ktp", "kk", "agama", "suku", "hp", "wa",
		"telepon", "telp", "email", "npwp", "bpjs", "alamat", "lahir", "kawin", "nikah",
		"pasangan", "anak", "ibu", "rekening", "gaji", "ikd", "kartu", "darah", "kpkn",
		"foto", "karpeg", "taspen"};

	for (const char *p = key; *p;) {
		size_t n = strcspn(p, " ");

		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
			if (strlen(words[i]) == n && strncmp(p, words[i], n) == 0)
				return true;
		}
		p += n;
		p += *p == ' ';
	}
	return false;
}

/* Pairs of letters both have, in percent of the pairs of both (Dice). */
static int compute_likeness(const char *a, const char *b)
{
	int pairs_a = (int)strlen(a) - 1, pairs_b = (int)strlen(b) - 1, common = 0;
	uint64_t taken = 0;

	if (pairs_a < 1 || pairs_b < 1 || pairs_b > 64)
		return 0;
	for (int i = 0; i < pairs_a; i++) {
		for (int k = 0; k < pairs_b; k++) {
			if ((taken >> k & 1) || a[i] != b[k] || a[i + 1] != b[k + 1])
				continue;
			taken |= UINT64_C(1) << k;
			common++;
			break;
		}
	}
	return 200 * common / (pairs_a + pairs_b);
}

static int score_of(const char *name, const char *key)
{
	int likeness;

	if (str_eq(name, key))
		return 100;
	likeness = compute_likeness(name, key);
	return likeness > 99 ? 99 : likeness;
}

int compute_heading_score(struct arena *arena, const struct import_column *column, const char *key)
{
	int best = score_of(org_import_heading_key(arena, column->name), key);
	char *rest = arena_strdup(arena, column->also ? column->also : "");

	for (char *name = strsep(&rest, "|"); name; name = strsep(&rest, "|")) {
		int score = *name ? score_of(name, key) : 0;

		best = score > best ? score : best;
	}
	return best;
}
