/**
 * What takes the disk. {@link io.modeldepot.store.account.StorageAccounts} walks the volume and
 * gives every inode to the one kind that has the strongest use for it, so that the figures add up
 * to what {@code du} says. Reads only; called by the downloader for {@code storage-reported} and by
 * the CLI.
 */
@NullMarked
package io.modeldepot.store.account;

import org.jspecify.annotations.NullMarked;
