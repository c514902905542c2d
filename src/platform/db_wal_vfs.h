/*
 * The store's files as the writer of SQLite sees them: SQLite's own VFS, except that the frames of
 * a transaction are gathered and reach the WAL in large writes. See db_wal_vfs.c.
 */
#ifndef LUWES_PLATFORM_DB_WAL_VFS_H
#define LUWES_PLATFORM_DB_WAL_VFS_H

#define DB_WAL_VFS "luwes-wal" /* the name to open a connection with */

/* sqlite3_file_control of a store: its commits are no longer synced. SQLite keeps to numbers below
 * 100.
 */
#define DB_WAL_DEFER_SYNC 1000

/* Bytes of one gathered write: SQLite's VFS for Unix takes 17 bits of a length and drops the rest.
 */
#define DB_WAL_HELD_MAX 0x1ffff

/* Makes DB_WAL_VFS known to SQLite; once, before the first connection opens with it. */
void db_register_wal_vfs(void);

#endif
