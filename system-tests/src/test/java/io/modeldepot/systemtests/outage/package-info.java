/**
 * What the others do while one of them is away: broker, database or registry. Nothing is lost,
 * nothing is counted twice, and once all are back everything says the same.
 */
@NullMarked
package io.modeldepot.systemtests.outage;

import org.jspecify.annotations.NullMarked;
