/**
 * Who did what, append-only, each row chained to the one before by SHA-256 over its canonical form.
 * Rows are appended by the ledger of the outbox alone; verify recomputes the chain from the
 * installation's id.
 */
@NullMarked
package io.modeldepot.registry.audit;

import org.jspecify.annotations.NullMarked;
