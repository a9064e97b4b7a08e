/**
 * A real PostgreSQL on one data directory.
 *
 * <p>{@code PostgresBinaries} unpacks the programs once per user, {@code Cluster} initialises the
 * directory once, starts and stops the server and recovers what a killed predecessor left, {@code
 * Database} makes the database of the depot and its role, {@code DatabaseMain} is the same as a
 * process. What it keeps secret: where the programs lie, how root is avoided, the superuser.
 */
@NullMarked
package io.modeldepot.standalone.database;

import org.jspecify.annotations.NullMarked;
