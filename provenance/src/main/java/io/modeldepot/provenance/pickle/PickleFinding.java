package io.modeldepot.provenance.pickle;

import java.util.Optional;

/**
 * Something that a pickle does when it is loaded and that a checkpoint of tensors does not do.
 *
 * @param offset of the instruction, in bytes
 * @param imported the import that is not on the list, where its name is known
 * @param problem a sentence
 */
public record PickleFinding(long offset, Optional<ImportName> imported, String problem) {}
