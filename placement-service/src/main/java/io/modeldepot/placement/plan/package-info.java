/**
 * What a decision is: values without behaviour, shared by who decides, who checks, who explains and
 * who announces.
 *
 * <p>An {@code Assignment} puts one replica on GPUs with its bytes on each; {@code Assignments} are
 * all of them; a {@code Plan} adds what could not be placed and how good the whole is at least.
 */
@NullMarked
package io.modeldepot.placement.plan;

import org.jspecify.annotations.NullMarked;
