/*
 * The package under a workbook: a zip whose directory and every part are held to bounds, and its
 * parts as XML without DTD. Everything hostile that a zip or XML can do ends here: see the bounds
 * in xlsx_int.h, the cases in xlsx_test.c and the fuzz target fuzz_xlsx.c.
 */
#include "platform/xlsx_int.h"

#include "platform/clock.h"

/* ---- the zip ---- */

static bool has_odd_method(zip_uint16_t method)
{
	return method != ZIP_CM_STORE && method != ZIP_CM_DEFLATE;
}

/* Every entry of the directory: readable without a password, by a method spreadsheets use. */
static enum xlsx_fault check_directory(zip_t *zip)
{
	zip_int64_t count = zip_get_num_entries(zip, 0);

	if (count < 1)
		return XLSX_NOT_A_WORKBOOK;
	if (count > XLSX_ENTRIES_MAX)
		return XLSX_TOO_MANY_PARTS;
	for (zip_int64_t i = 0; i < count; i++) {
		zip_stat_t stat;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &stat))
			return XLSX_DAMAGED;
		if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
			stat.encryption_method != ZIP_EM_NONE)
			return XLSX_ENCRYPTED;
		if ((stat.valid & ZIP_STAT_COMP_METHOD) && has_odd_method(stat.comp_method))
			return XLSX_DAMAGED;
	}
	return XLSX_OK;
}

enum xlsx_fault xlsx_open_package(struct xlsx *x, struct bytes file)
{
	zip_error_t error;
	zip_source_t *source;

	zip_error_init(&error);
	source = zip_source_buffer_create(file.p, file.n, 0, &error);
	if (source)
		x->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (source && !x->zip)
		zip_source_free(source);
	zip_error_fini(&error);
	return x->zip ? check_directory(x->zip) : XLSX_NOT_A_WORKBOOK;
}

/* ---- XML ---- */

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attribute, const char *name)
{
	for (; *attribute; attribute += 2) {
		if (strcmp(local_name(attribute[0]), name) == 0)
			return attribute[1];
	}
	return NULL;
}

void xlsx_part_pause(struct xlsx_part *part)
{
	part->is_stopped = true;
	XML_StopParser(part->xml, XML_TRUE);
}

void xlsx_part_fail(struct xlsx_part *part, enum xlsx_fault fault)
{
	if (part->fault)
		return;
	part->fault = fault;
	XML_StopParser(part->xml, XML_FALSE);
}

static void on_start(void *data, const char *name, const char **attribute)
{
	struct xlsx_part *part = data;

	part->happened = part->inflated;
	if (part->fault)
		return;
	if (++part->depth > XLSX_DEPTH_MAX)
		xlsx_part_fail(part, XLSX_DAMAGED);
	else if (part->start)
		part->start(part, local_name(name), attribute);
}

static void on_end(void *data, const char *name)
{
	struct xlsx_part *part = data;

	part->happened = part->inflated;
	part->depth--;
	if (!part->fault && part->end)
		part->end(part, local_name(name));
}

static void on_text(void *data, const char *p, int n)
{
	struct xlsx_part *part = data;

	part->happened = part->inflated;
	if (!part->fault && part->text)
		part->text(part, p, n);
}

static void on_doctype(
	void *data, const char *name, const char *system, const char *public, int has_subset)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	xlsx_part_fail(data, XLSX_DTD);
}

enum xlsx_fault xlsx_part_open(struct xlsx *x, const char *name, struct xlsx_part *part)
{
	zip_int64_t index = zip_name_locate(x->zip, name, ZIP_FL_NOCASE);
	zip_stat_t stat;

	part->x = x;
	if (index < 0)
		return XLSX_NOT_A_WORKBOOK;
	if (zip_stat_index(x->zip, (zip_uint64_t)index, 0, &stat) ||
		!(stat.valid & ZIP_STAT_COMP_SIZE))
		return XLSX_DAMAGED;
	part->packed = (int64_t)stat.comp_size;
	part->size = stat.valid & ZIP_STAT_SIZE && stat.size < INT32_MAX ? (int64_t)stat.size : 0;
	part->file = zip_fopen_index(x->zip, (zip_uint64_t)index, 0);
	part->xml = part->file ? XML_ParserCreate(NULL) : NULL;
	if (!part->xml)
		return XLSX_DAMAGED;
	XML_SetUserData(part->xml, part);
	XML_SetElementHandler(part->xml, on_start, on_end);
	XML_SetCharacterDataHandler(part->xml, on_text);
	XML_SetStartDoctypeDeclHandler(part->xml, on_doctype);
	return XLSX_OK;
}

void xlsx_part_close(struct xlsx_part *part)
{
	if (part->xml)
		XML_ParserFree(part->xml);
	if (part->file)
		zip_fclose(part->file);
	part->xml = NULL;
	part->file = NULL;
}

/* What was inflated so far is within the bounds; `n` bytes more were just read. */
static enum xlsx_fault account(struct xlsx_part *part, int64_t n)
{
	struct xlsx *x = part->x;

	part->inflated += n;
	x->inflated += n;
	if (x->inflated > XLSX_INFLATED_MAX)
		return XLSX_TOO_LARGE;
	if (part->inflated > XLSX_RATIO_FREE && part->inflated / XLSX_RATIO_MAX > part->packed)
		return XLSX_TOO_LARGE;
	/* A token that does not end would be scanned again with every chunk. */
	if (part->inflated - part->happened > XLSX_TOKEN_MAX)
		return XLSX_DAMAGED;
	return clock_monotonic() > x->deadline ? XLSX_TOO_SLOW : XLSX_OK;
}

/* Feeds the next chunk. */
static enum XML_Status feed(struct xlsx_part *part)
{
	void *room = XML_GetBuffer(part->xml, XLSX_CHUNK);
	zip_int64_t n = room ? zip_fread(part->file, room, XLSX_CHUNK) : -1;

	if (n < 0 || (part->fault = account(part, n))) {
		part->fault = part->fault ? part->fault : XLSX_DAMAGED;
		return XML_STATUS_ERROR;
	}
	part->is_ended = n == 0;
	return XML_ParseBuffer(part->xml, (int)n, part->is_ended);
}

enum xlsx_fault xlsx_part_read(struct xlsx_part *part)
{
	while (!part->fault) {
		bool is_resumed = part->is_stopped;
		enum XML_Status status;

		if (!is_resumed && part->is_ended)
			return XLSX_END;
		part->is_stopped = false;
		status = is_resumed ? XML_ResumeParser(part->xml) : feed(part);
		if (status == XML_STATUS_SUSPENDED)
			return XLSX_OK;
		if (status == XML_STATUS_ERROR && !part->fault)
			part->fault = XLSX_DAMAGED;
	}
	return part->fault;
}
