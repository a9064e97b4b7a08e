/** Leases over REST, and what the janitors hear of them. */
@NullMarked
package io.modeldepot.registry.leases;

import org.jspecify.annotations.NullMarked;
