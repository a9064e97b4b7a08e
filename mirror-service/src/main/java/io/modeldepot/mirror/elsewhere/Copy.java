package io.modeldepot.mirror.elsewhere;

import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.mirror.shelf.Edition;
import java.util.Optional;

/**
 * A version at another location.
 *
 * @param mirror where that location serves it
 * @param edition the version that was meant
 * @param file the file that was asked for, if one was and the version has it
 */
public record Copy(HubUrls mirror, Edition edition, Optional<ManifestFile> file) {}
