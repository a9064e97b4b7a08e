/**
 * Everything that is found out before the first byte. In order: what the catalog says, which commit
 * the revision stands for, whether it is here already or coming in by another job; then gate,
 * licence, names, selection, what the volume has already, what it would cost, and whether there is
 * room, which is reserved. What cannot succeed is refused here, with the reason and the remedies. A
 * tree in a directory is taken in here as a whole.
 */
@NullMarked
package io.modeldepot.downloader.preflight;

import org.jspecify.annotations.NullMarked;
