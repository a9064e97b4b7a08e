/**
 * Who is told what happens in the depot: the receivers and whether they can be reached, what they
 * were told and what came of it, a test, and once more by hand. What is set of a receiver is a
 * setting of the site, which {@code apply} and REST set.
 */
@NullMarked
package io.modeldepot.cli.command.notify;

import org.jspecify.annotations.NullMarked;
