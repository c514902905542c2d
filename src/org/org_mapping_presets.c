/*
 * Sheets the program knows: the export "data utama" of SIASN (52 columns) and the list of ranks
 * (DUK) as offices keep it in SIMPEG or by hand.
 *
 * The headings were read from importers other offices published; no agency confirmed them, so each
 * is an example ("contoh") that nothing is read by until an officer has looked at it and saved it
 * under a name. Of SIASN's columns NIK, religion, phone, NPWP, BPJS and the like are not named
 * here: they are not read and not kept. What stands there as a number of reference (unit, kind of
 * position) an officer translates once. Words beside a fixed value are for a heading that says so
 * itself, if the sheet has one.
 */
#include "org/org_import_int.h"

#define NONE                                                                                       \
	{                                                                                          \
		"", "", NULL, 0                                                                    \
	}
#define FROM(heading)                                                                              \
	{                                                                                          \
		heading, "", NULL, 0                                                               \
	}
#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))

/* SIASN, STATUS CPNS PNS: C and P; sheets of PPPK say PPPK. */
static const struct import_value siasn_status[] = {
	{"P", "pns"},
	{"PNS", "pns"},
	{"C", "cpns"},
	{"CPNS", "cpns"},
	{"PPPK", "pppk"},
};

/* As offices write it in a list of ranks that has a column for it, beside what an import reads
 * itself; without one all are PNS. */
static const struct import_value duk_status[] = {
	{"P3K", "pppk"},
	{"PPPK Paruh Waktu", "pppk_part_time"},
	{"P3K Paruh Waktu", "pppk_part_time"},
};

/* SIASN, JENIS JABATAN ID: 2 functional, 4 pelaksana; 1 (structural) says too little. */
static const struct import_value siasn_position[] = {{"2", "fungsional"}, {"4", "pelaksana"}};

/* nip name title_before title_after employment_kind has_phone last_day */
const struct import_mapping org_employee_presets[EMPLOYEE_PRESETS] = {
	{0, "SIASN: data utama", IMPORT_EMPLOYEES, DATES_DMY, false,
		{FROM("NIP BARU"), FROM("NAMA"), FROM("GELAR DEPAN"), FROM("GELAR BELAKANG"),
			{"STATUS CPNS PNS", "", siasn_status, COUNT(siasn_status)}, NONE, NONE}},
	{0, "SIMPEG: DUK", IMPORT_EMPLOYEES, DATES_DMY, true,
		{FROM("NIP BARU"), FROM("NAMA"), NONE, NONE,
			{"", "pns", duk_status, COUNT(duk_status)}, NONE, NONE}},
};

/* nip unit position position_level decree posts */
const struct import_mapping org_placement_presets[PLACEMENT_PRESETS] = {
	{0, "SIASN: data utama", IMPORT_PLACEMENTS, DATES_DMY, false,
		{FROM("NIP BARU"), FROM("UNOR ID"), FROM("JABATAN ID"),
			{"JENIS JABATAN ID", "", siasn_position, COUNT(siasn_position)}, NONE,
			NONE}},
	{0, "SIMPEG: DUK", IMPORT_PLACEMENTS, DATES_DMY, true,
		{FROM("NIP BARU"), FROM("SATKER"), FROM("JABATAN"), NONE, NONE, NONE}},
};
