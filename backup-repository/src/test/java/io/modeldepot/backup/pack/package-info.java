/** Packs and their index, byte by byte. */
@NullMarked
package io.modeldepot.backup.pack;

import org.jspecify.annotations.NullMarked;
