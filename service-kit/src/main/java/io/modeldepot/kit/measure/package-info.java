/**
 * What every service measures of itself in the same words: which program it is ({@code
 * modeldepot_build_info}) and how long records wait for it ({@code modeldepot_event_age_seconds}).
 * Everything else is measured in the room that it is about. The names are those of {@code
 * docs/metrics.md}.
 */
@NullMarked
package io.modeldepot.kit.measure;

import org.jspecify.annotations.NullMarked;
