/**
 * What every request and every answer has in common: the request id and the caller, bodies that are
 * read strictly, strong ETags, conditional requests. Knows no room.
 */
@NullMarked
package io.modeldepot.registry.door;

import org.jspecify.annotations.NullMarked;
