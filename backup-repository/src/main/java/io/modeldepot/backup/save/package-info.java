/**
 * Makes a backup. The list of versions is fixed first; the small files, which people edit, are read
 * before the large ones; contents that an earlier snapshot has are not read at all; every other
 * block is read once, held against the checksum that was taken when it came in, and packed by as
 * many threads as there are processors. Packs are put first, then their index, then the snapshot: a
 * backup that dies leaves packs that the next one goes on with. What cannot be saved as it was
 * verified is left out, and the snapshot says so. Changes nothing on the volume.
 */
@NullMarked
package io.modeldepot.backup.save;

import org.jspecify.annotations.NullMarked;
