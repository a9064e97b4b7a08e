/**
 * The one grammar of lists: filters as size>30g and verified<7d, sort, limit, and an opaque cursor
 * that neither skips nor repeats a row that stays. Knows fields and types, not tables.
 */
@NullMarked
package io.modeldepot.registry.listing;

import org.jspecify.annotations.NullMarked;
