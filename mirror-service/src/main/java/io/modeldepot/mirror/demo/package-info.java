/**
 * Makes a small hub to try things on without the internet: a volume with the seven models of the
 * catalog, published through the store like any other. In order: what there is ({@link
 * io.modeldepot.mirror.demo.DemoCatalog}), the files of a revision, their tensors, publish. Names,
 * configurations and layer counts are those of the real models; the tensors are narrow and their
 * numbers come from a seed, so every run writes the same bytes. Nothing here is used by the
 * service.
 */
@NullMarked
package io.modeldepot.mirror.demo;

import org.jspecify.annotations.NullMarked;
