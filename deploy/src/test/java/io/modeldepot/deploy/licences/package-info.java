/**
 * Reads the list of what is shipped, in CycloneDX' format, and says of each part under which
 * licence it may be passed on. What has none that is allowed is named.
 */
@NullMarked
package io.modeldepot.deploy.licences;

import org.jspecify.annotations.NullMarked;
