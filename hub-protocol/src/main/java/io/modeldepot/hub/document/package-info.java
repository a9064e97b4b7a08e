/**
 * The JSON documents of the Hub's API as records: model information, trees, refs, paths. Unknown
 * fields are ignored, optional ones absent; a document that lacks what its record requires is
 * refused as a whole. {@link io.modeldepot.hub.document.HubJson} is the only reader and writer.
 */
@NullMarked
package io.modeldepot.hub.document;

import org.jspecify.annotations.NullMarked;
