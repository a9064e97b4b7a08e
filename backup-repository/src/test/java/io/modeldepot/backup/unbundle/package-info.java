/** Tests of bundles that are made, damaged, forged and taken in. */
@NullMarked
package io.modeldepot.backup.unbundle;

import org.jspecify.annotations.NullMarked;
