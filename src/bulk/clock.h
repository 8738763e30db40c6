/* bulk/clock.h: how much time goes by. For waiting, and for telling how long something
 * took; nothing of it gets into a file that is made. */
#ifndef INFONOTE_BULK_CLOCK_H
#define INFONOTE_BULK_CLOCK_H

#include <stdint.h>

/* Since some moment that does not change while the system runs. Never fails. */
int64_t clock_microseconds(void);
int64_t clock_milliseconds(void);

/* Sleeps so long, or until a signal comes. */
void clock_sleep(int milliseconds);

#endif
