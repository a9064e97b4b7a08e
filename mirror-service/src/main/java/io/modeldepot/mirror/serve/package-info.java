/**
 * The bytes. {@link io.modeldepot.mirror.serve.Delivery} decides from a file and the conditions of
 * a request what is answered, as a value; {@link io.modeldepot.mirror.serve.FileSender} answers it,
 * handing whole ranges to the kernel. HEAD has the headers of GET. Nothing is compressed, every
 * length is exact, entity tags are the digests of the content.
 */
@NullMarked
package io.modeldepot.mirror.serve;

import org.jspecify.annotations.NullMarked;
