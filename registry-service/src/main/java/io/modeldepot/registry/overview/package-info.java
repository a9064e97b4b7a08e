/**
 * The answer to: is everything all right, and if not, what first? Joins services, models,
 * downloads, storage, audit and outbox into one page. Reads the other rooms, changes nothing.
 */
@NullMarked
package io.modeldepot.registry.overview;

import org.jspecify.annotations.NullMarked;
