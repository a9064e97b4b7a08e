/**
 * What rots is repaired, also by a janitor that is killed meanwhile, and a dry run writes nothing.
 */
@NullMarked
package io.modeldepot.systemtests.integrity;

import org.jspecify.annotations.NullMarked;
