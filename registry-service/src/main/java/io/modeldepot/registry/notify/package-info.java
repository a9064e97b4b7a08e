/**
 * Who is told what happened. In order: a room or the door has something to tell and the {@code
 * Newsroom} makes a {@code News} of it, in the transaction that projects the fact; the {@code Bell}
 * writes a row for every receiver that wants it and was set before it happened, once for a fact
 * however often it is read; {@code delivery} sends the rows, {@code absence} finds what should have
 * happened and did not, {@code log} shows and repeats. What is so for a while is told when it
 * begins ({@code Circumstances}). Nothing here can keep a fact from being projected but the
 * database.
 */
@NullMarked
package io.modeldepot.registry.notify;

import org.jspecify.annotations.NullMarked;
