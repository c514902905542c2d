/* Private to attendance: networks from which offices reach the program, entered by their officers.
 */
#ifndef LUWES_ATTENDANCE_ATTENDANCE_NETWORK_H
#define LUWES_ATTENDANCE_ATTENDANCE_NETWORK_H

#include "attendance/attendance_office.h"
#include "attendance/attendance_stated.h"

#define NETWORKS_MAX      100  /* listed at once */
#define NETWORKS_ALL_MAX  2000 /* of a government */
#define NETWORK_LABEL_MAX 80

enum err attendance_add_network(
	struct tx *tx, const struct office_network *n, struct employee_id by);
enum err attendance_load_network(struct tx *tx, int64_t id, struct office_network *ret);
enum err attendance_end_network(struct tx *tx, int64_t id, int32_t last_day);
/* Of a unit and those below its path, the latest first, ended ones too; at most `max`. */
enum err attendance_list_networks(
	struct tx *tx, const char *path, struct office_network *ret, int max, int *ret_count);

#define NETWORK_STMTS 5
extern struct db_stmt *const attendance_network_stmts[NETWORK_STMTS];

#endif
