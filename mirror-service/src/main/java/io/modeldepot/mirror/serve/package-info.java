/**
 * The bytes. {@link io.modeldepot.mirror.serve.Delivery} decides from a file and the conditions of
 * a request what is answered, as a value; {@link io.modeldepot.mirror.serve.FileSender} answers it,
 * handing whole ranges to the kernel. What is still being downloaded is read by {@link
 * io.modeldepot.mirror.serve.Inflow} and sent by {@link io.modeldepot.mirror.serve.ArrivalSender}
 * as it comes in; a client that gets all of it got what its digest names. HEAD has the headers of
 * GET. Nothing is compressed, every length is exact, entity tags are the digests of the content.
 */
@NullMarked
package io.modeldepot.mirror.serve;

import org.jspecify.annotations.NullMarked;
