/**
 * A whole depot under a random workload while its processes are killed and paused, its network is
 * cut, its disk is full or gone, its clocks jump and its broker forgets: afterwards every accepted
 * request has exactly one end, volume, topics and registry say the same, and nothing unverified was
 * ever to be seen. Everything is drawn from one seed.
 */
@NullMarked
package io.modeldepot.systemtests.chaos;

import org.jspecify.annotations.NullMarked;
