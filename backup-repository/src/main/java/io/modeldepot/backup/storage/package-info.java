/**
 * Where a repository lies: named objects that are put whole or not at all. {@link
 * io.modeldepot.backup.storage.Storage} says what is needed of such a place and what is not
 * promised; a directory and an S3 bucket are two. Nothing here knows what the objects mean, and no
 * credential leaves this room.
 */
@NullMarked
package io.modeldepot.backup.storage;

import org.jspecify.annotations.NullMarked;
