/**
 * How a change leaves the database: the ledger writes audit entry and outgoing records in the
 * caller's transaction, under one lock; the relay publishes them in the order of their numbers and
 * marks them. A record may be published twice, never lost, never before its transaction.
 */
@NullMarked
package io.modeldepot.registry.outbox;

import org.jspecify.annotations.NullMarked;
