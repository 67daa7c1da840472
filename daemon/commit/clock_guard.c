/* The guard compares what the two clocks did since it last looked. Slow drift and a slewing
 * time daemon move the wall clock by less than a thousandth, so only a step shows. */

#include "daemon/commit/clock_guard.h"

void clock_guard_init(struct clock_guard *guard, int64_t wall, int64_t mono, int64_t last_recorded)
{
    bool before = wall < last_recorded - CLOCK_JUMP_US;
    bool ahead = wall > last_recorded + CLOCK_AHEAD_US;
    *guard = (struct clock_guard){
        .wall = wall, .mono = mono, .bad = last_recorded > 0 && (before || ahead)};
}

bool clock_guard_look(struct clock_guard *guard, int64_t wall, int64_t mono)
{
    int64_t step = (wall - guard->wall) - (mono - guard->mono);
    if (step > CLOCK_JUMP_US || step < -CLOCK_JUMP_US) {
        guard->bad = true;
    }
    guard->wall = wall;
    guard->mono = mono;
    return !guard->bad;
}
