/* One case in the layout `base` for each test of a group: its setup and teardown. */
#ifndef INFONOTE_TESTS_FLOW_SHARED_H
#define INFONOTE_TESTS_FLOW_SHARED_H

#include "flow_case.h"

static struct flow_case shared;

static int open_case(void **state)
{
    (void)state;
    case_open(&shared);
    case_layout(&shared, "base");
    return 0;
}

static int close_case(void **state)
{
    (void)state;
    case_close(&shared);
    return 0;
}

#endif
