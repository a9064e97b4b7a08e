/**
 * A whole depot for one test class: its own broker, its own database, its own volume, a hub with
 * moods, and the services as processes that can be killed.
 *
 * <p>Everything a test needs to ask is asked from outside: by REST, by topic, by looking at files.
 */
@NullMarked
package io.modeldepot.systemtests.depot;

import org.jspecify.annotations.NullMarked;
