/*
 * Jawa Barat in 27 regencies and cities: roughly where each is governed from, how many of the
 * schools it has, which Cabang Dinas Pendidikan looks after it. Points are near the seats of
 * government and far from precise: nothing here is the address of anybody.
 */
#include "demo.h"

const struct demo_place demo_place[DEMO_PLACES] = {
	{"Kabupaten Bogor", "KBB", {-64797000, 1068249000}, 82, 1},
	{"Kabupaten Sukabumi", "SMI", {-69877000, 1065507000}, 42, 5},
	{"Kabupaten Cianjur", "CJR", {-68207000, 1071425000}, 40, 6},
	{"Kabupaten Bandung", "BDG", {-70252000, 1075197000}, 46, 8},
	{"Kabupaten Garut", "GRT", {-72166000, 1079010000}, 48, 11},
	{"Kabupaten Tasikmalaya", "TSM", {-73508000, 1081095000}, 32, 12},
	{"Kabupaten Ciamis", "CMS", {-73266000, 1083538000}, 26, 13},
	{"Kabupaten Kuningan", "KNG", {-69757000, 1084838000}, 26, 10},
	{"Kabupaten Cirebon", "CRB", {-67579000, 1084797000}, 36, 10},
	{"Kabupaten Majalengka", "MJL", {-68364000, 1082279000}, 28, 9},
	{"Kabupaten Sumedang", "SMD", {-68586000, 1079195000}, 28, 8},
	{"Kabupaten Indramayu", "IDM", {-63264000, 1083200000}, 36, 9},
	{"Kabupaten Subang", "SBG", {-65693000, 1077607000}, 30, 4},
	{"Kabupaten Purwakarta", "PWK", {-65569000, 1074432000}, 24, 4},
	{"Kabupaten Karawang", "KRW", {-63015000, 1073050000}, 40, 4},
	{"Kabupaten Bekasi", "BKS", {-63650000, 1071730000}, 36, 3},
	{"Kabupaten Bandung Barat", "BDB", {-68433000, 1075027000}, 30, 6},
	{"Kabupaten Pangandaran", "PND", {-76935000, 1084936000}, 12, 13},
	{"Kota Bogor", "BGR", {-65950000, 1067972000}, 20, 2},
	{"Kota Sukabumi", "SKB", {-69181000, 1069267000}, 12, 5},
	{"Kota Bandung", "KBD", {-69120000, 1076095000}, 54, 7},
	{"Kota Cirebon", "CBN", {-67320000, 1085523000}, 16, 10},
	{"Kota Bekasi", "BKT", {-62351000, 1069945000}, 40, 3},
	{"Kota Depok", "DPK", {-63945000, 1068230000}, 28, 2},
	{"Kota Cimahi", "CMH", {-68723000, 1075420000}, 12, 7},
	{"Kota Tasikmalaya", "TSK", {-73274000, 1082207000}, 20, 12},
	{"Kota Banjar", "BJR", {-73707000, 1085340000}, 6, 13},
};

const char *const demo_branch_name[DEMO_BRANCHES + 1] = {
	NULL, "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"};

#define E7_PER_100_METRES 8983 /* of latitude; near enough for longitude on Java */

struct geo_point demo_near(struct chance *r, struct geo_point centre, int metres)
{
	int reach = metres * (E7_PER_100_METRES / 100);
	return (struct geo_point){centre.lat_e7 + chance_between(r, -reach, reach),
		centre.lon_e7 + chance_between(r, -reach, reach)};
}
