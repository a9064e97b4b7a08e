/**
 * What the registry knows and what it is told to want. Listings ask and print; wishes (active, pin)
 * are edits of the catalog entry and are done when the registry has committed them. Nothing here
 * waits for a transfer.
 */
@NullMarked
package io.modeldepot.cli.command.catalog;

import org.jspecify.annotations.NullMarked;
