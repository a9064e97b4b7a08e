/**
 * What a bundle is: models on their way to a depot that no network reaches, as files on a medium.
 * An index says which versions there are, which contents stand where in the parts, and which
 * contents the far side must have already; it is signed. The far side says what it has in an {@link
 * io.modeldepot.backup.bundle.InventoryFile inventory}. The form is described in {@code
 * docs/formats/bundle.md}; nothing here changes a volume.
 */
@NullMarked
package io.modeldepot.backup.bundle;

import org.jspecify.annotations.NullMarked;
