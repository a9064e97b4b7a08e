/**
 * What the janitors are asked for and what came of it: cleanups, checks of integrity, backups and
 * restores, each a resource of its own and all of one kind. A request by REST goes out as a
 * command; a command that was published by hand is shown all the same. Nothing here knows what a
 * janitor does with it.
 */
@NullMarked
package io.modeldepot.registry.maintenance;

import org.jspecify.annotations.NullMarked;
