/**
 * The registry's data as a backup takes them along: {@link
 * io.modeldepot.registry.dump.RegistryDumpResource} streams every table as lines of JSON, read in
 * one repeatable-read transaction, so that rows, audit entries and the head of the audit chain are
 * of one moment. The first line says what it is, the last how many rows there were: a dump without
 * its last line is none. {@link io.modeldepot.registry.dump.RegistryRestore} puts one back into a
 * registry that was told nothing of its own, in one transaction, and then the topics are compared
 * with it as at a start. It has no secrets, as the tables have none.
 */
@NullMarked
package io.modeldepot.registry.dump;

import org.jspecify.annotations.NullMarked;
