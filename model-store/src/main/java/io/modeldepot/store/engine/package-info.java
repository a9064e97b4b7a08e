/**
 * What inference servers read beside the models' trees: one Triton model repository for every set
 * of GPUs, {@code engines/triton/<host>/<gpus>}, with a folder for each model that is placed there.
 * A folder is built inside the claim {@code engines/.claim} and arrives by one rename, so that no
 * server ever loads half of one; {@code engines/placed/<model>.json} remembers which folders are
 * ours and which decision they are of. Publishing twice is publishing once, an older decision never
 * replaces a newer one, and what others put into a repository is left alone. Enter by {@link
 * io.modeldepot.store.engine.EngineRepositories}; for the downloader alone.
 */
@NullMarked
package io.modeldepot.store.engine;

import org.jspecify.annotations.NullMarked;
