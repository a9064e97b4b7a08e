/**
 * Backups of a volume. A repository lies in a {@code storage}, behind a {@code seal}; blocks lie in
 * its {@code pack}s, a {@code snapshot} says which make a version, and the {@code repository} holds
 * both together. {@code save} makes a backup, {@code restore} brings versions back, {@code keep}
 * decides what stays, removes what nobody needs and proves that the rest is whole.
 */
@NullMarked
package io.modeldepot.backup;

import org.jspecify.annotations.NullMarked;
