/**
 * Blocks in packs. {@link io.modeldepot.backup.pack.PackWriter} gathers frames until there are 64
 * MiB of them and puts them as one object that ends with its own index; {@link
 * io.modeldepot.backup.pack.BlockIndex} knows from the index files, and from the packs that none of
 * them names, where every block lies; {@link io.modeldepot.backup.pack.BlockReader} brings a block
 * back and gives nobody bytes whose digest is not the block's id.
 */
@NullMarked
package io.modeldepot.backup.pack;

import org.jspecify.annotations.NullMarked;
