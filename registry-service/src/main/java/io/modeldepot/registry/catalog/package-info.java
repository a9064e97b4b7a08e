/**
 * What is wanted of every model: the entries, their seed, and their announcement as
 * model-described. An edit locks the entry, checks the caller's ETag, raises the generation and
 * leaves through the ledger. Nobody else writes the table model.
 */
@NullMarked
package io.modeldepot.registry.catalog;

import org.jspecify.annotations.NullMarked;
