/**
 * What GPUs there are, and which of their bytes may be planned with.
 *
 * <p>In order: {@code InventoryFile} and {@code NvidiaSmi} read hosts from text, {@code GpuWish}
 * reads what an operator wants of a GPU, {@code FleetMerge} makes one {@code Fleet} of files,
 * reports and wishes as of a given time: what an operator wishes wins over what the host says, a
 * host that reports wins over a file. Pure: text and times come in, values go out; a malformed text
 * is answered with every fault and where it is.
 */
@NullMarked
package io.modeldepot.placement.fleet;

import org.jspecify.annotations.NullMarked;
