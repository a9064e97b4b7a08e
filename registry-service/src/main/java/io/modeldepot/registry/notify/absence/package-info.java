/**
 * What should have happened and did not: a backup that a schedule asked for ({@code Expected},
 * pure) and a location that reports no more. It is looked at again and again, once every topic was
 * read, and told once until it is made up for.
 */
@NullMarked
package io.modeldepot.registry.notify.absence;

import org.jspecify.annotations.NullMarked;
