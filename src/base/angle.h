/* base/angle.h: sines and cosines of whole degrees, in millionths. */
#ifndef INFONOTE_BASE_ANGLE_H
#define INFONOTE_BASE_ANGLE_H

#include <stdint.h>

enum { ANGLE_ONE = 1000000 };

int32_t angle_sin(int degrees);
int32_t angle_cos(int degrees);

#endif
