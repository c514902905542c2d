/* Statements of swaps, for their slice. Private to roster/. */
#ifndef LUWES_ROSTER_ROSTER_SWAP_STMTS_H
#define LUWES_ROSTER_ROSTER_SWAP_STMTS_H

struct db_stmt;
extern struct db_stmt ROSTER_FIND_PUBLISHED_NODE;
#define ROSTER_SWAP_STMTS 7
extern struct db_stmt *const roster_swap_stmts[ROSTER_SWAP_STMTS];

#endif
