/**
 * What the volumes say they hold, as announced by model-verified: of two records the higher
 * generation counts. Read by REST; written by the intake alone.
 */
@NullMarked
package io.modeldepot.registry.versions;

import org.jspecify.annotations.NullMarked;
